// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime

/// What a section of a piece is for.
public enum SectionKind: String, Hashable, Sendable, Codable, CaseIterable {
    case intro, verse, build, chorus, breakdown, ending
}

/// Where everything falls in a composed piece: exact, for it was written so.
public struct MusicGrid: Hashable, Sendable {
    public struct Section: Hashable, Sendable {
        public var kind: SectionKind
        public var bars: Range<Int>
        /// 0 … 1.
        public var energy: Double

        public init(kind: SectionKind, bars: Range<Int>, energy: Double) {
            self.kind = kind
            self.bars = bars
            self.energy = energy
        }
    }

    /// Beats a minute.
    public let tempo: Double
    public let beatsPerBar: Int
    /// Whole bars; what is left of the length after them is the last chord's ringing.
    public let bars: Int
    public let length: MediaTime
    /// One after the other, from the first bar to the last.
    public let sections: [Section]
    /// Bars in which phrases begin.
    public let phraseBars: [Int]
    /// Beats, from the piece's start, that carry a stroke for a turn of the film.
    public let accentBeats: [Int]

    public func time(ofBeat beat: Int) -> MediaTime { MediaTime(seconds: Double(beat) * 60 / tempo) }
    public func time(ofBar bar: Int) -> MediaTime { time(ofBeat: bar * beatsPerBar) }

    /// Ascending, all before the piece's end.
    public var beats: [MediaTime] { (0..<bars * beatsPerBar).map(time(ofBeat:)) }
    public var downbeats: [MediaTime] { (0..<bars).map(time(ofBar:)) }
    public var phrases: [MediaTime] { phraseBars.map(time(ofBar:)) }

    /// Energy of the section that `bar` is in.
    public func energy(atBar bar: Int) -> Double { sections.first { $0.bars.contains(bar) }?.energy ?? 0 }

    func section(atBar bar: Int) -> (index: Int, section: Section) {
        let index = sections.firstIndex { $0.bars.contains(bar) } ?? sections.count - 1
        return (index, sections[index])
    }
}
