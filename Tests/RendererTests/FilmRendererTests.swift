// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel
import EditTime
import FileStore
import Foundation
import MediaLibrary
import RenderPlanning
import Synchronization
import TestMedia
import Testing

@testable import Renderer

/// Small films rendered for real, looked at with ffprobe and ffmpeg.
@Suite struct FilmRendererTests {
    let stage: RenderStage

    init() throws { stage = try RenderStage() }

    @Test func aFilmHasExactlyItsFramesAndBothTracks() throws {
        let film = try stage.render(stage.draft(), name: "film.mp4")
        let facts = try TestMedia.run(
            "ffprobe",
            [
                "-v", "error", "-count_frames", "-show_entries",
                "stream=codec_type,nb_read_frames,width,height,start_time,color_space,color_range,profile", "-of",
                "csv=p=0:nk=0", film.path,
            ])
        #expect(facts.contains("profile=High,codec_type=video,width=320,height=180,color_range=tv,color_space=bt709"))
        #expect(facts.contains("start_time=0.000000,nb_read_frames=150"))
        #expect(facts.contains("codec_type=audio"))
        let head = try Data(contentsOf: film).prefix(64 << 10)
        let moov = try #require(head.range(of: Data("moov".utf8)))
        let mdat = head.range(of: Data("mdat".utf8))
        #expect(mdat.map { moov.lowerBound < $0.lowerBound } ?? true, "the index stands before the media")
    }

    @Test func theSameFilmIsTheSameBytesOnAnyNumberOfWorkersWithAndWithoutCache() throws {
        let draft = stage.draft()
        let one = try Data(contentsOf: stage.render(draft, name: "one.mp4", jobs: 1, cache: stage.newCache()))
        let three = try Data(contentsOf: stage.render(draft, name: "three.mp4", jobs: 3, cache: stage.newCache()))
        let cache = try stage.newCache()
        _ = try stage.render(draft, name: "warm.mp4", cache: cache)
        let warm = try Data(contentsOf: stage.render(draft, name: "warm.mp4", cache: cache))
        #expect(one == three)
        #expect(one == warm)
    }

    @Test func aSecondRenderDrawsNothing() throws {
        let cache = try stage.newCache()
        let first = try stage.report(stage.draft(), name: "a.mp4", cache: cache)
        let second = try stage.report(stage.draft(), name: "b.mp4", cache: cache)
        #expect(first.chunksReused == 0)
        #expect(first.chunks > 3)
        #expect(second.chunksReused == second.chunks)
    }

    @Test func aChangedTitleDrawsOnlyTheChunksUnderIt() throws {
        let cache = try stage.newCache()
        let first = try stage.report(stage.draft(title: "One"), name: "a.mp4", cache: cache)
        let second = try stage.report(stage.draft(title: "Another"), name: "b.mp4", cache: cache)
        // The title lies over the first second of five.
        #expect(second.chunks == first.chunks)
        #expect(second.chunks - second.chunksReused <= 1)
    }

