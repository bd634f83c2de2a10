// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON

/// Voice-overs: a file, words to be spoken, the script.
extension SoundReader {
    static func readVoice(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        guard let head = clause.free("thing", "voice") ?? clause.free("verb", "read-aloud") else { return }
        if clause.hasVerb("remove") || clause.isNegated(head) {
            result.add(Wish("remove-sound", ["role": "voice"]), topic: .voice)
            clause.use(head)
            return useVerbs(&clause)
        }
        if clause.has("adjust", "volume+") || clause.has("adjust", "volume-") { return }
        // The file that is named nearest; else words in quotes; else a sound that is called a voice; else the script.
        if let file = nearestSound(clause, to: head, scene) {
            result.add(Wish("voice-over", ["media": .string(file.id)]), topic: .voice)
            clause.use(head, file.index)
            return useVerbs(&clause)
        }
        if let quote = clause.free(\.quote).first {
            var wish = Wish("voice-over", ["text": .string(quote.value)])
            if let speaker = clause.free("speaker"), let name = clause.units[speaker].value(of: "speaker") {
                wish["voice"] = .string(name)
                clause.use(speaker)
            }
            result.add(wish, topic: .voice)
            clause.use(head, quote.index)
            return useVerbs(&clause)
        }
        guard clause.hasVerb("add", "use", "make", "read-aloud") || scene.isCreating || clause.has("with") else {
            return
        }
        let used = Set(
            scene.draft.tracks.flatMap(\.segments).compactMap { segment -> String? in
                if case .asset(let id, _)? = segment.sound?.source { return id }
                return nil
            })
        let script = scene.script
        // `read it aloud`: there must be words; a song is none.
        let isRead = clause.units[head].is("verb", "read-aloud")
        if let script, isRead || clause.hasThing("script") || scene.songs.isEmpty {
            result.add(Wish("voice-over", ["text": .string(script)]), topic: .voice)
            if let index = clause.free("thing", "script") { clause.use(index) }
        } else if isRead {
            result.needs.append("script")
        } else if let song = scene.songs.first(where: { !used.contains($0.id) }) {
            result.add(Wish("voice-over", ["media": .string(song.id)]), topic: .voice)
        } else {
            result.needs.append("voice")
        }
        clause.use(head)
        useVerbs(&clause)
    }
}
