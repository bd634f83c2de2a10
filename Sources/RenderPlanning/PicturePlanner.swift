// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime

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
    /// In drawing order, bottom first.
    private let overlays: [Placed]
    private let fadeInFrames: Int
    private let fadeOutFrames: Int
    /// Every frame at which the film begins to be made of other parts.
    private let spanEdges: [Int]
    /// Those of them that make good chunk edges.
    let chunkEdges: Set<Int>

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

        let comings = over.flatMap { [$0.frames.lowerBound, $0.frames.upperBound] }
        chunkEdges = Set(main.map(\.frames.lowerBound) + comings)
        let all = chunkEdges.union(main.map(\.frames.upperBound)).union([fadeInFrames, count - fadeOutFrames, 0, count])
        spanEdges = all.filter { $0 >= 0 && $0 <= count }.sorted()
    }

    /// The spans of film frames `range`, their windows relative to their own segments.
    func spans(in range: Range<Int>) throws(DraftError) -> [Span] {
        let edges =
            [range.lowerBound] + spanEdges.filter { range.lowerBound < $0 && $0 < range.upperBound }
            + [range.upperBound]
        var spans: [Span] = []
        for (start, end) in zip(edges, edges.dropFirst()) {
            spans.append(try span(start..<end))
        }
        return spans
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
        let here = main.indices.filter { main[$0].frames.contains(frame) }
        guard let first = here.first, let last = here.last else {
            throw DraftError(field: "t", "no picture covers frame \(frame) of the film")
        }
        if first != last, let transition = main[first].segment.picture?.transition {
            let overlap = main[last].frames.lowerBound..<main[first].frames.upperBound
            var map: PhotoSource?
            if let id = transition.map { map = try photo(id, "\(main[first].field).tr.map") }
            return .joint(
                Joint(
                    from: try shot(main[first], at: frame), to: try shot(main[last], at: frame),
                    transition: transition.name,
                    window: FrameWindow(first: frame - overlap.lowerBound, total: overlap.count), map: map))
        }
        return .shot(try shot(main[last], at: frame))
    }

    private func photo(_ id: String, _ field: String) throws(DraftError) -> PhotoSource {
        guard let facts = inputs.media[id] else {
            throw DraftError(field: field, "there is no asset “\(id.prefix(60))”")
        }
        guard facts.kind == .image, let size = facts.size else {
            throw DraftError(field: field, "“\(facts.name)” is not a photo")
        }
        return PhotoSource(hash: facts.contentHash, size: size)
    }

    private func shot(_ placed: Placed, at frame: Int) throws(DraftError) -> Shot {
        guard let picture = placed.segment.picture else { throw DraftError(field: placed.field, "is not a picture") }
        let source: ShotSource
        var focus = picture.focus
        switch picture.source {
        case .image(let id):
            source = .photo(try photo(id, "\(placed.field).src"))
            focus = focus ?? inputs.media[id]?.focus
        case .video(let id, let start):
            guard let facts = inputs.media[id], facts.kind == .video, let size = facts.size else {
                throw DraftError(field: "\(placed.field).src", "there is no clip “\(id.prefix(60))”")
            }
            source = .clip(
                ClipSource(
                    hash: facts.contentHash, size: size, rotation: facts.rotation, start: start, speed: picture.speed,
                    reverse: picture.reverse, isMirrored: facts.isMirrored))
            focus = focus ?? facts.focus
        case .color(let color): source = .color(color)
        case .generated(let pattern, let colors, let seed):
            source = .generated(pattern: pattern, colors: colors, seed: Int(truncatingIfNeeded: seed))
        }
        var grade = picture.grade
        if let lut = grade.lut {
            guard let facts = inputs.media[lut] else {
                throw DraftError(field: "\(placed.field).grade.lut", "there is no asset “\(lut.prefix(60))”")
            }
            grade.lut = facts.contentHash
        }
        return Shot(
            source: source, window: window(placed, at: frame), crop: picture.crop ?? .whole, turn: picture.turn,
            fit: picture.fit, focus: focus ?? .center, motion: picture.motion, grade: grade,
            background: film.background)
    }

    private func drawn(_ placed: Placed, at frame: Int) throws(DraftError) -> [Overlay] {
        switch placed.segment.content {
        case .picture(let picture):
            guard picture.opacity > 0 else { return [] }
            return [.picture(try shot(placed, at: frame), rect: picture.rect ?? .whole, opacity: picture.opacity)]
        case .text(let text):
            guard let drawn = inputs.texts[placed.segment.id] else { return [] }
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
