// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Foundation
import MediaIO
import TestMedia
import Testing

@Suite struct HostileFileTests {
    private func file(_ name: String, _ data: Data, beside neighbour: URL? = nil) throws -> URL {
        let folder = try TestMedia.scratchFolder()
        let url = folder.appendingPathComponent(name)
        try data.write(to: url)
        if let neighbour {
            try FileManager.default.copyItem(at: neighbour, to: folder.appendingPathComponent("secret.mp4"))
        }
        return url
    }

    private func clip() throws -> URL {
        try TestMedia.ffmpeg(
            "secret.mp4", ["-f", "lavfi", "-i", "testsrc=s=64x64:r=10:d=1", "-f", "lavfi", "-i", "sine=d=1"])
    }

    private func code(of url: URL) -> MediaError.Code? {
        do throws(MediaError) {
            _ = try MediaProbe.probe(url)
            return nil
        } catch {
            return error.code
        }
    }

    @Test(arguments: [
        "ffconcat version 1.0\nfile secret.mp4\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nsecret.mp4\n#EXT-X-ENDLIST\n",
        "<?xml version=\"1.0\"?><MPD><Period><BaseURL>secret.mp4</BaseURL></Period></MPD>", "just some text\n",
        "[playlist]\nFile1=secret.mp4\n", "<svg xmlns='http://www.w3.org/2000/svg'/>",
    ])
    func `playlists posing as clips are refused and open nothing`(_ text: String) throws {
        for name in ["holiday.mp4", "holiday.mov", "song.mp3", "clip.webm"] {
            #expect(code(of: try file(name, Data(text.utf8), beside: clip())) == .unknownKind)
        }
    }

    @Test(arguments: ["drms", "enca"]) func `a song that is locked against copying is told so`(kind: String) throws {
        let song = try TestMedia.ffmpeg("song.m4a", ["-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac"])
        var data = try Data(contentsOf: song)
        let entry = try #require(data.range(of: Data("mp4a".utf8)))
        data.replaceSubrange(entry, with: Data(kind.utf8))
        #expect(code(of: try file("song.m4p", data)) == .protected)
        #expect(code(of: song) == nil)
    }

    /// The same text where a movie's media should be, behind a true header: the mov reader must not be led elsewhere either.
    @Test func `a movie whose data lies in another file is not followed`() throws {
        // QuickTime data references ('dref' with an alias) are off in libav by default and refused by our open.
        let mov = try TestMedia.ffmpeg("ref.mov", ["-i", clip().path, "-c", "copy"])
        var data = try Data(contentsOf: mov)
        var found = 0
        while let range = data.range(of: Data("url \u{0}\u{0}\u{0}\u{1}".utf8))
            ?? data.range(of: Data("alis\u{0}\u{0}\u{0}\u{1}".utf8))
        {
            data.replaceSubrange(range, with: Data("alis\u{0}\u{0}\u{0}\u{0}".utf8))
            found += 1
        }
        #expect(found > 0)
        let url = try file("ref.mov", data, beside: clip())
        // Whatever it makes of it, it does so from this file's own bytes.
        _ = try? MediaProbe.probe(url)
    }

    @Test func `empty, missing and odd files are named with the reason`() throws {
        #expect(code(of: try file("empty.mp4", Data())) == .empty)
        #expect(code(of: URL(fileURLWithPath: "/nonexistent/a.mp4")) == .cannotOpen)
        #expect(code(of: try TestMedia.scratchFolder()) == .cannotOpen)
        let pipe = try TestMedia.scratchFolder().appendingPathComponent("pipe.mp4")
        try TestMedia.run("mkfifo", [pipe.path])
        #expect(code(of: pipe) == .cannotOpen)
        let error = #expect(throws: MediaError.self) { try MediaProbe.probe(file("empty.mp4", Data())) }
        #expect(error?.description == "could not read empty.mp4: the file is empty; copy or download it again")
    }

    @Test func `a clip cut short without its index is called damaged`() throws {
        let data = try Data(contentsOf: clip())
        #expect(code(of: try file("cut.mp4", data.prefix(data.count / 2))) == .damaged)
        #expect(code(of: try file("head.mp4", data.prefix(40))) == .damaged)
    }

