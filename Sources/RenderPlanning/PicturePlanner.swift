// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import Wording

/// Resolves the picture of a draft into spans of frames.
struct PicturePlanner {
    /// A segment with the film frames it covers.
    private struct Placed {
        let segment: Segment
        let field: String
        let frames: Range<Int>
    }

    let frameCount: Int
    private let film: FilmSettings
    private let inputs: PlanInputs
    private let main: [Placed]
    /// First frames of `main`.
    private let starts: [Int]
    /// In drawing order, bottom first.
    private let overlays: [Placed]
    private let fadeInFrames: Int
    private let fadeOutFrames: Int
    /// Every frame at which the film begins to be made of other parts.
    private let spanEdges: [Int]
    /// Those of them that make good chunk edges, with a number for each that goes with what begins there.
    let chunkEdges: [Int: UInt64]

    init(draft: Draft, main track: Track, inputs: PlanInputs) throws(DraftError) {
        film = draft.film
        self.inputs = inputs
        let rate = draft.film.frameRate
        let count = draft.frameCount
        frameCount = count

        func place(_ segment: Segment, _ field: String) -> Placed {
            let start = rate.frame(at: segment.range.start)
            return Placed(segment: segment, field: field, frames: start..<max(start, rate.frame(at: segment.range.end)))
        }
        let mainIndex = draft.mainTrackIndex ?? 0
        main = track.segments.enumerated()
            .map { place($1, "t[\(mainIndex)].sg[\($0)]") }
            .filter { !$0.frames.isEmpty }
        starts = main.map(\.frames.lowerBound)
        var over: [Placed] = []
        for wanted in [Track.Kind.video, .text] {
            for (index, track) in draft.tracks.enumerated()
            where track.kind == wanted && index != mainIndex && !track.muted {
                over += track.segments.enumerated()
                    .map { place($1, "t[\(index)].sg[\($0)]") }
                    .filter { !$0.frames.clamped(to: 0..<count).isEmpty }
            }
        }
        overlays = over
        fadeInFrames = min(rate.frame(at: draft.film.fadeIn), count)
        fadeOutFrames = min(rate.frame(at: draft.film.fadeOut), count - fadeInFrames)

        var edges: [Int: UInt64] = [:]
        // An overlay's edge has no weight of its own, so that another wording moves no edge.
        for overlay in over {
            edges[overlay.frames.lowerBound] = 0
            edges[overlay.frames.upperBound] = 0
        }
        for shot in main { edges[shot.frames.lowerBound] = Self.weight(of: shot.segment, inputs) }
        chunkEdges = edges
        let all = Set(edges.keys).union(main.map(\.frames.upperBound))
            .union([fadeInFrames, count - fadeOutFrames, 0, count])
            .union(over.flatMap { Self.restEdges(of: $0, inputs, rate) })
        spanEdges = all.filter { $0 >= 0 && $0 <= count }.sorted()
    }

    /// Film frames at which a text begins and ceases to stand still.
    private static func restEdges(of placed: Placed, _ inputs: PlanInputs, _ rate: FrameRate) -> [Int] {
        guard let text = placed.segment.text, let drawn = inputs.texts[placed.segment.id] else { return [] }
        return TextPlanner(text: text, drawn: drawn, rate: rate).edges(total: placed.frames.count)
            .map { placed.frames.lowerBound + $0 }
    }

