// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import JSON

/// Wishes about sounds that were made for the film: the tempo of composed music, the voice that reads and its pace.
extension SoundReader {
    /// What a made sound is made of, by role; empty where there is none.
    static func recipes(_ role: SoundContent.Role, _ scene: Scene) -> [[String: JSONValue]] {
        scene.sounds(role).compactMap { segment in
            if case .generated(let recipe)? = segment.sound?.source { recipe } else { nil }
        }
    }

    /// `the same music but slower`: the piece that is there, at another tempo. The pictures keep their pace.
    static func readTempo(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) -> Bool {
        let head = clause.free("thing", "music")
        let isMeant = head != nil || scene.memory.topic == .music && clause.free("as-is") != nil
        guard isMeant, scene.hasFilm, let bpm = recipes(.music, scene).first?["bpm"]?.number,
            clause.free("music") == nil,
            clause.free("mood") == nil, clause.free(\.duration).isEmpty, clause.free(\.number).isEmpty,
            !clause.hasThing("photo", "picture", "film", "voice"), clause.references.allSatisfy({ $0.value == .it }),
            let pace = pace(clause)
        else { return false }
        let tempo = min(max((bpm * pace.factor).rounded(), 40), 220)
        result.add(Wish("music", ["compose": .object(["bpm": .integer(Int64(tempo))])]), topic: .music)
        clause.use(pace.index)
        clause.use(saying: "thing.music", "deg", "as-is", "it")
        useVerbs(&clause)
        return true
    }

    /// `a male voice please`, `read it slower`: what is read already is read otherwise.
    static func readVoiceChange(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) -> Bool {
        let recipes = recipes(.voice, scene)
        let speaker = clause.free("speaker")
        let isMeant = clause.free("thing", "voice") != nil || clause.free("verb", "read-aloud") != nil
        guard let recipe = recipes.first, speaker != nil || isMeant, !clause.hasVerb("remove"),
            clause.free(\.quote).isEmpty, nearestSound(clause, to: 0, scene) == nil
        else { return false }
        var wish = Wish("voice-over")
        if let speaker, let name = clause.units[speaker].value(of: "speaker") {
            wish["voice"] = .string(name)
            clause.use(speaker)
        }
        if let pace = pace(clause) {
            // Two digits are more than anybody hears.
            let asked = (recipe["rate"]?.number ?? 1) * pace.factor
            wish["rate"] = .number(min(max((asked * 100).rounded() / 100, 0.5), 2))
            clause.use(pace.index)
        }
        guard !wish.arguments.isEmpty else { return false }
        result.add(wish, topic: .voice)
        clause.use(saying: "thing.voice", "verb.read-aloud", "deg", "it")
        useVerbs(&clause)
        return true
    }

    /// How many times as fast somebody wants it, and where that is said.
    private static func pace(_ clause: Clause) -> (factor: Double, index: Int)? {
        let quicker =
            clause.free("adjust", "pace+") ?? clause.free("complain", "slow") ?? clause.free("verb", "speed-up")
        let slower =
            clause.free("adjust", "pace-") ?? clause.free("complain", "fast") ?? clause.free("verb", "slow-down")
        guard let index = quicker ?? slower else { return nil }
        var isQuicker = quicker != nil
        if clause.units.indices.contains(index - 1), clause.units[index - 1].is("deg", "too") { isQuicker.toggle() }
        if clause.isNegated(index) { isQuicker.toggle() }
        if clause.has("deg", "lot") { return (isQuicker ? 1.3 : 0.75, index) }
        if clause.has("deg", "bit") { return (isQuicker ? 1.08 : 0.93, index) }
        return (isQuicker ? 1.15 : 0.87, index)
    }

    /// `captions that follow the voice`: where words are read, captions without words of their own are what is read.
    static func readSpokenCaptions(
        _ clause: inout Clause, _ scene: Scene, _ result: inout Understanding
    ) -> Bool {
        guard !recipes(.voice, scene).isEmpty, clause.free(\.quote).isEmpty, !scene.isCreating,
            !clause.hasVerb("remove", "move", "change", "replace"), !clause.has("adjust"), !clause.has("color"),
            !clause.has("textstyle"), !clause.has("pos"), !clause.hasThing("date", "title")
        else { return false }
        let speaksOfVoice = clause.has("verb", "read-aloud") || clause.hasThing("voice", "script")
        guard speaksOfVoice || !scene.texts.contains(where: { $0.text?.isCaption ?? false }) else { return false }
        result.add(Wish("captions", ["spread": "voice"]), topic: .texts)
        if let index = clause.free("anim"), let name = clause.units[index].value(of: "anim") {
            // Letter by letter, of what is said, is word by word.
            result.add(
                Wish(
                    "style-text", ["in": .string(name == "typewriter" ? "words" : name)],
                    target: .texts(.assets(["caption"]))), topic: .texts)
        }
        clause.use(clause.indices)
        return true
    }
}
