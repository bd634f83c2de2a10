// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// The process's one typesetter, behind a lock.
///
/// A font map each would satisfy Pango but not Cairo 1.16: its FreeType faces are shared by the whole process, at most
/// ten are kept open, and closing one looks at its count of users without that face's lock. So type is set and outlines
/// are filled by one thread at a time (a millisecond or three); blurring and painting, the larger half, run outside.
enum SharedTypesetter {
    private static let shared = Mutex<Typesetter?>(nil)

    static func use<Result: Sendable>(_ body: (Typesetter) throws(TitleError) -> Result?) throws(TitleError) -> Result?
    {
        try shared.withLock { typesetter throws(TitleError) in
            let ready: Typesetter
            if let known = typesetter { ready = known } else { ready = try Typesetter() }
            // After a failure the next text begins with fresh fonts.
            typesetter = nil
            ready.forgetOldFaces()
            let result = try body(ready)
            typesetter = ready
            return result
        }
    }
}
