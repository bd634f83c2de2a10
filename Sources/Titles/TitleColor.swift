// SPDX-License-Identifier: GPL-3.0-or-later

/// An sRGB colour with opacity, 8 bits a channel, not premultiplied. In JSON it is `"#RRGGBB"` or `"#RRGGBBAA"`.
public struct TitleColor: Hashable, Sendable {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8
    /// 0 clear … 255 solid.
    public var alpha: UInt8

    public init(red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8 = 255) {
        self.red = red
        self.green = green
        self.blue = blue
        self.alpha = alpha
    }

    /// From `#RGB`, `#RRGGBB` or `#RRGGBBAA` (the `#` may be left out); nil when it is none of these.
    public init?(_ hex: String) {
        let digits = (hex.hasPrefix("#") ? hex.dropFirst() : hex[...]).utf8
        guard [3, 6, 8].contains(digits.count) else { return nil }
        var nibbles: [UInt8] = []
        for digit in digits {
            guard let value = Character(UnicodeScalar(digit)).hexDigitValue else { return nil }
            nibbles.append(UInt8(value))
        }
        if nibbles.count == 3 { nibbles = nibbles.flatMap { [$0, $0] } }
        func byte(_ i: Int) -> UInt8 { nibbles[2 * i] << 4 | nibbles[2 * i + 1] }
        self.init(red: byte(0), green: byte(1), blue: byte(2), alpha: nibbles.count == 8 ? byte(3) : 255)
    }

    public static let white = TitleColor(red: 255, green: 255, blue: 255)
    public static let black = TitleColor(red: 0, green: 0, blue: 0)

    /// `#RRGGBB`, with `AA` when it is not solid.
    public var hex: String {
        let channels = alpha == 255 ? [red, green, blue] : [red, green, blue, alpha]
        return channels.reduce(into: "#") { text, channel in
            let digits = String(channel, radix: 16, uppercase: true)
            text += digits.count == 1 ? "0" + digits : digits
        }
    }

    /// WCAG 2 relative luminance, 0 black … 1 white; opacity is not looked at.
    public var luminance: Double {
        0.2126 * Self.linear(red) + 0.7152 * Self.linear(green) + 0.0722 * Self.linear(blue)
    }

    /// The IEC 61966-2-1 transfer curve by its common 2.2-free approximation c²·(0.3 c + 0.7): within 0.01, and needs no libm.
    private static func linear(_ channel: UInt8) -> Double {
        let c = Double(channel) / 255
        return c * c * (0.3 * c + 0.7)
    }

    func faded(by opacity: Double) -> TitleColor {
        var color = self
        color.alpha = UInt8((Double(alpha) * min(max(opacity, 0), 1)).rounded())
        return color
    }
}

extension TitleColor: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let hex = try container.decode(String.self)
        guard let color = TitleColor(hex) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "“\(hex)” is no colour: write #RRGGBB or #RRGGBBAA")
        }
        self = color
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
