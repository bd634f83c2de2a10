// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime
public import JSON

/// One thing that a draft has otherwise than another: what, before and after. Found by comparing drafts, so that it says
/// nothing that the draft does not show; words are made of it by `words(in:)`.
public struct EditChange: Hashable, Sendable {
    public enum Subject: String, CaseIterable, Hashable, Sendable, Codable {
        // The film
        case length, canvas, preset, frameRate = "frame-rate", background, fadeIn = "fade-in", fadeOut = "fade-out"
        case filmTitle = "film-title", loudness, beats
        // Its pictures: `names` are those concerned
        case pictures, added, removed, replaced, order, pace, trim, speed, reverse, turn, crop
        case transition, transitionLength = "transition-length", motion, motionAmount = "motion-amount"
        case fit, focus, look, colourTable = "colour-table", adjustment, opacity
        case clipVolume = "clip-volume", clipSound = "clip-sound"
        // Sound: `before` and `after` are names where one is put in, taken out or exchanged
        case music, musicVolume = "music-volume", musicStart = "music-start", musicFades = "music-fades"
        case musicDucks = "music-ducks"
        case voice, voiceVolume = "voice-volume", effects, trackSound = "track-sound"
        // Texts: `names` are the words concerned
        case textAdded = "text-added", textRemoved = "text-removed", textChanged = "text-changed"
        case textMoved = "text-moved", textStyle = "text-style", textTime = "text-time"
        // Over the film
        case overlayAdded = "overlay-added", overlayRemoved = "overlay-removed", overlayChanged = "overlay-changed"
    }

    /// What a subject was or is.
    public enum Value: Hashable, Sendable {
        case time(MediaTime)
        case times(MediaTime, MediaTime)
        case number(Double)
        /// 1 is 100 %.
        case share(Double)
        case count(Int)
        case size(PixelSize)
        /// A word of one of the model's tables (`warm`, `crossfade`, `blur`, …) or `mixed`.
        case word(String)
        /// A person's own words, or a file's name.
        case text(String)
        case flag(Bool)
        case list([String])
    }

    public var subject: Subject
    /// Nil where there was nothing.
    public var before: Value?
    public var after: Value?
    /// The pictures, texts or sounds concerned, by name; empty where it is all of them or the film.
    public var names: [String]
    /// How many are concerned; 0 where it is the film.
    public var count: Int

    init(_ subject: Subject, _ before: Value?, _ after: Value?, names: [String] = [], count: Int = 0) {
        self.subject = subject
        self.before = before
        self.after = after
        self.names = names
        self.count = count
    }
}

extension EditChange {
    public var json: JSONValue {
        var members: [String: JSONValue] = ["what": .string(subject.rawValue)]
        if let before { members["before"] = before.json }
        if let after { members["after"] = after.json }
        if !names.isEmpty { members["names"] = .array(names.map { .string($0) }) }
        if count > 0 { members["count"] = .integer(Int64(count)) }
        return .object(members)
    }
}

extension EditChange.Value {
    /// Times in milliseconds, sizes as `1080x1920`.
    public var json: JSONValue {
        switch self {
        case .time(let time): return .integer(time.milliseconds)
        case .times(let first, let second): return [.integer(first.milliseconds), .integer(second.milliseconds)]
        case .number(let number), .share(let number): return .number(number)
        case .count(let count): return .integer(Int64(count))
        case .size(let size): return .string("\(size.width)x\(size.height)")
        case .word(let word), .text(let word): return .string(word)
        case .flag(let flag): return .bool(flag)
        case .list(let list): return .array(list.map { .string($0) })
        }
    }
}
