// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime

/// A piece of music as notes: what a composer hands to a player.
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

        public var end: Double { start + length }
    }

    /// A controller that changes while the track plays: 11 (expression) for swells, 1 (modulation) for vibrato.
    public struct Control: Hashable, Sendable {
        /// In beats.
        public var time: Double
        public var controller: UInt8
        /// 0 … 127.
        public var value: UInt8

        public init(_ controller: UInt8, at time: Double, _ value: UInt8) {
            self.time = time
            self.controller = controller
            self.value = value
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
        /// In order of time.
        public var controls: [Control]

        public init(
            _ name: String, program: UInt8, isDrums: Bool = false, volume: UInt8 = 100, pan: UInt8 = 64,
            reverb: UInt8 = 40, chorus: UInt8 = 0, notes: [Note] = [], controls: [Control] = []
        ) {
            self.name = name
            self.program = program
            self.isDrums = isDrums
            self.volume = volume
            self.pan = pan
            self.reverb = reverb
            self.chorus = chorus
            self.notes = notes
            self.controls = controls
        }
    }

    public var title: String
    /// Beats a minute.
    public var tempo: Double
    public var beatsPerBar: Int
    public var bars: Int
    /// The ringing of the last chord included.
    public var duration: MediaTime
    /// At most fifteen with pitches and one of drums.
    public var tracks: [Track]

    /// Lasts as long as its bars where no `duration` is given.
    public init(
        title: String, tempo: Double, beatsPerBar: Int = 4, bars: Int, duration: MediaTime? = nil, tracks: [Track] = []
    ) {
        self.title = title
        self.tempo = tempo
        self.beatsPerBar = beatsPerBar
        self.bars = bars
        self.duration = duration ?? MediaTime(seconds: Double(bars * beatsPerBar) * 60 / tempo)
        self.tracks = tracks
    }

    public func time(ofBeat beat: Double) -> MediaTime { MediaTime(seconds: beat * 60 / tempo) }

    /// Channel of each track: 9 for drums, the others in order round it.
    public var channels: [UInt8] {
        var next: UInt8 = 0
        return tracks.map { track in
            if track.isDrums { return 9 }
            defer { next = next == 8 ? 10 : next + 1 }
            return next % 16
        }
    }
}
