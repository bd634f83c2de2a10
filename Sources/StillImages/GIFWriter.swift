// SPDX-License-Identifier: GPL-3.0-or-later
public import PixelBuffers

/// Writes a moving gif (GIF89a, W3C 1990) frame by frame: one palette, ordered dithering that stands still, and of each frame
/// only the rectangle that changed. One thread at a time.
public final class GIFWriter {
    private let width: Int
    private let height: Int
    private let palette: GIFPalette
    private let write: ([UInt8]) throws -> Void
    private var shown: [UInt8]?
    /// The frame that waits until it is known how long it is shown.
    private var waiting: (block: [UInt8], hundredths: Int)?

    /// Index that leaves a pixel as it was.
    private static let unchanged: UInt8 = 255

    /// Writes the header. The film is played over and over.
    public init(
        width: Int, height: Int, palette: GIFPalette, write: @escaping ([UInt8]) throws -> Void
    ) throws {
        self.width = width
        self.height = height
        self.palette = palette
        self.write = write
        var head = Array("GIF89a".utf8)
        head += Self.word(width)
        head += Self.word(height)
        // A palette of 256 colours, eight bits each, for all frames.
        head += [0xF7, 0, 0]
        for index in 0..<256 {
            let colour = index < palette.colours.count ? palette.colours[index] : (r: 0, g: 0, b: 0)
            head += [colour.r, colour.g, colour.b]
        }
        head += [0x21, 0xFF, 11]
        head += Array("NETSCAPE2.0".utf8)
        head += [3, 1, 0, 0, 0]
        try write(head)
    }

    /// Adds a frame that is shown for so many hundredths of a second; one like the frame before lengthens that.
    public func add(_ picture: Picture, hundredths: Int) throws {
        let indexed = indexed(picture)
        guard let before = shown else {
            shown = indexed
            waiting = (frame(indexed, x: 0, y: 0, width: width, height: height), hundredths)
            return
        }
        guard let box = changed(from: before, to: indexed) else {
            waiting?.hundredths += hundredths
            return
        }
        var part: [UInt8] = []
        part.reserveCapacity(box.width * box.height)
        for y in box.y..<box.y + box.height {
            for x in box.x..<box.x + box.width {
                let at = y * width + x
                part.append(indexed[at] == before[at] ? Self.unchanged : indexed[at])
            }
        }
        try flush()
        shown = indexed
        waiting = (frame(part, x: box.x, y: box.y, width: box.width, height: box.height), hundredths)
    }

    /// Writes the last frame and the end.
    public func finish() throws {
        try flush()
        try write([0x3B])
    }

    private func flush() throws {
        guard let (block, hundredths) = waiting else { return }
        waiting = nil
        // Left in place, one colour see-through.
        var control: [UInt8] = [0x21, 0xF9, 4, 0x05]
        control += Self.word(min(65_535, hundredths))
        control += [Self.unchanged, 0]
        try write(control)
        try write(block)
    }

    // MARK: Pixels

    /// Thresholds of Bayer's matrix of eight by eight, 0…63.
    private static let bayer: [Int] = (0..<64).map { index in
        var value = 0
        let (x, y) = (index % 8, index / 8)
        for bit in 0..<3 {
            value |= (((x ^ y) >> bit) & 1) << (5 - 2 * bit)
            value |= ((y >> bit) & 1) << (4 - 2 * bit)
        }
        return value
    }

    private func indexed(_ picture: Picture) -> [UInt8] {
        let pixels = Pixels(picture)
        let (base, channels) = (pixels.base, pixels.channels)
        let (width, height) = (width, height)
        // Half a step of a palette of this size, up and down.
        let strength = palette.colours.count > 128 ? 12 : 24
        let offsets = Self.bayer.map { ($0 * 2 - 63) * strength / 63 }
        return [UInt8](unsafeUninitializedCapacity: width * height) { buffer, count in
            for y in 0..<height {
                for x in 0..<width {
                    let pixel = base + (y * width + x) * channels
                    let offset = offsets[(y & 7) << 3 | (x & 7)]
                    let r = max(0, min(255, Int(pixel[0]) + offset))
                    let g = max(0, min(255, Int(pixel[1]) + offset))
                    let b = max(0, min(255, Int(pixel[2]) + offset))
                    buffer[y * width + x] = palette.nearest[(r >> 3) << 10 | (g >> 3) << 5 | b >> 3]
                }
            }
            count = width * height
        }
    }

    /// The smallest rectangle that holds all that differs.
    private func changed(from a: [UInt8], to b: [UInt8]) -> (x: Int, y: Int, width: Int, height: Int)? {
        var (left, top, right, bottom) = (width, height, -1, -1)
        for y in 0..<height {
            let row = y * width
            guard let first = (0..<width).first(where: { a[row + $0] != b[row + $0] }) else { continue }
            let last = (0..<width).last { a[row + $0] != b[row + $0] } ?? first
            left = min(left, first)
            right = max(right, last)
            top = min(top, y)
            bottom = y
        }
        return bottom < 0 ? nil : (left, top, right - left + 1, bottom - top + 1)
    }

    // MARK: Blocks

    private func frame(_ indices: [UInt8], x: Int, y: Int, width: Int, height: Int) -> [UInt8] {
        var block: [UInt8] = [0x2C]
        for number in [x, y, width, height] { block += Self.word(number) }
        block += [0, 8]
        let coded = Self.compressed(indices)
        for start in stride(from: 0, to: coded.count, by: 255) {
            let part = coded[start..<min(start + 255, coded.count)]
            block.append(UInt8(part.count))
            block += part
        }
        block.append(0)
        return block
    }

    private static func word(_ value: Int) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8 & 255)] }

    /// Lempel-Ziv-Welch with codes of 9 to 12 bits (appendix F of the format).
    static func compressed(_ indices: [UInt8]) -> [UInt8] {
        let (clear, end) = (256, 257)
        var out: [UInt8] = []
        out.reserveCapacity(indices.count / 2)
        var (bits, held, width, next) = (0, 0, 9, 258)
        /// Code of a known string and one more byte; 0 for none.
        var table = [UInt16](repeating: 0, count: 4096 << 8)
        var used: [Int] = []
        func put(_ code: Int) {
            bits |= code << held
            held += width
            while held >= 8 {
                out.append(UInt8(bits & 255))
                bits >>= 8
                held -= 8
            }
        }
        put(clear)
        var current = -1
        for index in indices {
            guard current >= 0 else {
                current = Int(index)
                continue
            }
            let key = current << 8 | Int(index)
            if table[key] != 0 {
                current = Int(table[key])
                continue
            }
            put(current)
            if next < 4096 {
                table[key] = UInt16(next)
                used.append(key)
                // The reader is one code behind.
                if next == 1 << width { width += 1 }
                next += 1
            } else {
                put(clear)
                for key in used { table[key] = 0 }
                used.removeAll(keepingCapacity: true)
                (width, next) = (9, 258)
            }
            current = Int(index)
        }
        if current >= 0 {
            put(current)
            if next == 1 << width, width < 12 { width += 1 }
        }
        put(end)
        if held > 0 { out.append(UInt8(bits & 255)) }
        return out
    }
}
