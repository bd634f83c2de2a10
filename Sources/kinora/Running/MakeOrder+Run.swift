// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import EditModel
import EditTime
import FileStore
import Foundation
import JSON
import KinoraKit
import MediaLibrary
import Renderer

extension MakeOrder {
    func run(_ console: Console) throws -> ExitStatus {
        guard let outputs = outputs(console) else { return .usage }
        for path in outputs.compactMap(\.path) + [draftOutput].compactMap(\.self) {
            try AtomicFile.check(replacing: path)
        }
        let kit = try coding.kit(console)
        let table = try colourTable(kit)
        var (material, refused, passedOver) = kit.takeIn(
            inputs + (table.map { [$0.path] } ?? []), order: order, isCancelled: { Interrupt.stop.isStopped })
        if Interrupt.stop.isStopped { throw RenderError.stopped }
        for file in passedOver.prefix(Self.mostPassedOver) {
            console.note(
                console.words.text(
                    "passed over line", ["path": file.path, "reason": file.reason(in: console.words.words)]))
        }
        if passedOver.count > Self.mostPassedOver {
            console.note(
                console.words.text("passed over more", ["count": String(passedOver.count - Self.mostPassedOver)]))
        }
        console.tell(refused, of: material.facts.count + refused.count)
        if isStrict, !refused.isEmpty {
            console.fail(console.words.text("refused strict"))
            return .failed
        }
        if material.facts.isEmpty {
            console.fail(console.words.text("nothing usable"))
            return .failed
        }
        guard !overwritesInput(outputs, material, console) else { return .usage }

        let wishes = try self.wishes(language: console.language, colourTable: table?.id)
        guard let (proposal, limit) = try propose(&material, wishes, kit, console) else { return .failed }
        for note in proposal.notes { console.note(NoteWords(console.words, keepsAll: keepsAll).text(note)) }
        let name = name(from: material)
        for (index, output) in outputs.enumerated() {
            let edit = try edit(for: output.preset, from: proposal, material, wishes)
            for note in edit.notes { console.note(NoteWords(console.words, keepsAll: keepsAll).text(note)) }
            let path = output.path ?? freePath(name, preset: outputs.count > 1 ? output.preset : nil)
            if let draftOutput, index == 0 {
                try DraftFile.write(edit.draft, material, to: URL(fileURLWithPath: draftOutput))
                console.event("draft", ["path": .string(draftOutput)])
            }
            let preset = output.preset ?? edit.draft.film.preset.flatMap(PlatformPreset.named)
            let report = try kit.render(
                edit.draft, material, to: path, encoding: coding.encoding(for: path, preset: preset),
                mostBytes: coding.mostBytes(preset: preset) ?? limit, verifiesAll: coding.verifies,
                stop: Interrupt.stop
            ) { console.show($0) }
            console.tell(report, edit.draft, try kit.voiceTroubles(in: edit.draft), path: path)
        }
        return .ok
    }

    /// The edit: what the sentence asks for where there is one, with the options over it, else what the options ask for.
    /// Nil, with the director's answer said, where the sentence asks for no film.
    private func propose(
        _ material: inout Material, _ wishes: EditWishes, _ kit: FilmKit, _ console: Console
    ) throws -> (EditProposal, mostBytes: Int64?)? {
        guard let say else { return (try kit.propose(&material, wishes), nil) }
        let spoken = try kit.propose(
            &material, saying: say, language: console.language.rawValue,
            then: operations(colourTable: wishes.grade?.lut))
        guard spoken.isFilm else {
            let isSilent = spoken.reply.allSatisfy(\.isWhitespace)
            console.fail(isSilent ? console.words.text("say no film", ["words": say]) : spoken.reply)
            return nil
        }
        for line in spoken.reply.split(separator: "\n") { console.note(String(line)) }
        return (EditProposal(draft: spoken.draft, notes: []), spoken.mostBytes)
    }

