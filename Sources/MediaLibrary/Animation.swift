// SPDX-License-Identifier: GPL-3.0-or-later
import StillImages

/// Whether the first bytes of a gif or webp say that it moves.
enum Animation {
    static func isAnimated(_ bytes: [UInt8], isWhole: Bool, _ format: StillFormat) -> Bool {
        switch format {
        case .gif: hasSecondFrame(bytes, isWhole: isWhole)
        // WebP container: the animation flag of an extended header.
        case .webp: bytes.count > 20 && bytes[12..<16].elementsEqual("VP8X".utf8) && bytes[20] & 2 != 0
        default: false
        }
    }

    /// Walks a gif's blocks (GIF89a, appendix A) to its second image. Where the first alone is longer than what is seen,
    /// the extension that asks for looping decides.
    private static func hasSecondFrame(_ bytes: [UInt8], isWhole: Bool) -> Bool {
        func table(_ flags: UInt8) -> Int { flags & 0x80 != 0 ? 3 << (Int(flags & 7) + 1) : 0 }
        guard bytes.count > 13 else { return false }
        var place = 13 + table(bytes[10])
        var images = 0
        var loops = false
        while place + 10 < bytes.count {
            switch bytes[place] {
            case 0x21:
                if bytes[place + 1] == 0xFF, place + 14 < bytes.count,
                    bytes[place + 3..<place + 14].elementsEqual("NETSCAPE2.0".utf8)
                {
                    loops = true
                }
                place += 2
            case 0x2C:
                images += 1
                if images == 2 { return true }
                place += 10 + table(bytes[place + 9]) + 1
            default: return false
            }
            // Data in sub-blocks, each with its length, up to an empty one.
            while place < bytes.count, bytes[place] != 0 { place += Int(bytes[place]) + 1 }
            place += 1
        }
        return loops && !isWhole
    }
}
