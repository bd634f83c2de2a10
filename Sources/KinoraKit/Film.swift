// SPDX-License-Identifier: GPL-3.0-or-later
import Director
public import EditModel
import EditTime
import Foundation
public import JSON
public import MediaLibrary

/// A film in the making: its media, the edit with all its revisions, and the way to a finished file.
///
/// ```swift
/// var film = try Film(opening: ["photos/", "song.mp3"])
/// print(try film.say("a 15 second film for TikTok, warm colours").text)
/// try film.edit("add-text", ["text": "Summer", "length": 3000])
/// try await film.render(to: "film.mp4") { print("\(Int($0 * 100)) %") }
/// ```
///
/// A value: a copy is a film of its own. Everything but `render(to:)` blocks while media are read or a song's beats are found;
/// what was found is kept in the kit's cache.
public struct Film: Sendable {
    public let kit: FilmKit
    public private(set) var material: Material
    /// Files that could not be used, with the reason, in the order in which they were given.
    public private(set) var refused: [Refusal] = []
    /// Every revision there was.
    public private(set) var history: EditHistory
    /// Of the person, as a tag such as `zh-CN`; nil = as each sentence is said.
    public var language: String?
    /// What the director remembers of the conversation.
    var memory = Memory()

    /// The edit as it stands.
    public var draft: Draft { history.draft }
    /// In seconds.
    public var length: Double { draft.duration.seconds }
    /// Whether nothing would be seen: nobody has asked for a film yet.
    public var isEmpty: Bool { draft.mainTrack?.segments.isEmpty ?? true }
    /// The largest file that was asked for in words, in bytes.
    public var mostBytes: Int64? { memory.sizeLimit }

    /// Takes in files, folders and patterns such as `*.jpg`. The film is empty until it is asked for.
    ///
    /// Files that cannot be used are `refused`. Throws where the cache cannot be used.
    public init(opening inputs: [String], kit: FilmKit? = nil, language: String? = nil) throws {
        self.kit = try kit ?? FilmKit()
        self.language = language
        history = EditHistory()
        material = Material()
        add(inputs)
    }

    /// Goes on with a draft file. Throws `DraftError` with the field that is wrong or whose media is missing or changed.
    public init(draftFile: String, kit: FilmKit? = nil, language: String? = nil) throws {
        let kit = try kit ?? FilmKit()
        let (draft, material) = try DraftFile.read(URL(fileURLWithPath: draftFile), takingInWith: kit)
        self.kit = kit
        self.material = material
        self.language = language
        history = EditHistory(goingOnFrom: draft)
    }

    /// Takes in more media, for edits to use. What is there already is not taken in twice.
    public mutating func add(_ inputs: [String]) {
        let taken = kit.takeIn(inputs)
        refused += taken.refused
        let known = Set(material.facts.map(\.contentHash))
        for var facts in taken.material.facts where !known.contains(facts.contentHash) {
            guard let place = taken.material.locations[facts.id] else { continue }
            if material.locations[facts.id] != nil { facts.id = freeID() }
            material.add(facts, at: place)
        }
    }

    private func freeID() -> String {
        var number = material.facts.count + 1
        while material.locations["m\(number)"] != nil { number += 1 }
        return "m\(number)"
    }

    // MARK: Edit

    /// Makes one edit of `docs/operations.md`, `undo` and `redo` among them, as one revision.
    ///
    /// - Returns: what is otherwise afterwards. Throws `EditError` with the field that is wrong; nothing has changed then.
    @discardableResult
    public mutating func edit(_ operation: String, _ parameters: [String: JSONValue] = [:]) throws -> EditOutcome {
        try edit([OperationCall(operation, parameters)])
    }

    /// Makes several edits as one revision, all or none.
    @discardableResult
    public mutating func edit(_ calls: [OperationCall]) throws -> EditOutcome {
        let context = try context()
        return try apply(calls, in: context, words: "")
    }

    /// Writes the edit as a draft file, with the places of its media relative to it.
    public func save(to path: String) throws {
        try DraftFile.write(draft, material, to: URL(fileURLWithPath: path))
    }

    // MARK: What edits need to know

    /// The media, and the beats of songs, found when they were not yet.
    mutating func context() throws -> EditContext {
        for song in material.facts where song.kind == .audio && material.beats[song.id] == nil {
            guard let place = material.locations[song.id] else { continue }
            material.beats[song.id] = try kit.beats(of: song, at: place)
        }
        // Another seed for each edit: shuffling again is another order, and the same edits are the same film.
        return EditContext(
            media: material.facts, beats: material.beats, seed: UInt64(history.log.count + 1), language: language)
    }

    /// Applies calls; voices last as long as they do, not as long as was guessed.
    mutating func apply(_ calls: [OperationCall], in context: EditContext, words: String) throws -> EditOutcome {
        var (next, context) = (history, context)
        var outcome = try next.apply(calls, in: context, words: words)
        if context.speech.isEmpty, outcome.draft != history.draft {
            context.speech = kit.spokenLengths(in: outcome.draft)
            if !context.speech.isEmpty {
                next = history
                outcome = try next.apply(calls, in: context, words: words)
            }
        }
        history = next
        return outcome
    }
}
