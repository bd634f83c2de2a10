// SPDX-License-Identifier: GPL-3.0-or-later
import Director
import EditModel
import EditTime
import Foundation
import JSON
import Testing

/// What the director proposes to say next.
struct SuggestionTests {
    private static let languages = ["en", "zh-CN", "es", "fr", "ja"]

    private static let context: EditContext = {
        var media = (1...4).map { index in
            MediaFacts(
                id: "m\(index)", name: "photo-\(index).jpg", kind: .image, format: "jpeg", contentHash: "\(index)",
                size: PixelSize(width: 4000, height: 3000))
        }
        media.append(
            MediaFacts(
                id: "song", name: "song.mp3", kind: .audio, format: "mp3", contentHash: "5",
                duration: MediaTime(seconds: 60)))
        let beats = (0..<120).map { MediaTime(milliseconds: Int64($0) * 500) }
        let grid = BeatGrid(
            beats: beats, downbeats: stride(from: 0, to: 120, by: 4).map { beats[$0] }, tempo: 120, confidence: 1)
        return EditContext(media: media, beats: ["song": grid], seed: 1)
    }()

    private func draft(_ calls: [OperationCall]) throws -> Draft {
        try Draft().applying(calls, in: Self.context).draft
    }

    /// What is proposed after words that mean nothing.
    private func proposal(_ director: Director, _ draft: Draft, _ language: String) -> [String] {
        let conversation = Director.Conversation(draft: draft, context: Self.context, language: language)
        let words = ["zh-CN": "呱呱呱", "ja": "ぱぴぷぺ"][language] ?? "blorp"
        let reply = director.respond(to: words, in: conversation).reply
        let quotes: [Character: Character] = ["“": "”", "«": "»", "「": "」"]
        var found: [String] = []
        var rest = Substring(reply.split(whereSeparator: \.isNewline).last ?? "")
        while let open = rest.firstIndex(where: { quotes[$0] != nil }), let mark = quotes[rest[open]] {
            let tail = rest[rest.index(after: open)...]
            // A title stands in quotation marks of its own.
            var depth = 1
            guard
                let close = tail.firstIndex(where: { character in
                    depth += character == rest[open] ? 1 : character == mark ? -1 : 0
                    return depth == 0
                })
            else { break }
            found.append(tail[..<close].trimmingCharacters(in: .whitespaces))
            rest = tail[tail.index(after: close)...]
        }
        return found
    }

    @Test(arguments: languages)
    func whateverIsProposedIsUnderstoodAndChangesTheFilm(_ language: String) throws {
        let director = try Learned.director
        var draft = try draft([OperationCall("create", ["music": "none", "motion": "none", "transition": "none"])])
        var told: Set<String> = []
        // One proposal after the other, until nothing is left but questions and the file.
        for _ in 0..<10 {
            let proposed = proposal(director, draft, language)
            #expect(proposed.count == 2 && proposed[0] != proposed[1], "\(proposed)")
            guard let words = proposed.first, told.insert(words).inserted else { break }
            let conversation = Director.Conversation(draft: draft, context: Self.context, language: language)
            let answer = director.respond(to: words, in: conversation)
            guard case .edit(_, let outcome) = answer.action else {
                Issue.record("\(words): \(answer.reply)")
                break
            }
            #expect(outcome.draft != draft, "\(words): \(answer.reply)")
            draft = outcome.draft
        }
        #expect(told.count >= 4, "\(told)")
    }

    @Test func cutsThatAreOnTheBeatAreNotProposedAgain() throws {
        let director = try Learned.director
        let beats = "cut on the beat"
        var draft = try draft([
            OperationCall("create", ["preset": "tiktok", "length": 11_300]), OperationCall("beats", ["on": false]),
            OperationCall("add-text", ["text": "Hello", "role": "title"]), OperationCall("grade", ["look": "warm"]),
            OperationCall("pace", ["segments": [1], "each": 3210]),
        ])
        #expect(proposal(director, draft, "en").contains(beats))
        draft = try draft.applying([OperationCall("beats", ["on": true])], in: Self.context).draft
        #expect(!proposal(director, draft, "en").contains(beats))
        // Nor are they where the song has none.
        draft = try draft.applying([OperationCall("beats", ["on": false])], in: Self.context).draft
        let silent = EditContext(media: Self.context.media, seed: 1)
        let conversation = Director.Conversation(draft: draft, context: silent, language: "en")
        #expect(!director.respond(to: "blorp", in: conversation).reply.contains(beats))
    }

    @Test func aPortraitFilmIsNotToBecomeOne() throws {
        let director = try Learned.director
        let portrait = try draft([OperationCall("create", ["width": 1080, "height": 1920])])
        #expect(!proposal(director, portrait, "en").contains { $0.contains("vertical") })
    }
}
