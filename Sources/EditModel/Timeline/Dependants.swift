// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

/// Where texts, sounds and overlays go when the main track is laid anew.
///
///     film      |––––––– 12 s –––––––|    →    |––––––––––– 18 s –––––––––––|
///     title     |–3–|                          |–3–|
///     music     |––––––––––––––––––––|         |––––––––––––––––––––––––––––|
///     captions      |–| |––| |–––|                 |––| |–––|  |––––|
///     credits                  |–3–|                                 |–3–|
struct Dependants {
    private let oldTotal: Int64
    private let newTotal: Int64
    private let old: [String: Range<Int64>]
    private let new: [String: Range<Int64>]
    private let newWhole: [String: Range<Int64>]

    /// - Parameters: the main tracks' segments before and after.
    init(from old: [Segment], to new: [Segment]) {
        self.old = Self.cuts(old)
        self.new = Self.cuts(new)
        newWhole = Dictionary(new.map { ($0.id, $0.milliseconds) }) { first, _ in first }
        oldTotal = old.last?.milliseconds.upperBound ?? 0
        newTotal = new.last?.milliseconds.upperBound ?? 0
    }

    /// From cut to cut, by id.
    private static func cuts(_ segments: [Segment]) -> [String: Range<Int64>] {
        var cuts: [String: Range<Int64>] = [:]
        let reel = Reel(segments)
        var start: Int64 = 0
        for shot in reel.shots {
            cuts[shot.segment.id] = start..<start + max(0, shot.width)
            start += max(0, shot.width)
        }
        return cuts
    }

    /// Where `segment` goes; nil = it has no place any more.
    func place(of segment: Segment) -> Range<Int64>? {
        let here = segment.milliseconds
        guard newTotal > 0 else { return nil }
        if let picture = segment.boundTo {
            guard let after = new[picture] else { return nil }
            guard let before = old[picture] else { return kept(here) }
            return bound(here, from: before, to: after)
        }
        let startsFilm = here.lowerBound == 0
        let endsFilm = here.upperBound >= oldTotal
        if startsFilm, endsFilm, !isSpoken(segment) { return 0..<newTotal }
        switch segment.content {
        case .sound(let sound):
            switch sound.role {
            case .music:
                let start = min(here.lowerBound, newTotal)
                return nonEmpty(start..<(endsFilm ? newTotal : min(here.upperBound, newTotal)))
            case .voice:
                guard here.lowerBound < newTotal else { return nil }
                // One that the old end may have cut off goes on: as far as its recording does.
                if endsFilm, newTotal > oldTotal, case .asset = sound.source { return here.lowerBound..<newTotal }
                return here.lowerBound..<min(here.upperBound, newTotal)
            case .effect: return segment.isFixed ? kept(here) : moved(here)
            }
        case .text(let text):
            if endsFilm, !startsFilm, !text.isCaption { return atEnd(here) }
            if segment.isFixed { return text.isCaption && here.lowerBound >= newTotal ? nil : kept(here) }
            if startsFilm, !text.isCaption { return kept(here) }
            return text.isCaption ? spread(here) : moved(here)
        case .picture:
            return endsFilm ? atEnd(here) : startsFilm ? kept(here) : moved(here)
        }
    }

    /// A voice says what it says in its own time, also where that is just the film's.
    private func isSpoken(_ segment: Segment) -> Bool { segment.sound.map { $0.role != .music } ?? false }

    /// In the same shares of the picture as before, and not longer than the film.
    private func bound(_ here: Range<Int64>, from before: Range<Int64>, to after: Range<Int64>) -> Range<Int64>? {
        func mapped(_ time: Int64) -> Int64 {
            guard !before.isEmpty else { return after.lowerBound }
            return after.lowerBound + scaled(time - before.lowerBound, Int64(after.count), over: Int64(before.count))
        }
        let film = 0..<newTotal
        return nonEmpty(
            (mapped(here.lowerBound)..<max(mapped(here.lowerBound), mapped(here.upperBound))).clamped(to: film))
    }

    private func spread(_ here: Range<Int64>) -> Range<Int64>? {
        guard oldTotal > 0 else { return kept(here) }
        let start = min(scaled(here.lowerBound, newTotal, over: oldTotal), newTotal)
        return nonEmpty(start..<max(start, min(scaled(here.upperBound, newTotal, over: oldTotal), newTotal)))
    }

    /// The start in proportion, the length as it was.
    private func moved(_ here: Range<Int64>) -> Range<Int64>? {
        guard oldTotal > 0 else { return kept(here) }
        let start = scaled(here.lowerBound, newTotal, over: oldTotal)
        return kept(start..<start + Int64(here.count))
    }

    /// At its own time, or where that is past the film's end, before that.
    private func kept(_ here: Range<Int64>) -> Range<Int64>? {
        if here.upperBound <= newTotal { return nonEmpty(here) }
        if here.lowerBound < newTotal, newTotal - here.lowerBound >= min(1000, Int64(here.count)) {
            return here.lowerBound..<newTotal
        }
        return atEnd(here)
    }

    private func atEnd(_ here: Range<Int64>) -> Range<Int64>? {
        nonEmpty(max(0, newTotal - Int64(here.count))..<newTotal)
    }

    private func nonEmpty(_ range: Range<Int64>) -> Range<Int64>? { range.isEmpty ? nil : range }

    private func scaled(_ time: Int64, _ numerator: Int64, over denominator: Int64) -> Int64 {
        guard denominator > 0 else { return time }
        return Int64((Double(time) * Double(numerator) / Double(denominator)).rounded())
    }
}

extension TextContent {
    package var isCaption: Bool { role == .caption || role == .subtitle }

    /// Makes the times within a text of `old` milliseconds fit one of `new`.
    mutating func refit(from old: Int64, to new: Int64) {
        guard old != new, old > 0 else { return }
        if !words.isEmpty {
            for index in words.indices {
                let range = words[index].range
                func scaled(_ time: MediaTime) -> MediaTime {
                    MediaTime(milliseconds: Int64((Double(time.milliseconds) * Double(new) / Double(old)).rounded()))
                }
                words[index].range = TimeRange(scaled(range.start), until: scaled(range.end))
            }
        }
        // Coming and going take half of it at most; a roll lasts as long as the text.
        let most = MediaTime(milliseconds: max(1, new / 2))
        if let came = entrance {
            let lasts = came.kind == .roll && came.duration.milliseconds == old
            entrance?.duration = lasts ? MediaTime(milliseconds: new) : min(came.duration, most)
        }
        if let went = exit { exit?.duration = min(went.duration, most) }
    }
}
