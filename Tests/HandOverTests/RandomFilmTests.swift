// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import Foundation
import JSON
import Testing

@testable import HandOver

/// Whatever a film is made of: its documents are as long as it, sound, and come back.
@Suite struct RandomFilmTests {
    private static let seeds: [UInt64] = Array(
        1...(ProcessInfo.processInfo.environment["KINORA_TEST_ALL"] == nil ? 20 : 2000))

    private func film(_ seed: UInt64) -> HandOver {
        var random = RandomFilm(seed: seed)
        return random.film()
    }

    @Test func theFilmsAreSound() {
        for seed in Self.seeds {
            let film = film(seed)
            #expect(film.draft.ruleViolations(media: nil) == [], "seed \(seed)")
        }
    }

    @Test func aFileThatNobodyChangedGivesTheSameDraft() throws {
        for seed in Self.seeds {
            let film = film(seed)
            let reader = try OTIOReader(parsing: film.files(.otio)[0].bytes)
            let (draft, losses) = try reader.draft(media: film.media.filter { reader.files[$0.key] != nil })
            #expect(draft.json == film.draft.json, "seed \(seed)")
            #expect(losses == [], "seed \(seed)")
        }
    }

    /// Without our own fields it is a stranger's file: something else may come of it, of the same length and sound.
    @Test func withoutOurFieldsItStillBecomesAFilmOfTheSameLength() throws {
        for seed in Self.seeds {
            let film = film(seed)
            let json = try JSONValue(parsing: film.files(.otio)[0].bytes).without(OTIOWriter.key)
            let reader = try OTIOReader(parsing: Array(json.text().utf8))
            var media: [String: HandOverMedia] = [:]
            for (id, url) in reader.files {
                media[id] = (film.media.values.first { $0.url == url }) ?? film.made.values.first { $0.url == url }
            }
            let (draft, _) = try reader.draft(media: media)
            #expect(draft.frameCount == film.draft.frameCount, "seed \(seed)")
        }
    }

    @Test func filesThatWereCutShortOrChangedAreReadOrRefused() throws {
        var random = SeededRandom(seed: 5)
        for seed in Self.seeds {
            let film = film(seed)
            var bytes = film.files(.otio)[0].bytes
            for _ in 0..<8 {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                if (0x30...0x39).contains(bytes[place]) { bytes[place] = UInt8.random(in: 0x30...0x39, using: &random) }
            }
            // Either a draft that holds to its rules or an error; never a crash.
            if let reader = try? OTIOReader(parsing: bytes),
                let (draft, _) = try? reader.draft(media: film.media.filter { reader.files[$0.key] != nil })
            {
                #expect(draft.ruleViolations(media: film.media.mapValues(\.facts)) == [], "seed \(seed)")
            }
            #expect(throws: OTIOError.self) { try OTIOReader(parsing: Array(bytes.prefix(bytes.count / 2))) }
        }
    }

    @Test func everyDocumentIsAsLongAsTheFilm() throws {
        for seed in Self.seeds {
            let film = film(seed)
            let frames = film.draft.frameCount
            for format in HandOverFormat.allCases { #expect(!film.files(format).isEmpty) }

            let mlt = MLTWriter(film).document
            let tractor = try #require(mlt.children.last)
            #expect(tractor["out"] == "\(frames - 1)", "seed \(seed)")
            for playlist in mlt.children where playlist.name == "playlist" {
                let length = playlist.children.reduce(0) { $0 + Self.length($1) }
                #expect(length <= frames, "seed \(seed) \(playlist["id"] ?? "")")
            }

            // library, event, project, sequence, spine
            var element = try #require(FCPXMLWriter(film).document.children.last)
            while element.name != "spine" { element = try #require(element.children.first) }
            let spine = element.children
            let rate = film.draft.film.frameRate
            #expect(
                spine.filter { $0.name != "transition" }.reduce(0) { $0 + Self.frames($1["duration"], rate) } == frames)
            var at = 0
            for item in spine where item.name != "transition" {
                #expect(Self.frames(item["offset"], rate) == at, "seed \(seed)")
                at += Self.frames(item["duration"], rate)
            }

            let content = try JSONValue(parsing: CapCutWriter(film).files[0].bytes)
            #expect(content["duration"]?.integer == rate.time(ofFrame: frames).microseconds)

            let records = String(decoding: film.files(.edl)[0].bytes, as: UTF8.self).split(separator: "\r\n")
                .filter { $0.first?.isNumber == true }
            #expect(records.allSatisfy { $0.utf8.count <= 80 }, "seed \(seed)")
        }
    }

    private static func length(_ element: XMLElement) -> Int {
        if element.name == "blank" { return Int(element["length"] ?? "") ?? 0 }
        return (Int(element["out"] ?? "") ?? 0) - (Int(element["in"] ?? "") ?? 0) + 1
    }

    /// `1001/30000s` in frames.
    private static func frames(_ time: String?, _ rate: FrameRate) -> Int {
        let parts = (time ?? "").dropLast().split(separator: "/").compactMap { Double($0) }
        guard let ticks = parts.first else { return -1 }
        let seconds = parts.count > 1 ? ticks / parts[1] : ticks
        return Int((seconds * rate.framesPerSecond).rounded())
    }
}

extension JSONValue {
    /// This value without the members of that name, at any depth.
    func without(_ key: String) -> JSONValue {
        switch self {
        case .array(let values): .array(values.map { $0.without(key) })
        case .object(let members): .object(members.filter { $0.key != key }.mapValues { $0.without(key) })
        default: self
        }
    }
}