    @Test func aStoppedRenderLeavesNoFileAndGoesOnWhereItWas() throws {
        let cache = try stage.newCache()
        let stop = StopSignal()
        let path = stage.folder.appendingPathComponent("stopped.mp4")
        try Data("old".utf8).write(to: path)
        let drawn = Atomic<Int>(0)
        #expect(throws: RenderError.self) {
            try stage.report(stage.draft(), name: "stopped.mp4", jobs: 1, cache: cache, stop: stop) { progress in
                drawn.store(progress.framesDrawn, ordering: .relaxed)
                if progress.framesDrawn >= 100 { stop.stop() }
            }
        }
        #expect(try Data(contentsOf: path) == Data("old".utf8))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: stage.folder.path).allSatisfy { !$0.hasSuffix(".part") }
        )
        let resumed = try stage.report(stage.draft(), name: "stopped.mp4", cache: cache)
        #expect(resumed.chunksReused >= 1)
        let whole = try stage.render(stage.draft(), name: "whole.mp4", cache: stage.newCache())
        #expect(try Data(contentsOf: path) == Data(contentsOf: whole))
    }

    @Test func aTornChunkIsDrawnAgain() throws {
        let cache = try stage.newCache()
        let film = try stage.render(stage.draft(), name: "a.mp4", cache: cache)
        let good = try Data(contentsOf: film)
        let chunks = try #require(
            FileManager.default.enumerator(atPath: cache.path + "/chunks")?.compactMap { $0 as? String }
                .filter { $0.count > 60 }.sorted())
        #expect(truncate(cache.path + "/chunks/" + chunks[0], 1000) == 0)
        let report = try stage.report(stage.draft(), name: "b.mp4", cache: cache)
        #expect(report.chunks - report.chunksReused == 1)
        #expect(try Data(contentsOf: stage.folder.appendingPathComponent("b.mp4")) == good)
    }

    @Test func aFilmFitsTheSizeAskedForOrSaysThatItCannot() throws {
        let free = try stage.report(stage.draft(), name: "free.mp4")
        let limit = free.byteCount * 6 / 10
        let fitted = try stage.report(stage.draft(), name: "fitted.mp4", mostBytes: limit)
        #expect(fitted.byteCount <= limit)
        #expect(fitted.byteCount > limit / 4)
        #expect(throws: RenderError.self) { try stage.report(stage.draft(), name: "tiny.mp4", mostBytes: 2000) }
    }

    @Test func aMissingOrChangedPhotoIsNamed() throws {
        let draft = stage.draft()
        try FileManager.default.removeItem(at: stage.photos[1])
        let missing = #expect(throws: RenderError.self) { try stage.report(draft, name: "a.mp4") }
        #expect(missing?.description.contains("p1.jpg") == true)
        try Data("not the photo any more".utf8).write(to: stage.photos[1])
        let changed = #expect(throws: RenderError.self) { try stage.report(draft, name: "a.mp4") }
        #expect(changed?.description.contains("not the file it was") == true)
    }

    @Test func verifyingDecodesAllOfIt() throws {
        let report = try stage.report(stage.draft(), name: "a.mp4", verifiesAll: true)
        #expect(report.frames == 150)
    }

    /// A clip whose frame n has the brightness 40 + 2n: the film must show each at its own time.
    @Test func clipsAreFrameExactAcrossChunks() throws {
        let clip = try TestMedia.ffmpeg(
            "counting.mp4",
            [
                "-f", "lavfi", "-i", "color=gray:s=320x180:r=30:d=3,geq=lum='40+2*N':cb=128:cr=128", "-c:v", "libx264",
                "-preset", "ultrafast", "-qp", "0", "-g", "250", "-pix_fmt", "yuv420p", "-colorspace", "bt709",
                "-color_range", "tv",
            ])
        var picture = PictureContent(.video("clip", start: MediaTime(milliseconds: 500)))
        picture.fit = .cover
        let range = TimeRange(start: .zero, duration: MediaTime(milliseconds: 2500))
        var draft = Draft(film: stage.film)
        draft.tracks = [
            Track(
                id: "v1", kind: .video, name: "",
                segments: [Segment(id: "s1", range: range, content: .picture(picture), name: "")])
        ]
        let film = try stage.render(draft, name: "clip.mp4", adding: ["clip": clip])
        let gray = try TestMedia.run(
            "ffprobe",
            [
                "-v", "error", "-f", "lavfi", "-i", "movie=\(film.path),signalstats", "-show_entries",
                "frame_tags=lavfi.signalstats.YAVG", "-of", "csv=p=0",
            ])
        let levels = gray.split(separator: "\n").compactMap { Double($0.trimmingCharacters(in: [","])) }
        #expect(levels.count == 75)
        for (index, level) in levels.enumerated() {
            #expect(abs(level - Double(40 + 2 * (index + 15))) < 1, "frame \(index)")
        }
    }
}