    /// The options as edit operations, for putting them over what a sentence asked for.
    private func operations(colourTable: String?) throws(EditError) -> [OperationCall] {
        var calls: [OperationCall] = []
        func add(_ name: String, _ key: String, _ value: JSONValue?) throws(EditError) {
            if let value { calls.append(try OperationCall(name, [key: value])) }
        }
        let milliseconds = { (seconds: Double) in JSONValue.integer(Int64((seconds * 1000).rounded())) }
        if order != .name { try add("order", "by", .string(order.rawValue)) }
        try add("canvas", "preset", presets.first.map { .string($0) })
        try add("canvas", "ratio", aspect.map { .string("\($0.width):\($0.height)") })
        if let canvas {
            calls.append(
                try OperationCall(
                    "canvas", ["width": .integer(Int64(canvas.width)), "height": .integer(Int64(canvas.height))]))
        }
        try add("fps", "fps", fps.map { .number($0) })
        try add("transition", "type", transition.map { .string($0) })
        try add("transition", "length", transitionTime.map(milliseconds))
        try add("pace", "each", perPhoto.map(milliseconds))
        if beatSync != .auto { try add("beats", "on", .bool(beatSync == .on)) }
        try add("length", "length", duration.map(milliseconds))
        try add("motion", "type", motion.map { .string($0) })
        try add("fit", "fit", fit.map { .string($0.rawValue) })
        if case .look(let look)? = grade { try add("grade", "look", .string(look.rawValue)) }
        try add("grade", "lut", colourTable.map { .string($0) })
        try add("music", "compose", music.map { .object(["style": .string($0)]) })
        try add("music", "volume", musicVolume.map { .number($0) })
        try add("add-text", "text", title.map { .string($0) })
        return calls
    }

    /// Files not needed that are named one by one.
    private static let mostPassedOver = 6

    // MARK: Where it goes

    private struct Output {
        /// Nil: a name is found once the media are known.
        var path: String?
        var preset: PlatformPreset?
    }

    /// One film for each preset; nil when the name is of no kind that is written.
    private func outputs(_ console: Console) -> [Output]? {
        if let output, Coding.container(of: output) == nil {
            console.fail(console.words.text("bad output", ["name": output]))
            return nil
        }
        var seen: Set<String> = []
        let platforms = presets.compactMap(PlatformPreset.named).filter { seen.insert($0.name).inserted }
        guard platforms.count > 1 else { return [Output(path: output, preset: platforms.first)] }
        return platforms.map { platform in
            Output(path: output.map { Self.name($0, for: platform) }, preset: platform)
        }
    }

    /// `trip.mp4` for a platform: `trip.tiktok.mp4`.
    private static func name(_ path: String, for preset: PlatformPreset) -> String {
        let path = path as NSString
        return "\(path.deletingPathExtension).\(preset.name).\(path.pathExtension)"
    }

    private func overwritesInput(_ outputs: [Output], _ material: Material, _ console: Console) -> Bool {
        let films = outputs.compactMap(\.path)
        if let draftOutput {
            let place = URL(fileURLWithPath: draftOutput).resolvingSymlinksInPath().path
            if films.contains(where: { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path == place }) {
                console.fail(console.words.text("draft over film", ["name": draftOutput]))
                return true
            }
        }
        return material.has([draftOutput].compactMap(\.self) + films, console)
    }

