// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Foundation
import MediaIO
import PixelBuffers
import TestMedia
import Testing

@Suite struct MediaProbeTests {
    static let source = ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=2", "-f", "lavfi", "-i", "sine=d=2:r=48000"]

    @Test(arguments: [
        ("a.mp4", ["-c:v", "libx264", "-c:a", "aac"], ContainerKind.mp4, "h264", "aac"),
        ("a.mov", ["-c:v", "prores_ks", "-c:a", "pcm_s16le"], .mov, "prores", "pcm_s16le"),
        ("b.mov", ["-c:v", "libx265", "-x265-params", "log-level=none", "-c:a", "alac"], .mov, "hevc", "alac"),
        ("a.mkv", ["-c:v", "libx264", "-c:a", "flac"], .matroska, "h264", "flac"),
        ("a.webm", ["-c:v", "libvpx-vp9", "-cpu-used", "8", "-c:a", "libopus"], .webm, "vp9", "opus"),
        ("b.webm", ["-c:v", "libvpx", "-cpu-used", "8", "-c:a", "libvorbis"], .webm, "vp8", "vorbis"),
        ("c.webm", ["-c:v", "libsvtav1", "-preset", "12", "-c:a", "libopus"], .webm, "av1", "opus"),
        ("a.avi", ["-c:v", "mpeg4", "-c:a", "libmp3lame"], .avi, "mpeg4", "mp3"),
        ("a.ts", ["-c:v", "libx264", "-c:a", "aac"], .mpegts, "h264", "aac"),
    ])
    func `clips are known by content, whatever they are called`(
        _ name: String, _ arguments: [String], _ kind: ContainerKind, _ video: String, _ audio: String
    ) throws {
        let made = try TestMedia.ffmpeg(name, Self.source + arguments)
        let clip = try TestMedia.scratchFolder().appendingPathComponent("holiday.jpg")
        try FileManager.default.copyItem(at: made, to: clip)
        let facts = try MediaProbe.probe(clip)
        #expect(facts.kind == kind)
        #expect(facts.picture?.codec == video)
        #expect(facts.sound?.codec == audio)
        #expect(facts.sound?.sampleRate == 48000)
        #expect(facts.picture?.displayWidth == 160 && facts.picture?.displayHeight == 90)
        #expect(facts.picture?.frameRate == FrameRate(25, over: 1))
        #expect(facts.picture?.isVariableFrameRate == false)
        #expect(facts.picture?.start == .zero)
        #expect(abs(facts.duration.seconds - 2) < 0.07)
        // Every kind can be shown too: the picture of the first and of the last moment differ.
        let reader = try ClipReader(clip)
        let first = try reader.frame(at: .zero)
        #expect(try first !== reader.frame(at: MediaTime(seconds: 9)))
        let last = try reader.shown(at: MediaTime(seconds: 9)).start
        // ffmpeg leaves a gap behind the first MPEG-4 frame in an AVI.
        #expect(last == MediaTime(milliseconds: kind == .avi ? 2000 : 1960))
        #expect(try reader.shown(at: MediaTime(milliseconds: 1000)).start == MediaTime(milliseconds: 1000))
        #expect(try reader.shown(at: MediaTime(milliseconds: 1038)).start == MediaTime(milliseconds: 1000))
        #expect(try reader.shown(at: .zero).start == .zero)
    }

