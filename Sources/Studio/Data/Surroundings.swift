// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// What the studio takes from the world outside: the time of day and randomness. Tests bring their own.
package struct Surroundings: Sendable {
    /// Seconds since 1970, UTC.
    package var now: @Sendable () -> Double
    /// That many bytes nobody can guess.
    package var randomBytes: @Sendable (_ count: Int) -> [UInt8]

    package init(
        now: @escaping @Sendable () -> Double, randomBytes: @escaping @Sendable (_ count: Int) -> [UInt8]
    ) {
        self.now = now
        self.randomBytes = randomBytes
    }

    /// The machine's clock and the kernel's random numbers.
    package static let system = Surroundings(
        now: {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        },
        randomBytes: { count in
            var generator = SystemRandomNumberGenerator()
            return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        })

    /// Random text of lower-case letters and digits, five bits of randomness a character.
    package func randomText(_ length: Int) -> String {
        // Crockford's base 32: no i, l, o, u, so that nothing is misread.
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        return String(decoding: randomBytes(length).map { alphabet[Int($0 & 31)] }, as: UTF8.self)
    }
}
