// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

extension Draft {
    /// What this draft has otherwise than `old`, in the order in which it matters; empty where they are the same.
    /// Linear in their segments.
    ///
    /// - Parameter media: the film's files, for the names of those that a draft names by id alone.
    public func changes(from old: Draft, media: [MediaFacts] = []) -> [EditChange] {
        guard self != old else { return [] }
        var comparison = DraftComparison(old: old, new: self, media: media)
        comparison.run()
        return comparison.changes
    }
}

struct DraftComparison {
    let old: Draft
    let new: Draft
    private let media: [MediaFacts]
    var changes: [EditChange] = []

    /// A song that was cut to the film's length is compared as the one song it is.
    init(old: Draft, new: Draft, media: [MediaFacts] = []) {
        self.media = media
        var (one, other) = (old, new)
        one.joinMusic()
        other.joinMusic()
        if old.hasCutSong != new.hasCutSong { other.copyMusicFade(from: one) }
        (self.old, self.new) = (one, other)
    }

    mutating func run() {
        compareFilm()
        comparePictures()
        compareSounds()
        compareTexts()
        compareOverlays()
    }

    mutating func add(
        _ subject: EditChange.Subject, _ before: EditChange.Value?, _ after: EditChange.Value?, names: [String] = [],
        count: Int = 0
    ) {
        guard before != after || before == nil else { return }
        changes.append(EditChange(subject, before, after, names: names, count: count))
    }

    private mutating func compareFilm() {
        let (a, b) = (old.film, new.film)
        add(.length, .time(old.duration), .time(new.duration))
        if a.canvas != b.canvas { add(.canvas, .size(a.canvas), .size(b.canvas)) }
        if a.preset != b.preset { add(.preset, a.preset.map { .word($0) }, b.preset.map { .word($0) }) }
        if a.frameRate != b.frameRate {
            add(.frameRate, .number(a.frameRate.framesPerSecond), .number(b.frameRate.framesPerSecond))
        }
        if a.background != b.background { add(.background, .text(a.background), .text(b.background)) }
        if a.fadeIn != b.fadeIn { add(.fadeIn, .time(a.fadeIn), .time(b.fadeIn)) }
        if a.fadeOut != b.fadeOut { add(.fadeOut, .time(a.fadeOut), .time(b.fadeOut)) }
        if a.title != b.title {
            add(.filmTitle, a.title.isEmpty ? nil : .text(a.title), b.title.isEmpty ? nil : .text(b.title))
        }
        if a.loudness != b.loudness { add(.loudness, .number(a.loudness), .number(b.loudness)) }
        if a.cutsOnBeats != b.cutsOnBeats { add(.beats, .flag(a.cutsOnBeats), .flag(b.cutsOnBeats)) }
    }
}

// MARK: - Pictures

extension DraftComparison {
    /// A picture in both drafts. By reference: it is looked at once a field, and copying two segments each time is most of
    /// what a comparison of long films would cost.
    private final class Pair {
        let before: Segment
        let after: Segment

        init(_ before: Segment, _ after: Segment) {
            self.before = before
            self.after = after
        }
    }

    private mutating func comparePictures() {
        let before = old.mainTrack?.segments ?? []
        let after = new.mainTrack?.segments ?? []
        guard before != after else { return }
        let pairs = self.pairs(before, after)
        comparePace(before, after)
        compareJoints(before, after)
        // Most edits touch few fields of few pictures.
        let touched = pairs.filter { $0.before.content != $0.after.content || $0.before.extra != $0.after.extra }
        guard !touched.isEmpty else { return }
        compare(touched, of: pairs.count, .trim) { segment in
            // Whatever its length: a clip's beginning that moved a little with a transition is no trim.
            segment.span.map { .times(MediaTime(milliseconds: $0.lowerBound), MediaTime(milliseconds: $0.upperBound)) }
        }
        comparePictureFields(touched, of: pairs.count)
    }

