// SPDX-License-Identifier: GPL-3.0-or-later

/// What became of a mix: measured on the finished, decoded sound.
public struct MixReport: Hashable, Sendable, Codable {
    /// Integrated loudness in LUFS; nil for silence.
    public var integratedLoudness: Double?
    /// Highest true peak in dBTP; nil for silence.
    public var truePeak: Double?
    /// Loudness range in LU.
    public var loudnessRange: Double = 0
    /// The loudness it was to have: the plan's, less what the person turned the music down by.
    public var wantedLoudness: Double?
    /// How much softer the film is than with its music at volume 1, in LU: what a person asked for.
    public var turnedDown: Double = 0
    /// Gain over the whole mix, in dB.
    public var gain: Double = 0
    /// The most that the limiter took away, in dB (0 or more), and for how many seconds in all it took more than 0.1 dB.
    public var limitedBy: Double = 0
    public var limitedSeconds: Double = 0
    /// Seconds of the film in which music lies under speech.
    public var duckedSeconds: Double = 0
    public var frames: Int = 0
    public var warnings: [MixWarning] = []

    public init() {}
}

/// Something a person should know of a mix that was made all the same.
public enum MixWarning: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The content hash; the file is not at hand.
    case missing(source: String)
    case unreadable(source: String, reason: String)
    /// Too soft to be brought to a level: left as it is.
    case nearlySilent(source: String, loudness: Double)
    /// The mix is softer than wanted, because more gain than this (dB) would only bring up noise.
    case gainCapped(decibels: Double)
    /// The mix is softer than wanted, because its peaks would have to be crushed.
    case peaksKept(loudness: Double)
    /// The mix is more than 2 LU off the loudness wanted, though nobody asked for that.
    case offTarget(loudness: Double, target: Double)
    /// Samples that were no numbers or absurd.
    case mended(source: String, samples: Int)

    public var description: String {
        func figure(_ value: Double) -> String {
            let tenths = Int((abs(value) * 10).rounded())
            return (value < 0 && tenths > 0 ? "−" : "") + "\(tenths / 10).\(tenths % 10)"
        }
        switch self {
        case .missing(let source): return "a sound is missing (\(source.prefix(12))); there is silence in its place"
        case .unreadable(let source, let reason):
            return "a sound cannot be read (\(source.prefix(12)): \(reason)); there is silence in its place"
        case .nearlySilent(let source, let loudness):
            return "a sound is nearly silent (\(source.prefix(12)), \(figure(loudness)) LUFS); it was left as it is"
        case .gainCapped(let decibels):
            return
                "the sound stays softer than wanted: raising it by more than \(figure(decibels)) dB would bring up noise"
        case .peaksKept(let loudness):
            return "the sound stays at \(figure(loudness)) LUFS: its peaks leave no room for more"
        case .offTarget(let loudness, let target):
            return "the sound came out at \(figure(loudness)) LUFS instead of \(figure(target))"
        case .mended(let source, let samples):
            return "\(samples) damaged samples were mended (\(source.prefix(12)))"
        }
    }
}
