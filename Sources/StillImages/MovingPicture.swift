// SPDX-License-Identifier: GPL-3.0-or-later
import CVips
public import EditModel
public import EditTime
public import Foundation
public import PixelBuffers

/// Reads a moving webp as a clip: the picture that is shown at a moment.
///
/// Pictures are decoded in their order; the file is read anew for times that fall, unless all its pictures fit into the cache.
/// What is see-through is black. Times count from the first picture, and the last picture stands for ever. A reader belongs to
/// one thread at a time and blocks it.
public final class MovingPicture {
    /// About how many bytes of pictures may be kept for playing backwards.
    private static let cacheBytes = 96 << 20
    /// More are refused: at a tenth of a second each it is a quarter of an hour.
    public static let mostFrames = 9000

    /// Of the file's own pictures.
    public let size: PixelSize
    /// When each picture begins; the first at zero.
    public let starts: [MediaTime]
    public let duration: MediaTime

    private let url: URL
    /// Of the pictures given.
    private let target: PixelSize
    private let keepsAll: Bool
    private var kept: [Int: Picture] = [:]
    private var rows: OpenPages
    /// The picture that is read next.
    private var next = 0

    /// Whether a file's first bytes are those of a webp, moving or not.
    public static func isOne(_ url: URL) -> Bool {
        guard let file = try? FileHandle(forReadingFrom: url) else { return false }
        defer { try? file.close() }
        guard let head = try? file.read(upToCount: StillFormat.sniffLength) else { return false }
        return StillFormat(sniffing: head) == .webp
    }

    /// - Parameter targetSize: pictures are shrunk to about this size: the smallest of the file's own shape that is at least
    ///   this wide and this high. Never enlarged; nil keeps the file's size.
    ///
    /// Throws as `StillImages.load` does; `.tooLarge` for more than `mostFrames` pictures.
    public init(_ url: URL, targetSize: PixelSize? = nil) throws(StillError) {
        self.url = url
        let file = try StillFile(url)
        guard file.format == .webp else { throw StillError(.unsupported, "read", url.path, "no moving picture") }
        let first = try file.picture(.lenient)
        let count = max(1, first.integer("n-pages") ?? 1)
        guard count <= Self.mostFrames else { throw StillError(.tooLarge, "read", url.path, "\(count) frames") }
        size = PixelSize(width: first.width, height: first.height)
        var times = [MediaTime.zero]
        let delays = first.integers("delay") ?? []
        for index in 0..<count {
            // Next to nothing means as fast as may be, which browsers take for a tenth of a second.
            let delay = index < delays.count && delays[index] > 10 ? delays[index] : 100
            times.append(times[index] + MediaTime(milliseconds: Int64(min(delay, 600_000))))
        }
        duration = times.removeLast()
        starts = times
        let scale = targetSize.map {
            min(1, max(Double($0.width) / Double(first.width), Double($0.height) / Double(first.height)))
        }
        target = PixelSize(
            width: max(1, Int((Double(size.width) * (scale ?? 1)).rounded())),
            height: max(1, Int((Double(size.height) * (scale ?? 1)).rounded())))
        keepsAll = count * (target.width * target.height * 3 / 2) <= Self.cacheBytes
        rows = try OpenPages(url, size: size, count: count)
    }

    /// The picture shown at a time: the latest that began at or before it, the first for times before it. The same picture is
    /// the same object as long as the reader stands there.
    ///
    /// Throws `.damaged` where a picture cannot be decoded.
    public func frame(at time: MediaTime) throws(StillError) -> Picture {
        // The first of those that begin later.
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            // A draft's clock rounds to the millisecond.
            if starts[middle] <= time + MediaTime(milliseconds: 1) { low = middle + 1 } else { high = middle }
        }
        let index = max(0, low - 1)
        if let picture = kept[index] { return picture }
        if index < next {
            rows = try OpenPages(url, size: size, count: starts.count)
            next = 0
        }
        while next < index {
            try rows.skip()
            next += 1
        }
        let picture = try drawn(try rows.read())
        next += 1
        if !keepsAll { kept.removeAll() }
        kept[index] = picture
        return picture
    }

    private func drawn(_ pixels: Pixels) throws(StillError) -> Picture {
        guard target != size else { return pixels.picture() }
        do throws(VipsFailure) {
            return try Reduction.read(
                VipsPicture(over: pixels, interpretation: VIPS_INTERPRETATION_sRGB),
                area: PixelRect(x: 0, y: 0, width: size.width, height: size.height), width: target.width,
                height: target.height, premultiplies: false
            ).picture()
        } catch {
            throw StillError(.damaged, "decode", url.path, error.message)
        }
    }
}

/// A webp's pictures one below the other, read from the top.
private final class OpenPages {
    private let path: String
    private let size: PixelSize
    private let bands: Int
    private var reader: VipsRows
    private var y = 0

    init(_ url: URL, size: PixelSize, count: Int) throws(StillError) {
        path = url.path
        self.size = size
        let pages = try StillFile(url).pages()
        guard pages.width == size.width, pages.height == size.height * count, [3, 4].contains(pages.bands),
            pages.format == VIPS_FORMAT_UCHAR
        else { throw StillError(.damaged, "read", url.path, "its pictures differ in size") }
        bands = pages.bands
        do throws(VipsFailure) {
            reader = try VipsRows(pages, left: 0, width: size.width)
        } catch {
            throw StillError(.damaged, "decode", url.path, error.message)
        }
    }

    func skip() throws(StillError) { try take { _, _ in } }

    /// The next picture as RGB, over black.
    func read() throws(StillError) -> Pixels {
        let pixels = Pixels(width: size.width, height: size.height, channels: 3)
        let (width, bands) = (size.width, bands)
        try take { y, row in
            let out = pixels.row(y)
            guard bands == 4 else { return out.update(from: row, count: 3 * width) }
            for x in 0..<width {
                let alpha = UInt32(row[4 * x + 3])
                for c in 0..<3 { out[3 * x + c] = UInt8((UInt32(row[4 * x + c]) * alpha + 127) / 255) }
            }
        }
        return pixels
    }

    private func take(_ each: (Int, UnsafePointer<UInt8>) -> Void) throws(StillError) {
        do throws(VipsFailure) {
            var done = 0
            while done < size.height {
                let count = min(VipsRows.stripHeight, size.height - done)
                let strip = try reader.read(from: y + done, count: count)
                for row in 0..<count { each(done + row, strip.row(row)) }
                done += count
            }
            y += size.height
        } catch {
            throw StillError(.damaged, "decode", path, error.message)
        }
    }
}
