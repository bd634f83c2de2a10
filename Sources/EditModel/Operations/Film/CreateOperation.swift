// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import JSON

extension OperationDeclaration {
    /// A first film out of the media, by taste and these wishes; what was there before is gone (and comes back by undo).
    static let create = OperationDeclaration(
        "create", .film,
        [
            OperationParameter("media", .assets),
            OperationParameter("preset", .name(.preset)),
            OperationParameter("width", .side),
            OperationParameter("height", .side),
            OperationParameter("ratio", .ratio),
            OperationParameter("shortSide", .side),
            OperationParameter("fps", .number(1...DraftLimits.highestFrameRate, .framesPerSecond)),
            OperationParameter("length", .length),
            OperationParameter("each", .length),
            OperationParameter("order", .choice(of: EditWishes.Order.self), usual: "name"),
            OperationParameter("keepAll", .flag, usual: false),
            OperationParameter("transition", .transition(or: ["none", "mixed", "auto"])),
            OperationParameter("transitionLength", .time(0...60_000)),
            OperationParameter("motion", .choice(Motion.Kind.allCases.map(\.rawValue) + ["auto"])),
            OperationParameter("fit", .choice(of: Fit.self)),
            OperationParameter("look", .name(.look)),
            OperationParameter("title", .text(most: AutoEdit.longestTitle)),
            OperationParameter("script", .script),
            OperationParameter("music", .either([.choice(["none", "compose", "auto"]), .asset])),
            OperationParameter("musicStyle", .text(most: 40)),
            OperationParameter("musicMood", .text(most: 40)),
            OperationParameter("bpm", .number(40...220, .beatsPerMinute)),
            OperationParameter("musicVolume", .volume),
            OperationParameter("beats", .either([.choice(of: EditWishes.BeatSync.self), .flag]), usual: "auto"),
            OperationParameter("voice", .either([.choice(["script"]), .asset])),
            OperationParameter("clipVolume", .volume),
            OperationParameter("seed", .seed),
        ], apply: apply)

    @Sendable private static func apply(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        var media = try bench.assets(arguments, "media") ?? bench.context.media
        var wishes = try bench.wishes(arguments)
        // What is named elsewhere is in the film, also where `media` lists the pictures only.
        for id in [wishes.voice, wishes.music.assetID].compactMap(\.self) {
            if let facts = bench.media[id], !media.contains(where: { $0.id == id }) { media.append(facts) }
        }
        if !media.contains(where: \.canBeShown) {
            return try bench.createFilmOfType(media, wishes, arguments)
        }
        if let script = arguments.text("script") {
            // The words given go before those of files.
            media.removeAll { $0.kind == .text }
            wishes.script = script
        }
        let song = wishes.music.song(in: media, voice: wishes.voice)
        do {
            let proposal = try AutoEdit(
                media: media, wishes: wishes, beats: song.flatMap { bench.context.beats[$0.id] }
            ).proposal()
            bench.start(with: proposal.draft)
            bench.draft.film.language = bench.draft.film.language ?? bench.context.language
            for note in proposal.notes { bench.note(note) }
        } catch {
            throw EditError(.planner(error), field: arguments.has("length") ? "length" : nil)
        }
    }
}

extension Workbench {
    /// Another draft on the bench; what a draft file says of its assets stays.
    mutating func start(with other: Draft) {
        var other = other
        other.assets = draft.assets
        other.extra = draft.extra
        draft = other
        ids = IDSource(after: draft)
    }

    /// What `create` asks of the planner.
    func wishes(_ arguments: OperationArguments) throws(EditError) -> EditWishes {
        var wishes = EditWishes()
        let preset = arguments.text("preset").flatMap(PlatformPreset.named)
        if let preset { wishes.presets = [preset] }
        if arguments.has("width") || arguments.has("height") || arguments.has("shortSide") || arguments.has("ratio") {
            wishes.canvas = try OperationDeclaration.canvas(arguments, preset: preset, present: nil)
            // "1080p": the pictures' own shape, with that short side.
            if wishes.canvas == nil, let short = arguments.integer("shortSide") { wishes.shortSide = Int(short) }
        }
        if let fps = arguments.number("fps") { wishes.frameRate = FrameRate(framesPerSecond: fps) }
        wishes.duration = arguments.time("length")
        wishes.perPhoto = arguments.time("each")
        wishes.order = arguments.choice("order", EditWishes.Order.self) ?? .name
        wishes.keepsAllPhotos = arguments.flag("keepAll") ?? false
        switch arguments.text("transition") {
        case nil, "auto": break
        case "none": wishes.transitions = .cuts
        case "mixed": wishes.transitions = .mixed
        case let name?: wishes.transitions = .named(Transition.Name(name))
        }
        wishes.transitionTime = arguments.time("transitionLength")
        if let motion = arguments.choice("motion", Motion.Kind.self) {
            wishes.motions = motion == .none ? .still : .kind(motion)
        }
        wishes.fit = arguments.choice("fit", Fit.self)
        if let look = arguments.choice("look", Grade.Look.self) {
            var grade = Grade.none
            grade.look = look
            wishes.grade = grade
        }
        wishes.title = arguments.text("title")
        wishes.musicVolume = arguments.number("musicVolume")
        wishes.clipVolume = arguments.number("clipVolume")
        if let on = arguments.flag("beats") { wishes.beatSync = on ? .on : .off }
        wishes.beatSync = arguments.choice("beats", EditWishes.BeatSync.self) ?? wishes.beatSync
        wishes.seed = arguments.integer("seed").map(UInt64.init) ?? context.seed
        wishes.speech = context.speech
        try chooseSound(arguments, &wishes)
        return wishes
    }

    private func chooseSound(_ arguments: OperationArguments, _ wishes: inout EditWishes) throws(EditError) {
        let composes = arguments.has("musicStyle") || arguments.has("musicMood") || arguments.has("bpm")
        switch arguments.text("music") {
        case "none": wishes.music = .none
        case nil where composes, "compose":
            var music = ComposedMusic()
            music.seed = Int64(wishes.seed % UInt64(UInt32.max))
            music.take(
                style: arguments.text("musicStyle"), mood: arguments.text("musicMood"), tempo: arguments.number("bpm"),
                seed: nil)
            wishes.music = .composed(music.recipe)
        case nil, "auto": wishes.music = .auto
        case let id?: wishes.music = .asset(try heardAsset(id, "music").id)
        }
        switch arguments.text("voice") {
        case nil: break
        case "script": wishes.readsScript = true
        case let id?: wishes.voice = try heardAsset(id, "voice").id
        }
    }
}