    @Test func `a clip cut short behind its index shows what there is`() throws {
        let whole = try TestMedia.ffmpeg(
            "front.mp4", ["-f", "lavfi", "-i", "testsrc2=s=320x240:r=25:d=4", "-g", "12", "-movflags", "+faststart"])
        let data = try Data(contentsOf: whole)
        let cut = try file("front.mp4", data.prefix(data.count * 6 / 10))
        let reader = try ClipReader(cut)
        let start = try reader.shown(at: MediaTime(seconds: 0.4)).start
        #expect(start == MediaTime(milliseconds: 400))
        let last = try reader.shown(at: MediaTime(seconds: 3.9)).start
        #expect(last > MediaTime(seconds: 1) && last < MediaTime(seconds: 3.5))
    }

    @Test func `noise under every known beginning ends in an error or in facts, never in a crash`() throws {
        var random = SeededRandom(11)
        let clip = try Data(contentsOf: clip())
        let starts: [[UInt8]] = [
            Array("\u{0}\u{0}\u{0}\u{18}ftypisom".utf8), [0x1A, 0x45, 0xDF, 0xA3],
            Array("RIFF\u{10}\u{0}\u{0}\u{0}WAVE".utf8),
            Array("RIFF\u{10}\u{0}\u{0}\u{0}AVI LIST".utf8), Array("fLaC".utf8), Array("OggS".utf8),
            Array("ID3\u{4}".utf8),
            Array("GIF89a".utf8), [0xFF, 0xFB, 0x90, 0x64], [0xFF, 0xF1, 0x50, 0x80],
            Array("FORM\u{0}\u{0}\u{0}\u{8}AIFF".utf8),
            Array("caff".utf8),
        ]
        for start in starts {
            let noise = start + (0..<3000).map { _ in UInt8(random.next(256)) }
            _ = code(of: try file("noise.mp4", Data(noise)))
        }
        for _ in 0..<40 {
            var mutant = clip
            for _ in 0..<30 { mutant[random.next(mutant.count)] = UInt8(random.next(256)) }
            let url = try file("mutant.mp4", mutant)
            if code(of: url) == nil, let reader = try? ClipReader(url) {
                _ = try? reader.frame(at: MediaTime(seconds: 0.5))
                _ = try? reader.frame(at: .zero)
            }
            if let sound = try? SoundReader(url, from: MediaTime(seconds: 0.3)) {
                var buffer = [Float](repeating: 0, count: 9600)
                _ = try? buffer.withUnsafeMutableBufferPointer { try sound.read(into: $0) }
            }
        }
    }

    @Test func `a picture larger than 8K is refused`() throws {
        let huge = try TestMedia.ffmpeg(
            "huge.mkv", ["-f", "lavfi", "-i", "color=black:s=9000x64:r=1:d=1", "-c:v", "mjpeg"])
        #expect(code(of: huge) == .tooLarge)
        #expect(throws: MediaError.self) { try ClipReader(huge) }
    }

    /// A page of an Ogg file is given a clock a day ahead; its checksum is right.
    private static func withAWrongClock(_ ogg: Data) throws -> Data {
        var bytes = [UInt8](ogg)
        let pages = bytes.indices.dropLast(27).filter { bytes[$0..<$0 + 4].elementsEqual("OggS".utf8) }
        let middle = pages.count / 2
        let page = pages[middle]..<pages[middle + 1]
        for index in 0..<8 { bytes[page.lowerBound + 6 + index] = index == 4 ? 1 : 0 }
        for index in 22..<26 { bytes[page.lowerBound + index] = 0 }
        var sum: UInt32 = 0
        for byte in bytes[page] {
            sum ^= UInt32(byte) << 24
            for _ in 0..<8 { sum = sum & 0x8000_0000 != 0 ? sum << 1 ^ 0x04C1_1DB7 : sum << 1 }
        }
        for index in 0..<4 { bytes[page.lowerBound + 22 + index] = UInt8(sum >> (8 * index) & 0xFF) }
        return Data(bytes)
    }

    @Test func `a clock that jumps beyond the file's own end makes no hours of silence`() throws {
        let whole = try TestMedia.ffmpeg(
            "paged.ogg",
            ["-f", "lavfi", "-i", "sine=duration=3", "-c:a", "libopus", "-ar", "48000", "-page_duration", "100000"])
        let url = try TestMedia.scratchFolder().appendingPathComponent("jumps.ogg")
        try Self.withAWrongClock(try Data(contentsOf: whole)).write(to: url)
        let reader = try SoundReader(url)
        var samples = [Float](repeating: 0, count: 48_000 * 2)
        var count = 0
        while count < 48_000 * 60 {
            let more = try samples.withUnsafeMutableBufferPointer { try reader.read(into: $0) }
            if more == 0 { break }
            count += more
        }
        #expect((48_000 * 2...48_000 * 4).contains(count), "\(count) samples")
    }
}
