// SPDX-License-Identifier: GPL-3.0-or-later
import CVips
import Foundation

/// A picture file, open for reading: a regular file of a known format, whose bytes only libvips' named loaders see.
final class StillFile {
    let path: String
    let format: StillFormat
    let byteCount: Int
    private let descriptor: Int32

    init(_ url: URL) throws(StillError) {
        path = url.path
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw StillFile.failure("open", path, errno) }
        var facts = stat()
        guard fstat(file, &facts) == 0 else {
            let number = errno
            close(file)
            throw StillFile.failure("open", path, number)
        }
        descriptor = file
        byteCount = Int(facts.st_size)
        // A pipe or a device may never end.
        guard facts.st_mode & S_IFMT == S_IFREG else {
            close(file)
            throw StillError(.notAPicture, "open", path, "a folder or a device")
        }
        var head = [UInt8](repeating: 0, count: StillFormat.sniffLength)
        let count = pread(file, &head, head.count, 0)
        let number = errno
        let refusal: StillError? =
            if count < 0 {
                StillFile.failure("read", path, number)
            } else if count == 0 {
                StillError(.empty, "read", path)
            } else if let name = StillFormat.nameOfUnsupported(head.prefix(count)) {
                StillError(.unsupported, "read", path, name)
            } else {
                nil
            }
        if let refusal {
            close(file)
            throw refusal
        }
        guard let format = StillFormat(sniffing: head.prefix(count)) else {
            close(file)
            throw StillError(.notAPicture, "read", path)
        }
        self.format = format
    }

    deinit { close(descriptor) }

    private static func failure(_ operation: String, _ path: String, _ number: Int32) -> StillError {
        let code: StillError.Code =
            switch number {
            case ENOENT, ENOTDIR: .notFound
            case EACCES, EPERM: .noPermission
            default: .unreadable
            }
        return StillError(code, operation, path, String(cString: strerror(number)))
    }

    /// How much of a fault in the file ends its reading.
    enum Strictness {
        /// A file that ends too early is an error.
        case whole
        /// What can be had is had.
        case lenient
    }

    /// Opens the picture: the header is read, pixels are not yet.
    ///
    /// - Parameter shrink: 1, 2, 4 or 8: how many times smaller a JPEG is decoded.
    func picture(_ strictness: Strictness, shrink: Int = 1) throws(StillError) -> VipsPicture {
        let opened = try opened(strictness, shrink: shrink)
        try check(width: opened.width, height: opened.height)
        return opened
    }

    /// All pictures of a moving webp as one, each below the one before it.
    func pages() throws(StillError) -> VipsPicture { try opened(.lenient, [("n", .int(-1))]) }

    private func opened(
        _ strictness: Strictness, shrink: Int = 1, _ more: [(String, VipsArgument)] = []
    ) throws(StillError) -> VipsPicture {
        if format == .bmp { return try bitmap(strictness) }
        if format == .png, let name = pngChunkOfAir() {
            throw StillError(.damaged, "read the header of", path, "its \(name) claims more bytes than there are")
        }
        // libvips reads a duplicate, which shares its place in the file with ours.
        lseek(descriptor, 0, SEEK_SET)
        do {
            var arguments: [(String, VipsArgument)] = [
                ("source", .source(try VipsSourceFile(descriptor: descriptor))),
                ("access", .int(Int(VIPS_ACCESS_SEQUENTIAL.rawValue))),
                (
                    "fail_on",
                    .int(Int((strictness == .whole ? VIPS_FAIL_ON_TRUNCATED : VIPS_FAIL_ON_NONE).rawValue))
                ),
            ]
            if format == .jpeg, shrink > 1 { arguments.append(("shrink", .int(shrink))) }
            return try VipsCall(loader, arguments + more).image()
        } catch {
            throw StillError(isCutShort() ? .truncated : .damaged, "read the header of", path, error.message)
        }
    }

    /// A bitmap, which libvips has no loader of its own for: its pixels are read at once.
    private func bitmap(_ strictness: Strictness) throws(StillError) -> VipsPicture {
        let read: BitmapFile.Read = { [descriptor] offset, count in
            var bytes = [UInt8](repeating: 0, count: count)
            let got = pread(descriptor, &bytes, count, off_t(offset))
            return got == count ? bytes : Array(bytes.prefix(max(0, got)))
        }
        let file: BitmapFile
        do throws(BitmapFile.Fault) {
            file = try BitmapFile(byteCount: byteCount, read: read)
        } catch {
            throw refusal(error, "read the header of")
        }
        try check(width: file.width, height: file.height)
        let pixels: Pixels
        do throws(BitmapFile.Fault) {
            pixels = try file.pixels(acceptsTruncated: strictness == .lenient, read: read)
        } catch {
            // As of any file whose end is missing: a lenient reading tells what is there.
            throw error == .cutShort
                ? StillError(.damaged, "decode", path, "it is cut short") : refusal(error, "decode")
        }
        do throws(VipsFailure) {
            return try VipsPicture(over: pixels, interpretation: VIPS_INTERPRETATION_sRGB)
        } catch {
            throw StillError(.damaged, "decode", path, error.message)
        }
    }

    private func refusal(_ fault: BitmapFile.Fault, _ operation: String) -> StillError {
        switch fault {
        case .damaged(let why): StillError(.damaged, operation, path, why)
        case .cutShort: StillError(.truncated, operation, path)
        case .unsupported: StillError(.unsupported, operation, path, "a packed BMP picture")
        }
    }

    private var loader: String {
        switch format {
        case .jpeg: "jpegload_source"
        case .png: "pngload_source"
        case .webp: "webpload_source"
        case .gif: "gifload_source"
        case .heic, .avif: "heifload_source"
        case .tiff: "tiffload_source"
        case .bmp: ""
        }
    }

    private func check(width: Int, height: Int) throws(StillError) {
        guard width > 0, height > 0 else { throw StillError(.damaged, "read the header of", path, "it has no size") }
        guard width * height <= StillImages.largestPixelCount else {
            throw StillError(.tooLarge, "read the header of", path, "\(width) × \(height) pixels")
        }
    }

    /// The type of a PNG chunk that claims millions of bytes beyond the file's end: libpng makes room for all of them before it
    /// reads one. Pixels (`IDAT`) it reads as they come.
    private func pngChunkOfAir() -> String? {
        var offset = 8
        var head = [UInt8](repeating: 0, count: 8)
        for _ in 0..<100_000 {
            guard pread(descriptor, &head, 8, off_t(offset)) == 8 else { return nil }
            let length = head[..<4].reduce(0) { $0 << 8 | Int($1) }
            // What follows the end is not the picture's.
            if head[4...].elementsEqual("IEND".utf8) { return nil }
            let isPixels = head[4...].elementsEqual("IDAT".utf8)
            offset += 12 + length
            if offset > byteCount {
                return isPixels || length < 8_000_000 ? nil : String(decoding: head[4...], as: UTF8.self)
            }
        }
        return nil
    }

    /// Whether the file's own account of its length says that its end is missing. A JPEG gives no such account.
    func isCutShort() -> Bool {
        func bytes(at offset: Int, count: Int) -> [UInt8] {
            var bytes = [UInt8](repeating: 0, count: count)
            return pread(descriptor, &bytes, count, off_t(offset)) == count ? bytes : []
        }
        func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
        switch format {
        case .png:
            return byteCount < 57 || bytes(at: byteCount - 8, count: 4) != Array("IEND".utf8)
        case .webp:
            return byteCount < 12 || number(bytes(at: 4, count: 4).reversed()[...]) + 8 > byteCount
        case .gif:
            return bytes(at: byteCount - 1, count: 1) != [0x3B]
        case .heic, .avif:
            // A row of boxes, each with its size; 0 reaches to the end, 1 says that the size follows in eight bytes.
            var offset = 0
            while offset + 8 <= byteCount {
                var size = number(bytes(at: offset, count: 4)[...])
                if size == 0 { return false }
                if size == 1 {
                    let wide = bytes(at: offset + 8, count: 8)
                    guard wide.count == 8, wide[0] == 0, wide[1] == 0 else { return true }
                    size = number(wide[...])
                }
                guard size >= 8 else { return false }
                offset += size
            }
            return offset != byteCount
        case .jpeg:
            return bytes(at: byteCount - 2, count: 2) != [0xFF, 0xD9]
        case .tiff, .bmp:
            return false
        }
    }
}
