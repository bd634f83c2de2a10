// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime
public import EditModel

/// A short piece of music as notes: what a composer hands to a player.
///
/// Times are in beats from the piece's start; one tempo throughout, so the beat grid is exact.
public struct MIDIPiece: Hashable, Sendable {
    /// One note: `key` and `velocity` as MIDI has them (60 is middle C; velocity 1 … 127).
    public struct Note: Hashable, Sendable {
        public var start: Double
        public var length: Double
        public var key: UInt8
        public var velocity: UInt8

        public init(_ key: UInt8, at start: Double, for length: Double, velocity: UInt8) {
            self.start = start
            self.length = length
            self.key = key
            self.velocity = velocity
        }
    }

    /// What one player plays.
    public struct Track: Hashable, Sendable {
        public var name: String
        /// General MIDI program, 0 … 127; of the drum kit where `isDrums`.
        public var program: UInt8
        public var isDrums: Bool
        /// 0 … 127 each, as the MIDI controllers 7, 10, 91 and 93.
        public var volume: UInt8
        public var pan: UInt8
        public var reverb: UInt8
        public var chorus: UInt8
        public var notes: [Note]

        public init(
            _ name: String, program: UInt8, isDrums: Bool = false, volume: UInt8 = 100, pan: UInt8 = 64,
            reverb: UInt8 = 40, chorus: UInt8 = 0, notes: [Note] = []
        ) {
            self.name = name
            self.program = program
            self.isDrums = isDrums
            self.volume = volume
            self.pan = pan
            self.reverb = reverb
            self.chorus = chorus
            self.notes = notes
        }
    }

    public var title: String
    /// Beats a minute.
    public var tempo: Double
    public var beatsPerBar: Int
    /// The piece is exactly this many bars long, the ringing of its last chord included.
    public var bars: Int
    /// At most fifteen with pitches and one of drums.
    public var tracks: [Track]

    public init(title: String, tempo: Double, beatsPerBar: Int = 4, bars: Int, tracks: [Track] = []) {
        self.title = title
        self.tempo = tempo
        self.beatsPerBar = beatsPerBar
        self.bars = bars
        self.tracks = tracks
    }

    public var beatCount: Int { bars * beatsPerBar }
    public var duration: MediaTime { time(ofBeat: Double(beatCount)) }
    public func time(ofBeat beat: Double) -> MediaTime { MediaTime(seconds: beat * 60 / tempo) }

    /// Where the beats fall: known, not heard.
    public var beatGrid: BeatGrid {
        let beats = (0..<beatCount).map { time(ofBeat: Double($0)) }
        let downbeats = stride(from: 0, to: beatCount, by: max(1, beatsPerBar)).map { beats[$0] }
        return BeatGrid(beats: beats, downbeats: downbeats, tempo: tempo, confidence: 1)
    }

    /// Channel of each track: 9 for drums, the others in order round it.
    var channels: [UInt8] {
        var next: UInt8 = 0
        return tracks.map { track in
            if track.isDrums { return 9 }
            defer { next = next == 8 ? 10 : next + 1 }
            return next % 16
        }
    }
}
