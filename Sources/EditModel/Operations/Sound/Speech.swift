// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import JSON

/// A text read aloud by a made voice: what of it a draft says.
struct Speech: Hashable {
    var text: String
    var voice: String?
    var language: String?
    /// 1 is the voice's own pace.
    var rate: Double?

    var recipe: [String: JSONValue] {
        var recipe: [String: JSONValue] = ["kind": "voice", "text": .string(text)]
        recipe["voice"] = voice.map { .string($0) }
        recipe["language"] = language.map { .string($0) }
        recipe["rate"] = rate.map { rate in Int64(exactly: rate).map { .integer($0) } ?? .number(rate) }
        return recipe
    }

    /// The voice on the timeline.
    func segment(id: String, _ place: Range<Int64>, volume: Double = 1) -> Segment {
        var sound = SoundContent(.generated(recipe), role: .voice)
        sound.volume = volume
        return Segment(
            id: id,
            range: TimeRange(
                MediaTime(milliseconds: place.lowerBound), until: MediaTime(milliseconds: place.upperBound)),
            content: .sound(sound), name: String(text.prefix(AutoEdit.longestName)))
    }

    /// Faster than this nobody is made to read so that a film can be as short as it is.
    static let mostHaste = 1.2
    /// Milliseconds between two lines.
    static let breath: Int64 = 250

    /// Milliseconds that `text` takes to be said: as measured at the voice's own pace, or about 14 letters a second (a Chinese,
    /// Japanese or Korean character is a syllable, about a fifth of a second).
    static func length(of text: String, measured: [String: MediaTime], rate: Double = 1) -> Int64 {
        if let known = measured[text] {
            return max(1, Int64((Double(known.milliseconds) / max(rate, 0.1)).rounded(.up)))
        }
        let weight = text.reduce(0.0) { $0 + ($1.isWide ? 2.8 : 1) }
        let pauses = text.count { ",;:.!?…，。；：！？、".contains($0) }
        return max(600, Int64((weight / 14 * 1000 / max(rate, 0.1)).rounded()) + Int64(pauses) * 120)
    }
}

extension Segment {
    /// What a made voice says; nil for any other segment.
    var speech: Speech? {
        guard case .generated(let recipe)? = sound?.source, recipe["kind"]?.string == "voice",
            let text = recipe["text"]?.string
        else { return nil }
        return Speech(
            text: text, voice: recipe["voice"]?.string, language: recipe["language"]?.string,
            rate: recipe["rate"]?.number)
    }
}
