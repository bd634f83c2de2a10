// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import JSON

// What edits remember of a segment beyond what the renderer draws. Kept under keys of the draft's JSON that readers who
// do not know them pass on:
//   "on":"s3"        a text, sound or overlay goes with this picture: it moves and lasts as the picture does
//   "fixed":true     a text's or sound's times were given by a person and stay when the film's length changes
//   "card":"end"     a picture of the film's own (end card, credits): it keeps its length and stays last
//   "span":[a,b]     the part of a clip, in milliseconds of it, that a person chose; nothing else of it is shown
//   "joint":600      the length that the transition behind a picture had before its neighbours got too short for it
//   "own":["fit"]    what of fit, focus and motion a person chose, so that no later layout changes it
//   "under":true     music whose level was lowered for a voice, not by a person

extension Segment {
    /// The picture that this goes with.
    public var boundTo: String? {
        get { extra["on"]?.string }
        set { extra["on"] = newValue.map { .string($0) } }
    }

    /// Whether its times were given and stay.
    public var isFixed: Bool {
        get { extra["fixed"]?.bool ?? false }
        set { extra["fixed"] = newValue ? .bool(true) : nil }
    }

    /// Whether it is an end card or the like: keeps its length, stays last.
    public var isCard: Bool {
        get { extra["card"] != nil }
        set { extra["card"] = newValue ? "end" : nil }
    }

    /// The part of a clip that may be shown, in milliseconds of the source.
    var span: Range<Int64>? {
        get {
            guard let pair = extra["span"]?.array?.compactMap(\.integer), pair.count == 2, pair[0] >= 0,
                pair[1] > pair[0]
            else { return nil }
            return pair[0]..<pair[1]
        }
        set { extra["span"] = newValue.map { [.integer($0.lowerBound), .integer($0.upperBound)] } }
    }

    /// Milliseconds that the transition into the next picture takes as soon as there is room for it; 0 = what it takes.
    var jointWish: Int64 {
        get { max(0, extra["joint"]?.integer ?? 0) }
        set { extra["joint"] = newValue > 0 ? .integer(newValue) : nil }
    }

    /// What a person chose of a picture's looks.
    enum Choice: String, CaseIterable { case fit, focus, motion }

    func isChosen(_ choice: Choice) -> Bool { extra["own"]?.array?.contains(.string(choice.rawValue)) ?? false }

    mutating func setChosen(_ choice: Choice, _ isChosen: Bool = true) {
        var all = Choice.allCases.filter { self.isChosen($0) && $0 != choice }
        if isChosen { all.append(choice) }
        let words = Choice.allCases.filter(all.contains).map { JSONValue.string($0.rawValue) }
        extra["own"] = words.isEmpty ? nil : .array(words)
    }

    /// Whether a voice, not a person, set this music's level.
    var isLoweredForVoice: Bool {
        get { extra["under"]?.bool ?? false }
        set { extra["under"] = newValue ? .bool(true) : nil }
    }

    /// Where it lies on the timeline, in whole milliseconds.
    var milliseconds: Range<Int64> {
        get { range.start.milliseconds..<max(range.start.milliseconds, range.end.milliseconds) }
        set {
            range = TimeRange(
                MediaTime(milliseconds: newValue.lowerBound), until: MediaTime(milliseconds: newValue.upperBound))
        }
    }
}

extension FilmSettings {
    /// Whether cuts fall on the music's beats and are put there again after edits (`"beats":true`).
    public var cutsOnBeats: Bool {
        get { extra["beats"]?.bool ?? false }
        set { extra["beats"] = newValue ? .bool(true) : nil }
    }
}
