// SPDX-License-Identifier: GPL-3.0-or-later
internal import Glibc

/// Standard output or standard error, unbuffered.
public enum StandardStream: Sendable {
    case output, errors

    /// Writes all of a text; false when nobody reads it any more or there is no room (`errno` says which).
    @discardableResult
    public func write(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var rest = bytes
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count > 0 {
                    rest = UnsafeBufferPointer(rebasing: rest.dropFirst(count))
                } else if errno != EINTR {
                    return false
                }
            }
            return true
        }
    }

    /// Whether a person watches, how wide it is and whether it shows colours.
    public func terminal(environment: [String: String]) -> Terminal {
        guard isatty(descriptor) == 1 else {
            return Terminal(isTerminal: false, columns: nil, environment: environment)
        }
        var size = winsize()
        let known = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return Terminal(isTerminal: true, columns: known ? Int(size.ws_col) : nil, environment: environment)
    }

    private var descriptor: Int32 {
        switch self {
        case .output: STDOUT_FILENO
        case .errors: STDERR_FILENO
        }
    }
}
