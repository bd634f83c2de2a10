// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import PixelBuffers
import TestMedia
import Testing

@testable import StillImages

@Suite struct PhotosThatAreRefused {
    private func code(_ body: () throws -> Void) -> StillError.Code? {
        do { try body() } catch let error as StillError { return error.code } catch { return nil }
        return nil
    }

    private func file(_ bytes: Data, _ name: String = "file.jpg") throws -> URL {
        let url = try TestMedia.scratchFolder().appendingPathComponent(name)
        try bytes.write(to: url)
        return url
    }

    @Test(arguments: [
        (Data(), StillError.Code.empty), (Data("Dear diary, no photo today.".utf8), .notAPicture),
        (Data("8BPS".utf8) + Data(count: 100), .unsupported), (Data("<svg xmlns='a'/>".utf8), .unsupported),
        (Data("%PDF-1.7".utf8), .unsupported), (Data([0xFF, 0xD8, 0xFF]) + Data(repeating: 7, count: 500), .truncated),
        (PNGChunks.header(width: 60_000, height: 60_000), .tooLarge), (PNGChunks.header(width: 0, height: 5), .damaged),
        (Data([0xFF, 0xD8, 0xFF]) + Data(repeating: 7, count: 500) + Data([0xFF, 0xD9]), .damaged),
        (Data("RIFF\u{10}\u{0}\u{0}\u{0}WEBPVP8 ".utf8) + Data(count: 8), .damaged),
    ])
    func isSaidWhy(bytes: Data, expected: StillError.Code) throws {
        let url = try file(bytes)
        #expect(code { _ = try StillImages.probe(url) } == expected)
        #expect(code { _ = try StillImages.load(url) } == expected)
        #expect(code { _ = try StillImages.analyse(url) } == expected)
    }

    @Test func missingFilesAndFolders() throws {
        let folder = try TestMedia.scratchFolder()
        #expect(code { _ = try StillImages.load(folder) } == .notAPicture)
        let missing = folder.appendingPathComponent("gone.jpg")
        #expect(code { _ = try StillImages.load(missing) } == .notFound)
        let error = #expect(throws: StillError.self) { try StillImages.load(missing) }
        #expect(
            error?.description.contains("gone.jpg") == true && error?.description.contains("check the path") == true)
    }

    /// A photo that is cut short says so, and gives what there is when that is wanted.
    @Test(arguments: ["jpg", "png", "progressive.jpg", "tif"], [0.35, 0.9])
    func cutShort(name: String, share: Double) throws {
        let noisy = try TestMedia.ffmpeg(
            "noise.png", ["-f", "lavfi", "-i", "testsrc2=s=640x480", "-frames:v", "1", "-vf", "noise=alls=40:allf=t"])
        let arguments = name.hasPrefix("progressive") ? ["-interlace", "Plane"] : []
        let whole = try Chart.convert(noisy, arguments + ["-quality", "90"], to: "whole.\(name)")
        #expect(code { _ = try StillImages.load(whole) } == nil)
        let bytes = try Data(contentsOf: whole)
        let torn = try file(bytes.prefix(Int(Double(bytes.count) * share)), "torn.\(name)")
        guard name != "tif" else {
            // A tiff keeps its directory at either end: without it there is nothing to read.
            #expect([.truncated, .damaged].contains(code { _ = try StillImages.load(torn) }))
            return
        }
        #expect(code { _ = try StillImages.load(torn) } == .truncated)
        #expect(code { _ = try StillImages.analyse(torn) } == .truncated)
        let rest = try StillImages.load(torn, PhotoRequest(acceptsTruncated: true))
        #expect(rest.isTruncated && rest.picture.width == 640)
        #expect(try !StillImages.load(whole, PhotoRequest(acceptsTruncated: true)).isTruncated)
        _ = try StillImages.thumbnail(torn, width: 100)
    }

    @Test(arguments: ["webp", "heic", "gif"])
    func cutShortBeyondUse(name: String) throws {
        let png = try Chart.convert(try Chart.chart(), [], to: "chart.png")
        let whole = png.deletingLastPathComponent().appendingPathComponent("whole.\(name)")
        if name == "heic" {
            try TestMedia.run("heif-enc", [png.path, "-o", whole.path])
        } else {
            try TestMedia.run("convert", [png.path, whole.path])
        }
        let bytes = try Data(contentsOf: whole)
        let torn = try file(bytes.prefix(bytes.count * 2 / 3), "torn.\(name)")
        #expect(code { _ = try StillImages.load(torn) } == .truncated)
    }

    /// 57 bytes of which libpng would make room for a gigabyte.
    @Test(arguments: [(0x3FFF_FFFF, "sCAL"), (8_000_000, "zTXt"), (0x7FFF_FFFF, "eXIf")])
    func aChunkOfMoreBytesThanThereAreIsNotMadeRoomFor(length: Int, type: String) throws {
        let header: [UInt8] = [0, 0, 0, 1, 0, 0, 0, 1, 1, 3, 0, 0, 0, 0x25, 0xDB, 0x56, 0xCA]
        var bytes: [UInt8] =
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + header
        bytes += (0..<4).reversed().map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(type.utf8)
        bytes += [0xBC, 0x1A, 0x90, 0x08, 0, 0, 0, 0] + Array("IEND".utf8) + [0xAE, 0x42, 0x60, 0x82]
        let url = try file(Data(bytes), "air.png")
        let error = #expect(throws: StillError.self) { try StillImages.probe(url) }
        #expect(error?.code == .damaged && error?.underlying.contains(type) == true)
    }

    /// Bytes changed at random: an answer or a typed error, never a crash, never a hang.
    @Test(arguments: ["jpg", "png", "gif", "webp", "tif", "heic"])
    func damagedAtRandom(name: String) throws {
        let small = try Chart.convert(try Chart.corners(width: 48, height: 32), [], to: "small.png")
        let whole = small.deletingLastPathComponent().appendingPathComponent("whole.\(name)")
        if name == "heic" {
            try TestMedia.run("heif-enc", [small.path, "-o", whole.path])
        } else if name != "png" {
            try TestMedia.run("convert", [small.path, whole.path])
        }
        let bytes = try Data(contentsOf: name == "png" ? small : whole)
        var random = Seeded(state: UInt64(name.count) &+ 99)
        for _ in 0..<25 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                changed[Int.random(in: 12..<changed.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let url = try file(changed, "changed.\(name)")
            do throws(StillError) {
                let picture = try StillImages.load(url, PhotoRequest(acceptsTruncated: true)).picture
                #expect(picture.width > 0)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    @Test func onlyTheLoadersNamedMayRun() throws {
        // libvips knows many more formats; an SVG given as a name would be drawn by its own loader.
        let svg = try file(Data("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>".utf8), "a.svg")
        #expect(throws: VipsFailure.self) { try VipsCall("svgload", [("filename", .string(svg.path))]).image() }
        let ppm = try Chart.corners(width: 8, height: 8)
        #expect(throws: VipsFailure.self) { try VipsCall("ppmload", [("filename", .string(ppm.path))]).image() }
        #expect(throws: VipsFailure.self) { try VipsCall("magickload", [("filename", .string(ppm.path))]).image() }
    }
}

/// SplitMix64, so that a failure can be repeated.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
