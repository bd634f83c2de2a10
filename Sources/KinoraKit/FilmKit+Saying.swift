// SPDX-License-Identifier: GPL-3.0-or-later
import Director
public import EditModel
import Foundation

/// What the director made of a sentence.
public struct SpokenEdit: Sendable {
    /// Empty where the sentence asked for no film.
    public var draft: Draft
    /// What the director says to it, in the sentence's language.
    public var reply: String
    /// The largest file that was asked for, in bytes.
    public var mostBytes: Int64?

    public var isFilm: Bool { !(draft.mainTrack?.segments.isEmpty ?? true) }
}

extension FilmKit {
    /// The edit that `words` ask for, with `calls` applied over it. Beats of songs are found when they are needed.
    ///
    /// Throws `EditError` where one of the calls is refused.
    public func propose(
        _ material: inout Material, saying words: String, language: String?, then calls: [OperationCall] = []
    ) throws -> SpokenEdit {
        for song in material.facts where song.kind == .audio && material.beats[song.id] == nil {
            guard let place = material.locations[song.id] else { continue }
            material.beats[song.id] = try beats(of: song, at: place)
        }
        var context = EditContext(media: material.facts, beats: material.beats, language: language)
        let director = try Director()
        var answer = director.respond(
            to: words, in: Director.Conversation(context: context, language: language))
        // Voices last as long as they do, not as long as was guessed.
        if case .edit(_, let outcome) = answer.action {
            context.speech = spokenLengths(in: outcome.draft)
            if !context.speech.isEmpty {
                answer = director.respond(to: words, in: Director.Conversation(context: context, language: language))
            }
        }
        var spoken = SpokenEdit(draft: Draft(), reply: answer.reply, mostBytes: answer.memory.sizeLimit)
        guard case .edit(_, let outcome) = answer.action else { return spoken }
        spoken.draft = try calls.isEmpty ? outcome.draft : outcome.draft.applying(calls, in: context).draft
        spoken.reply = director.planned(answer, as: spoken.draft)
        return spoken
    }
}
