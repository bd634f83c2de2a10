// SPDX-License-Identifier: GPL-3.0-or-later

/// The scale a piece is in.
public enum Mode: String, Hashable, Sendable, CaseIterable {
    case major, minor, dorian, mixolydian, lydian, phrygian
    /// Gong and yu: the first and the fifth mode of the Chinese five-tone scale.
    case gong, yu

    /// Semitones above the tonic; seven-tone, so that chords can be built.
    var scale: [Int] {
        switch self {
        case .major, .gong: [0, 2, 4, 5, 7, 9, 11]
        case .minor, .yu: [0, 2, 3, 5, 7, 8, 10]
        case .dorian: [0, 2, 3, 5, 7, 9, 10]
        case .mixolydian: [0, 2, 4, 5, 7, 9, 10]
        case .lydian: [0, 2, 4, 6, 7, 9, 11]
        case .phrygian: [0, 1, 3, 5, 7, 8, 10]
        }
    }

    /// The five tones a plain tune keeps to.
    var pentatonic: [Int] { isMinor ? [0, 3, 5, 7, 10] : [0, 2, 4, 7, 9] }

    public var isMinor: Bool { scale[2] == 3 }
}
