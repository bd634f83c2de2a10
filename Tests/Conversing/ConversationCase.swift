// SPDX-License-Identifier: GPL-3.0-or-later
package import Director
package import EditModel
import EditTime
package import Foundation
package import JSON

/// One conversation of `Conversations/*.jsonl`: files, what a person says, and what must come of it.
package struct ConversationCase: Sendable, CustomStringConvertible {
    package let id: String
    package let tags: [String]
    package let language: String
    package let media: [MediaFacts]
    package let turns: [String]
    package let expect: [String: JSONValue]

    package var description: String { id }

    package init?(_ line: some StringProtocol) throws {
        guard line.contains(where: { !$0.isWhitespace }), !line.hasPrefix("//") else { return nil }
        let json = try JSONValue(parsing: Array(line.utf8))
        guard let id = json["id"]?.string, let turns = json["turns"]?.array, let expect = json["expect"]?.object else {
            return nil
        }
        self.id = id
        tags = json["tags"]?.array?.compactMap(\.string) ?? []
        language = json["lang"]?.string ?? "en"
        media = (json["media"]?.array ?? []).enumerated().map { Self.facts($0.element, "m\($0.offset + 1)") }
        self.turns = turns.compactMap(\.string)
        self.expect = expect
    }

    package static func all(in file: URL) throws -> [ConversationCase] {
        try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).compactMap {
            try ConversationCase($0)
        }
    }

    /// What would be known of such a file once it is taken in.
    private static func facts(_ item: JSONValue, _ id: String) -> MediaFacts {
        let name = item.string ?? item["name"]?.string ?? ""
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        let length = item["s"]?.number.map { MediaTime(seconds: $0) }
        let hash = String(repeating: "0", count: 60) + id
        if let text = item["text"]?.string {
            var facts = MediaFacts(id: id, name: name, kind: .text, format: ending, contentHash: hash)
            facts.text = text
            return facts
        }
        if ["wav", "mp3", "m4a", "aac", "flac", "ogg", "opus"].contains(ending) {
            return MediaFacts(
                id: id, name: name, kind: .audio, format: ending, contentHash: hash,
                duration: length ?? MediaTime(seconds: 30), hasSound: true)
        }
        let width = item["w"]?.integer.map(Int.init)
        let height = item["h"]?.integer.map(Int.init)
        if ["mp4", "mov", "mkv", "webm", "avi"].contains(ending) {
            return MediaFacts(
                id: id, name: name, kind: .video, format: ending, contentHash: hash,
                size: PixelSize(width: width ?? 640, height: height ?? 360), duration: length ?? MediaTime(seconds: 5),
                frameRate: 25, hasSound: true)
        }
        var facts = MediaFacts(
            id: id, name: name, kind: .image, format: ending, contentHash: hash,
            size: PixelSize(width: width ?? 1200, height: height ?? 900))
        facts.sharpness = 10 + Double(id.utf8.reduce(0) { $0 + Int($1) } % 7)
        facts.perceptualHash = id.utf8.reduce(0x9E37_79B9_7F4A_7C15) {
            ($0 ^ UInt64($1)) &* 0x1000_0000_01B3 &+ ($0 >> 7)
        }
        return facts
    }

    /// A steady grid of 100 beats a minute for each song, as its analysis would find.
    package var beats: [String: BeatGrid] {
        var beats: [String: BeatGrid] = [:]
        for song in media where song.kind == .audio {
            let count = Int((song.duration ?? .zero).milliseconds / 600)
            let times = (0..<count).map { MediaTime(milliseconds: Int64($0) * 600) }
            beats[song.id] = BeatGrid(
                beats: times, downbeats: times.enumerated().filter { $0.offset % 4 == 0 }.map(\.element), tempo: 100,
                confidence: 0.9)
        }
        return beats
    }
}

/// A conversation held in this process: the director, and a history that its answers are applied to.
package struct ConversationRun {
    package private(set) var drafts: [Draft] = [Draft()]
    package private(set) var reply = ""
    /// The longest that a turn took.
    package private(set) var slowest = Duration.zero

    package init(_ conversation: ConversationCase, with director: Director) throws {
        let context = EditContext(
            media: conversation.media, beats: conversation.beats, seed: 1, language: conversation.language)
        var history = EditHistory()
        var memory = Memory()
        for turn in conversation.turns {
            let previous = history.undoCount > 0 ? history.previousDraft : nil
            let began = ContinuousClock.now
            let answer = director.respond(
                to: turn,
                in: Director.Conversation(
                    draft: history.draft, previous: previous, context: context, language: conversation.language,
                    memory: memory))
            slowest = max(slowest, ContinuousClock.now - began)
            memory = answer.memory
            let before = history.draft
            reply = answer.reply
            if let calls = answer.action.calls {
                do { _ = try history.apply(calls, in: context, who: "person", words: turn) } catch {}
                if reply.isEmpty {
                    reply = director.told(answer.action, from: before, to: history.draft, language: answer.language)
                }
            }
            drafts.append(history.draft)
        }
    }
}
