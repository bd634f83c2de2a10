// SPDX-License-Identifier: GPL-3.0-or-later

/// A piece that was composed: its notes, and where everything in it falls.
public struct Composition: Hashable, Sendable {
    public let piece: MIDIPiece
    public let grid: MusicGrid
    /// Id of the style it came out in.
    public let style: String
    public let mode: Mode
    /// Pitch class of the tonic, 0 = C.
    public let tonic: Int
    /// Chords by name, for people who look into it: bar by bar, `vi7` or `ii7 V7`.
    public let chords: [String]

    /// `D minor`, `E♭ major`.
    public var keyName: String {
        let names = ["C", "D♭", "D", "E♭", "E", "F", "G♭", "G", "A♭", "A", "B♭", "B"]
        return "\(names[tonic % 12]) \(mode.rawValue)"
    }

    /// Bumped when the same request comes out differently.
    public static let version = 1
}
