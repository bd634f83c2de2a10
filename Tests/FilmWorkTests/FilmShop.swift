// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import FileStore
import Foundation
import JSON
import KinoraKit
import TestMedia
import WorkerPool

@testable import FilmWork

/// Workers of their own with a cache of their own, and media for a small film.
struct FilmShop {
    static let program: String = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return (tests as NSString).deletingLastPathComponent + "/film-worker"
    }()

    let folder: URL
    let cache: CacheFolder
    let workers: FilmWorkers

    /// - Parameter data: the data folder that workers see; nil = all that the tests have.
    init(films: Int = 1, data: String? = nil) throws {
        folder = try TestMedia.scratchFolder()
        cache = try CacheFolder(path: folder.path + "/cache", limit: 1 << 30)
        let own = WorkerProgram.ownself([], environment: ProcessInfo.processInfo.environment)
        workers = try FilmWorkers(
            cache: cache,
            program: WorkerProgram(
                path: Self.program, arguments: ["film-worker", cache.path] + (data.map { [$0] } ?? []),
                environment: own.environment),
            films: films)
    }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    static func photo(_ color: String, _ size: String = "640x480") throws -> URL {
        try TestMedia.ffmpeg(
            "\(color).png", ["-f", "lavfi", "-i", "color=\(color):size=\(size)", "-frames:v", "1"])
    }

    static func song(seconds: Int = 6) throws -> URL {
        // Silent for half of it, then loud.
        try TestMedia.ffmpeg(
            "song.wav",
            [
                "-f", "lavfi", "-i",
                "aevalsrc='if(lt(t,\(seconds)/2),0,0.5*sin(2*PI*330*t))':s=48000:d=\(seconds)",
            ])
    }

    static func clip() throws -> URL {
        try TestMedia.ffmpeg(
            "clip.mp4",
            [
                "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=3", "-f", "lavfi", "-i",
                "sine=f=440:d=3", "-preset", "ultrafast", "-pix_fmt", "yuv420p",
            ])
    }

    /// What workers make of the files, each under the id given to it.
    func sources(_ files: [(id: String, url: URL)]) async throws -> FilmSources {
        var sources = FilmSources(media: [], places: [:])
        for (id, url) in files {
            var (facts, beats) = try await workers.examine(url)
            facts.id = id
            facts.name = url.lastPathComponent
            sources.media.append(facts)
            sources.beats[id] = beats
            sources.places[id] = url.path
        }
        return sources
    }

    /// Red for two seconds, then blue for two, with a song under them.
    func film(width: Int = 320, height: Int = 180, withSong: Bool = true) async throws -> (Draft, FilmSources) {
        var files = [("red", try Self.photo("red")), ("blue", try Self.photo("blue"))]
        if withSong { files.append(("song", try Self.song())) }
        let sources = try await sources(files)
        func shot(_ id: String, _ start: Int64) -> JSONValue {
            ["id": .string("s-\(id)"), "s": .integer(start), "d": 2000, "src": .string(id), "mt": "image"]
        }
        var tracks: [JSONValue] = [["id": "v", "tt": 0, "sg": [shot("red", 0), shot("blue", 2000)]]]
        if withSong {
            tracks.append(
                [
                    "id": "a", "tt": 1,
                    "sg": [["id": "m", "s": 0, "d": 4000, "src": "song", "role": "music", "ss": 1000]],
                ])
        }
        let draft = try Draft([
            "v": 1, "d": 4000,
            "m": ["width": .integer(Int64(width)), "height": .integer(Int64(height)), "fps": 30],
            "t": .array(tracks),
        ])
        return (draft, sources)
    }
}

/// What ffprobe says of a file's streams, one line each, and of the file.
func streams(_ path: String) throws -> String {
    try TestMedia.run(
        "ffprobe",
        [
            "-v", "error", "-count_frames", "-show_entries",
            "stream=codec_name,width,height,nb_read_frames,r_frame_rate:format=duration", "-of", "compact=nk=0:p=0",
            path,
        ])
}

/// Mean red, green and blue of a file's picture at a time.
func colour(_ path: String, at seconds: Double = 0) throws -> [Int] {
    // Scaled on its way, ffmpeg 5 takes a film for BT.601 unless told.
    let isFilm = ["mp4", "mov", "webm"].contains(URL(fileURLWithPath: path).pathExtension)
    let raw = URL(fileURLWithPath: path + "-\(UUID().uuidString).rgb")
    defer { try? FileManager.default.removeItem(at: raw) }
    try TestMedia.run(
        "ffmpeg",
        [
            "-v", "error", "-nostdin", "-y", "-ss", "\(seconds)", "-i", path, "-frames:v", "1", "-vf",
            (isFilm ? "scale=in_color_matrix=bt709,format=rgb24," : "") + "scale=1:1:flags=area", "-pix_fmt", "rgb24",
            "-f", "rawvideo",
            raw.path,
        ])
    return try Data(contentsOf: raw).map(Int.init)
}

extension [Int] {
    /// Within a few code values: the picture went through a codec.
    func isNear(_ other: [Int], by most: Int = 14) -> Bool {
        count == other.count && zip(self, other).allSatisfy { abs($0 - $1) <= most }
    }
}