    /// What the film is called when nobody says: the first folder, else the title, else `film`.
    private func name(from material: Material) -> String {
        var isFolder: ObjCBool = false
        let folder = inputs.first {
            FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder) && isFolder.boolValue
        }
        let base = folder.map { URL(fileURLWithPath: $0).standardizedFileURL.lastPathComponent } ?? title ?? "film"
        // A point in front would hide the file; a line's end or a tab in a name is a trap.
        let plain = base.map { $0.isNewline || $0 == "\t" ? " " : $0 }.drop { $0 == "." || $0.isWhitespace }
            .filter {
                !"/\\:".contains($0) && !$0.unicodeScalars.contains { $0.properties.generalCategory == .control }
            }
            .prefix(80)
        let name = String(plain).trimmingCharacters(in: .whitespaces)
        return name.isEmpty ? "film" : name
    }

    /// A name that nothing has yet: `trip.mp4`, `trip-2.mp4`, …
    private func freePath(_ name: String, preset: PlatformPreset?) -> String {
        let stem = preset.map { "\(name).\($0.name)" } ?? name
        for number in 1...10_000 {
            let path = number == 1 ? "\(stem).mp4" : "\(stem)-\(number).mp4"
            if !FileManager.default.fileExists(atPath: path) { return path }
        }
        return "\(stem)-\(UUID().uuidString).mp4"
    }

    // MARK: What is wished for

    /// The colour table that is named, looked at before anything else is done: its path, and its id among the media.
    private func colourTable(_ kit: FilmKit) throws(Refusal) -> (path: String, id: String)? {
        guard case .table(let path)? = grade else { return nil }
        let facts = try kit.takeIn(file: URL(fileURLWithPath: path))
        guard facts.kind == .lut else { throw Refusal(.notTaken, path, .notATable, .exportTable) }
        return (path, facts.id)
    }

    private func wishes(language: Language, colourTable: String?) throws -> EditWishes {
        var wishes = EditWishes()
        wishes.presets = presets.compactMap(PlatformPreset.named)
        wishes.canvas = canvas.map { PixelSize(width: $0.width, height: $0.height) }
        wishes.aspect = aspect.map { EditWishes.Aspect(width: $0.width, height: $0.height) }
        wishes.frameRate = fps.flatMap { FrameRate(framesPerSecond: $0) }
        wishes.duration = duration.map { MediaTime(seconds: $0).wholeMilliseconds }
        wishes.perPhoto = perPhoto.map { MediaTime(seconds: $0).wholeMilliseconds }
        wishes.transitionTime = transitionTime.map { MediaTime(seconds: $0).wholeMilliseconds }
        switch transition {
        case nil: break
        case "none": wishes.transitions = .cuts
        case "mixed": wishes.transitions = .mixed
        case .some(let name): wishes.transitions = TransitionCatalog.named(name).map { .named($0) }
        }
        if let motion, motion != "auto", let kind = Motion.Kind(rawValue: motion) {
            wishes.motions = kind == .none ? .still : .kind(kind)
        }
        wishes.fit = fit
        wishes.grade = grade.map { colours in
            var grade = Grade()
            switch colours {
            case .look(let look): grade.look = look
            case .table: grade.lut = colourTable
            }
            return grade
        }
        wishes.title = title
        if let music { wishes.music = .composed(["kind": "music", "style": .string(music)]) }
        wishes.musicVolume = musicVolume
        wishes.beatSync = beatSync
        wishes.order = order
        wishes.keepsAllPhotos = keepsAll
        wishes.language = language.rawValue
        return wishes
    }

    /// The edit as it is for the first platform, laid out anew for the others.
    private func edit(
        for preset: PlatformPreset?, from proposal: EditProposal, _ material: Material, _ wishes: EditWishes
    ) throws -> EditProposal {
        guard let preset, preset.name != proposal.draft.film.preset else {
            return EditProposal(draft: proposal.draft, notes: [])
        }
        return try AutoEdit.relaidOut(proposal.draft, to: preset, media: material.byID, wishes: wishes)
    }
}

extension Material {
    /// Whether one of the files that are to be written is one that the film is made of; says which.
    func has(_ outputs: [String], alsoReading others: [String] = [], _ console: Console) -> Bool {
        let sources = Set(
            (locations.values + others.map { URL(fileURLWithPath: $0) }).map { $0.resolvingSymlinksInPath().path })
        for path in outputs where sources.contains(URL(fileURLWithPath: path).resolvingSymlinksInPath().path) {
            console.fail(console.words.text("same file", ["name": path]))
            return true
        }
        return false
    }
}

extension Console {
    /// Names every file that could not be used, why, and what to do.
    func tell(_ refused: [Refusal], of all: Int) {
        if refused.isEmpty { return }
        if isJSON {
            for refusal in refused {
                event(
                    "refused",
                    [
                        "path": .string(refusal.path), "reason": .string(words.text(refusal)),
                        "code": .string(refusal.code.rawValue), "why": .string(refusal.why.rawValue),
                    ])
            }
            return
        }
        warn(words.text("refused title", ["count": String(refused.count), "all": String(all)]))
        for refusal in refused {
            warn(
                words.text(
                    "refused line",
                    [
                        "name": refusal.path, "reason": refusal.reason(in: words.words),
                        "advice": refusal.advice(in: words.words),
                    ]))
        }
    }
}
