// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// EXIF fields as libvips lays them out: `2024:07:01 12:00:00 (2024:07:01 12:00:00, ASCII, 20 components, 20 bytes)`.
struct ExifText {
    /// Fields that may say when a picture was taken, best first, each with the field for its clock's offset from UTC.
    static let captureFields = [
        ("exif-ifd2-DateTimeOriginal", "exif-ifd2-OffsetTimeOriginal"),
        ("exif-ifd2-DateTimeDigitized", "exif-ifd2-OffsetTimeDigitized"),
        ("exif-ifd0-DateTime", "exif-ifd2-OffsetTime"),
    ]

    private let field: (String) -> String?

    init(_ picture: VipsPicture) { field = picture.text }

    init(fields: [String: String]) { field = { fields[$0] } }

    /// `2024-07-01T12:00:00`, when the field holds a time that can be (EXIF 2.32, 4.6.5.1: `YYYY:MM:DD HH:MM:SS`).
    func captureTime(_ name: String) -> String? {
        guard let digits = field(name)?.utf8.prefix(19), digits.count == 19 else { return nil }
        let text = Array(digits)
        func number(_ range: Range<Int>) -> Int? { Int(String(decoding: text[range], as: UTF8.self)) }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            (1800...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
            (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
        return "\(year)-\(two(month))-\(two(day))T\(two(hour)):\(two(minute)):\(two(second))"
    }

    /// Minutes ahead of UTC from `+02:00`.
    func offsetMinutes(_ name: String) -> Int? {
        guard let text = field(name).map({ Array($0.utf8.prefix(6)) }), text.count == 6, text[3] == UInt8(ascii: ":"),
            let hours = Int(String(decoding: text[1...2], as: UTF8.self)),
            let minutes = Int(String(decoding: text[4...5], as: UTF8.self)), hours <= 15, (0...59).contains(minutes)
        else { return nil }
        switch text[0] {
        case UInt8(ascii: "+"): return hours * 60 + minutes
        case UInt8(ascii: "-"): return -(hours * 60 + minutes)
        default: return nil
        }
    }

    /// "Apple iPhone 15"; a model that begins with its maker is not doubled.
    var camera: String? {
        func value(_ name: String) -> String? {
            guard let text = field(name), let end = text.range(of: " (", options: .backwards)?.lowerBound else {
                return nil
            }
            let trimmed = text[..<end].trimmingCharacters(in: .whitespacesAndNewlines.union(.controlCharacters))
            return trimmed.isEmpty ? nil : String(trimmed.prefix(80))
        }
        switch (value("exif-ifd0-Make"), value("exif-ifd0-Model")) {
        case (let make?, let model?): return model.hasPrefix(make) ? model : "\(make) \(model)"
        case (let make, let model): return model ?? make
        }
    }
}
