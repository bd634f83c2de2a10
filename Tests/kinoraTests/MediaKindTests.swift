// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

/// Every kind of photo, clip and song becomes a film, the right way up.
@Suite struct MediaKindTests {
    let kinora: KinoraCommand

    init() throws { kinora = try KinoraCommand() }

    private static let plain = [
        "--motion", "none", "--transition", "none", "--x264-preset", "ultrafast", "--crf", "20",
    ]

    /// The first frame of a film of `input` alone, and the same frame asked of the draft.
    private func corners(of input: URL, canvas: String) throws -> (film: String, frame: String) {
        let answer = try kinora.run(
            ["make", input.path, "-o", "film.mp4", "--duration", "0.4", "--canvas", canvas, "--fit", "cover"]
                + ["--draft-out", "draft.json"] + Self.plain)
        try #require(answer.status == 0, "\(answer.errors)")
        let asked = try kinora.run("frame", "draft.json", "0", "-o", "frame.png")
        try #require(asked.status == 0, "\(asked.errors)")
        let film = try SeenPicture.first(of: kinora.path("film.mp4"))
        #expect("\(film.width)x\(film.height)" == canvas)
        return (film.cornerNames, try SeenPicture.first(of: kinora.path("frame.png")).cornerNames)
    }

    // MARK: Photos

    @Test(arguments: ["jpg", "png", "webp", "heic", "avif", "tif", "gif"])
    func everyKindOfPhotoIsShown(kind: String) throws {
        var photo = try Chart.convert(
            try Chart.corners(width: 192, height: 128), ["-define", "png:color-type=2"], to: "photo.png")
        switch kind {
        case "png": break
        case "heic", "avif":
            let coded = photo.deletingPathExtension().appendingPathExtension(kind)
            try TestMedia.run("heif-enc", (kind == "avif" ? ["-A"] : []) + [photo.path, "-o", coded.path])
            photo = coded
        default: photo = try Chart.convert(photo, ["-quality", "92"], to: "photo.\(kind)")
        }
        let corners = try corners(of: photo, canvas: "192x128")
        #expect(corners.film == "rgbw" && corners.frame == "rgbw", "\(corners)")
    }

    /// How a camera held that way stores an upright picture: the opposite of what makes it upright again.
    @Test(
        arguments: zip(
            1...8, ["", "-flop", "-rotate 180", "-flip", "-transpose", "-rotate 270", "-transverse", "-rotate 90"]))
    func photosAreShownUpright(orientation: Int, stored: String) throws {
        let photo = try Chart.convert(
            try Chart.corners(width: 192, height: 128), stored.split(separator: " ").map(String.init), to: "photo.jpg")
        try Exif.write(orientation: orientation, into: photo)
        let corners = try corners(of: photo, canvas: "192x128")
        #expect(corners.film == "rgbw" && corners.frame == "rgbw", "\(corners)")
    }

    // MARK: Clips

    /// Half a second of four corners, coded by `arguments`.
    private static func clip(_ name: String, _ arguments: [String], size: String = "320x240") throws -> URL {
        let sides = size.split(separator: "x").compactMap { Int($0) }
        let picture = try Chart.convert(try Chart.corners(width: sides[0], height: sides[1]), [], to: "corners.png")
        let copy = try TestMedia.scratchFolder().appendingPathComponent(name)
        try TestMedia.run(
            "ffmpeg",
            ["-v", "error", "-nostdin", "-y", "-loop", "1", "-r", "25", "-t", "0.6", "-i", picture.path]
                + ["-f", "lavfi", "-t", "0.6", "-i", "sine=f=440:r=48000"]
                + ["-vf", "scale=out_color_matrix=bt709:out_range=tv", "-colorspace", "bt709", "-pix_fmt", "yuv420p"]
                + arguments + [copy.path])
        return copy
    }

    @Test(arguments: [
        ("a.mp4", "-c:v libx264 -preset ultrafast -c:a aac"), ("silent.mp4", "-c:v libx264 -preset ultrafast -an"),
        ("a.mov", "-c:v libx264 -preset ultrafast -c:a pcm_s16le"),
        ("a.mkv", "-c:v libx264 -preset ultrafast -c:a flac"),
        ("a.webm", "-c:v libvpx-vp9 -cpu-used 8 -deadline realtime -c:a libopus"),
        ("vp8.webm", "-c:v libvpx -cpu-used 8 -deadline realtime -c:a libvorbis"),
        ("ten-bit.mkv", "-c:v libx265 -preset ultrafast -x265-params log-level=none -pix_fmt yuv420p10le -an"),
        ("ten-bit.mp4", "-c:v libx264 -preset ultrafast -pix_fmt yuv422p10le -c:a aac"),
        ("prores.mov", "-c:v prores_ks -pix_fmt yuv422p10le -c:a pcm_s24le"),
    ])
    func everyKindOfClipIsShown(name: String, coding: String) throws {
        let clip = try Self.clip(name, coding.split(separator: " ").map(String.init))
        let corners = try corners(of: clip, canvas: "320x240")
        #expect(corners.film == "rgbw" && corners.frame == "rgbw", "\(corners)")
        let sound = try KinoraCommand.probe(kinora.path("film.mp4"), "stream=codec_name", stream: "a")
        #expect(sound == (coding.hasSuffix("-an") ? "" : "aac"))
    }

