// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import JSON

extension OperationDeclaration {
    /// A film of words alone, a line at a time over moving backgrounds.
    static let typeFilm = OperationDeclaration(
        "type-film", .film,
        [
            OperationParameter("lines", .lines(most: 500), required: true),
            OperationParameter("style", .text(most: 60)),
            OperationParameter("pattern", .name(.pattern)),
            OperationParameter("length", .length),
            OperationParameter("preset", .name(.preset)),
            OperationParameter("width", .side),
            OperationParameter("height", .side),
            OperationParameter("ratio", .ratio),
            OperationParameter("shortSide", .side),
            OperationParameter("seed", .seed),
        ], apply: apply)

    @Sendable private static func apply(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let lines = (arguments.lines("lines") ?? []).filter { $0.contains { !$0.isWhitespace } }
        guard !lines.isEmpty else { throw EditError(.noMedia, field: "lines") }
        try bench.filmOfType(
            lines, style: arguments.text("style"), pattern: arguments.text("pattern"),
            length: arguments.milliseconds("length"),
            wishes: try bench.wishes(arguments.only(["preset", "width", "height", "ratio", "shortSide", "seed"])))
    }
}

extension Workbench {
    /// What a film of words wears where nobody chose: one background and one palette through the whole of it, the first line
    /// in a title's dress and the others in a quieter one. By the seed.
    private static let dresses: [(pattern: String, palette: Int64, heading: String, line: String)] = [
        ("gradient", 0, "bold", "clean"),
        ("aurora", 0, "cinematic", "minimal"),
        ("bokeh", 0, "elegant", "elegant"),
        ("waves", 1, "poster", "clean"),
        ("ink", 0, "elegant", "clean"),
        ("rays", 1, "poster", "bold"),
        ("gradient", 2, "elegant", "minimal"),
        ("dust", 0, "cinematic", "elegant"),
    ]

    /// What `create` makes where there is nothing to show but words.
    mutating func createFilmOfType(
        _ media: [MediaFacts], _ wishes: EditWishes, _ arguments: OperationArguments
    ) throws(EditError) {
        let files = media.filter { $0.kind == .text }.compactMap(\.text).joined(separator: "\n")
        let timed = TimedCaptions(files).cues.map(\.text)
        let script = Script(arguments.text("script") ?? (timed.isEmpty ? files : timed.joined(separator: "\n")))
        var lines = [arguments.text("title") ?? script.heading].compactMap(\.self) + script.lines
        lines = lines.filter { $0.contains { !$0.isWhitespace } }
        guard !lines.isEmpty else { throw EditError(.noMedia) }
        try filmOfType(
            Array(lines.prefix(500)), style: nil, pattern: nil, length: arguments.milliseconds("length"),
            wishes: wishes)
        if let song = wishes.music.song(in: media, voice: wishes.voice) {
            setMusic(.asset(song.id, start: .zero), name: song.name)
        } else if case .composed(let recipe) = wishes.music, let music = ComposedMusic(recipe) {
            setMusic(.generated(recipe), name: music.title)
        }
        if let volume = wishes.musicVolume, let path = musicPath { self[path]?.sound?.volume = volume }
        if musicPath != nil {
            let total = draft.duration.milliseconds
            try loopMusicWhereShort(total)
        }
    }

    /// The song goes round where it is shorter than the film.
    private mutating func loopMusicWhereShort(_ total: Int64) throws(EditError) {
        guard let path = musicPath, case .asset(let id, let start)? = self[path]?.sound?.source,
            let length = media[id]?.duration
        else { return }
        self[path]?.sound?.loops = (length - start).ticks / MediaTime.ticksPerMillisecond < total
    }

    fileprivate mutating func filmOfType(
        _ lines: [String], style: String?, pattern: String?, length: Int64?, wishes: EditWishes
    ) throws(EditError) {
        let style = style.flatMap { $0.isEmpty ? nil : $0 }
        let dress = Self.dresses[Int(wishes.seed % UInt64(Self.dresses.count))]
        let chosen = pattern.flatMap(PatternCatalog.named)
        let name = chosen?.name ?? dress.pattern
        let colors =
            chosen?.palette(seed: Int64(wishes.seed & 0xFFFF))
            ?? PatternCatalog.named(name)?.palette(seed: dress.palette) ?? []
        var film = FilmSettings()
        let preset = wishes.presets.first
        do {
            film.canvas = try AutoEdit.canvas(for: [], wishes: wishes, preset: preset)
        } catch {
            throw EditError(.planner(error))
        }
        film.preset = preset?.name
        film.frameRate = wishes.frameRate ?? preset?.frameRates.usual ?? FrameRate(30)
        film.title = String((wishes.title ?? lines.first ?? "").prefix(AutoEdit.longestTitle))
        film.language = AutoEdit.language(of: lines) ?? context.language
        var reel = Reel()
        for (index, _) in lines.enumerated() {
            let seed = Int64((wishes.seed &+ UInt64(index)) % UInt64(UInt32.max))
            let width = Script.readingTime(lines[index]) + 900
            let content = PictureContent(.generated(pattern: name, colors: colors, seed: seed))
            let segment = Segment(
                id: "", range: TimeRange(start: .zero, duration: MediaTime(milliseconds: width)),
                content: .picture(content), name: String(lines[index].prefix(AutoEdit.longestName)))
            reel.shots.append(
                Reel.Shot(
                    segment: segment, width: width,
                    joint: Transition(.crossfade, duration: MediaTime(milliseconds: 500))))
        }
        var fresh = Draft(film: film, tracks: [Track(id: "", kind: .video, name: "Video")])
        ids = IDSource()
        fresh.tracks[0].id = ids.next("v")
        for index in reel.shots.indices { reel.shots[index].segment.id = ids.next("s") }
        let taken = ids
        start(with: fresh)
        ids = taken
        lay(reel)
        if let length { try setLength(length, "length") }
        draft.film.fadeOut = MediaTime(milliseconds: min(500, draft.duration.milliseconds / 4))
        for (place, line) in lines.enumerated() {
            var text = TextContent(line, role: .title, position: .center)
            let shown = shownRange(of: place)
            // It comes and goes as its style does.
            text.style.name = style ?? (place == 0 && lines.count > 1 ? dress.heading : dress.line)
            text.suit(.generated(pattern: name, colors: colors, seed: 0))
            addText(text, at: shown, boundTo: draft.mainTrack?.segments[safe: place]?.id)
        }
    }
}
