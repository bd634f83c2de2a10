// SPDX-License-Identifier: GPL-3.0-or-later
import CQREncode

/// A text as a QR code (ISO/IEC 18004), for a telephone to read from a terminal.
public struct QRCode: Sendable {
    /// What the ink of the drawing stands for.
    public enum Ink: Sendable {
        /// Dark modules, black on a white ground, whatever the terminal's own colours are.
        case darkInColours
        /// Light modules, in the terminal's own colours: right on a dark ground.
        case light
    }

    /// Light modules that have to stand around it.
    static let quietZone = 4

    /// Modules on a side, without the quiet zone.
    public let side: Int
    private let modules: [Bool]

    /// - Parameter text: at most some two thousand bytes; nil for more.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let code = QRcode_encodeData(Int32(clamping: bytes.count), bytes, 0, QR_ECLEVEL_L) else { return nil }
        defer { QRcode_free(code) }
        side = Int(code.pointee.width)
        // The lowest bit of each byte says whether the module is dark.
        modules = UnsafeBufferPointer(start: code.pointee.data, count: side * side).map { $0 & 1 == 1 }
    }

    /// Whether a module is dark; outside the code none is.
    public func isDark(x: Int, y: Int) -> Bool {
        (0..<side).contains(x) && (0..<side).contains(y) && modules[y * side + x]
    }

    /// Lines of half blocks, two modules high each, with the quiet zone.
    public func lines(_ ink: Ink) -> [String] {
        let all = -Self.quietZone..<side + Self.quietZone
        return stride(from: all.lowerBound, to: all.upperBound, by: 2).map { y in
            let cells = all.map { x -> Character in
                let (top, bottom) = (isDark(x: x, y: y), isDark(x: x, y: y + 1))
                // A side has an odd number of modules: the last line's lower half is outside.
                return switch ink {
                case .darkInColours: Self.cell(top, bottom)
                case .light: Self.cell(!top, !bottom && all.contains(y + 1))
                }
            }
            return switch ink {
            case .darkInColours: "\u{1B}[30;107m\(String(cells))\u{1B}[0m"
            case .light: String(cells)
            }
        }
    }

    private static func cell(_ top: Bool, _ bottom: Bool) -> Character {
        switch (top, bottom) {
        case (false, false): " "
        case (true, false): "▀"
        case (false, true): "▄"
        case (true, true): "█"
        }
    }
}
