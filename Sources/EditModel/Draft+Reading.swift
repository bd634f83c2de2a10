// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
public import JSON
import Wording

extension Draft {
    /// Reads a draft from JSON text of at most `DraftLimits.mostBytes`. Throws `DraftError` with the field that is wrong.
    public init(parsing bytes: some Collection<UInt8>) throws(DraftError) {
        guard bytes.count <= DraftLimits.mostBytes else {
            throw DraftError(
                field: "", .tooManyBytes, ["count": "\(bytes.count)", "most": "\(DraftLimits.mostBytes)"])
        }
        do {
            try self.init(JSONValue(parsing: bytes))
        } catch let error as JSONError {
            throw DraftError(
                field: "", .notJSON,
                [
                    "line": "\(error.line)", "byte": "\(error.offset)",
                    "problem": .words(Wording("json \(error.problem)")),
                ])
        } catch let error as DraftError {
            throw error
        } catch {
            throw DraftError(field: "", .notObject, ["value": "\(error)"])
        }
    }

    /// Reads a draft from its JSON value: every field in its range. What holds between fields is `ruleViolations()`.
    public init(_ value: JSONValue) throws(DraftError) { try self.init(value, noting: nil) }

    /// - Parameter log: is told of every field that is asked for.
    init(_ value: JSONValue, noting log: FieldLog?) throws(DraftError) {
        var reader = try FieldReader(value, path: "", log: log)
        let version = try reader.integer("v", in: 1...Int64.max) ?? 1
        guard version <= Self.currentVersion else {
            throw DraftError(
                field: "v", .tooNew, ["version": "\(version)", "most": "\(Self.currentVersion)"])
        }
        let declared = try reader.time("d")
        let film = try reader.nested("m") { (m) throws(DraftError) in try FilmSettings(&m) }
        let tracks = try reader.list("t") { (t) throws(DraftError) in try Track(&t) }
        let assets = try reader.nested("assets") { (a) throws(DraftError) in try readAssets(&a) }
        self.init(film: film ?? FilmSettings(), tracks: tracks ?? [], assets: assets ?? [:])
        extra = reader.rest
        // Derived, so it may be missing; one that contradicts the tracks tells of an edit gone wrong.
        if let declared, declared != duration {
            throw DraftError(
                field: "d", .wrongEnd, ["given": "\(declared.milliseconds)", "end": "\(duration.milliseconds)"])
        }
    }
}

private func readAssets(_ reader: inout FieldReader) throws(DraftError) -> [String: AssetReference] {
    var assets: [String: AssetReference] = [:]
    for id in reader.rest.keys.sorted() {
        guard let value = reader.take(id) else { continue }
        var entry = try FieldReader(value, path: reader.field(id), log: reader.log)
        guard let path = try entry.text("path") else { throw entry.missing("path", .filePlace) }
        var asset = AssetReference(
            name: try entry.text("name") ?? String(path.split(separator: "/").last ?? ""), path: path,
            hash: try entry.text("hash"), kind: try entry.choice("kind", MediaKind.self))
        asset.extra = entry.rest
        assets[id] = asset
    }
    return assets
}

extension FilmSettings {
    init(_ m: inout FieldReader) throws(DraftError) {
        self.init()
        let sides = Int64(DraftLimits.shortestSide)...Int64(DraftLimits.longestSide)
        title = try m.text("title") ?? title
        canvas.width = Int(try m.integer("width", in: sides) ?? Int64(canvas.width))
        canvas.height = Int(try m.integer("height", in: sides) ?? Int64(canvas.height))
        if let fps = try m.number("fps", in: 1...DraftLimits.highestFrameRate),
            let rate = FrameRate(framesPerSecond: fps)
        {
            frameRate = rate
        }
        preset = try m.text("preset")
        language = try m.text("language")
        background = try m.color("background") ?? background
        fadeIn = try m.time("fadeIn") ?? fadeIn
        fadeOut = try m.time("fadeOut") ?? fadeOut
        loudness = try m.number("loudness", in: -40 ... -5) ?? loudness
        extra = m.takeRest()
    }
}

extension Track {
    init(_ t: inout FieldReader) throws(DraftError) {
        guard let number = try t.integer("tt", in: 0...99) else { throw t.missing("tt", .trackKind) }
        guard let kind = Kind(rawValue: number) else {
            throw DraftError(field: t.field("tt"), .notTrackKind, ["value": "\(number)"])
        }
        guard let id = try t.text("id"), !id.isEmpty else { throw t.missing("id", .trackID) }
        let segments = try t.list("sg", atMost: DraftLimits.mostSegments) { (s) throws(DraftError) in
            try Segment(&s, kind: kind)
        }
        self.init(id: id, kind: kind, name: "", segments: segments ?? [])
        let meta = try t.nested("m") { (m) throws(DraftError) in (try m.text("name"), try m.bool("muted")) }
        name = meta?.0 ?? ""
        muted = meta?.1 ?? false
        extra = t.rest
    }
}

extension Segment {
    init(_ s: inout FieldReader, kind: Track.Kind) throws(DraftError) {
        guard let id = try s.text("id"), !id.isEmpty else { throw s.missing("id", .segmentID) }
        guard let start = try s.time("s") else { throw s.missing("s", .segmentStart) }
        guard let duration = try s.time("d"), duration > .zero else {
            throw DraftError(field: s.field("d"), .notLength)
        }
        let content: Content
        switch kind {
        case .video: content = .picture(try PictureContent(&s))
        case .audio: content = .sound(try SoundContent(&s))
        case .text: content = .text(try TextContent(&s))
        }
        let name = try s.nested("m") { (m) throws(DraftError) in try m.text("name") }
        self.init(
            id: id, range: TimeRange(start: start, duration: duration), content: content, name: (name ?? nil) ?? "")
        extra = s.rest
    }
}

