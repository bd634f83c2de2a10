// SPDX-License-Identifier: GPL-3.0-or-later

/// A Windows bitmap (BMP): its header, and its rows as RGB or RGBA.
///
/// Uncompressed pictures of 1, 4, 8, 16, 24 and 32 bits a pixel, with a palette or masks, bottom-up or top-down, after the
/// headers BITMAPCOREHEADER to BITMAPV5HEADER (Microsoft, "Bitmap Storage"). Run-length and embedded JPEG or PNG are not read.
/// Profiles within are passed over: the colours are taken as sRGB.
struct BitmapFile {
    enum Fault: Error, Hashable {
        case damaged(String)
        case cutShort
        /// Coded in a way that is not read.
        case unsupported
    }

    /// Reads bytes of the file: at an offset, so many; fewer where it ends.
    typealias Read = (_ offset: Int, _ count: Int) -> [UInt8]

    let width: Int
    let height: Int
    let hasAlpha: Bool

    private let bits: Int
    private let isTopDown: Bool
    private let firstRow: Int
    private let rowBytes: Int
    private let palette: [SIMD4<UInt8>]
    private let masks: [Mask]

    var channels: Int { hasAlpha ? 4 : 3 }

    /// One channel's place in a pixel of 16 or 32 bits.
    private struct Mask {
        let bits: UInt32
        let shift: UInt32
        let largest: UInt32

        init(_ bits: UInt32) {
            self.bits = bits
            shift = bits == 0 ? 0 : UInt32(bits.trailingZeroBitCount)
            largest = bits >> shift
        }

        /// Its bits stand together.
        var isWhole: Bool { largest & (largest &+ 1) == 0 }

        func value(_ pixel: UInt32) -> UInt8 {
            guard largest > 0 else { return 0 }
            return UInt8((UInt64((pixel & bits) >> shift) * 255 + UInt64(largest) / 2) / UInt64(largest))
        }
    }

    // MARK: The header

    /// Reads the header of a file of `byteCount` bytes.
    init(byteCount: Int, read: Read) throws(Fault) {
        let head = read(0, 138)
        guard head.count >= 26, head[0] == 0x42, head[1] == 0x4D else { throw .cutShort }
        func word(_ at: Int) -> UInt32 {
            at + 4 <= head.count ? (0..<4).reduce(0) { $0 | UInt32(head[at + $1]) << (8 * UInt32($1)) } : 0
        }
        func half(_ at: Int) -> Int { at + 2 <= head.count ? Int(head[at]) | Int(head[at + 1]) << 8 : 0 }

        let headerSize = Int(word(14))
        guard head.count >= 14 + min(headerSize, 124) else { throw .cutShort }
        let isCore = headerSize == 12
        let (across, down): (Int, Int)
        var compression = 0
        var colours = 0
        if isCore {
            (across, down) = (half(18), half(20))
            bits = half(24)
        } else {
            (across, down) = (Int(Int32(bitPattern: word(18))), Int(Int32(bitPattern: word(22))))
            bits = half(28)
            compression = Int(word(30))
            colours = Int(word(46))
        }
        width = across
        height = abs(down)
        isTopDown = down < 0
        guard width > 0, height > 0 else { throw .damaged("it has no size") }
        // 0 = as it is, 3 = with masks, 6 = with a mask of alpha as well.
        guard [0, 3, 6].contains(compression), compression == 0 || [16, 32].contains(bits) else { throw .unsupported }
        guard [1, 4, 8, 16, 24, 32].contains(bits) else { throw .damaged("\(bits) bits a pixel") }

        var (masks, maskBytes): ([UInt32], Int) = ([], 0)
        if compression != 0 {
            // In the header, or right behind one of 40 bytes: the same place.
            masks = [word(54), word(58), word(62), compression == 6 || headerSize >= 56 ? word(66) : 0]
            if headerSize == 40 { maskBytes = compression == 6 ? 16 : 12 }
        } else if bits == 16 {
            masks = [0x7C00, 0x03E0, 0x001F, 0]
        } else if bits == 32 {
            // The fourth byte of a plain bitmap is nothing, unless a later header gives it a mask.
            masks = [0xFF_0000, 0xFF00, 0xFF, headerSize >= 56 && word(66) == 0xFF00_0000 ? 0xFF00_0000 : 0]
        }
        self.masks = masks.map(Mask.init)
        guard self.masks.allSatisfy(\.isWhole) else { throw .damaged("its masks of colour are torn") }
        hasAlpha = self.masks.count == 4 && self.masks[3].bits != 0

        let paletteStart = 14 + headerSize + maskBytes
        if bits <= 8 {
            let most = 1 << bits
            let count = colours > 0 ? min(colours, most) : most
            let size = isCore ? 3 : 4
            let entries = read(paletteStart, count * size)
            guard entries.count == count * size else { throw .cutShort }
            palette = (0..<count).map {
                SIMD4(entries[$0 * size + 2], entries[$0 * size + 1], entries[$0 * size], 255)
            }
        } else {
            palette = []
        }
        firstRow = Int(word(10))
        guard firstRow >= 14 + headerSize else { throw .damaged("its pixels begin inside its header") }
        let (rowBits, isTooLong) = width.multipliedReportingOverflow(by: bits)
        guard !isTooLong else { throw .damaged("it has no size") }
        rowBytes = (rowBits + 31) / 32 * 4
        self.byteCount = byteCount
    }

