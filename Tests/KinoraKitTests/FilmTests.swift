// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import JSON
import Renderer
import Synchronization
import TestMedia
import Testing

@testable import KinoraKit

/// The library as a program of somebody else's uses it.
@Suite struct FilmTests {
    let folder: URL

    init() throws { folder = try TestMedia.scratchFolder() }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private func photo(_ hue: Int) throws -> String {
        try TestMedia.ffmpeg(
            "photo\(hue).jpg",
            ["-f", "lavfi", "-i", "testsrc2=s=160x120,hue=h=\(hue)", "-frames:v", "1", "-update", "1"]
        ).path
    }

    private func film(_ inputs: [String]? = nil) throws -> Film {
        try Film(opening: inputs ?? [photo(0), photo(90)], kit: FilmKit(cache: FilmKit.throwawayCache(), jobs: 1))
    }

    private func small(_ film: inout Film) throws {
        try film.edit("create", ["each": 600, "transition": "none", "motion": "none"])
        try film.edit([
            OperationCall("canvas", ["width": 64, "height": 48]), OperationCall("fps", ["fps": 10]),
        ])
    }

    @Test func aSentenceMakesTheFilmAndTheNextOneChangesIt() throws {
        var film = try film()
        #expect(film.isEmpty && film.length == 0)
        let first = try film.say("make a 6 second film")
        #expect(!film.isEmpty && abs(film.length - 6) < 0.01)
        #expect(!first.text.isEmpty && !first.changes.isEmpty && !first.asksForExport)
        try film.say("make it black and white")
        let looks = film.draft.mainTrack?.segments.map { $0.picture?.grade.look }
        #expect(looks?.allSatisfy { $0 == .blackAndWhite } == true && looks?.count == 2)
        let undone = try film.say("undo")
        #expect(film.draft.mainTrack?.segments.allSatisfy { $0.picture?.grade.look == Grade.Look.none } == true)
        #expect(!undone.text.isEmpty)
        #expect(try film.say("export the film").asksForExport)
    }

    @Test func aCopyIsAFilmOfItsOwn() throws {
        var film = try film()
        try small(&film)
        var other = film
        try other.edit("length", ["length": 5000])
        #expect(other.length == 5 && film.length != 5)
        try other.edit("undo")
        #expect(other.draft == film.draft)
    }

    @Test func aWrongEditSaysItsFieldAndChangesNothing() throws {
        var film = try film()
        try small(&film)
        let before = film.draft
        let error = #expect(throws: EditError.self) {
            try film.edit([OperationCall("length", ["length": 5000]), OperationCall("remove", ["segments": ["zz"]])])
        }
        #expect(error?.operation == "remove")
        #expect(film.draft == before && film.history.log.count == 2)
    }

    @Test func whatCannotBeUsedIsRefusedAndTheSameFileIsTakenOnce() throws {
        try Data("no picture".utf8).write(to: folder.appendingPathComponent("broken.jpg"))
        var film = try film([photo(0), path("broken.jpg"), path("gone.jpg")])
        #expect(film.material.facts.count == 1)
        #expect(film.refused.count == 2)
        film.add([try photo(0), try photo(180)])
        #expect(film.material.facts.count == 2)
        #expect(Set(film.material.facts.map(\.id)).count == 2)
    }

    @Test func aDraftFileGoesOnAsItWasSaved() throws {
        var film = try film()
        try small(&film)
        try film.save(to: path("draft.json"))
        var again = try Film(draftFile: path("draft.json"), kit: film.kit)
        #expect(again.draft.tracks == film.draft.tracks)
        try again.edit("length", ["length": 3000])
        #expect(again.length == 3)
    }

    @Test func itIsRenderedWithProgressAndOneFrameOfItIsAPicture() async throws {
        var film = try film()
        try small(&film)
        let shares = Shares()
        let report = try await film.render(to: path("film.mp4")) { shares.add($0) }
        #expect(report.frames == film.draft.frameCount)
        #expect(shares.all.last == 1 && shares.all.count > 1)
        #expect(shares.all.allSatisfy { (0...1).contains($0) })
        try film.writeFrame(at: 0.5, to: path("frame.png"))
        let size = try TestMedia.run(
            "ffprobe", ["-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0", path("frame.png")])
        #expect(size.hasPrefix("64,48"))
    }

    @Test func aNameThatNoFilmHasIsRefusedBeforeAnythingIsDone() async throws {
        var film = try film()
        try small(&film)
        let error = await #expect(throws: FilmNameError.self) { try await film.render(to: path("film.txt")) }
        #expect("\(error.map { "\($0)" } ?? "")".contains(".mp4"))
    }

    @Test func aCancelledTaskStopsTheWork() async throws {
        var film = try film()
        try small(&film)
        let (begun, path) = (film, path("film.mp4"))
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await begun.render(to: path)
        }
        await #expect(throws: RenderError.stopped) { try await task.value }
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}

/// Shares of a film that were done, as they were told.
private final class Shares: Sendable {
    private let told = Mutex<[Double]>([])

    func add(_ share: Double) { told.withLock { $0.append(share) } }
    var all: [Double] { told.withLock { $0 } }
}