extension PictureContent {
    enum MediaType: String, CaseIterable { case image, video, color, generated }

    init(_ s: inout FieldReader) throws(DraftError) {
        guard let type = try s.choice("mt", MediaType.self) else {
            throw s.missing("mt", .pictureKind)
        }
        switch type {
        case .image, .video:
            guard let asset = try s.text("src"), !asset.isEmpty else { throw s.missing("src", .assetID) }
            source = type == .image ? .image(asset) : .video(asset, start: try s.time("ss") ?? .zero)
        case .color:
            guard let color = try s.color("color") else { throw s.missing("color", .color) }
            source = .color(color)
        case .generated:
            guard let word = try s.text("pattern") else { throw s.missing("pattern", .pattern) }
            guard let pattern = PatternCatalog.named(word) else {
                throw DraftError(
                    field: s.field("pattern"), .unknownPattern,
                    [
                        "name": .text(String(word.prefix(60))),
                        "names": .text(PatternCatalog.entries.map(\.name).joined(separator: ", ")),
                    ])
            }
            source = .generated(
                pattern: pattern.name, colors: try readColors(&s), seed: try s.integer("seed", in: 0...Int64.max) ?? 0)
        }
        fit = try s.choice("fit", Fit.self) ?? fit
        focus = try s.point("focus")
        crop = try s.rect("crop")
        let degrees = try s.integer("rotate", in: 0...270) ?? 0
        guard degrees % 90 == 0 else {
            throw DraftError(field: s.field("rotate"), .notTurn, ["value": "\(degrees)"])
        }
        turn = Turn(degrees: Int(degrees), flip: try s.choice("flip", Turn.Flip.self))
        motion = try s.nested("motion") { (m) throws(DraftError) in try Motion(&m) } ?? motion
        grade = try s.nested("grade") { (g) throws(DraftError) in try Grade(&g) } ?? grade
        opacity = try s.number("opacity", in: 0...1) ?? opacity
        rect = try s.rect("rect")
        speed = try s.number("speed", in: DraftLimits.speeds) ?? speed
        reverse = try s.bool("reverse") ?? reverse
        volume = try s.number("vol", in: 0...2) ?? volume
        muted = try s.bool("muted") ?? muted
        transition = try s.nested("tr") { (t) throws(DraftError) in try Transition(&t) } ?? nil
    }
}

private func readColors(_ s: inout FieldReader) throws(DraftError) -> [String] {
    guard let value = s.take("colors") else { return [] }
    let colors = (value.array ?? []).compactMap(\.string)
    guard colors.count == value.array?.count, colors.count <= 8, colors.allSatisfy({ RGBColor($0) != nil }) else {
        throw DraftError(field: s.field("colors"), .notColors)
    }
    return colors
}

extension Motion {
    init(_ m: inout FieldReader) throws(DraftError) {
        guard let kind = try m.choice("type", Kind.self) else { throw m.missing("type", .motion) }
        self.init(kind)
        amount = try m.number("amount", in: 0...1) ?? (kind == .none ? 0 : amount)
        let from = try m.number("from", in: 0...1)
        let to = try m.number("to", in: 0...1)
        if from != nil || to != nil {
            let start = from ?? 0
            part = Part(from: start, to: max(to ?? 1, start))
        }
    }
}

extension Grade {
    init(_ g: inout FieldReader) throws(DraftError) {
        self.init()
        look = try g.choice("look", Look.self) ?? look
        brightness = try g.number("brightness", in: -1...1) ?? 0
        contrast = try g.number("contrast", in: -1...1) ?? 0
        saturation = try g.number("saturation", in: -1...1) ?? 0
        temperature = try g.number("temperature", in: -1...1) ?? 0
        vignette = try g.number("vignette", in: 0...1) ?? 0
        grain = try g.number("grain", in: 0...1) ?? 0
        lut = try g.text("lut")
    }
}

extension Transition {
    /// Nil for the words that mean a cut.
    init?(_ t: inout FieldReader) throws(DraftError) {
        guard let word = try t.text("type") else { throw t.missing("type", .transition) }
        let duration = try t.time("d") ?? .zero
        let map = try t.text("map")
        if word == "none" || word == "cut" { return nil }
        guard let name = TransitionCatalog.named(word) else {
            let names = TransitionCatalog.entries.map(\.name.rawValue).joined(separator: ", ")
            throw DraftError(
                field: t.field("type"), .unknownTransition,
                ["name": .text(String(word.prefix(60))), "names": .text(names)])
        }
        if duration == .zero { return nil }
        self.init(name, duration: duration, map: map)
    }
}

extension SoundContent {
    init(_ s: inout FieldReader) throws(DraftError) {
        if let generated = s.take("gen") {
            guard case .object(let members) = generated, members["kind"]?.string != nil else {
                throw DraftError(field: s.field("gen"), .notGenerated)
            }
            source = .generated(members)
        } else {
            guard let asset = try s.text("src"), !asset.isEmpty else {
                throw s.missing("src", .assetOrGenerated)
            }
            source = .asset(asset, start: try s.time("ss") ?? .zero)
        }
        role = try s.choice("role", Role.self) ?? .music
        volume = try s.number("vol", in: 0...2) ?? volume
        fadeIn = try s.time("fi") ?? fadeIn
        fadeOut = try s.time("fo") ?? fadeOut
        loops = try s.bool("loop") ?? loops
        ducks = try s.bool("duck") ?? ducks
    }
}
