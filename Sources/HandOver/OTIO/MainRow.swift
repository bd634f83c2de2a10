// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime

/// The items of a track of pictures as a draft's shots: each longer by what the transitions at its ends take of it, without
/// gaps, in whole milliseconds.
struct MainRow {
    struct Shot {
        let item: OTIOTimeline.Item
        /// In the file's own film time, from cut to cut.
        let cut: TimeRange
        /// The transition over its end.
        var join: OTIOTimeline.Transition?
        /// What the transitions take before and after its cuts.
        var head = MediaTime.zero
        var tail = MediaTime.zero
        var speed = 1.0
        /// Where in its clip it begins.
        var start = MediaTime.zero
        /// On the draft's milliseconds.
        var begin = MediaTime.zero
        var end = MediaTime.zero

        var length: MediaTime { head + cut.duration + tail }

        /// Whether `item`, which begins at `time`, is this shot's own sound: the same file, in step with it.
        func isLinked(to sound: OTIOTimeline.Item, at time: MediaTime) -> Bool {
            guard case .file(let url, _) = item.media, case .file(url, _) = sound.media, sound.speed == item.speed,
                cut.overlaps(TimeRange(start: time, duration: sound.duration))
            else { return false }
            let step = (sound.start - item.start) - (time - cut.start).scaled(by: abs(item.speed))
            return abs(step.seconds) < 0.05
        }
    }

    private(set) var shots: [Shot] = []
    /// Transitions at the ends of all: the film's fades.
    private(set) var fadeIn: MediaTime?
    private(set) var fadeOut: MediaTime?
    private let children: [OTIOTimeline.Child]
    private let media: [String: HandOverMedia]
    private let asset: (String, String?) -> String?
    private var losses: [OTIOLoss] = []

    init(
        children: [OTIOTimeline.Child], media: [String: HandOverMedia], asset: @escaping (String, String?) -> String?
    ) {
        self.children = children
        self.media = media
        self.asset = asset
    }

    /// Fills `shots`; answers what was lost on the way.
    mutating func lay() -> [OTIOLoss] {
        collect()
        for index in shots.indices { read(index) }
        shorten()
        for index in shots.indices { begin(index) }
        place()
        return losses
    }

    private mutating func collect() {
        var at = MediaTime.zero
        for child in children {
            switch child {
            case .transition(let transition):
                if shots.isEmpty {
                    fadeIn = (transition.before + transition.after).wholeMilliseconds
                } else {
                    shots[shots.count - 1].join = transition
                }
            case .item(var item):
                // Shorter than a draft can say: its time goes to what comes next.
                guard item.duration >= MediaTime(milliseconds: 1) else { continue }
                if !item.isEnabled {
                    losses.append(OTIOLoss(kind: .leftOut, name: item.name))
                    item.media = .gap
                }
                shots.append(Shot(item: item, cut: TimeRange(start: at, duration: item.duration)))
                at += item.duration
            }
        }
        while let last = shots.last, last.item.media == .gap {
            shots.removeLast()
            if !shots.isEmpty { shots[shots.count - 1].join = nil }
        }
        if let last = shots.indices.last, let join = shots[last].join {
            fadeOut = (join.before + join.after).wholeMilliseconds
            shots[last].join = nil
        }
        for index in shots.indices.dropLast() {
            guard let join = shots[index].join else { continue }
            shots[index].tail = join.after
            shots[index + 1].head = join.before
        }
    }

    private func facts(_ shot: Shot) -> MediaFacts? {
        guard case .file(let url, let id) = shot.item.media else { return nil }
        return asset(url, id).flatMap { media[$0]?.facts }
    }

