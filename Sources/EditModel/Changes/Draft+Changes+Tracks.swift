// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

extension DraftComparison {
    // MARK: Sounds

    mutating func compareSounds() {
        let (was, isNow) = (sounds(old), sounds(new))
        for role in SoundContent.Role.allCases {
            let before = was.filter { $0.sound?.role == role }
            let after = isNow.filter { $0.sound?.role == role }
            guard before != after else { continue }
            let subject: EditChange.Subject = role == .music ? .music : role == .voice ? .voice : .effects
            if before.map(source) != after.map(source) || before.isEmpty || after.isEmpty {
                add(subject, named(before), named(after), count: max(before.count, after.count))
            }
            guard let one = before.first, let other = after.first, let a = one.sound, let b = other.sound else {
                continue
            }
            if a.volume != b.volume {
                if role == .music { add(.musicVolume, .share(a.volume), .share(b.volume)) }
                if role == .voice { add(.voiceVolume, .share(a.volume), .share(b.volume)) }
            }
            guard role == .music else { continue }
            if (a.fadeIn, a.fadeOut) != (b.fadeIn, b.fadeOut) {
                add(.musicFades, .times(a.fadeIn, a.fadeOut), .times(b.fadeIn, b.fadeOut))
            }
            if source(one) == source(other), case .asset(_, let from) = a.source, case .asset(_, let to) = b.source {
                add(.musicStart, .time(from), .time(to))
            }
            if a.ducks != b.ducks { add(.musicDucks, .flag(a.ducks), .flag(b.ducks)) }
        }
        let muted = Dictionary(old.tracks.map { ($0.id, $0.muted) }) { first, _ in first }
        for track in new.tracks {
            if let before = muted[track.id], before != track.muted {
                add(.trackSound, .flag(!before), .flag(!track.muted), names: [track.name])
            }
        }
    }

    private func sounds(_ draft: Draft) -> [Segment] {
        draft.tracks.filter { $0.kind == .audio }.flatMap(\.segments)
    }

    /// What it plays, without where it begins.
    private func source(_ segment: Segment) -> SoundContent.Source? {
        guard let sound = segment.sound else { return nil }
        if case .asset(let id, _) = sound.source { return .asset(id, start: .zero) }
        return sound.source
    }

    private func named(_ segments: [Segment]) -> EditChange.Value? {
        guard let first = segments.first else { return nil }
        return segments.count == 1 ? .text(first.name) : .list(segments.map(\.name))
    }

    // MARK: Texts

    mutating func compareTexts() {
        let (before, after) = (texts(old), texts(new))
        guard before != after else { return }
        let was = Dictionary(before.map { ($0.id, $0) }) { first, _ in first }
        let isNow = Set(after.map(\.id))
        let removed = before.filter { !isNow.contains($0.id) }
        if !removed.isEmpty { add(.textRemoved, nil, nil, names: removed.map(words), count: removed.count) }
        let added = after.filter { was[$0.id] == nil }
        if !added.isEmpty { add(.textAdded, nil, nil, names: added.map(words), count: added.count) }
        var moved: [(Segment, Segment)] = []
        var styled: [Segment] = []
        var timed: [(Segment, Segment)] = []
        for segment in after {
            guard let other = was[segment.id], let b = segment.text, let a = other.text else { continue }
            if a.text != b.text { add(.textChanged, .text(a.text), .text(b.text)) }
            if a.position != b.position { moved.append((other, segment)) }
            if a.style != b.style || a.entrance?.kind != b.entrance?.kind || a.exit?.kind != b.exit?.kind {
                styled.append(segment)
            }
            if other.range != segment.range { timed.append((other, segment)) }
        }
        if let (one, other) = moved.first {
            add(.textMoved, place(one), place(other), names: moved.map { words($0.1) }, count: moved.count)
        }
        if !styled.isEmpty { add(.textStyle, nil, nil, names: styled.map(words), count: styled.count) }
        if timed.count == 1, let (one, other) = timed.first {
            add(
                .textTime, .times(one.range.start, one.range.end), .times(other.range.start, other.range.end),
                names: [words(other)], count: 1)
        } else if !timed.isEmpty, old.duration == new.duration {
            // With the film's own length everything moves along: no news.
            add(.textTime, nil, nil, names: timed.map { words($0.1) }, count: timed.count)
        }
    }

    private func texts(_ draft: Draft) -> [Segment] {
        draft.tracks.filter { $0.kind == .text }.flatMap(\.segments)
    }

    private func words(_ segment: Segment) -> String { segment.text?.text ?? segment.name }

    private func place(_ segment: Segment) -> EditChange.Value? {
        guard let position = segment.text?.position else { return nil }
        if case .at(let point) = position {
            return .list([point.x, point.y].map { "\(($0 * 100).rounded() / 100)" })
        }
        return position.name.map { .word($0) }
    }

    // MARK: Overlays

    mutating func compareOverlays() {
        let (before, after) = (overlays(old), overlays(new))
        guard before != after else { return }
        let was = Dictionary(before.map { ($0.id, $0) }) { first, _ in first }
        let isNow = Set(after.map(\.id))
        let removed = before.filter { !isNow.contains($0.id) }
        let added = after.filter { was[$0.id] == nil }
        let changed = after.filter { segment in was[segment.id].map { $0.content != segment.content } ?? false }
        if !removed.isEmpty { add(.overlayRemoved, nil, nil, names: removed.map(\.name), count: removed.count) }
        if !added.isEmpty { add(.overlayAdded, nil, nil, names: added.map(\.name), count: added.count) }
        if !changed.isEmpty { add(.overlayChanged, nil, nil, names: changed.map(\.name), count: changed.count) }
    }

    private func overlays(_ draft: Draft) -> [Segment] {
        draft.tracks.enumerated().filter { $0.element.kind == .video && $0.offset != draft.mainTrackIndex }
            .flatMap { $0.element.segments }
    }
}