    @Test(arguments: [
        ("s.mp3", ContainerKind.mp3, "mp3"), ("s.wav", .wav, "pcm_s16le"), ("s.m4a", .m4a, "aac"),
        ("s.flac", .flac, "flac"), ("s.ogg", .ogg, "vorbis"), ("s.opus", .ogg, "opus"), ("s.aac", .aac, "aac"),
        ("s.aiff", .aiff, "pcm_s16be"),
    ])
    func `songs are known by content, with their tags`(_ name: String, _ kind: ContainerKind, _ codec: String) throws {
        let song = try TestMedia.ffmpeg(
            name,
            ["-f", "lavfi", "-i", "sine=d=2:r=44100", "-metadata", "title=Blue", "-metadata", "artist=Ann"])
        let facts = try MediaProbe.probe(song)
        #expect(facts.kind == kind)
        #expect(facts.picture == nil)
        #expect(facts.sound?.codec == codec)
        #expect(facts.sound?.channels == 1)
        #expect(abs(facts.duration.seconds - 2) < (kind == .aac ? 0.06 : 0.008))
        if ![.aac, .aiff].contains(kind) { #expect(facts.tags["title"] == "Blue" && facts.tags["artist"] == "Ann") }
    }

    @Test func `a song's cover is no moving picture`() throws {
        let cover = try TestMedia.ffmpeg("cover.png", ["-f", "lavfi", "-i", "color=red:s=64x64", "-frames:v", "1"])
        for name in ["cover.mp3", "cover.m4a", "cover.flac"] {
            let song = try TestMedia.ffmpeg(
                name,
                [
                    "-f", "lavfi", "-i", "sine=d=1", "-i", cover.path, "-map", "0", "-map", "1", "-c:v",
                    name.hasSuffix("m4a") ? "mjpeg" : "copy", "-disposition:v", "attached_pic",
                ])
            let facts = try MediaProbe.probe(song)
            #expect(facts.picture == nil)
            #expect(facts.sound != nil)
            #expect(throws: MediaError.self) { try ClipReader(song) }
        }
    }

    /// `rotate` as ffmpeg 5.1 writes it when it copies: counter-clockwise.
    @Test(arguments: [("0", 0), ("90", 270), ("180", 180), ("270", 90)])
    func `rotation is read from the display matrix, and is that of a player`(_ tag: String, _ clockwise: Int) throws {
        let flat = try TestFilm.write(frames: 1, hasSound: false)
        let clip = try TestMedia.ffmpeg(
            "turned\(tag).mp4", ["-i", flat.path, "-c", "copy", "-metadata:s:v", "rotate=\(tag)"])
        let facts = try #require(try MediaProbe.probe(clip).picture)
        #expect(facts.rotation == clockwise)
        #expect(!facts.isMirrored)
        // ffmpeg turns frames upright when it decodes: its picture is ours, turned as we say.
        let upright = try Data(
            contentsOf: TestMedia.ffmpeg(
                "upright\(tag).yuv", ["-i", clip.path, "-pix_fmt", "yuv420p", "-f", "rawvideo"]))
        let picture = try ClipReader(clip).frame(at: .zero)
        let (width, height) = (facts.displayWidth, facts.displayHeight)
        #expect(upright.count == width * height * 3 / 2)
        var differences = 0
        for y in 0..<height {
            for x in 0..<width {
                let (sx, sy) =
                    switch clockwise {
                    case 90: (y, picture.height - 1 - x)
                    case 180: (picture.width - 1 - x, picture.height - 1 - y)
                    case 270: (picture.width - 1 - y, x)
                    default: (x, y)
                    }
                if abs(Int(upright[y * width + x]) - Int(picture.y.row(sy)[sx])) > 1 { differences += 1 }
            }
        }
        #expect(differences == 0)
    }

    @Test func `uneven frames are noticed`() throws {
        let even = try TestMedia.ffmpeg("even.mp4", ["-f", "lavfi", "-i", "testsrc=s=64x64:r=30000/1001:d=3"])
        let facts = try #require(try MediaProbe.probe(even).picture)
        #expect(!facts.isVariableFrameRate)
        #expect(facts.frameRate == FrameRate(30000, over: 1001))
        #expect(facts.frameCount == 90)
        for name in ["uneven.mp4", "uneven.mkv"] {
            let uneven = try TestMedia.ffmpeg(
                name,
                [
                    "-f", "lavfi", "-i", "testsrc=s=64x64:r=30:d=3", "-vf",
                    "select='not(eq(mod(n,5),2))+lt(n,20)',setpts=PTS", "-vsync", "vfr",
                ])
            #expect(try MediaProbe.probe(uneven).picture?.isVariableFrameRate == true, "\(name)")
        }
    }

    @Test func `pixels that are not square are told`() throws {
        let wide = try TestMedia.ffmpeg(
            "wide.mp4", ["-f", "lavfi", "-i", "testsrc=s=720x576:r=10:d=0.3", "-vf", "setsar=64/45"])
        let facts = try #require(try MediaProbe.probe(wide).picture)
        #expect(facts.codedWidth == 720 && facts.displayWidth == 1024 && facts.displayHeight == 576)
        let layout = try ClipReader(wide).layout
        #expect(layout.width == 1024 && layout.height == 576)
    }

    @Test func `capture time is among the tags`() throws {
        let clip = try TestMedia.ffmpeg(
            "dated.mp4",
            ["-f", "lavfi", "-i", "testsrc=s=64x64:r=10:d=0.3", "-metadata", "creation_time=2024-07-01T12:34:56Z"])
        #expect(try MediaProbe.probe(clip).tags["creation_time"]?.hasPrefix("2024-07-01T12:34:56") == true)
    }
}
