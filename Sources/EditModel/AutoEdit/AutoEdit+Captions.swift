// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

extension AutoEdit {
    static let mostCaptions = 900
    /// Faster than this, in times of reading with ease, nobody follows.
    static let fastestReading = 2.0

    /// The script's lines spread over the film, each as long as it takes to read and a little; one line a picture
    /// where there are as many of them.
    func captionTrack(
        _ script: Script, _ plan: ShotPlan, over shown: [Segment], after title: Int64, _ ids: inout IDSource,
        _ notes: inout [EditNote]
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

        let spread = CaptionSpread(plan)
        let isPerPicture = spread.fitsPictures(lines, from: start)
        for (index, range) in spread.ranges(of: lines, from: start).enumerated() where !range.isEmpty {
            var segment = caption(lines[index], range, &ids)
            if isPerPicture { segment.boundTo = shown[safe: index]?.id }
            track.segments.append(segment)
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
}
