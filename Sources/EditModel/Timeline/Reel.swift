// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

/// The main track taken apart into shots, each with the time it stands from cut to cut, where a cut is the middle of the
/// transition there. Shots change places and lengths freely; `segments` puts the track together again.
///
///     track   |–––– s1 ––––|            s1 is 3400 long, s2 3000, they overlap by 400
///                       |–––– s2 ––––|
///     reel    |–– 3200 ––|–– 2800 ––|   widths add up to the film
struct Reel: Hashable {
    struct Shot: Hashable {
        /// Its range is the last one laid; only `segments` sets it.
        var segment: Segment
        /// From cut to cut, milliseconds.
        var width: Int64
        /// Into the next shot; nil = a cut. Of the last shot: what a shot behind it would get.
        var joint: Transition?
        /// Milliseconds that the joint is to take where there is room; 0 = what it takes.
        var wish: Int64 = 0
        /// Milliseconds before its first cut with which the segment was laid last; a clip's window is held by that cut.
        var lead: Int64 = 0
    }

    var shots: [Shot]

    init(_ shots: [Shot] = []) { self.shots = shots }

    init(_ segments: [Segment]) {
        var before: Int64 = 0
        shots = segments.enumerated().map { index, segment in
            let isLast = index == segments.count - 1
            let joint = isLast ? nil : segment.picture?.transition
            let after = joint.map { Self.after($0) } ?? 0
            let width = segment.range.duration.milliseconds - before - after
            defer { before = joint.map { Self.before($0) } ?? 0 }
            return Shot(
                segment: segment, width: width, joint: joint, wish: joint == nil ? 0 : segment.jointWish, lead: before)
        }
    }

    /// What of a transition lies before its cut, in the shot that goes, and after it, in the one that comes.
    static func after(_ joint: Transition) -> Int64 { joint.duration.milliseconds - joint.duration.milliseconds / 2 }
    static func before(_ joint: Transition) -> Int64 { joint.duration.milliseconds / 2 }

    var total: Int64 { shots.reduce(0) { $0 + $1.width } }

    /// `shots.count + 1` film times, from 0 to the end.
    var cuts: [Int64] {
        var cuts: [Int64] = [0]
        cuts.reserveCapacity(shots.count + 1)
        var end: Int64 = 0
        for shot in shots {
            end += shot.width
            cuts.append(end)
        }
        return cuts
    }

    /// The joints' lengths in milliseconds, one fewer than shots; 0 for a cut.
    var joints: [Int64] { shots.dropLast().map { $0.joint?.duration.milliseconds ?? 0 } }

    /// Milliseconds that shot `index` is longer than its width, for its transitions.
    func overlap(_ index: Int) -> (before: Int64, after: Int64) {
        let before = index > 0 ? shots[index - 1].joint.map { Self.before($0) } ?? 0 : 0
        let after = index < shots.count - 1 ? shots[index].joint.map { Self.after($0) } ?? 0 : 0
        return (before, after)
    }

    func length(_ index: Int) -> Int64 {
        let overlap = overlap(index)
        return shots[index].width + overlap.before + overlap.after
    }

    /// The transition that most joints have; nil where most are cuts.
    var usualJoint: Transition? {
        var counts: [Transition?: Int] = [:]
        for shot in shots.dropLast() { counts[shot.joint, default: 0] += 1 }
        let most = counts.values.max() ?? 0
        // The first in film order of those that are equally common.
        return shots.dropLast().first { counts[$0.joint] == most }?.joint
    }

    /// The width that most photos have near: the median of the shots that are no cards.
    var usualWidth: Int64? {
        let widths = shots.filter { !$0.segment.isCard }.map(\.width).sorted()
        return widths.isEmpty ? nil : widths[widths.count / 2]
    }

    /// The first place of the cards at the end.
    var endOfPictures: Int { shots.lastIndex { !$0.segment.isCard }.map { $0 + 1 } ?? 0 }
}

// MARK: - Moves

extension Reel {
    /// The shots in the order of `indices` (each once); joints keep their places in the film.
    ///
    ///     A –fade– B –wipe– C    →    C –fade– A –wipe– B
    mutating func reorder(_ indices: [Int]) {
        let old = shots
        shots = indices.map { old[$0] }
        for index in shots.indices { shots[index].take(jointOf: old[index]) }
    }

    /// Back to front; each joint stays between its two shots. Cards at either end stay there.
    mutating func reverse() {
        let end = endOfPictures
        let start = shots.prefix { $0.segment.isCard }.count
        guard end - start > 1 else { return }
        let old = shots
        shots[start..<end].reverse()
        for index in start..<end - 1 { shots[index].take(jointOf: old[end - 2 - (index - start)]) }
        shots[end - 1].take(jointOf: old[end - 1])
    }

    /// Takes out the shots at `indices`, each with the joint behind it.
    ///
    ///     A –fade– B –wipe– C    →    A –fade– C
    mutating func remove(_ indices: Set<Int>) {
        shots = shots.indices.filter { !indices.contains($0) }.map { shots[$0] }
    }

    /// Puts `new` shots before place `index`, joined as the film is.
    mutating func insert(_ new: [Shot], at index: Int) {
        let usual = shots.count > 1 ? usualJoint : nil
        var new = new
        for place in new.indices { new[place].setJoint(usual) }
        if index > 0, index == shots.count { shots[index - 1].setJoint(usual) }
        shots.insert(contentsOf: new, at: index)
    }
}

extension Reel.Shot {
    /// Another transition, or a cut.
    mutating func setJoint(_ joint: Transition?) {
        self.joint = joint
        wish = 0
    }

    mutating func take(jointOf other: Self) {
        joint = other.joint
        wish = other.wish
    }
}
