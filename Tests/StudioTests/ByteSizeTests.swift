// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Studio

@Suite("Sizes in words")
struct ByteSizeTests {
    @Test(
        "A limit is said as it was given, whether in thousands or in 1024",
        arguments: [
            (500 << 20, "500 MB"), (500_000_000, "500 MB"), (200_000, "200 kB"), (200 << 10, "200 kB"),
            (5_000_000_000, "5 GB"), (2 << 30, "2 GB"), (1_500_000, "1.5 MB"), (1_999_999, "1.9 MB"),
            (999, "999 bytes"),
            (0, "0 bytes"), (1024, "1 kB"), (1025, "1 kB"), (1_048_577, "1 MB"),
        ] as [(Int64, String)])
    func words(bytes: Int64, said: String) { #expect(ByteSize.words(bytes) == said) }
}
