// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import PixelBuffers
import TestMedia
import Testing

@testable import StillImages

@Suite struct Bitmaps {
    /// A picture with no side alike, of an odd width so that rows are padded.
    private func picture() throws -> URL {
        try TestMedia.ffmpeg(
            "chart.png",
            ["-f", "lavfi", "-i", "testsrc2=s=102x58", "-vf", "format=rgb24,crop=101:57", "-frames:v", "1"])
    }

    private func pixels(_ url: URL, lenient: Bool = false) throws -> StillImages.Developed {
        try StillImages.develop(url, PhotoRequest(acceptsTruncated: lenient))
    }

    private func bytes(_ pixels: Pixels) -> [UInt8] {
        Array(UnsafeBufferPointer(start: pixels.base, count: pixels.height * pixels.rowBytes))
    }

    /// Every way in which a picture is written gives the same pixels as the picture that it was made of.
    @Test(arguments: [
        ["-type", "TrueColor"], ["-type", "TrueColor", "-define", "bmp:format=bmp2"],
        ["-type", "TrueColor", "-define", "bmp:format=bmp3"], ["-type", "TrueColor", "-define", "bmp:format=bmp4"],
        ["-colors", "200", "-type", "Palette", "-compress", "none"],
        ["-colors", "12", "-type", "Palette", "-compress", "none"],
        ["-colorspace", "Gray", "-type", "Grayscale", "-compress", "none"],
        ["-threshold", "50%", "-type", "Bilevel", "-compress", "none"],
        ["-alpha", "set", "-channel", "A", "-evaluate", "set", "100%", "+channel"],
    ]) func areReadAsTheyWereWritten(arguments: [String]) throws {
        let bitmap = try Chart.convert(picture(), arguments, to: "photo.bmp")
        #expect(try StillImages.probe(bitmap).format == .bmp)
        let plain = try Chart.convert(bitmap, ["-type", "TrueColor", "-alpha", "off"], to: "plain.png")
        let (read, wanted) = (try pixels(bitmap), try pixels(plain))
        #expect(read.sourceSize == PixelSize(width: 101, height: 57) && read.pixels.channels == 3)
        #expect(bytes(read.pixels) == bytes(wanted.pixels), "\(arguments)")
    }

    @Test func sixteenBitsAndRowsFromTheTop() throws {
        let chart = try picture()
        for format in ["rgb565le", "rgb555le", "bgra"] {
            let bitmap = try TestMedia.ffmpeg(
                "\(format).bmp", ["-i", chart.path, "-pix_fmt", format, "-frames:v", "1"])
            let plain = try TestMedia.ffmpeg("\(format).png", ["-i", bitmap.path, "-pix_fmt", "rgb24"])
            let (read, wanted) = (try pixels(bitmap).pixels, try pixels(plain).pixels)
            let most = zip(bytes(read), bytes(wanted)).map { abs(Int($0) - Int($1)) }.max()
            #expect(read.channels == 3 && (most ?? 255) <= (format == "bgra" ? 0 : 9), "\(format)")
        }
        // The same file with its height negated holds its rows upside down.
        let bitmap = try Chart.convert(chart, ["-type", "TrueColor"], to: "photo.bmp")
        var data = try Data(contentsOf: bitmap)
        let height = Int32(-57)
        withUnsafeBytes(of: height.littleEndian) { data.replaceSubrange(22..<26, with: $0) }
        let turned = try TestMedia.scratchFolder().appendingPathComponent("turned.bmp")
        try data.write(to: turned)
        let flipped = try Chart.convert(chart, ["-flip"], to: "flipped.png")
        #expect(bytes(try pixels(turned).pixels) == bytes(try pixels(flipped).pixels))
    }

    @Test func alphaLetsTheGroundThrough() throws {
        let bitmap = try Chart.convert(
            picture(), ["-alpha", "set", "-channel", "A", "-evaluate", "set", "50%", "+channel"], to: "veil.bmp")
        let read = try pixels(bitmap).pixels
        #expect(read.channels == 4 && abs(Int(read.base[3]) - 128) <= 1)
    }

    @Test func whatIsTornIsSaid() throws {
        let bitmap = try Chart.convert(picture(), ["-type", "TrueColor"], to: "photo.bmp")
        let data = try Data(contentsOf: bitmap)
        let folder = try TestMedia.scratchFolder()
        func code(_ change: (inout Data) -> Void, lenient: Bool = false) throws -> StillError.Code? {
            var copy = data
            change(&copy)
            let url = folder.appendingPathComponent("torn.bmp")
            try copy.write(to: url)
            do throws(StillError) { _ = try StillImages.develop(url, PhotoRequest(acceptsTruncated: lenient)) } catch {
                return error.code
            }
            return nil
        }
        #expect(try code { _ in } == nil)
        #expect(try code { $0.removeLast(3000) } == .truncated)
        #expect(try code({ $0.removeLast(3000) }, lenient: true) == nil)
        #expect(try code({ $0.removeLast($0.count - 200) }, lenient: true) != nil)
        #expect(try code { $0[30] = 1 } == .unsupported)
        #expect(try code { $0[28] = 7 } == .damaged)
        #expect(try code { $0[10] = 20 } == .damaged)
        #expect(try code { $0.replaceSubrange(18..<26, with: [0, 0, 0, 0x7F, 0, 0, 0, 0x7F]) } == .tooLarge)
        #expect(try code { $0.replaceSubrange(18..<22, with: [0, 0, 0, 0]) } == .damaged)
        #expect(try code { $0.replaceSubrange(22..<26, with: [0, 0, 0, 0x80]) } == .tooLarge)
    }

    /// Bytes thrown at random do no harm; what comes out is a picture or a reason.
    @Test func noiseInTheHeaderDoesNoHarm() throws {
        let bitmap = try Chart.convert(
            picture(), ["-colors", "12", "-type", "Palette", "-compress", "none"], to: "photo.bmp")
        let whole = Array(try Data(contentsOf: bitmap))
        var state: UInt64 = 42
        func next(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % below
        }
        var read = 0
        for _ in 0..<3000 {
            var bytes = whole
            for _ in 0..<(1 + next(4)) { bytes[2 + next(120)] = UInt8(next(256)) }
            if next(3) == 0 { bytes.removeLast(next(bytes.count - 30)) }
            let reader: BitmapFile.Read = { offset, count in
                guard offset < bytes.count else { return [] }
                return Array(bytes[offset..<min(bytes.count, offset + count)])
            }
            guard let file = try? BitmapFile(byteCount: bytes.count, read: reader), file.width * file.height < 1 << 20,
                let pixels = try? file.pixels(acceptsTruncated: true, read: reader)
            else { continue }
            read += pixels.width == file.width && pixels.height == file.height ? 1 : 0
        }
        #expect(read > 100)
    }
}
