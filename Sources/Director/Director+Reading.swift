// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import EditModel

extension Director {
    /// How a message is taken apart, for who writes a language's words: its units with what they mean, its clauses, and
    /// the wishes they come to where there is no film yet.
    public func reading(of message: String, fileNames: [String] = []) -> String {
        let code = languages.language(of: message, session: nil)
        guard let reader = languages.reader(code) else { return "" }
        let media = fileNames.enumerated().map { index, name in
            let sounds = ["mp3", "wav", "m4a"].contains { name.hasSuffix($0) }
            let clips = ["mp4", "mov"].contains { name.hasSuffix($0) }
            return MediaFacts(
                id: "m\(index + 1)", name: name, kind: sounds ? .audio : clips ? .video : .image, format: "",
                contentHash: "")
        }
        let names = MediaNames(
            media, variants: languages.pack(code)?.variants ?? [:],
            clitics: languages.pack(code)?.clitics ?? Clitics())
        let read = reader.read(message, media: names, language: code)
        let marked = TextCapture.marked(read)
        var lines = ["language \(code)"]
        for unit in marked.units {
            let value = unit.value.map { " \($0)" } ?? ""
            let files = unit.assets.isEmpty ? "" : " files \(unit.assets.joined(separator: ","))"
            lines.append(
                "  \(marked.text(of: unit)): \(unit.concepts.map(\.description).joined(separator: " "))\(value)\(files)"
                    + (unit.isExact ? "" : " ~"))
        }
        for clause in ClauseSplitter.clauses(of: marked) {
            lines.append("clause " + clause.units.map { marked.text(of: $0) }.joined(separator: " | "))
        }
        let scene = Scene(draft: Draft(), media: media, memory: Memory())
        let understanding = Understanding.of(read, in: scene)
        for wish in understanding.wishes {
            lines.append(
                "wish \(wish.name) \(wish.arguments.keys.sorted().map { "\($0)=\(wish.arguments[$0]?.text() ?? "")" }.joined(separator: " "))"
                    + (wish.target.map { " to \($0)" } ?? ""))
        }
        lines.append(
            "speech \(understanding.speeches) film \(understanding.asksForFilm) unknown \(understanding.unknown) missing \(understanding.missing)"
        )
        return lines.joined(separator: "\n")
    }
}
