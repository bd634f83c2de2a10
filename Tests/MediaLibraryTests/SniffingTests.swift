// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import TestMedia
import Testing

@testable import MediaLibrary

@Suite struct Sniffing {
    /// Files named wrongly on purpose: only the content counts.
    @Test(arguments: [
        ("jpg", MediaKind.image, "jpeg"), ("png", .image, "png"), ("webp", .image, "webp"), ("bmp", .image, "bmp"),
        ("tif", .image, "tiff"), ("gif", .image, "gif"),
    ])
    func photosAreToldByContent(name: String, kind: MediaKind, format: String) throws {
        let file = try disguised(Samples.photo(name))
        #expect(try MediaSniffer.sniff(file) == SniffedMedia(kind: kind, format: format))
    }

    @Test(arguments: [
        ("mp4", MediaKind.video, "mp4"), ("mov", .video, "mov"), ("mkv", .video, "matroska"), ("webm", .video, "webm"),
        ("avi", .video, "avi"),
    ])
    func clipsAreToldByContent(name: String, kind: MediaKind, format: String) throws {
        let file = try disguised(Samples.clip(name))
        #expect(try MediaSniffer.sniff(file) == SniffedMedia(kind: kind, format: format))
    }

    @Test(arguments: [
        ("mp3", "mp3"), ("wav", "wav"), ("m4a", "m4a"), ("aac", "aac"), ("flac", "flac"), ("ogg", "ogg"),
        ("opus", "ogg"),
    ])
    func songsAreToldByContent(name: String, format: String) throws {
        let file = try disguised(Samples.song(name))
        #expect(try MediaSniffer.sniff(file) == SniffedMedia(kind: .audio, format: format))
    }

    @Test(
        arguments: [
            (Array("Summer by the sea.\nWe went at dawn.".utf8), "txt"), (Array("夏天，我们去看海。".utf8), "txt"),
            ([0xEF, 0xBB, 0xBF] + Array("Ünder".utf8), "txt"), ([0xFF, 0xFE, 0x48, 0, 0x69, 0], "txt"),
            ([0xFE, 0xFF, 0x59, 0x0F, 0x59, 0x29], "txt"),
            (Array("1\r\n00:00:01,000 --> 00:00:02,500\r\nHello\r\n".utf8), "srt"),
            (Array("WEBVTT\n\n00:01.000 --> 00:02.000\nHello".utf8), "vtt"), (Array("# Title\n\nWords".utf8), "txt"),
        ] as [([UInt8], String)])
    func scriptsAreTexts(bytes: [UInt8], format: String) {
        #expect(MediaSniffer.sniff(bytes, isWhole: true) == SniffedMedia(kind: .text, format: format))
    }

    @Test(arguments: ["LUT_3D_SIZE 2\n0 0 0\n", "# made by hand\r\nTITLE \"teal\"\r\nLUT_1D_SIZE 16\r\n0 0 0"])
    func colourTablesAreNoScripts(text: String) {
        #expect(MediaSniffer.sniff(Array(text.utf8), isWhole: true) == SniffedMedia(kind: .lut, format: "cube"))
        let note = Array("How to use LUT_3D_SIZE in a film.\n\(text)".utf8)
        #expect(MediaSniffer.sniff(note.prefix(33) + [], isWhole: true)?.kind == .text)
    }

    @Test(
        arguments: [
            [0], Array("\u{1}\u{2}text".utf8), [0xC3, 0x28], [0xFF, 0xFE, 0], Array("   \n ".utf8),
            Array("<?xml version=\"1.0\"?><svg/>".utf8), Array("#EXTM3U\nfile.ts".utf8),
            Array("ffconcat version 1.0".utf8),
            Array("{\"v\":1}".utf8), Array("%PDF-1.4 text".utf8), Array("8BPS".utf8) + [0, 1],
            Array("MZ".utf8) + [0x90, 0, 3],
            [0x50, 0x4B, 3, 4] + [UInt8](repeating: 7, count: 40), [0x7F] + Array("ELF".utf8),
        ] as [[UInt8]])
    func otherThingsAreNot(bytes: [UInt8]) {
        #expect(MediaSniffer.sniff(bytes, isWhole: true) == nil)
    }

    @Test func textMayBeCutInsideACharacter() {
        let text = Array(String(repeating: "海", count: 30000).utf8)
        for cut in 0..<3 {
            #expect(MediaSniffer.sniff(Array(text.prefix(60000 + cut)), isWhole: false)?.kind == .text)
        }
        #expect(MediaSniffer.sniff(Array(text.prefix(60001)), isWhole: true) == nil)
    }

    @Test func movingPicturesAreTold() throws {
        let gif = try TestMedia.ffmpeg("move.gif", ["-f", "lavfi", "-i", "testsrc=s=32x32:d=0.5:r=4"])
        #expect(try MediaSniffer.sniff(gif) == SniffedMedia(kind: .video, format: "gif", isAnimated: true))
        let webp = try TestMedia.ffmpeg("move.webp", ["-f", "lavfi", "-i", "testsrc=s=32x32:d=0.5:r=4", "-loop", "0"])
        #expect(try MediaSniffer.sniff(webp) == SniffedMedia(kind: .video, format: "webp", isAnimated: true))
    }

    @Test func saysWhyAFileCannotBeSniffed() throws {
        let folder = try TestMedia.scratchFolder()
        let empty = folder.appendingPathComponent("empty.jpg")
        try Data().write(to: empty)
        #expect(#expect(throws: Refusal.self) { try MediaSniffer.sniff(empty) }?.code == .empty)
        #expect(#expect(throws: Refusal.self) { try MediaSniffer.sniff(folder) }?.code == .notTaken)
        let missing = folder.appendingPathComponent("missing.jpg")
        #expect(#expect(throws: Refusal.self) { try MediaSniffer.sniff(missing) }?.code == .notFound)
    }

    private func disguised(_ file: URL) throws -> URL {
        let copy = try TestMedia.scratchFolder().appendingPathComponent("file.txt")
        try FileManager.default.copyItem(at: file, to: copy)
        return copy
    }
}
