// SPDX-License-Identifier: GPL-3.0-or-later

/// Where the lines of a script lie in a film: one a picture where there are as many and each has its time, else one after
/// the other, each as long as it takes to read and a little.
struct CaptionSpread {
    /// Film times of the cuts, from 0 to the film's end.
    var cuts: [Int64]
    /// Between each picture and the next: the transition's length.
    var joints: [Int64]

    init(_ plan: ShotPlan) {
        cuts = plan.cuts
        joints = plan.joints
    }

    init(reel: Reel) {
        cuts = reel.cuts
        joints = reel.joints
    }

    private var count: Int { cuts.count - 1 }
    private var total: Int64 { cuts.last ?? 0 }

    /// Film milliseconds of each picture alone: from where the transition in is over to where the one out begins.
    func perPicture(from start: Int64) -> [Range<Int64>] {
        (0..<count).map { index in
            let before = index > 0 ? joints[index - 1] - joints[index - 1] / 2 : 0
            let after = index < joints.count ? joints[index] / 2 : 0
            let begin = max(cuts[index] + before, start)
            return begin..<max(begin, cuts[index + 1] - after)
        }
    }

    /// Whether each of `lines` has a picture of its own that stands long enough to read it.
    func fitsPictures(_ lines: [String], from start: Int64) -> Bool {
        lines.count == count
            && zip(perPicture(from: start), lines).allSatisfy { Int64($0.count) >= Script.readingTime($1) }
    }

    /// Film milliseconds of each line, in order, none over another.
    func ranges(of lines: [String], from start: Int64) -> [Range<Int64>] {
        if fitsPictures(lines, from: start) { return perPicture(from: start) }
        let times = lines.map(Script.readingTime)
        let all = Double(times.reduce(0, +))
        let room = Double(total - start)
        var ranges: [Range<Int64>] = []
        var passed = 0.0
        var cut = 0
        for time in times {
            var begin = start + Int64((passed / all * room).rounded())
            passed += Double(time)
            let end = start + Int64((passed / all * room).rounded())
            // With the picture, where one comes soon and time to read remains.
            let share = end - begin
            while cut < cuts.count, cuts[cut] < begin { cut += 1 }
            if cut < cuts.count, cuts[cut] - begin <= 1200, end - cuts[cut] >= min(time, share) { begin = cuts[cut] }
            // Up to 1.6 times what it takes to read; the rest of its share the picture is alone.
            let shown = min(end, begin + max(time * 8 / 5, 1))
            ranges.append(begin..<max(begin, shown))
        }
        return ranges
    }
}
