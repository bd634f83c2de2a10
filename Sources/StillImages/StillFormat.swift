// SPDX-License-Identifier: GPL-3.0-or-later

/// The format of a picture file, told by its first bytes; a name says nothing.
public enum StillFormat: String, CaseIterable, Hashable, Sendable, Codable {
    case jpeg, png, webp, gif, heic, avif, tiff, bmp

    /// Bytes from the start of a file that are enough to tell.
    public static let sniffLength = 64

    /// Tells the format from the first bytes of a file; nil when they are no picture of a kind listed here.
    public init?(sniffing bytes: some RandomAccessCollection<UInt8>) {
        let head = Array(bytes.prefix(Self.sniffLength))
        func has(_ text: String, at offset: Int) -> Bool { head.dropFirst(offset).starts(with: text.utf8) }
        func has(_ values: [UInt8]) -> Bool { head.starts(with: values) }

        if has([0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if has("RIFF", at: 0), has("WEBP", at: 8) {
            self = .webp
        } else if has("GIF87a", at: 0) || has("GIF89a", at: 0) {
            self = .gif
        } else if has([0x49, 0x49, 0x2A, 0]) || has([0x4D, 0x4D, 0, 0x2A]), !has("CR", at: 8) {
            self = .tiff
        } else if has("BM", at: 0), head.count >= 26, Self.isBitmapHeader(head) {
            self = .bmp
        } else if has("ftyp", at: 4), let brand = Self.stillBrand(head) {
            self = brand
        } else {
            return nil
        }
    }

    /// A picture format that is known by sight and not taken, in words for an error; nil for anything else.
    public static func nameOfUnsupported(_ bytes: some RandomAccessCollection<UInt8>) -> String? {
        let head = Array(bytes.prefix(sniffLength))
        for (offset, magic, name) in unsupported where head.dropFirst(offset).starts(with: magic) { return name }
        return nil
    }

    private static let unsupported: [(offset: Int, magic: [UInt8], name: String)] = [
        (0, Array("8BPS".utf8), "a Photoshop document"),
        (0, Array("%PDF".utf8), "a PDF document"),
        (0, Array("<svg".utf8), "an SVG drawing"),
        (0, [0xFF, 0x0A], "a JPEG XL picture"),
        (4, Array("JXL ".utf8), "a JPEG XL picture"),
        (4, Array("jP  ".utf8), "a JPEG 2000 picture"),
        (8, Array("CR".utf8), "a camera's raw picture"),
        (0, Array("FUJIFILMCCD-RAW".utf8), "a camera's raw picture"),
        (4, Array("ftypcrx ".utf8), "a camera's raw picture"),
        (0, [0, 0, 1, 0], "an icon"),
        (0, Array("gimp xcf".utf8), "a GIMP document"),
        (0, [0x76, 0x2F, 0x31, 0x01], "an OpenEXR picture"),
        (0, Array("#?RADIANCE".utf8), "a Radiance picture"),
    ]

    /// The size of a bitmap's second header is one of a few, which plain text that begins with "BM" is not.
    private static func isBitmapHeader(_ head: [UInt8]) -> Bool {
        let size = (14..<18).reversed().reduce(0) { $0 << 8 | Int(head[$1]) }
        return [12, 40, 52, 56, 64, 108, 124].contains(size)
    }

    /// HEIF by its major brand, or by a compatible one when the major brand is the general `mif1` or `msf1`.
    private static func stillBrand(_ head: [UInt8]) -> StillFormat? {
        let boxSize = min((0..<4).reduce(0) { $0 << 8 | Int(head[$1]) }, head.count)
        func brand(at offset: Int) -> String? {
            offset + 4 <= boxSize ? String(decoding: head[offset..<offset + 4], as: UTF8.self) : nil
        }
        let brands = [brand(at: 8)] + stride(from: 16, to: max(16, boxSize), by: 4).map(brand)
        guard let major = brands.first.flatMap({ $0 }) else { return nil }
        switch major {
        case "heic", "heix", "heim", "heis", "hevc", "hevx": return .heic
        case "avif", "avis": return .avif
        case "mif1", "msf1", "miaf", "MiHE": return brands.contains("avif") ? .avif : .heic
        default: return nil
        }
    }
}
