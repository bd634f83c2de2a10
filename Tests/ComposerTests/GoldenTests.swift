// SPDX-License-Identifier: GPL-3.0-or-later
import Composer
import EditTime
import Testing

/// One piece of each style as it was when somebody last listened to it: a change of the notes is seen here, and
/// `Composition.version` goes up with it.
@Suite struct GoldenTests {
    @Test(arguments: MusicStyle.all.map(\.id)) func isThePieceItWas(style: String) throws {
        let request = MusicRequest(style: style, seed: 1, length: MediaTime(seconds: 30))
        let bytes = try #require(Composer.compose(request)).piece.standardMIDIFile()
        let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        #expect(Self.known[style] == String(hash, radix: 16), "GOLDEN \"\(style)\": \"\(String(hash, radix: 16))\",")
    }

    private static let known: [String: String] = [
        "acoustic": "8ba825bfbc461a6f", "ambient": "7f11f46067bd103f", "chinese": "effa2e1f83463335",
        "cinematic": "a6a8f2d3ab0bea8e", "corporate": "97fb537fc8e84c65", "electronic": "24b691ebd3bd9561",
        "epic": "660c55243d2cb2d0", "folk": "a04ac894a58b176b", "funk": "525f77b65b5de079",
        "hip-hop": "8dcc1a946476e5e5", "holiday": "cde19e3b50a62c9", "jazz": "fa0533f4448f2e13",
        "lofi": "b0b32ccde3c16336", "piano": "16930f0e9b04fe88", "pop": "93c21efbdf5795d5",
        "rock": "b456dbdb853555b3", "tropical": "c6f05569766441ff", "waltz": "f138f5c92bbb1d8b",
    ]
}
