// SPDX-License-Identifier: GPL-3.0-or-later

/// Why something could not be made, beside what the edit, the renderer and the files say themselves.
public enum KitError: Error, Hashable, Sendable, CustomStringConvertible {
    case unreadable(path: String)
    /// A folder of other things stands where one is to be written.
    case occupied(path: String)

    public var description: String {
        switch self {
        case .unreadable(let path): return "could not read \(path): check that it is there and may be read"
        case .occupied(let path): return "\(path) is no draft folder: choose a new place"
        }
    }
}
