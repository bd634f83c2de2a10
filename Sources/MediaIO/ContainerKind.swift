// SPDX-License-Identifier: GPL-3.0-or-later

/// What a clip or song file is, told by its first bytes and never by its name; each kind is read by one demuxer only.
public enum ContainerKind: String, CaseIterable, Hashable, Sendable, Codable {
    case mp4, mov, m4a, matroska, webm, avi, mpegts, gif
    case mp3, wav, flac, ogg, aac, aiff, caf

    /// libav's short name of the one demuxer that may read it.
    var demuxer: String {
        switch self {
        case .mp4, .mov, .m4a: "mov"
        case .matroska, .webm: "matroska"
        default: rawValue
        }
    }

    /// The full name that the format whitelist compares with.
    var whitelist: String {
        switch demuxer {
        case "mov": "mov,mp4,m4a,3gp,3g2,mj2"
        case "matroska": "matroska,webm"
        default: demuxer
        }
    }

    /// How many of a file's first bytes `init(sniffing:)` wants to see.
    public static let sniffLength = 4096

    /// The kind that starts like this, or nil.
    ///
    /// - Parameters:
    ///   - start: The file's first bytes, `sniffLength` of them where there are as many.
    ///   - read: More of the file: bytes at an offset. Asked only to look behind an ID3 tag.
    public init?(sniffing start: [UInt8], read: (_ offset: Int64, _ count: Int) -> [UInt8] = { _, _ in [] }) {
        func has(_ text: StaticString, at offset: Int = 0) -> Bool {
            start.count >= offset + text.utf8CodeUnitCount
                && start[offset..<offset + text.utf8CodeUnitCount]
                    .elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        }
        if has("ID3") {
            guard let kind = Self.behindID3(start, read) else { return nil }
            self = kind
        } else if let kind = Self.isoFamily(start) {
            self = kind
        } else if start.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) {
            self = Self.contains(start, "webm") ? .webm : .matroska
        } else if (has("RIFF") || has("RF64")) && has("WAVE", at: 8) {
            self = .wav
        } else if has("RIFF") && has("AVI ", at: 8) {
            self = .avi
        } else if has("fLaC") {
            self = .flac
        } else if has("OggS") {
            self = .ogg
        } else if has("GIF87a") || has("GIF89a") {
            self = .gif
        } else if has("FORM") && (has("AIFF", at: 8) || has("AIFC", at: 8)) {
            self = .aiff
        } else if has("caff") {
            self = .caf
        } else if start.count >= 188 * 3, stride(from: 0, to: 188 * 3, by: 188).allSatisfy({ start[$0] == 0x47 }) {
            self = .mpegts
        } else if let kind = Self.elementarySound(start) {
            self = kind
        } else {
            return nil
        }
    }

    /// ISO base media and QuickTime: a first box of a known type whose size is believable (ISO/IEC 14496-12 §4.2).
    private static func isoFamily(_ start: [UInt8]) -> ContainerKind? {
        guard start.count >= 12 else { return nil }
        let size = start[0..<4].reduce(0) { $0 << 8 | UInt64($1) }
        guard size == 0 || size == 1 || size >= 8 else { return nil }
        switch String(decoding: start[4..<8], as: UTF8.self) {
        case "ftyp":
            let brand = String(decoding: start[8..<12], as: UTF8.self)
            // Stills in the same boxes (HEIF, AVIF) are photos and have their own loader.
            if ["heic", "heix", "heim", "heis", "hevc", "mif1", "msf1", "avif", "avis"].contains(brand) { return nil }
            return brand == "qt  " ? .mov : brand.hasPrefix("M4A") || brand.hasPrefix("M4B") ? .m4a : .mp4
        case "moov", "mdat", "wide", "free", "skip", "pnot": return .mov
        default: return nil
        }
    }

    /// MPEG audio or ADTS: two frames in a row that agree (ISO/IEC 11172-3 §2.4.2.3, 14496-3 §1.A.2.2).
    private static func elementarySound(_ bytes: [UInt8]) -> ContainerKind? {
        // Leading zeros and a stray tail of a frame are common in cut songs; look a little ahead.
        for at in 0..<min(2048, max(0, bytes.count - 8)) where bytes[at] == 0xFF {
            if let length = adtsFrameLength(bytes, at), length > 7 {
                let next = at + length
                if next + 7 >= bytes.count ? at == 0 : adtsFrameLength(bytes, next) != nil { return .aac }
            }
            if let length = mpegFrameLength(bytes, at) {
                let next = at + length
                if next + 4 >= bytes.count ? at == 0 : mpegFrameLength(bytes, next) != nil { return .mp3 }
            }
        }
        return nil
    }

    private static func adtsFrameLength(_ b: [UInt8], _ at: Int) -> Int? {
        guard at + 7 <= b.count, b[at] == 0xFF, b[at + 1] & 0xF6 == 0xF0, (b[at + 2] >> 2) & 0xF < 13 else {
            return nil
        }
        return Int(b[at + 3] & 3) << 11 | Int(b[at + 4]) << 3 | Int(b[at + 5] >> 5)
    }

    private static func mpegFrameLength(_ b: [UInt8], _ at: Int) -> Int? {
        guard at + 4 <= b.count, b[at] == 0xFF, b[at + 1] & 0xE0 == 0xE0 else { return nil }
        let version = (b[at + 1] >> 3) & 3  // 0 = 2.5, 2 = 2, 3 = 1
        let layer = (b[at + 1] >> 1) & 3  // 1 = III, 2 = II, 3 = I
        let (rateIndex, frequencyIndex) = (Int(b[at + 2] >> 4), Int(b[at + 2] >> 2) & 3)
        guard version != 1, layer == 1 || layer == 2, rateIndex > 0, rateIndex < 15, frequencyIndex < 3 else {
            return nil
        }
        let frequency = [44100, 48000, 32000][frequencyIndex] >> (version == 3 ? 0 : version == 2 ? 1 : 2)
        let rates: [Int] =
            if version == 3 {
                layer == 1
                    ? [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
                    : [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384]
            } else {
                [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
            }
        let samplesOverEight = version == 3 || layer == 2 ? 144 : 72
        return samplesOverEight * rates[rateIndex] * 1000 / frequency + Int(b[at + 2] >> 1) & 1
    }

    /// What follows one or more ID3v2 tags (id3.org/id3v2.4.0-structure §3.1): mp3 unless it says otherwise.
    private static func behindID3(_ start: [UInt8], _ read: (Int64, Int) -> [UInt8]) -> ContainerKind? {
        var (bytes, offset) = (start, Int64(0))
        for _ in 0..<8 where bytes.starts(with: Array("ID3".utf8)) && bytes.count >= 10 {
            let size = bytes[6..<10].reduce(Int64(0)) { $0 << 7 | Int64($1 & 0x7F) }
            offset += 10 + size + (bytes[5] & 0x10 != 0 ? 10 : 0)
            bytes = read(offset, sniffLength)
        }
        if bytes.starts(with: Array("fLaC".utf8)) { return .flac }
        return bytes.count < 4 ? nil : elementarySound(bytes) ?? .mp3
    }

    private static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
        let wanted = Array(text.utf8)
        guard bytes.count >= wanted.count else { return false }
        return (0...min(64, bytes.count - wanted.count)).contains {
            bytes[$0..<$0 + wanted.count].elementsEqual(wanted)
        }
    }
}
