// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

/// What of its source a shot may show: all of a clip, or the part that a person chose.
struct SourceRoom: Hashable {
    /// Milliseconds of the source.
    var source: Range<Int64>
    var speed: Double

    /// The longest that the shot may be in the film.
    var most: Int64 { max(1, Int64((Double(source.upperBound - source.lowerBound) / speed).rounded(.down))) }

    /// Nil for what has no end (photos, colours).
    init?(_ segment: Segment, media: [String: MediaFacts]) {
        guard let picture = segment.picture, case .video(let id, let start) = picture.source else { return nil }
        speed = picture.speed
        let played = segment.range.duration.scaled(by: speed).milliseconds
        // Of an unknown clip only what is shown already is sure to be there.
        let shown = start.milliseconds..<start.milliseconds + max(1, played)
        guard let length = media[id]?.duration else {
            source = shown
            return
        }
        let whole = 0..<max(1, length.ticks / MediaTime.ticksPerMillisecond)
        if let span = segment.span?.clamped(to: whole), !span.isEmpty { source = span } else { source = whole }
    }
}

extension Reel {
    /// Gives joints that had to be shortened the length they are to have.
    mutating func restoreJoints() {
        for index in shots.indices where shots[index].wish > 0 {
            shots[index].joint = shots[index].joint?.lasting(shots[index].wish)
        }
    }

    /// Brings every transition under half of either neighbour and within what clips have to show, as long as it can be.
    ///
    /// - Parameter rooms: by shot.
    mutating func clampJoints(_ rooms: [SourceRoom?]) {
        func shown(_ index: Int) -> Int64 {
            guard let most = rooms[index]?.most else { return length(index) }
            return min(length(index), most)
        }
        // As they are where they fit; what does not fit is brought to a length that fits whatever its neighbours are.
        // That can only shorten shots, so it is done again until nothing gives way, and at last for all at once.
        for round in 0..<5 {
            var changed = false
            for index in shots.indices.dropLast() {
                guard let joint = shots[index].joint else { continue }
                let length = joint.duration.milliseconds
                let fits = length * 2 <= min(shown(index), shown(index + 1))
                if fits, round < 4 { continue }
                let sure = sureJoint(index, rooms)
                if length > sure {
                    shots[index].wish = max(shots[index].wish, length)
                    shots[index].joint = sure > 0 ? joint.lasting(sure) : nil
                    changed = true
                }
            }
            if !changed { return }
        }
    }

    /// A joint of this length fits, however short the other joints of its shots are. A segment is its width and half of
    /// both transitions long, so two thirds of the width is half of the segment.
    private func sureJoint(_ index: Int, _ rooms: [SourceRoom?]) -> Int64 {
        var sure = Int64.max
        for side in [index, index + 1] {
            let width = rooms[side].map { min($0.most, shots[side].width) } ?? shots[side].width
            sure = min(sure, (2 * width - 1) / 3)
            // A clip that is shown whole gives both of its transitions out of its own length.
            if let most = rooms[side]?.most { sure = min(sure, (most - 2) / 2) }
        }
        return max(0, sure)
    }

    /// What each shot claims of the film's time when it is shared out anew.
    ///
    /// - Parameters:
    ///   - frame: a frame's time in milliseconds, rounded up.
    ///   - holdsClips: clips get no longer than they are while there are photos that can.
    func claims(_ rooms: [SourceRoom?], frame: Int64, holdsClips: Bool) -> [ShotLengths.Claim] {
        let hasPhotos = rooms.contains { $0 == nil }
        return shots.indices.map { index in
            let width = max(1, shots[index].width)
            if shots[index].segment.isCard, rooms[index] == nil {
                return ShotLengths.Claim(wanted: Double(width), least: width, most: width)
            }
            guard let room = rooms[index] else {
                return ShotLengths.Claim(
                    wanted: Double(width), least: min(width, ShotPlan.shortestPhoto), most: nil)
            }
            let overlap = overlap(index)
            var most = max(1, room.most - overlap.before - overlap.after)
            if holdsClips, hasPhotos { most = min(most, width) }
            return ShotLengths.Claim(
                wanted: Double(min(width, most)), least: min(most, width, ShotPlan.shortestClip), most: most)
        }
    }

    /// The laid out track: starts and lengths from widths and joints, clips' windows within their rooms.
    func segments(_ rooms: [SourceRoom?]) -> [Segment] {
        var cut: Int64 = 0
        return shots.indices.map { index in
            let shot = shots[index]
            let overlap = overlap(index)
            let start = cut - overlap.before
            cut += shot.width
            let end = cut + overlap.after
            var segment = shot.segment
            guard var picture = segment.picture else { return segment }
            picture.transition = index < shots.count - 1 ? shot.joint : nil
            if let room = rooms[index], case .video(let id, let from) = picture.source {
                let played = Int64((Double(end - start) * picture.speed).rounded(.up))
                let last = max(room.source.lowerBound, room.source.upperBound - played)
                let shift = Int64((Double(shot.lead - overlap.before) * picture.speed).rounded())
                let begin = min(max(from.milliseconds + shift, room.source.lowerBound), last)
                picture.source = .video(id, start: MediaTime(milliseconds: begin))
            }
            segment.picture = picture
            let length = picture.transition?.duration.milliseconds ?? 0
            segment.jointWish = length > 0 && shot.wish > length ? shot.wish : 0
            segment.milliseconds = start..<end
            return segment
        }
    }
}

extension Transition {
    func lasting(_ milliseconds: Int64) -> Transition {
        var other = self
        other.duration = MediaTime(milliseconds: milliseconds)
        return other
    }
}
