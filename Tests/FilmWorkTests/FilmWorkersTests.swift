// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel
import EditTime
import FileStore
import Foundation
import JSON
import KinoraKit
import MediaIO
import MediaLibrary
import Renderer
import Synchronization
import Testing
import TestMedia
import WorkerPool

@testable import FilmWork

/// Real media, real workers.
@Suite(.serialized, .timeLimit(.minutes(5))) struct FilmWorkersTests {
    private let red = [253, 0, 0]
    private let blue = [0, 0, 253]

    @Test func aWorkerFindsWhatThisProcessWould() async throws {
        let shop = try FilmShop()
        let kit = try FilmKit(cache: FilmKit.throwawayCache(), jobs: 1)
        for url in [try FilmShop.photo("green"), try FilmShop.clip(), try FilmShop.song()] {
            var own = try kit.takeIn(file: url)
            var (theirs, _) = try await shop.workers.examine(url)
            // The worker has a descriptor and no name.
            (own.name, theirs.name) = ("", "")
            #expect(theirs == own)
        }
        await shop.workers.close()
    }

    @Test func aFileThatCannotBeUsedIsRefusedByItsReason() async throws {
        let shop = try FilmShop()
        let text = shop.folder.appendingPathComponent("garbage")
        try Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 167 >> 3) }).write(to: text)
        do throws(WorkFault) {
            _ = try await shop.workers.examine(text)
            Issue.record("it was taken")
        } catch {
            #expect(error.cause == .material)
            #expect(error.refusal?.code == .notTaken)
        }
        do throws(WorkFault) {
            _ = try await shop.workers.examine(URL(fileURLWithPath: "/nowhere"))
            Issue.record("it was taken")
        } catch {
            #expect(error.cause == .material)
        }
        await shop.workers.close()
    }

    @Test(arguments: PictureFormat.allCases) func aThumbnailShowsThePhoto(format: PictureFormat) async throws {
        let shop = try FilmShop()
        let sources = try await shop.sources([("red", try FilmShop.photo("red"))])
        let (bytes, name) = try await shop.workers.thumbnail(
            of: sources.media[0], at: sources.places["red"] ?? "", width: 160, format: format)
        let file = shop.path("thumb.\(format.rawValue)")
        try Data(bytes.bytes).write(to: URL(fileURLWithPath: file))
        #expect(try streams(file).contains("width=160|height=120"))
        #expect(try streams(file).contains(format == .jpeg ? "codec_name=mjpeg" : "codec_name=webp"))
        #expect(try colour(file).isNear(red))
        // Without workers it is there all the same, for another project with the same bytes, too.
        await shop.workers.close()
        var elsewhere = sources.media[0]
        elsewhere.id = "other"
        elsewhere.name = "other.jpg"
        elsewhere.fileTime = "2021-05-06T07:08:09"
        elsewhere.place = 7
        let again = try await shop.workers.thumbnail(of: elsewhere, at: "/nowhere", width: 160, format: format)
        #expect(again.name == name)
    }

    @Test func aThumbnailOfAClipStandsUpright() async throws {
        let shop = try FilmShop()
        let clip = try FilmShop.clip()
        let turned = shop.path("turned.mp4")
        try TestMedia.run(
            "ffmpeg",
            [
                "-v", "error", "-nostdin", "-i", clip.path, "-c", "copy", "-metadata:s:v:0", "rotate=90", turned,
            ])
        let sources = try await shop.sources([("t", URL(fileURLWithPath: turned))])
        #expect(sources.media[0].size == PixelSize(width: 180, height: 320))
        let (bytes, _) = try await shop.workers.thumbnail(of: sources.media[0], at: turned, width: 90, format: .jpeg)
        let file = shop.path("thumb.jpg")
        try Data(bytes.bytes).write(to: URL(fileURLWithPath: file))
        #expect(try streams(file).contains("width=90|height=160"))
        await shop.workers.close()
    }

    @Test func aWaveformShowsWhereItIsLoud() async throws {
        let shop = try FilmShop()
        let sources = try await shop.sources([("song", try FilmShop.song())])
        let waveform = try await shop.workers.waveform(of: sources.media[0], at: sources.places["song"] ?? "")
        #expect(waveform.duration == MediaTime(milliseconds: 6000))
        #expect(waveform.peaks.count == 300)
        #expect(waveform.peaks[..<149].allSatisfy { $0 == 0 })
        #expect(waveform.peaks[151...].allSatisfy { (120...136).contains($0) })
        await shop.workers.close()
        #expect(try await shop.workers.waveform(of: sources.media[0], at: "/nowhere") == waveform)
    }

    @Test func musicThatADraftDescribesHasAWaveformAndItsBeats() async throws {
        let shop = try FilmShop()
        let music = try Draft([
            "v": 1, "m": ["width": 320, "height": 180, "fps": 30],
            "t": [
                ["id": "v", "tt": 0, "sg": []],
                [
                    "id": "a", "tt": 1,
                    "sg": [
                        [
                            "id": "m", "s": 0, "d": 4000, "role": "music",
                            "gen": ["kind": "music", "style": "lofi", "bpm": 120, "seed": 3],
                        ]
                    ],
                ],
            ],
        ])
        let waveform = try #require(try await shop.workers.waveform(ofMade: "m", in: music))
        #expect(waveform.duration == MediaTime(milliseconds: 4000))
        #expect(waveform.peaks.count == 200 && waveform.peaks.contains { $0 > 20 })
        #expect(music.tracks[1].segments[0].composedBeats?.beats.prefix(3).map(\.milliseconds) == [0, 500, 1000])
        #expect(try await shop.workers.waveform(ofMade: "other", in: music) == nil)
        await shop.workers.close()
    }

    @Test func aTextIsToldWhereItIsSeenAndHowItIsSet() async throws {
        let shop = try FilmShop()
        let texts: JSONValue = [
            ["id": "plain", "s": 0, "d": 2000, "text": "Sea", "role": "title"],
            [
                "id": "own", "s": 0, "d": 2000, "text": "SEA", "at": [0.25, 0.25],
                "style": ["size": 60, "bold": false],
            ],
        ]
        let film = try Draft([
            "v": 1, "m": ["width": 640, "height": 360, "fps": 30],
            "t": [["id": "v", "tt": 0, "sg": []], ["id": "x", "tt": 7, "sg": texts]],
        ])
        let shown = try await shop.workers.texts(of: film)
        #expect(shown.map(\.id) == ["plain", "own"])
        #expect(shown.map(\.size) == [104, 60] && shown.map(\.bold) == [true, false])
        let boxes = try shown.map { try #require($0.box) }
        // Each about its own middle, the larger type the wider for as many letters.
        for (box, middle) in zip(boxes, [(0.5, 0.5), (0.25, 0.25)]) {
            #expect(abs(box[0] + box[2] / 2 - middle.0) < 0.02 && abs(box[1] + box[3] / 2 - middle.1) < 0.05)
        }
        #expect(boxes[0][3] > boxes[1][3] && boxes.allSatisfy { $0[2] < 0.5 })
        await shop.workers.close()
    }

    @Test func photosMadeReadyForThePreviewServeEveryFrameThatIsSmaller() async throws {
        let shop = try FilmShop()
        let (draft, sources) = try await shop.film(width: 1280, height: 720, withSong: false)
        let scene = FilmWorkers.previewScene(draft, sources)
        #expect(try await shop.workers.prepare(photo: 0, of: scene))
        #expect(try await shop.workers.prepare(photo: 1, of: scene))
        #expect(try await !shop.workers.prepare(photo: 2, of: scene))
        // The photographs themselves are not looked at again: they may be gone.
        var without = sources
        without.places = without.places.mapValues { _ in "/nowhere" }
        for (width, seconds, expected) in [(320, 1, red), (640, 3, blue), (480, 3, blue)] {
            let (bytes, _) = try await shop.workers.frame(
                of: draft, without, at: MediaTime(milliseconds: Int64(seconds) * 1000), width: width, format: .jpeg)
            let file = shop.path("\(width).jpg")
            try Data(bytes.bytes).write(to: URL(fileURLWithPath: file))
            #expect(try streams(file).contains("width=\(width)|height=\(width * 9 / 16)"))
            let seen = try colour(file)
            #expect(seen.isNear(expected), "\(width): \(seen)")
        }
        await shop.workers.close()
    }

    @Test func aFrameIsTheFilmAtThatTime() async throws {
        let shop = try FilmShop()
        let (draft, sources) = try await shop.film()
        for (seconds, wanted) in [(0.0, red), (1.96, red), (2.0, blue), (99.0, blue)] {
            let (bytes, _) = try await shop.workers.frame(
                of: draft, sources, at: MediaTime(seconds: seconds), width: nil, format: .jpeg)
            let file = shop.path("frame.jpg")
            try Data(bytes.bytes).write(to: URL(fileURLWithPath: file))
            #expect(try streams(file).contains("width=320|height=180"))
            #expect(try colour(file).isNear(wanted), "at \(seconds) s")
        }
        // The same frame, the same name; another frame, another one.
        func name(_ ms: Int64, _ width: Int?) async throws -> ContentHash {
            try await shop.workers.frame(
                of: draft, sources, at: MediaTime(milliseconds: ms), width: width, format: .webp
            ).name
        }
        #expect(try await name(1000, 160) == name(1020, 160))
        #expect(try await name(1000, 160) != name(1040, 160))
        #expect(try await name(1000, 160) != name(1000, 80))
        await shop.workers.close()
    }

    @Test func aPreviewsPiecesMakeTheFilm() async throws {
        let shop = try FilmShop()
        let (draft, sources) = try await shop.film(width: 1280, height: 720)
        let scene = FilmWorkers.previewScene(draft, sources)
        let preview = try await shop.workers.preview(of: scene)
        #expect(preview.canvas == PixelSize(width: 960, height: 540))
        #expect(preview.picture.mediaType.hasPrefix("video/mp4; codecs=\"avc1."))
        #expect(preview.picture.pieces.allSatisfy { $0.range.duration <= MediaTime(milliseconds: 1000) })
        #expect(preview.picture.pieces.first?.range.start == .zero)
        #expect(
            zip(preview.picture.pieces, preview.picture.pieces.dropFirst()).allSatisfy {
                $0.range.end == $1.range.start
            })
        #expect(preview.picture.pieces.last?.range.end == MediaTime(milliseconds: 4000))
        let sound = try #require(preview.sound)
        for (row, name) in [(preview.picture, "picture.mp4"), (sound, "sound.mp4")] {
            var film = Data()
            for name in [row.header] + row.pieces.map(\.name) {
                let hash = try #require(ContentHash(hex: name))
                film += try #require(try await shop.workers.part(hash, of: scene)).copy
            }
            try film.write(to: URL(fileURLWithPath: shop.path(name)))
        }
        let picture = try streams(shop.path("picture.mp4"))
        #expect(picture.contains("codec_name=h264|width=960|height=540"))
        #expect(picture.contains("nb_read_frames=120"))
        #expect(try colour(shop.path("picture.mp4"), at: 0.5).isNear(red))
        #expect(try colour(shop.path("picture.mp4"), at: 3.5).isNear(blue))
        let heard = try streams(shop.path("sound.mp4"))
        #expect(heard.contains("codec_name=aac"))
        let seconds = try #require(
            heard.split(whereSeparator: { $0 == "|" || $0 == "\n" }).last { $0.hasPrefix("duration=") }
                .flatMap { Double($0.dropFirst(9)) })
        #expect(abs(seconds - 4) < 0.1)
        #expect(try await shop.workers.part(ContentHash(of: [1]), of: scene) == nil)
        await shop.workers.close()
    }

    @Test func aPieceIsKeptWhenAnotherPartOfTheFilmChanges() async throws {
        let shop = try FilmShop()
        let (draft, sources) = try await shop.film(withSong: false)
        let first = try await shop.workers.preview(of: FilmWorkers.previewScene(draft, sources))
        var changed = draft
        changed.tracks[0].segments[1] = try #require(
            try Draft(parsing: Array(draft.json.text().replacing("\"src\":\"blue\"", with: "\"src\":\"red\"").utf8))
                .tracks[0].segments.last)
        let second = try await shop.workers.preview(of: FilmWorkers.previewScene(changed, sources))
        let (before, after) = (first.picture.pieces.map(\.name), second.picture.pieces.map(\.name))
        #expect(before.prefix(2) == after.prefix(2))
        #expect(Set(before.suffix(2)).isDisjoint(with: after.suffix(2)))
        #expect(first.name != second.name)
        await shop.workers.close()
    }

    @Test(arguments: ExportOutput.Format.allCases) func aFilmIsMadeInEveryFormat(format: ExportOutput.Format)
        async throws
    {
        let shop = try FilmShop()
        let (draft, sources) = try await shop.film()
        var output = ExportOutput()
        output.format = format
        output.quality = .draft
        let laidOut = try output.laidOut(draft, media: sources.byID)
        let path = shop.path("film.\(format.rawValue)")
        let told = Mutex<[Double]>([])
        let answer = try await shop.workers.film(
            FilmOrder(scene: sources.scene(laidOut), output: output, path: path)
        ) { fraction in told.withLock { $0.append(fraction) } }
        #expect(answer.result.hash == (try ContentHash(ofFile: URL(fileURLWithPath: path)).hex))
        #expect(answer.result.byteCount == (try Data(contentsOf: URL(fileURLWithPath: path)).count))
        #expect(answer.result.shape == output.shape(of: laidOut))
        let facts = try streams(path)
        switch format {
        case .mp4, .mov: #expect(facts.contains("codec_name=h264|width=320|height=180"))
        case .webm: #expect(facts.contains("codec_name=av1") && facts.contains("codec_name=opus"))
        case .gif: #expect(facts.contains("codec_name=gif|width=320|height=180"))
        }
        if format == .gif {
            #expect(answer.result.loudness == nil)
        } else {
            #expect(facts.contains("nb_read_frames=120"))
            #expect(answer.result.loudness.map { $0 < -5 && $0 > -40 } == true)
        }
        #expect(try colour(path, at: 0).isNear(red))
        #expect(try colour(path, at: 2).isNear(blue))
        #expect(told.withLock { $0 == $0.sorted() && !$0.isEmpty })
        await shop.workers.close()
    }

    @Test func aFilmWithComposedMusicIsLookedAtToo() async throws {
        let shop = try FilmShop()
        var (draft, sources) = try await shop.film(width: 320, height: 180)
        let place = try #require(draft.tracks.firstIndex { $0.segments.first?.sound?.role == .music })
        draft.tracks[place].segments[0].sound?.source = .generated(["kind": "music", "style": "piano", "seed": 3])
        let frame = try await shop.workers.frame(
            of: draft, sources, at: MediaTime(milliseconds: 500), width: 160, format: .jpeg)
        #expect(!frame.bytes.copy.isEmpty)
        let preview = try await shop.workers.preview(of: FilmWorkers.previewScene(draft, sources))
        #expect(preview.sound != nil)
        await shop.workers.close()
    }

    @Test func aFilmThatNobodyWantsIsStopped() async throws {
        let shop = try FilmShop()
        let (draft, sources) = try await shop.film(width: 1920, height: 1080)
        var output = ExportOutput()
        output.codec = .hevc
        output.quality = .high
        let order = FilmOrder(scene: sources.scene(draft), output: output, path: shop.path("film.mp4"))
        let (stream, begun) = AsyncStream.makeStream(of: Double.self)
        let film = Task { try await shop.workers.film(order) { begun.yield($0) } }
        _ = await stream.first { _ in true }
        film.cancel()
        do {
            _ = try await film.value
            Issue.record("it was made")
        } catch let fault as WorkFault {
            #expect(fault.cause == .stopped)
        }
        #expect(!FileManager.default.fileExists(atPath: order.path))
        // The worker goes on with the next film.
        var small = ExportOutput()
        small.shortSide = 90
        let laidOut = try small.laidOut(draft, media: sources.byID)
        _ = try await shop.workers.film(
            FilmOrder(scene: sources.scene(laidOut), output: small, path: shop.path("small.mp4"))
        ) { _ in }
        #expect(try streams(shop.path("small.mp4")).contains("width=160|height=90"))
        await shop.workers.close()
    }

    @Test func aFilmOfAKilledWorkerIsMadeAtTheNextTry() async throws {
        let shop = try FilmShop()
        let (draft, sources) = try await shop.film(width: 640, height: 360)
        let order = FilmOrder(scene: sources.scene(draft), output: ExportOutput(), path: shop.path("film.mp4"))
        let hasKilled = Mutex(false)
        let pool = shop.workers
        await pool.warm()
        do {
            _ = try await pool.film(order) { fraction in
                let isFirst = hasKilled.withLock { killed in
                    defer { killed = killed || fraction > 0 }
                    return !killed && fraction > 0
                }
                // All of them, so that the one at work is among them.
                if isFirst { for process in pool.standing.workers { kill(process, SIGKILL) } }
            }
            Issue.record("it was made by a dead worker")
        } catch {
            // Trying again is for the queue of exports, which remembers how often.
            #expect("\(error)".contains("signal 9"))
        }
        #expect(!FileManager.default.fileExists(atPath: order.path))
        let answer = try await pool.film(order) { _ in }
        #expect(hasKilled.withLock { $0 })
        #expect(answer.result.hash == (try ContentHash(ofFile: URL(fileURLWithPath: order.path)).hex))
        #expect(try streams(order.path).contains("nb_read_frames=120"))
        await pool.close()
    }

    @Test func faultsAreToldInEveryLanguage() async throws {
        let shop = try FilmShop()
        let (draft, sources) = try await shop.film(withSong: false)
        var gone = sources
        gone.places["red"] = "/nowhere/red.png"
        do throws(WorkFault) {
            _ = try await shop.workers.frame(of: draft, gone, at: .zero, width: 64, format: .jpeg)
            Issue.record("it was drawn")
        } catch {
            #expect(error.cause == .material)
            #expect(error.description.contains("red.png"))
        }
        await shop.workers.close()
    }
}
