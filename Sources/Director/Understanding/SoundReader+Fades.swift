// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON

/// Fades of the music and of the film.
extension SoundReader {
    /// `The music kicks in too hard`, `结尾音乐停得太突然`: it fades, longer than it did.
    private static func readAbrupt(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) -> Bool {
        guard let index = clause.free("complain", "abrupt"),
            let music = scene.sounds(.music).first?.sound, let last = scene.sounds(.music).last?.sound,
            clause.hasThing("music", "sound")
                || scene.memory.topic == .music && clause.references.isEmpty
                    && !clause.hasThing("transition", "picture")
        else { return false }
        let isEnd = clause.has("ending") || clause.has("place", "end") || clause.has("vanish")
        let now = (isEnd ? last.fadeOut : music.fadeIn).milliseconds
        let length = min(max(isEnd ? 3000 : 2000, now * 2), 10_000)
        result.add(Wish("music", [isEnd ? "fadeOut" : "fadeIn": .integer(length)]), topic: .music)
        clause.use(clause.indices)
        _ = index
        return true
    }

    static func readFades(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        if readAbrupt(&clause, scene, &result) { return }
        // `a fade to black between photo 2 and photo 3` is a transition.
        let isJoint = clause.has("place", "between") || clause.hasThing("transition")
        let fadesIn = clause.free("verb", "fade-in").flatMap {
            isJoint && clause.units[$0].has("transition") ? nil : $0
        }
        let fadesOut = clause.free("verb", "fade-out").flatMap {
            isJoint && clause.units[$0].has("transition") ? nil : $0
        }
        guard fadesIn != nil || fadesOut != nil else { return }
        // Between pictures it is a transition.
        if let place = fadesOut ?? fadesIn, clause.units[place].has("transition"),
            clause.has("place", "between") || clause.hasThing("transition")
        {
            return
        }
        // Of the picture: to black. Of the sound otherwise.
        let isPicture =
            clause.has("black") || (clause.hasThing("film", "picture") && !clause.hasThing("music", "voice"))
            || (scene.memory.topic != .music && !clause.hasThing("music", "voice", "sound"))
        // A length that stands far off is said of something else: `a 45 second film with music that fades out`.
        let place = fadesOut ?? fadesIn ?? 0
        let time =
            clause.free(\.duration).first { abs($0.index - place) < 5 && $0.value <= 20_000 }.map {
                ($0.index, $0.value)
            }
            ?? clause.free(\.span).first.map { ($0.index, abs($0.value.1 - $0.value.0)) }
        let isNone = clause.isNegated(fadesOut ?? fadesIn ?? 0) || clause.hasVerb("remove")
        let length = isNone ? 0 : time?.1 ?? (isPicture ? 1000 : 2000)
        var wish = Wish(isPicture ? "fade-film" : "music")
        if let fadesIn {
            wish[isPicture ? "in" : "fadeIn"] = .integer(length)
            clause.use(fadesIn)
        }
        if let fadesOut {
            wish[isPicture ? "out" : "fadeOut"] = .integer(length)
            clause.use(fadesOut)
        }
        if let time { clause.use(time.0) }
        clause.use(saying: "it", "black", "place")
        if let index = clause.free("thing", "music") { clause.use(index) }
        result.add(wish, topic: isPicture ? .film : .music)
    }
}