    /// A number that goes with what a segment shows, wherever it stands (FNV-1a, 64 bit, of its source).
    private static func weight(of segment: Segment, _ inputs: PlanInputs) -> UInt64 {
        let text: String
        switch segment.picture?.source {
        case .image(let id)?: text = inputs.media[id]?.contentHash ?? id
        case .video(let id, let start)?: text = "\(inputs.media[id]?.contentHash ?? id) \(start.ticks)"
        case .color(let color)?: text = color
        case .generated(let pattern, let colors, let seed)?: text = "\(pattern) \(colors) \(seed)"
        case nil: text = ""
        }
        return text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// The spans of film frames `range`, their windows relative to their own segments.
    func spans(in range: Range<Int>) throws(DraftError) -> [Span] {
        let inner = spanEdges[first(after: range.lowerBound, in: spanEdges)...].prefix { $0 < range.upperBound }
        let edges = [range.lowerBound] + inner + [range.upperBound]
        var spans: [Span] = []
        for (start, end) in zip(edges, edges.dropFirst()) {
            let next = try span(start..<end)
            // Where a still goes on there is no edge: how it came to be two spans is nothing to the picture.
            if let last = spans.last, last.isStill, next.isStill, last.main == next.main {
                spans[spans.count - 1].frames += next.frames
            } else {
                spans.append(next)
            }
        }
        return spans
    }

    /// Index of the first element above `frame`.
    private func first(after frame: Int, in sorted: [Int]) -> Int {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] <= frame { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func span(_ frames: Range<Int>) throws(DraftError) -> Span {
        let first = frames.lowerBound
        var over: [Overlay] = []
        for overlay in overlays where overlay.frames.contains(first) {
            over += try drawn(overlay, at: first)
        }
        return Span(frames: frames.count, main: try mainLayer(at: first), overlays: over, fade: fade(at: first))
    }

    private func window(_ placed: Placed, at frame: Int) -> FrameWindow {
        FrameWindow(first: frame - placed.frames.lowerBound, total: placed.frames.count)
    }

    private func mainLayer(at frame: Int) throws(DraftError) -> MainLayer {
        // At most two neighbours cover a frame: the last to begin, and the one before it in their transition.
        let last = self.first(after: frame, in: starts) - 1
        guard main.indices.contains(last), main[last].frames.contains(frame) else {
            throw DraftError(field: "t", .nothingCovers, ["frame": "\(frame)"])
        }
        let first = last > 0 && main[last - 1].frames.contains(frame) ? last - 1 : last
        if first != last, let transition = main[first].segment.picture?.transition {
            let overlap = main[last].frames.lowerBound..<main[first].frames.upperBound
            guard let name = TransitionCatalog.named(transition.name.rawValue) else {
                throw DraftError(
                    field: "\(main[first].field).tr.type", .noTransition, ["name": "\(transition.name)"])
            }
            var map: PhotoSource?
            if let id = transition.map { map = try photo(id, "\(main[first].field).tr.map") }
            return .joint(
                Joint(
                    from: try shot(main[first], at: frame), to: try shot(main[last], at: frame),
                    transition: name,
                    window: FrameWindow(first: frame - overlap.lowerBound, total: overlap.count), map: map))
        }
        return .shot(try shot(main[last], at: frame))
    }

    private func photo(_ id: String, _ field: String) throws(DraftError) -> PhotoSource {
        guard let facts = inputs.media[id] else {
            throw DraftError(field: field, .noAsset, ["id": .text(String(id.prefix(60)))])
        }
        guard facts.kind == .image, let size = facts.size else {
            throw DraftError(field: field, .notPhoto, ["name": .text(facts.name)])
        }
        return PhotoSource(hash: facts.contentHash, size: size)
    }

    private func shot(_ placed: Placed, at frame: Int) throws(DraftError) -> Shot {
        guard let picture = placed.segment.picture else { throw DraftError(field: placed.field, .notPicture) }
        let source: ShotSource
        var focus = picture.focus
        switch picture.source {
        case .image(let id):
            source = .photo(try photo(id, "\(placed.field).src"))
            focus = focus ?? inputs.media[id]?.focus
        case .video(let id, let start):
            guard let facts = inputs.media[id], facts.kind == .video, let size = facts.size else {
                throw DraftError(
                    field: "\(placed.field).src", .notClip,
                    ["name": .text(inputs.media[id]?.name ?? String(id.prefix(60)))])
            }
            source = .clip(
                ClipSource(
                    hash: facts.contentHash, size: size, rotation: facts.rotation, start: start, speed: picture.speed,
                    reverse: picture.reverse, isMirrored: facts.isMirrored))
            focus = focus ?? facts.focus
        case .color(let color): source = .color(color)
        case .generated(let pattern, let colors, let seed):
            guard let entry = PatternCatalog.named(pattern) else {
                throw DraftError(
                    field: "\(placed.field).pattern", .unknownPattern,
                    [
                        "name": .text(String(pattern.prefix(60))),
                        "names": .text(PatternCatalog.entries.map(\.name).joined(separator: ", ")),
                    ])
            }
            // The colours it is drawn in stand in the chunk, so that another palette makes other chunks.
            source = .generated(
                pattern: entry.name, colors: colors.isEmpty ? entry.palette(seed: seed) : colors,
                seed: Int(truncatingIfNeeded: seed))
        }
        var grade = picture.grade
        if let lut = grade.lut {
            guard let facts = inputs.media[lut] else {
                throw DraftError(
                    field: "\(placed.field).grade.lut", .noAsset, ["id": .text(String(lut.prefix(60)))])
            }
            grade.lut = facts.contentHash
        }
        let isStill: Bool
        switch source {
        case .photo, .color: isStill = !picture.motion.moves && grade.grain == 0
        case .clip, .generated: isStill = false
        }
        return Shot(
            source: source, window: isStill ? .still : window(placed, at: frame), crop: picture.crop ?? .whole,
            turn: picture.turn,
            fit: picture.fit, focus: focus ?? .center, motion: picture.motion, grade: grade,
            background: film.background)
    }

    private func drawn(_ placed: Placed, at frame: Int) throws(DraftError) -> [Overlay] {
        switch placed.segment.content {
        case .picture(let picture):
            guard picture.opacity > 0 else { return [] }
            return [.picture(try shot(placed, at: frame), rect: picture.rect ?? .whole, opacity: picture.opacity)]
        case .text(let text):
            guard let drawn = inputs.texts[placed.segment.id] else {
                if !text.text.hasVisibleCharacters { return [] }
                throw DraftError(field: "\(placed.field).text", .notDrawn)
            }
            let planner = TextPlanner(text: text, drawn: drawn, rate: film.frameRate)
            return planner.overlays(window(placed, at: frame)).map { .text($0) }
        case .sound: return []
        }
    }

    private func fade(at frame: Int) -> FilmFade? {
        if frame < fadeInFrames {
            return FilmFade(rises: true, window: FrameWindow(first: frame, total: fadeInFrames))
        }
        let start = frameCount - fadeOutFrames
        if frame >= start, fadeOutFrames > 0 {
            return FilmFade(rises: false, window: FrameWindow(first: frame - start, total: fadeOutFrames))
        }
        return nil
    }
}

extension Motion {
    /// Whether the view changes from frame to frame.
    var moves: Bool { kind != .none && amount > 0 }
}

extension Span {
    /// Whether all its frames are the same picture.
    var isStill: Bool {
        guard case .shot(let shot) = main, shot.window == .still else { return false }
        return overlays.isEmpty && fade == nil
    }
}
