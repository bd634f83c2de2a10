// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime

/// An edit to look at: the draft, and what a person should be told about it.
public struct EditProposal: Hashable, Sendable {
    /// Keeps every rule of `Draft.ruleViolations(media:)`; its `assets` are for the caller to fill.
    public var draft: Draft
    /// In the order in which they matter.
    public var notes: [EditNote]

    public init(draft: Draft, notes: [EditNote]) {
        self.draft = draft
        self.notes = notes
    }
}

/// One thing that planning did and a person should know, as a value; the words are the front door's.
public enum EditNote: Hashable, Sendable {
    public enum LeftOutReason: String, CaseIterable, Hashable, Sendable, Codable {
        /// Nearly the same picture as one that was kept.
        case nearDuplicate = "near-duplicate"
        case blurred
        /// The film has no time for it.
        case noRoom = "no-room"
    }

    public struct LeftOut: Hashable, Sendable {
        /// Asset id.
        public var id: String
        public var name: String
        public var reason: LeftOutReason

        public init(id: String, name: String, reason: LeftOutReason) {
            self.id = id
            self.name = name
            self.reason = reason
        }
    }

    public enum NoBeatReason: String, CaseIterable, Hashable, Sendable, Codable {
        case noSong = "no-song"
        case noBeats = "no-beats"
        /// The tracker is not sure of them.
        case unsure
        /// A time per photo was asked for, and goes before.
        case perPhoto = "per-photo"
    }

    /// Pictures that are not in the film, in film order.
    case picturesLeftOut([LeftOut], kept: Int)
    /// A file that cannot be shown or heard: it has no size, or no length.
    case unusable(name: String)
    /// An animation of which only the first picture is shown.
    case animationStands(name: String)
    /// A film has one song; this one is not used.
    case songLeftOut(name: String, used: String)
    /// Captions with times of their own go before a script, of which at most the heading is used.
    case scriptLeftOut(name: String, used: String)
    /// The clip's middle part is shown.
    case clipTrimmed(name: String, from: MediaTime, to: MediaTime)
    /// There were too few clips for the length asked for: some come again.
    case clipsRepeated(times: Int)
    case songLoops(name: String, length: MediaTime)
    /// The film is as long as the song.
    case lengthFromSong(name: String, length: MediaTime)
    /// The film ends on a bar of the song.
    case endsOnBar
    case cutsOnBeats(count: Int, of: Int, tempo: Double)
    case cutsWithoutBeats(NoBeatReason)
    /// Shots are too short for the transition asked for.
    case transitionsShortened(asked: MediaTime, least: MediaTime)
    /// The length asked for leaves each photo another time than was asked.
    case perPhotoChanged(asked: MediaTime, used: MediaTime)
    /// Made as short as the platform advises.
    case shortenedFor(preset: String, from: MediaTime, to: MediaTime)
    /// As asked, and longer than the platform takes or advises.
    case longerThan(preset: String, length: MediaTime, most: MediaTime)
    case frameRateOutside(preset: String, frameRate: FrameRate)
    /// Photos without a capture time stand where their file's own date puts them.
    case orderByFileTime(count: Int)
    /// Photos without any time stand after the others.
    case orderWithoutTime(count: Int)
    /// Photos shown whole over a blurred copy, because filling the frame would lose too much of them.
    case shownWhole(count: Int)
    /// The script is shown faster than it is read with ease: `speed` times.
    case captionsFast(speed: Double)
    case scriptCut(shown: Int, of: Int)
    case titleCut(characters: Int)
    /// Clips stand as long as they have material, which is shorter than was asked.
    case clipsAtTheirEnd(count: Int)
    /// A clip was to be shown beyond its end.
    case clipEndsAt(name: String, end: MediaTime)
    /// Texts that are gone, because their picture is or the film is too short for them.
    case textsGone(count: Int)
    /// Texts that stand shorter, because the film does.
    case textsShortened(count: Int)
    /// A voice that the film's end cuts off.
    case voiceCut(name: String)
    /// What is read aloud is read so much faster, in per cent, to fit the film.
    case voiceHurried(percent: Int)
    /// The film is longer than it was, or than was asked, because what is read aloud takes so long.
    case filmLongerForVoice(length: MediaTime)
    /// As loud as it can be made: `most` times its own level.
    case volumeLimited(most: Double)
    /// Pictures that say nothing of when they were taken.
    case undated(count: Int)
}