    /// The pictures in both drafts, in the order of the new one; tells of those that are in one only.
    private mutating func pairs(_ before: [Segment], _ after: [Segment]) -> [Pair] {
        // Most edits leave the row as it is: nothing has to be looked up.
        let isSameRow = before.count == after.count && before.indices.allSatisfy { before[$0].id == after[$0].id }
        if isSameRow {
            let pairs = before.indices.map { Pair(before[$0], after[$0]) }
            compareSources(pairs)
            return pairs
        }
        if before.count != after.count { add(.pictures, .count(before.count), .count(after.count)) }
        let was = Dictionary(before.indices.map { (before[$0].id, $0) }) { first, _ in first }
        let isNow = Set(after.map(\.id))
        let added = after.filter { was[$0.id] == nil }
        let removed = before.filter { !isNow.contains($0.id) }
        if !removed.isEmpty { add(.removed, nil, nil, names: removed.map(\.name), count: removed.count) }
        if !added.isEmpty { add(.added, nil, nil, names: added.map(\.name), count: added.count) }
        let pairs = after.compactMap { segment in was[segment.id].map { Pair(before[$0], segment) } }
        compareSources(pairs)
        let orderBefore = before.filter { isNow.contains($0.id) }.map(\.id)
        if orderBefore != pairs.map(\.after.id) {
            add(.order, .list(before.map(\.name)), .list(after.map(\.name)))
        }
        return pairs
    }

    private mutating func compareSources(_ pairs: [Pair]) {
        for pair in pairs where pair.before.picture?.assetID != pair.after.picture?.assetID {
            add(.replaced, .text(pair.before.name), .text(pair.after.name))
        }
    }

    private mutating func comparePictureFields(_ pairs: [Pair], of all: Int) {
        compare(pairs, of: all, .speed) { $0.picture.map { .number($0.speed) } }
        compare(pairs, of: all, .reverse) { $0.picture.map { .flag($0.reverse) } }
        compare(pairs, of: all, .turn) { segment in
            segment.picture.map { .text($0.turn == .none ? "0" : "\($0.turn.degrees)\($0.turn.flip?.rawValue ?? "")") }
        }
        compare(pairs, of: all, .crop) { segment in
            segment.picture?.crop.map {
                .list([$0.x, $0.y, $0.width, $0.height].map { "\(($0 * 1000).rounded() / 1000)" })
            }
        }
        compare(pairs, of: all, .motion) { $0.picture.map { .word($0.motion.kind.rawValue) } }
        let moved = pairs.filter { $0.before.picture?.motion.kind == $0.after.picture?.motion.kind }
        compare(moved, of: all, .motionAmount) { $0.picture.map { .share($0.motion.amount) } }
        compare(pairs, of: all, .fit) { $0.picture.map { .word($0.fit.rawValue) } }
        compare(pairs, of: all, .focus) { segment in
            segment.isChosen(.focus)
                ? segment.picture?.focus.map { .list([$0.x, $0.y].map { "\(($0 * 100).rounded() / 100)" }) } : nil
        }
        compare(pairs, of: all, .look) { $0.picture.map { .word($0.grade.look.rawValue) } }
        compareColourTables(pairs, of: all)
        for (name, field) in Self.adjustments {
            compare(pairs, of: all, .adjustment, prefix: name) { $0.picture.map { .number($0.grade[keyPath: field]) } }
        }
        compare(pairs, of: all, .opacity) { $0.picture.map { .share($0.opacity) } }
        compare(pairs, of: all, .clipVolume) { segment in
            segment.picture.flatMap { $0.isClip ? .share($0.volume) : nil }
        }
        compare(pairs, of: all, .clipSound) { segment in
            segment.picture.flatMap { $0.isClip ? .flag(!$0.muted) : nil }
        }
    }

    private mutating func compareColourTables(_ pairs: [Pair], of all: Int) {
        let known = [new, old].flatMap(\.assets)
        let media = media
        func name(_ id: String) -> String {
            media.first { $0.id == id }?.name ?? known.first { $0.key == id }?.value.name ?? String(id.prefix(16))
        }
        compare(pairs, of: all, .colourTable) { $0.picture?.grade.lut.map { .text(name($0)) } }
    }

