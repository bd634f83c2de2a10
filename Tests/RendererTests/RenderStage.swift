// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import FileStore
import Foundation
import MediaLibrary
import TestMedia

@testable import Renderer

/// Three photos, a song and a folder to render into; its own for each test.
struct RenderStage {
    let folder: URL
    let photos: [URL]
    /// Taken in before any test touches a file.
    private let facts: [String: MediaFacts]
    private let places: [String: URL]
    private let cache: CacheFolder

    var film: FilmSettings {
        var film = FilmSettings()
        film.canvas = PixelSize(width: 320, height: 180)
        return film
    }

    init() throws {
        folder = try TestMedia.scratchFolder()
        cache = try CacheFolder(path: folder.path + "/cache", limit: 1 << 30)
        var photos: [URL] = []
        for index in 0..<3 {
            let made = try TestMedia.ffmpeg(
                "p\(index).jpg",
                ["-f", "lavfi", "-i", "testsrc2=s=800x\(500 + index * 100),hue=h=\(index * 90)", "-frames:v", "1"])
            let own = folder.appendingPathComponent(made.lastPathComponent)
            try FileManager.default.copyItem(at: made, to: own)
            photos.append(own)
        }
        self.photos = photos
        var places = ["song": try TestMedia.ffmpeg("song.wav", ["-f", "lavfi", "-i", "sine=f=330:d=6"])]
        for (index, photo) in photos.enumerated() { places["p\(index)"] = photo }
        self.places = places
        facts = try Self.facts(of: places)
    }

    func newCache() throws -> CacheFolder {
        try CacheFolder(path: TestMedia.scratchFolder().path, limit: 1 << 30)
    }

    /// Five seconds: three photos that zoom, two crossfades, a title over the first second, a song.
    func draft(title: String = "Title") -> Draft {
        func time(_ ms: Int64) -> MediaTime { MediaTime(milliseconds: ms) }
        var draft = Draft(film: film)
        var segments: [Segment] = []
        for (index, span) in [(0, 2000), (1500, 2000), (3000, 2000)].enumerated() {
            var picture = PictureContent(.image("p\(index)"))
            picture.motion = Motion(index == 1 ? .panLeft : .zoomIn, amount: 0.15)
            if index < 2 { picture.transition = Transition(.crossfade, duration: time(500)) }
            segments.append(
                Segment(
                    id: "s\(index)",
                    range: TimeRange(start: time(Int64(span.0)), duration: time(Int64(span.1))),
                    content: .picture(picture), name: "p\(index).jpg"))
        }
        var text = TextContent(title, role: .title, position: .center)
        text.entrance = TextAnimation(.fade, duration: time(200))
        draft.tracks = [
            Track(id: "v1", kind: .video, name: "Video", segments: segments),
            Track(
                id: "a1", kind: .audio, name: "Music",
                segments: [
                    Segment(
                        id: "m1", range: TimeRange(start: .zero, duration: time(5000)),
                        content: .sound(SoundContent(.asset("song", start: .zero), role: .music)), name: "song.wav")
                ]),
            Track(
                id: "x1", kind: .text, name: "Titles",
                segments: [
                    Segment(
                        id: "t1", range: TimeRange(start: .zero, duration: time(1000)), content: .text(text),
                        name: title)
                ]),
        ]
        return draft
    }

    @discardableResult
    func report(
        _ draft: Draft, name: String, jobs: Int = 2, cache: CacheFolder? = nil, mostBytes: Int64? = nil,
        verifiesAll: Bool = false, adding more: [String: URL] = [:], stop: StopSignal = StopSignal(),
        progress: @escaping @Sendable (RenderProgress) -> Void = { _ in }
    ) throws -> FilmRenderer.Report {
        var files = SourceFiles()
        let media = try facts.merging(Self.facts(of: more)) { _, new in new }
        for (id, url) in places.merging(more, uniquingKeysWith: { _, new in new }) {
            if let facts = media[id] { files.add(facts, at: url) }
        }
        let renderer = FilmRenderer(files: files, cache: cache ?? self.cache, jobs: jobs)
        var encoding = Encoding()
        encoding.preset = "veryfast"
        encoding.crf = 20
        let plan = try renderer.plan(draft, media: media)
        return try renderer.render(
            plan, to: folder.appendingPathComponent(name).path, encoding: encoding, mostBytes: mostBytes,
            verifiesAll: verifiesAll, stop: stop, progress: progress)
    }

    private static func facts(of places: [String: URL]) throws -> [String: MediaFacts] {
        let library = MediaLibrary()
        return try Dictionary(
            uniqueKeysWithValues: places.map { id, url in
                var facts = try library.takeIn(file: url)
                facts.id = id
                return (id, facts)
            })
    }

    func render(
        _ draft: Draft, name: String, jobs: Int = 2, cache: CacheFolder? = nil, adding more: [String: URL] = [:]
    ) throws -> URL {
        try report(draft, name: name, jobs: jobs, cache: cache, adding: more)
        return folder.appendingPathComponent(name)
    }
}
