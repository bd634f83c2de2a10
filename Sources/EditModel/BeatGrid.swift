// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime

/// Where a song's beats, bars and phrases fall, in the song's own time.
public struct BeatGrid: Hashable, Sendable, Codable {
    /// Ascending.
    public var beats: [MediaTime]
    /// First beats of bars; a subset of `beats`. Empty where the tracker does not know.
    public var downbeats: [MediaTime]
    /// First beats of phrases (mostly four or eight bars); a subset of `downbeats`. Empty where the tracker does not know.
    public var phrases: [MediaTime]
    /// For each phrase, 0…1: how much goes on in it beside the fullest one of the song.
    public var energies: [Double]
    /// Beats a minute; 0 where there is none.
    public var tempo: Double
    /// 0…1: how sure the tracker is.
    public var confidence: Double
    /// People may as well tap half or double as fast.
    public var isLevelUnsure: Bool

    public init(
        beats: [MediaTime], downbeats: [MediaTime] = [], phrases: [MediaTime] = [], energies: [Double] = [],
        tempo: Double, confidence: Double, isLevelUnsure: Bool = false
    ) {
        self.beats = beats
        self.downbeats = downbeats
        self.phrases = phrases
        self.energies = energies
        self.tempo = tempo
        self.confidence = confidence
        self.isLevelUnsure = isLevelUnsure
    }

    private enum CodingKeys: CodingKey {
        case beats, downbeats, phrases, energies, tempo, confidence, isLevelUnsure
    }

    /// Grids that were written before phrases were known have none.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        beats = try fields.decode([MediaTime].self, forKey: .beats)
        downbeats = try fields.decode([MediaTime].self, forKey: .downbeats)
        phrases = try fields.decodeIfPresent([MediaTime].self, forKey: .phrases) ?? []
        energies = try fields.decodeIfPresent([Double].self, forKey: .energies) ?? []
        tempo = try fields.decode(Double.self, forKey: .tempo)
        confidence = try fields.decode(Double.self, forKey: .confidence)
        isLevelUnsure = try fields.decodeIfPresent(Bool.self, forKey: .isLevelUnsure) ?? false
    }

    /// Where a loop that begins at `start` goes back: on the song's last bar line; nil where none is known after it.
    public func loopEnd(after start: MediaTime) -> MediaTime? { downbeats.last { $0 > start } }

    /// How much goes on at song time `time`, 0…1; nil where no phrases are known. Before the first phrase as in it.
    public func energy(at time: MediaTime) -> Double? {
        guard !energies.isEmpty, energies.count == phrases.count else { return nil }
        let place = phrases.lastIndex { $0 <= time } ?? 0
        return energies[place]
    }

    /// The grid of the song begun later or earlier: every time moved by `shift`, what would lie before 0 left out.
    public func moved(by shift: MediaTime) -> BeatGrid {
        var grid = self
        grid.beats = beats.map { $0 + shift }.filter { $0 >= .zero }
        grid.downbeats = downbeats.map { $0 + shift }.filter { $0 >= .zero }
        let kept = zip(phrases, energies).map { ($0 + shift, $1) }.filter { $0.0 >= .zero }
        grid.phrases = energies.count == phrases.count ? kept.map(\.0) : []
        grid.energies = energies.count == phrases.count ? kept.map(\.1) : []
        return grid
    }
}
