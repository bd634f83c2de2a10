// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// Typesetters that wait for work. As many are made as threads draw at once; each is used by one at a time.
final class TypesetterPool: Sendable {
    static let shared = TypesetterPool()

    /// Kept when idle; each holds faces and glyph tables of its own (a few megabytes).
    private static let idleLimit = 4
    private let idle = Mutex<[Typesetter]>([])

    func withTypesetter<Result>(_ body: (Typesetter) throws(TitleError) -> Result) throws(TitleError) -> Result {
        let typesetter: Typesetter
        if let waiting = idle.withLock({ $0.popLast() }) {
            typesetter = waiting
        } else {
            typesetter = try Typesetter()
        }
        defer {
            idle.withLock { if $0.count < Self.idleLimit { $0.append(typesetter) } }
        }
        return try body(typesetter)
    }
}
