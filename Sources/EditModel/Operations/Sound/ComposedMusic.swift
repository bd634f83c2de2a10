// SPDX-License-Identifier: GPL-3.0-or-later
import Composer
import JSON

/// Music that is made for the film: what of it a draft says.
struct ComposedMusic: Hashable {
    var style = "lofi"
    var mood: String?
    var tempo: Double?
    var seed: Int64 = 1
    /// Members this program does not know.
    private var rest: [String: JSONValue] = [:]

    init() {}

    /// Reads a draft's `gen`; nil of anything but music.
    init?(_ recipe: [String: JSONValue]) {
        guard recipe["kind"]?.string == "music" else { return nil }
        rest = recipe
        style = recipe["style"]?.string ?? style
        mood = recipe["mood"]?.string
        tempo = recipe["bpm"]?.number
        seed = recipe["seed"]?.integer ?? seed
    }

    /// Beats a minute: as asked, or what the style usually has.
    var beatsPerMinute: Double { tempo ?? MusicStyle.named(style)?.usualTempo ?? 96 }

    var recipe: [String: JSONValue] {
        var recipe = rest
        recipe["kind"] = "music"
        recipe["style"] = .string(style)
        recipe["mood"] = mood.map { .string($0) }
        recipe["bpm"] = Int64(exactly: beatsPerMinute).map { .integer($0) } ?? .number(beatsPerMinute)
        recipe["seed"] = .integer(seed)
        return recipe
    }

    /// As a person reads it on the timeline: `Lo-fi`, `Hip hop`.
    var title: String {
        if style == "lofi" { return "Lo-fi" }
        let words = style.map { $0 == "-" ? " " : $0 }
        return words.prefix(1).map { $0.uppercased() }.joined() + String(words.dropFirst())
    }

    static let parameters = [
        OperationParameter("style", .text(most: 40)),
        OperationParameter("mood", .text(most: 40)),
        OperationParameter("bpm", .number(40...220, .beatsPerMinute)),
        OperationParameter("seed", .seed),
    ]

    /// Takes over what is given; a style brings its own tempo.
    mutating func take(style: String?, mood: String?, tempo: Double?, seed: Int64?) {
        if let style {
            // A word for a style is that style: `lo-fi`, `deep house`, 钢琴.
            let plain = MusicStyle.named(style)?.id ?? Self.plain(style)
            if plain != self.style { self.tempo = nil }
            self.style = plain.isEmpty ? self.style : plain
        }
        if let mood { self.mood = mood.isEmpty ? nil : Self.plain(mood) }
        self.tempo = tempo ?? self.tempo
        self.seed = seed ?? self.seed
    }

    /// Lower case, words joined by hyphens.
    private static func plain(_ word: String) -> String {
        word.lowercased().split { $0.isWhitespace || $0 == "_" || $0 == "-" }.joined(separator: "-")
    }
}