    /// Turned anticlockwise by so much when it is played, as ffmpeg writes and plays it: the corners of the stored picture move on.
    @Test(arguments: ["mp4", "mov"], [(0, "rgbw"), (90, "gbwr"), (180, "bwrg"), (270, "wrgb")])
    func clipsAreShownTheWayTheyWereHeld(container: String, turn: (degrees: Int, corners: String)) throws {
        let clip = try Self.clip("held.\(container)", ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"])
        let held = clip.deletingLastPathComponent().appendingPathComponent("turned.\(container)")
        try TestMedia.run(
            "ffmpeg",
            ["-v", "error", "-i", clip.path, "-c", "copy", "-metadata:s:v:0", "rotate=\(turn.degrees)", held.path])
        let corners = try corners(of: held, canvas: turn.degrees % 180 == 0 ? "320x240" : "240x320")
        #expect(corners.film == turn.corners && corners.frame == turn.corners, "\(corners)")
    }

    @Test func clipsOfOddSizesAreShownToTheirEdges() throws {
        let coding = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv444p", "-an"]
        let clip = try Self.clip("odd.mp4", coding, size: "321x241")
        #expect(try KinoraCommand.probe(clip.path, "stream=width,height") == "321,241")
        let corners = try corners(of: clip, canvas: "320x240")
        #expect(corners.film == "rgbw" && corners.frame == "rgbw", "\(corners)")
    }

    /// Frames come 1/25 s apart, then 3/25: each is shown for as long as it lasts, whatever the film's own rate.
    @Test func framesOfVariableLengthKeepTheirTime() throws {
        let clip = try TestMedia.ffmpeg(
            "vfr.mp4",
            [
                "-f", "lavfi", "-i", "color=black:s=320x240:r=25:d=2,format=gray,geq=lum='16+8*N'", "-vf",
                "setpts='if(lt(N,10),N/25,0.4+(N-10)*0.12)/TB',format=yuv420p", "-frames:v", "20", "-fps_mode", "vfr",
                "-c:v", "libx264", "-preset", "ultrafast", "-qp", "5",
            ])
        let answer = try kinora.run(
            ["make", clip.path, "-o", "film.mp4", "--canvas", "320x240", "--fps", "50", "--duration", "1.2"]
                + ["--draft-out", "draft.json"] + Self.plain)
        try #require(answer.status == 0, "\(answer.errors)")
        // Where in the clip the film begins is the planner's choice.
        let draft = try String(contentsOfFile: kinora.path("draft.json"), encoding: .utf8)
        let start = Double(draft.firstMatch(of: /"ss": ?([0-9]+)/)?.1 ?? "0") ?? 0
        let frames = try SeenPicture.all(of: kinora.path("film.mp4"))
        #expect(frames.count == 60)
        // Grey goes up by 8 with each frame of the clip; the last quarter of the film fades out.
        for frame in 0..<44 {
            let seconds = start / 1000 + Double(frame) / 50
            // At the very edge of a frame either neighbour is right.
            let sources = [-0.001, 0.001].map { edge in
                seconds < 0.4
                    ? ((seconds + edge) * 25).rounded(.down) : 10 + ((seconds + edge - 0.4) / 0.12).rounded(.down)
            }
            let shown = (Double(frames[frame][160, 120].g) - 16) / 8
            #expect(
                sources.contains { abs(shown - $0) < 0.4 }, "at \(seconds) s frame \(shown) is shown, not \(sources)")
        }
    }

    // MARK: Songs

    @Test(arguments: [
        ("song.mp3", "libmp3lame"), ("song.wav", "pcm_s16le"), ("song.m4a", "aac"), ("song.aac", "aac"),
        ("song.flac", "flac"), ("song.ogg", "libvorbis"), ("song.opus", "libopus"),
    ])
    func everyKindOfSongIsHeard(name: String, codec: String) throws {
        let song = try TestMedia.ffmpeg(
            name, ["-f", "lavfi", "-i", "sine=f=440:r=48000:d=3,aformat=channel_layouts=stereo", "-c:a", codec])
        let photos = try kinora.photos(1, size: "320x180")
        let answer = try kinora.run(
            ["make", photos.path, song.path, "-o", "film.mp4", "--duration", "2"] + KinoraCommand.quick)
        try #require(answer.status == 0, "\(answer.errors)")
        let film = kinora.path("film.mp4")
        #expect(try KinoraCommand.probe(film, "stream=codec_name,sample_rate,channels", stream: "a") == "aac,48000,2")
        // It is that tone: what a narrow filter at 440 Hz leaves is nearly all of it.
        let all = try Loudness.integrated(of: film, filter: "anull")
        let tone = try Loudness.integrated(of: film, filter: "bandpass=f=440:width_type=h:w=60")
        #expect(all > -30, "the film is at \(all) LUFS")
        #expect(abs(all - tone) < 1, "\(tone) of \(all) LUFS is the song's tone")
    }
}
