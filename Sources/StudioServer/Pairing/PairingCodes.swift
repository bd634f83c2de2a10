// SPDX-License-Identifier: GPL-3.0-or-later
package import Studio
import Synchronization

/// The code by which a telephone on the same network becomes its owner's: good once, for a few minutes, one at a time.
package final class PairingCodes: Sendable {
    private struct Code {
        let text: String
        let untilSeconds: Double
    }

    /// How long a code is good.
    package static let lifetimeSeconds = 900.0

    private let surroundings: Surroundings
    private let current = Mutex<Code?>(nil)
    private let address = Mutex<String?>(nil)

    package init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// Makes a code of 130 random bits; the one before is good no more.
    func issue() -> String {
        let code = Code(
            text: surroundings.randomText(26), untilSeconds: surroundings.now() + Self.lifetimeSeconds)
        current.withLock { $0 = code }
        return code.text
    }

    /// Says where telephones reach the studio: `https://192.0.2.7:8787`.
    package func open(at url: String) { address.withLock { $0 = url } }

    /// The page's address with a new code behind `#`, which browsers never send; nil where telephones cannot come in.
    package func makeLink() -> String? { address.withLock { $0 }.map { "\($0)/#pair=\(issue())" } }

    /// Whether that is the code; if it is, it is used up.
    func redeem(_ text: String) -> Bool {
        let now = surroundings.now()
        return current.withLock { current in
            guard let code = current, now < code.untilSeconds, Self.isSame(code.text, text) else { return false }
            current = nil
            return true
        }
    }

    /// Compares in a time that does not tell where they differ.
    private static func isSame(_ a: String, _ b: String) -> Bool {
        let (x, y) = (Array(a.utf8), Array(b.utf8))
        guard x.count == y.count else { return false }
        return zip(x, y).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
