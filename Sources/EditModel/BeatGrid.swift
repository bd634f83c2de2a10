// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime

/// Where a song's beats fall, in the song's own time.
public struct BeatGrid: Hashable, Sendable, Codable {
    /// Ascending.
    public var beats: [MediaTime]
    /// First beats of bars; a subset of `beats`. Empty where the tracker does not know.
    public var downbeats: [MediaTime]
    /// Beats a minute; 0 where there is none.
    public var tempo: Double
    /// 0…1: how sure the tracker is.
    public var confidence: Double

    public init(beats: [MediaTime], downbeats: [MediaTime] = [], tempo: Double, confidence: Double) {
        self.beats = beats
        self.downbeats = downbeats
        self.tempo = tempo
        self.confidence = confidence
    }

    /// Where a loop that begins at `start` goes back: on the song's last bar line; nil where none is known after it.
    public func loopEnd(after start: MediaTime) -> MediaTime? { downbeats.last { $0 > start } }
}
