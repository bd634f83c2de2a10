// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime

/// What music is wanted: for a film of this length, in this style.
public struct MusicRequest: Hashable, Sendable {
    /// Id of a style (`MusicStyle.all`), or a word for one in English or Chinese.
    public var style: String
    /// Another seed, another piece.
    public var seed: UInt64
    public var length: MediaTime
    /// Beats a minute; nil = what suits style and length.
    public var tempo: Double?
    /// Pitch class of the tonic, 0 = C … 11; nil = one of those the style likes.
    public var key: Int?
    /// Nil = as the mood and the seed have it.
    public var mode: Mode?
    /// Words: `happy`, `calm`, `dramatic`, 浪漫 …; those not known say nothing.
    public var moods: [String]
    /// 0 quiet … 1 as full as the style gets; 0.5 is the style as it is.
    public var intensity: Double
    /// Where the film turns, in its own time: the first one is where the music breaks out, the others get a stroke.
    public var accents: [MediaTime]

    public init(
        style: String, seed: UInt64 = 1, length: MediaTime, tempo: Double? = nil, key: Int? = nil, mode: Mode? = nil,
        moods: [String] = [], intensity: Double = 0.5, accents: [MediaTime] = []
    ) {
        self.style = style
        self.seed = seed
        self.length = length
        self.tempo = tempo
        self.key = key
        self.mode = mode
        self.moods = moods
        self.intensity = intensity
        self.accents = accents
    }

    /// Shorter ones are not composed: a chord is all that fits.
    public static let shortest = MediaTime(milliseconds: 400)
    public static let longest = MediaTime(milliseconds: 3 * 3600 * 1000)
}