    private static var adjustments: [(String, KeyPath<Grade, Double>)] {
        [
            ("brightness", \.brightness), ("contrast", \.contrast), ("saturation", \.saturation),
            ("temperature", \.temperature), ("vignette", \.vignette), ("grain", \.grain),
        ]
    }

    /// One change for all pairs that differ in `value` and have the same before and after; `mixed` where those differ.
    ///
    /// - Parameter prefix: a name for what changed, put before the others'.
    private mutating func compare(
        _ pairs: [Pair], of all: Int, _ subject: EditChange.Subject, prefix: String? = nil,
        _ value: (Segment) -> EditChange.Value?
    ) {
        let changed = pairs.filter { value($0.before) != value($0.after) }
        guard let first = changed.first else { return }
        let before = Self.common(changed.map { value($0.before) }, first: value(first.before))
        let after = Self.common(changed.map { value($0.after) }, first: value(first.after))
        let names = (prefix.map { [$0] } ?? []) + (changed.count == all ? [] : changed.map(\.after.name))
        changes.append(EditChange(subject, before, after, names: names, count: changed.count))
    }

    private static func common(_ values: [EditChange.Value?], first: EditChange.Value?) -> EditChange.Value? {
        values.allSatisfy { $0 == first } ? first : .word("mixed")
    }

    /// The time that pictures in both drafts stand from cut to cut, where it changed.
    private mutating func comparePace(_ before: [Segment], _ after: [Segment]) {
        let isSame =
            before.count == after.count
            && before.indices.allSatisfy { index in
                before[index].range == after[index].range && before[index].id == after[index].id
                    && before[index].picture?.transition?.duration == after[index].picture?.transition?.duration
            }
        if isSame { return }
        let was = Dictionary(Reel(before).shots.map { ($0.segment.id, $0.width) }) { first, _ in first }
        let changed = Reel(after).shots.filter { shot in was[shot.segment.id].map { $0 != shot.width } ?? false }
        guard !changed.isEmpty else { return }
        func mean(_ widths: [Int64]) -> EditChange.Value {
            .time(MediaTime(milliseconds: Int64((Double(widths.reduce(0, +)) / Double(widths.count)).rounded())))
        }
        changes.append(
            EditChange(
                .pace, mean(changed.compactMap { was[$0.segment.id] }), mean(changed.map(\.width)),
                names: changed.count == after.count ? [] : changed.map(\.segment.name), count: changed.count))
    }

    /// Which transitions the film has, and how long they are; one joint by the name of the picture before it.
    private mutating func compareJoints(_ before: [Segment], _ after: [Segment]) {
        func names(_ segments: [Segment]) -> [String] {
            segments.dropLast().map { $0.picture?.transition?.name.rawValue ?? "none" }
        }
        func common(_ words: [String]) -> EditChange.Value? {
            guard let first = words.first else { return nil }
            return .word(words.allSatisfy { $0 == first } ? first : "mixed")
        }
        let (was, isNow) = (names(before), names(after))
        if before.map(\.id) == after.map(\.id), was != isNow {
            let changed = was.indices.filter { was[$0] != isNow[$0] }
            changes.append(
                EditChange(
                    .transition, common(changed.map { was[$0] }), common(changed.map { isNow[$0] }),
                    names: changed.count == was.count ? [] : changed.map { after[$0].name }, count: changed.count))
        } else if common(was) != common(isNow), !isNow.isEmpty {
            changes.append(EditChange(.transition, common(was), common(isNow), count: isNow.count))
        }
        func lengths(_ segments: [Segment]) -> [Int64] {
            segments.dropLast().compactMap { $0.picture?.transition?.duration.milliseconds }
        }
        func range(_ lengths: [Int64]) -> EditChange.Value? {
            guard let least = lengths.min(), let most = lengths.max() else { return nil }
            let times = (MediaTime(milliseconds: least), MediaTime(milliseconds: most))
            return least == most ? .time(times.0) : .times(times.0, times.1)
        }
        let (a, b) = (range(lengths(before)), range(lengths(after)))
        if let a, let b, a != b { add(.transitionLength, a, b) }
    }
}
