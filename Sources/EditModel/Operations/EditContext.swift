// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime

/// What edits need to know besides the draft. The same draft, operations and context give the same draft.
public struct EditContext: Sendable {
    /// All of the project's media, in the order in which they were given.
    public var media: [MediaFacts]
    /// Beats of songs, in their own time, by asset id.
    public var beats: [String: BeatGrid]
    /// Measured lengths of texts read aloud, by text; others are estimated.
    public var speech: [String: MediaTime]
    /// For shuffling, mixing and composing where an operation names no seed.
    public var seed: UInt64
    /// Of the person, as a tag such as `zh-CN`; for words that get into the film (dates).
    public var language: String?

    public init(
        media: [MediaFacts] = [], beats: [String: BeatGrid] = [:], speech: [String: MediaTime] = [:], seed: UInt64 = 1,
        language: String? = nil
    ) {
        self.media = media
        self.beats = beats
        self.speech = speech
        self.seed = seed
        self.language = language
    }
}

/// What applying operations gives.
public struct EditOutcome: Hashable, Sendable {
    public var draft: Draft
    /// What a person should know besides the changes.
    public var notes: [EditNote]
    /// What the new draft has that the old one had otherwise.
    public var changes: [EditChange]

    public init(draft: Draft, notes: [EditNote], changes: [EditChange]) {
        self.draft = draft
        self.notes = notes
        self.changes = changes
    }
}