    private let byteCount: Int

    // MARK: Pixels

    /// Whether the file ends before its last row does.
    var isCutShort: Bool {
        let (bytes, isTooLong) = rowBytes.multipliedReportingOverflow(by: height)
        return isTooLong || byteCount - firstRow < bytes
    }

    /// Rows as they are shown, from the top; those that a cut-short file lacks are black.
    ///
    /// - Parameter acceptsTruncated: a file that holds at least a tenth of its rows is read as far as it goes.
    func pixels(acceptsTruncated: Bool, read: Read) throws(Fault) -> Pixels {
        if isCutShort {
            guard acceptsTruncated, (byteCount - firstRow) / rowBytes >= max(1, height / 10) else { throw .cutShort }
        }
        let pixels = Pixels(width: width, height: height, channels: channels)
        pixels.base.initialize(repeating: 0, count: height * pixels.rowBytes)
        // About a megabyte at a time.
        let step = max(1, (1 << 20) / rowBytes)
        var stored = 0
        while stored < height {
            let count = min(step, height - stored)
            let strip = read(firstRow + stored * rowBytes, count * rowBytes)
            for row in 0..<min(count, strip.count / rowBytes) {
                let y = isTopDown ? stored + row : height - 1 - stored - row
                unpack(strip[row * rowBytes..<(row + 1) * rowBytes], into: pixels.base + y * pixels.rowBytes)
            }
            guard strip.count == count * rowBytes else { break }
            stored += count
        }
        if hasAlpha { Self.showIfUnseen(pixels) }
        return pixels
    }

    /// Where all is see-through, the writer meant nothing by the fourth byte.
    private static func showIfUnseen(_ pixels: Pixels) {
        let count = pixels.width * pixels.height
        for index in 0..<count where pixels.base[4 * index + 3] != 0 { return }
        for index in 0..<count { pixels.base[4 * index + 3] = 255 }
    }

    private func unpack(_ row: ArraySlice<UInt8>, into out: UnsafeMutablePointer<UInt8>) {
        let start = row.startIndex
        switch bits {
        case 24:
            for x in 0..<width {
                out[3 * x] = row[start + 3 * x + 2]
                out[3 * x + 1] = row[start + 3 * x + 1]
                out[3 * x + 2] = row[start + 3 * x]
            }
        case 16, 32:
            let size = bits / 8
            for x in 0..<width {
                var pixel: UInt32 = 0
                for byte in 0..<size { pixel |= UInt32(row[start + x * size + byte]) << UInt32(8 * byte) }
                for channel in 0..<channels { out[x * channels + channel] = masks[channel].value(pixel) }
            }
        default:
            let perByte = 8 / bits
            for x in 0..<width {
                let shift = UInt8(8 - bits * (x % perByte + 1))
                let index = Int(row[start + x / perByte] >> shift) & (1 << bits - 1)
                // A colour beyond the palette is black.
                guard index < palette.count else { continue }
                for channel in 0..<3 { out[3 * x + channel] = palette[index][channel] }
            }
        }
    }
}
