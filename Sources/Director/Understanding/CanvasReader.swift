// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import JSON

/// Reads the frame: platforms, shapes, sizes.
enum CanvasReader: ClauseReader {
    static func read(_ clause: inout Clause, in scene: Scene, into result: inout Understanding) {
        var wish = Wish("canvas")
        for index in clause.indices where clause.isFree(index) {
            let unit = clause.units[index]
            switch unit.value {
            case .ratio(let width, let height):
                wish["ratio"] = .string("\(width):\(height)")
                clause.use(index)
            case .size(let width, let height):
                wish["width"] = .integer(Int64(width))
                wish["height"] = .integer(Int64(height))
                clause.use(index)
            case .lines(let lines):
                wish["shortSide"] = .integer(Int64(lines))
                clause.use(index)
            case .bytes(let bytes):
                result.add(Wish("size-limit", ["bytes": .integer(bytes)]))
                clause.use(index)
            case nil:
                if let name = unit.value(of: "platform") {
                    // `not for TikTok, for YouTube`
                    // An Instagram story is a story.
                    let isPlainer = name == "instagram" && wish["preset"] != nil
                    if !clause.isNegated(index), !isPlainer { wish["preset"] = .string(name) }
                    clause.use(index)
                } else if let shape = unit.value(of: "shape"), !clause.hasVerb("crop") {
                    // `from landscape to portrait`, `横屏改竖屏`: the last counts.
                    let isLater = clause.units[..<index].contains { $0.is("verb", "change") || $0.has("to") }
                    if !clause.isNegated(index), wish["ratio"] == nil || isLater {
                        wish["ratio"] =
                            shape == "landscape"
                            ? "16:9"
                            : shape == "portrait"
                                ? "9:16" : shape == "square" ? "1:1" : .string(shape.replacing("-", with: ":"))
                    }
                    clause.use(index)
                } else if let lines = unit.value(of: "lines").flatMap(Int64.init) {
                    wish["shortSide"] = .integer(lines)
                    clause.use(index)
                }
            default: break
            }
        }
        guard !wish.arguments.isEmpty else { return }
        if let last = result.wishes.firstIndex(where: { $0.name == "canvas" }) {
            wish.arguments.merge(result.wishes[last].arguments) { new, _ in new }
            result.wishes.remove(at: last)
        }
        result.add(wish)
        if result.topic == nil { result.topic = .film }
        clause.use(saying: "thing.canvas", "verb.change", "it")
    }
}
