// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

extension AutoEdit {
    static let mostCaptions = 900
    /// Faster than this, in times of reading with ease, nobody follows.
    static let fastestReading = 2.0

    /// The script's lines spread over the film, each as long as it takes to read and a little; one line a picture
    /// where there are as many of them.
    func captionTrack(
        _ script: Script, _ plan: ShotPlan, after title: Int64, _ ids: inout IDSource, _ notes: inout [EditNote]
    ) -> Track {
        var track = Track(id: ids.next("x"), kind: .text, name: "Captions")
        var lines = Array(script.lines.prefix(Self.mostCaptions))
        // Where the title would take half the room, the captions run under it.
        let start = title * 2 > plan.total ? 0 : title
        let room = Double(plan.total - start)
        var reading = lines.reduce(0) { $0 + Double(Script.readingTime($1)) }
        while lines.count > 1, reading > room * Self.fastestReading {
            reading -= Double(Script.readingTime(lines.removeLast()))
        }
        if lines.count < script.lines.count {
            notes.append(.scriptCut(shown: lines.count, of: script.lines.count))
        }
        guard !lines.isEmpty, room >= 1 else { return track }
        let speed = reading / room
        if speed > 1.25 { notes.append(.captionsFast(speed: (speed * 100).rounded() / 100)) }

        for (line, range) in zip(lines, ranges(of: lines, plan, from: start)) where !range.isEmpty {
            track.segments.append(caption(line, range, &ids))
        }
        return track
    }

    /// A caption over these milliseconds of the film, softly in and out.
    func caption(_ line: String, _ range: Range<Int64>, _ ids: inout IDSource) -> Segment {
        var text = TextContent(line, role: .caption, position: .bottom)
        let fade = MediaTime(milliseconds: min(200, Int64(range.count) / 4))
        if fade > .zero {
            text.entrance = TextAnimation(.fade, duration: fade)
            text.exit = TextAnimation(.fade, duration: fade)
        }
        return Segment(
            id: ids.next("s"),
            range: TimeRange(
                MediaTime(milliseconds: range.lowerBound), until: MediaTime(milliseconds: range.upperBound)),
            content: .text(text), name: String(line.prefix(Self.longestName)))
    }

    /// Film milliseconds of each line, in order, none over another.
    private func ranges(of lines: [String], _ plan: ShotPlan, from start: Int64) -> [Range<Int64>] {
        let times = lines.map(Script.readingTime)
        let perPicture = (0..<plan.count).map { index -> Range<Int64> in
            // From where the transition in is over to where the one out begins.
            let before = index > 0 ? plan.joints[index - 1] - plan.joints[index - 1] / 2 : 0
            let after = index < plan.joints.count ? plan.joints[index] / 2 : 0
            let begin = max(plan.cuts[index] + before, start)
            return begin..<max(begin, plan.cuts[index + 1] - after)
        }
        if lines.count == plan.count, zip(perPicture, times).allSatisfy({ Int64($0.count) >= $1 }) {
            return perPicture
        }
        let all = Double(times.reduce(0, +))
        let room = Double(plan.total - start)
        var ranges: [Range<Int64>] = []
        var passed = 0.0
        for time in times {
            var begin = start + Int64((passed / all * room).rounded())
            passed += Double(time)
            let end = start + Int64((passed / all * room).rounded())
            // With the picture, where one comes soon and time to read remains.
            let share = end - begin
            if let next = plan.cuts.first(where: { $0 >= begin }), next - begin <= 1200, end - next >= min(time, share)
            {
                begin = next
            }
            // Up to 1.6 times what it takes to read; the rest of its share the picture is alone.
            let shown = min(end, begin + max(time * 8 / 5, 1))
            ranges.append(begin..<max(begin, shown))
        }
        return ranges
    }
}
