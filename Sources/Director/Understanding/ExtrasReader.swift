// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import JSON

/// Reads the rest of what a film may have: a background, a logo, the frame rate, a name, the general wish for better.
enum ExtrasReader: ClauseReader {
    static func read(_ clause: inout Clause, in scene: Scene, into result: inout Understanding) {
        readBackground(&clause, &result)
        readLogo(&clause, scene, &result)
        if let rate = clause.free(\.frameRate).first {
            result.add(Wish("fps", ["fps": .number(rate.value)]), topic: .film)
            clause.use(rate.index)
        } else if let index = clause.free("thing", "fps"), let rate = clause.free(\.number).first, rate.value >= 8 {
            result.add(Wish("fps", ["fps": .number(rate.value)]), topic: .film)
            clause.use(index, rate.index)
        }
        if let index = clause.free("thing", "film-name"), let quote = clause.free(\.quote).first {
            result.add(Wish("title-name", ["title": .string(quote.value)]), topic: .film)
            clause.use(index, quote.index)
        }
        if let index = clause.free("complain", "text-unreadable") {
            result.add(Wish("style-text", ["plate": true, "scale": 1.15]), topic: .texts)
            clause.use(index)
        }
        // 字太小了看不清: said of words, it is their size that is wrong.
        if clause.hasThing("title", "text", "caption", "subtitle"), result.wishes.last?.name == "style-text",
            let index = clause.free("complain", "fast")
        {
            clause.use(index)
        }
        readBusy(&clause, scene, &result)
        if let index = clause.free("better") {
            clause.use(index)
            result.add(Wish("polish", ["style": .string(clause.units[index].value(of: "better") ?? "")]), topic: .film)
            clause.use(saying: "verb", "it")
        }
    }

    /// `Too flashy`: the calmest transition, or none where that is what there is; and less movement, unless it is said of
    /// the transitions alone.
    private static func readBusy(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        guard let index = clause.free("complain", "busy") else { return }
        let head = clause.free("thing", "transition")
        let used = Set(
            scene.draft.mainTrack?.segments.dropLast().compactMap { $0.picture?.transition?.name.rawValue } ?? [])
        let isCalm = used.isSubset(of: ["crossfade"])
        result.add(Wish("transition", ["type": isCalm && head != nil ? "none" : "crossfade"]), topic: .film)
        if let head {
            clause.use(head)
        } else {
            result.add(Wish("motion", ["type": "auto", "amount": 0.07]), topic: .film)
        }
        clause.use(index)
    }

    private static func readBackground(_ clause: inout Clause, _ result: inout Understanding) {
        if let pattern = TextReader.pattern(&clause) {
            return result.add(Wish("background-pattern", ["pattern": pattern]), topic: .film)
        }
        guard let index = clause.free("thing", "background") else { return }
        var color = clause.free(\.color).first?.value
        if color == nil, let named = clause.free("color"), let name = clause.units[named].value(of: "color") {
            color = ColorWords.hex[name]
            clause.use(named)
        }
        guard let color else { return }
        result.add(Wish("background", ["color": .string(color)]), topic: .film)
        clause.use(index)
    }

    private static func readLogo(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        let badge =
            clause.has("corner") && clause.hasVerb("add", "use", "show", "move") && !clause.hasThing("text", "title")
        guard let index = clause.free("thing", "logo") ?? (badge ? clause.free("corner") : nil), !clause.has("again")
        else { return }
        if clause.hasVerb("remove") || clause.isNegated(index) {
            result.add(Wish("remove", ["overlays": true]), topic: .film)
            return clause.use(clause.indices)
        }
        let named = clause.units.flatMap { scene.ids($0.assets, of: .image) }
        let file = named.first ?? scene.media.first { $0.kind == .image && $0.name.lowercased().contains("logo") }?.id
        if file == nil, clause.hasThing("logo"), clause.hasVerb("add", "use", "show") {
            result.needs.append("logo")
            return clause.use(clause.indices)
        }
        guard let file,
            clause.hasVerb("add", "use", "show", "move") || clause.has("corner") || clause.has("as")
                || !named.isEmpty && clause.has("be") || scene.isCreating && clause.has("with")
        else { return }
        var wish = Wish("logo")
        wish["media"] = .string(file)
        if let corner = clause.free("corner"), let name = clause.units[corner].value(of: "corner") {
            wish["corner"] = .string(name)
            clause.use(corner)
        }
        if let share = clause.free(\.share).first {
            wish[clause.has("opacity") ? "opacity" : "size"] = .number(min(share.value, 1))
            clause.use(share.index)
        }
        result.add(wish, topic: .film)
        clause.use(index)
        for place in clause.indices where clause.units[place].assets.contains(file) { clause.use(place) }
        for reference in clause.references where reference.value == .assets([file]) { clause.use(reference.index) }
        if scene.isCreating {
            clause.useWords("with", "whole", "in", "on", "be")
        } else {
            clause.use(clause.indices)
        }
    }
}