    /// Of a clip: how fast it plays, and how much of it there is for transitions.
    private mutating func read(_ index: Int) {
        guard let facts = facts(shots[index]), facts.kind == .video else { return }
        let item = shots[index].item
        var speed = min(max(abs(item.speed), DraftLimits.speeds.lowerBound), DraftLimits.speeds.upperBound)
        if speed != abs(item.speed) { losses.append(OTIOLoss(kind: .speed, name: item.name)) }
        if let length = facts.duration, length > .zero {
            let most = length.seconds / shots[index].cut.duration.seconds
            if speed > most, (speed / most - 1) * shots[index].cut.duration.seconds > 0.001 {
                losses.append(OTIOLoss(kind: .outside, name: item.name))
                speed = max(DraftLimits.speeds.lowerBound, most * 0.999)
            }
        }
        shots[index].speed = speed
    }

    /// Transitions as long as their neighbours and their clips allow.
    private mutating func shorten() {
        for index in shots.indices {
            guard let facts = facts(shots[index]), facts.kind == .video, let length = facts.duration else { continue }
            let shot = shots[index]
            let room = max(.zero, length.scaled(by: 1 / shot.speed) - shot.cut.duration)
            if shot.head + shot.tail > room {
                losses.append(OTIOLoss(kind: .shortened, name: shot.item.name))
                shots[index].head = min(shot.head, room / 2)
                shots[index].tail = min(shot.tail, room / 2)
            }
        }
        var isDone = false
        while !isDone {
            isDone = true
            for index in shots.indices.dropLast() {
                let overlap = shots[index].tail + shots[index + 1].head
                let least = min(shots[index].length, shots[index + 1].length)
                guard overlap > .zero, overlap > least / 2 else { continue }
                losses.append(OTIOLoss(kind: .shortened, name: shots[index].join?.name ?? ""))
                // Not longer than half of what lies between cuts: that holds whatever becomes of the others.
                let most = min(shots[index].cut.duration, shots[index + 1].cut.duration) / 2
                let share = min(1, most.seconds / overlap.seconds)
                shots[index].tail = shots[index].tail.scaled(by: share)
                shots[index + 1].head = min(most, overlap.scaled(by: share)) - shots[index].tail
                isDone = false
            }
        }
    }

    /// Where in its clip a shot begins, within the file.
    private mutating func begin(_ index: Int) {
        guard let facts = facts(shots[index]), facts.kind == .video else { return }
        let shot = shots[index]
        var start = shot.item.start - shot.head.scaled(by: shot.speed)
        if shot.item.speed < 0 {
            start = shot.item.start - (shot.cut.duration + shot.tail).scaled(by: shot.speed)
            if shot.item.kinora == nil { start = shot.item.start - shot.tail.scaled(by: shot.speed) }
        }
        let most = facts.duration.map { max(.zero, $0 - shot.length.scaled(by: shot.speed)) } ?? start
        let inside = min(max(start, .zero), most)
        if abs((inside - start).seconds) > 0.05 { losses.append(OTIOLoss(kind: .outside, name: shot.item.name)) }
        shots[index].start = MediaTime(
            ticks: inside.ticks / MediaTime.ticksPerMillisecond * MediaTime.ticksPerMillisecond)
    }

    /// Edges on whole milliseconds, gapless, and no overlap above half of either neighbour.
    private mutating func place() {
        for index in shots.indices {
            shots[index].begin = (shots[index].cut.start - shots[index].head).wholeMilliseconds
            shots[index].end = (shots[index].cut.end + shots[index].tail).wholeMilliseconds
        }
        guard !shots.isEmpty else { return }
        shots[0].begin = .zero
        // Twice: a shot that gives up a millisecond may have held its neighbour's half.
        for index in Array(shots.indices.dropLast()) + Array(shots.indices.dropLast()) {
            let (a, b) = (shots[index], shots[index + 1])
            // Rounding may leave a gap, or half a millisecond too much.
            if b.begin > a.end || a.join == nil { shots[index].end = b.begin }
            let half = min(shots[index].end - a.begin, b.end - b.begin) / 2
            let overlap = shots[index].end - b.begin
            if overlap > half {
                let most = MediaTime(ticks: half.ticks / MediaTime.ticksPerMillisecond * MediaTime.ticksPerMillisecond)
                shots[index].end = b.begin + max(.zero, most - MediaTime(milliseconds: 1))
            }
        }
    }
}
