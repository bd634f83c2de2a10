// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import JSON

/// Reads how a picture lies in the frame: filled, whole, over a blur, cropped, with its centre elsewhere.
enum FramingReader: ClauseReader {
    static func read(_ clause: inout Clause, in scene: Scene, into result: inout Understanding) {
        if let index = clause.free("complain", "heads-cut") {
            result.add(Wish("fit", ["fit": "blur"], target: target(&clause)), topic: .pictures)
            clause.use(index)
        }
        if let index = clause.free("fit"), let name = clause.units[index].value(of: "fit"),
            !clause.hasThing("transition")
        {
            clause.use(index)
            // `don't crop` wants the whole picture, `no black bars` a filled frame or a blur.
            var fit = name
            // `I don't like the blurred sides`
            let isDisliked = name == "blur" && (clause.has("verb", "remove") || clause.has("dislike"))
            let isGone = index > 0 && clause.units[index - 1].value == nil && clause.units[index - 1].has("instead-of")
            if clause.isNegated(index) || isDisliked || isGone {
                fit = name == "cover" ? "blur" : name == "blur" ? "contain" : "blur"
            }
            if let more = clause.free("fit"), let other = clause.units[more].value(of: "fit") {
                // "The full photos with a blurred background": the more particular one counts.
                clause.use(more)
                if other == "blur" || name == "contain" && !clause.isNegated(more) { fit = other }
            }
            if let last = result.wishes.last, last.name == "fit" { result.wishes.removeLast() }
            result.add(Wish("fit", ["fit": .string(fit)], target: target(&clause)), topic: .pictures)
            finish(&clause)
        } else if let index = clause.free("verb", "crop") {
            if clause.isNegated(index) {
                result.add(Wish("fit", ["fit": "blur"], target: target(&clause)), topic: .pictures)
            } else if clause.hasVerb("undo") || (clause.hasVerb("remove") && !clause.units[index].is("verb", "remove"))
            {
                result.add(Wish("crop", ["none": true], target: target(&clause)), topic: .pictures)
            } else if let side = clause.free("side") ?? clause.free("pos"),
                let rect = part(
                    clause.units[side].value(of: "side") ?? clause.units[side].value(of: "pos") ?? "", &clause)
            {
                result.add(Wish("crop", ["rect": rect], target: target(&clause)), topic: .pictures)
                clause.use(side)
            } else if let ratio = ratio(&clause) {
                result.add(Wish("crop", ["ratio": .string(ratio)], target: target(&clause)), topic: .pictures)
            } else if clause.references.isEmpty, result.wishes.last?.name == "crop" {
                // `keep only its left half, crop it`: said twice.
            } else {
                result.add(Wish("fit", ["fit": "cover"], target: target(&clause)), topic: .pictures)
            }
            clause.use(index)
            finish(&clause)
        } else if clause.hasVerb("keep", "only"), !clause.references.isEmpty, let side = clause.free("side"),
            let rect = part(clause.units[side].value(of: "side") ?? "", &clause)
        {
            result.add(Wish("crop", ["rect": rect], target: target(&clause)), topic: .pictures)
            clause.use(side)
            clause.use(saying: "verb")
        }
        if let index = clause.free("verb", "focus") {
            var point: (Double, Double)?
            for at in clause.indices {
                switch clause.units[at].value(of: "side") ?? clause.units[at].value(of: "pos") {
                case "top": point = (0.5, 0.2)
                case "bottom": point = (0.5, 0.8)
                case "left": point = (0.2, 0.5)
                case "right": point = (0.8, 0.5)
                case "center": point = (0.5, 0.5)
                default: continue
                }
                clause.use(at)
            }
            if let point {
                result.add(
                    Wish("focus", ["x": .number(point.0), "y": .number(point.1)], target: target(&clause)),
                    topic: .pictures)
                clause.use(index)
                finish(&clause)
            }
        }
        if let index = clause.free("opacity"), let last = result.wishes.indices.last, result.wishes[last].name == "logo"
        {
            result.wishes[last]["opacity"] = .number(min(clause.free(\.share).first?.value ?? 0.6, 1))
            clause.use(clause.indices)
            _ = index
        } else if let index = clause.free("opacity") {
            let share = clause.free(\.share).first
            result.add(
                Wish("opacity", ["opacity": .number(min(share?.value ?? 0.5, 1))], target: target(&clause)),
                topic: .pictures)
            clause.use(index)
            if let share { clause.use(share.index) }
        }
    }

    /// The shape to crop to: `square`, `4:3`.
    private static func ratio(_ clause: inout Clause) -> String? {
        for index in clause.indices where clause.isFree(index) {
            if case .ratio(let width, let height)? = clause.units[index].value {
                clause.use(index)
                return "\(width):\(height)"
            }
            if let shape = clause.units[index].value(of: "shape") {
                clause.use(index)
                switch shape {
                case "square": return "1:1"
                case "portrait": return "9:16"
                case "landscape": return "16:9"
                default: return shape.replacing("-", with: ":")
                }
            }
        }
        return nil
    }

    /// The part of a picture that "crop to the left half" or "crop the top" keeps or loses.
    private static func part(_ side: String, _ clause: inout Clause) -> JSONValue? {
        var off = clause.has("off") ? 0.2 : 0.0
        if let share = clause.free(\.share).first, share.value > 0, share.value < 0.95 {
            off = clause.has("off") ? share.value : 1 - share.value
            clause.use(share.index)
        }
        let kept = off > 0 ? 1 - off : 0.5
        switch side {
        case "top": return off > 0 ? [0, .number(off), 1, .number(kept)] : [0, 0, 1, .number(kept)]
        case "bottom": return off > 0 ? [0, 0, 1, .number(kept)] : [0, .number(1 - kept), 1, .number(kept)]
        case "left": return off > 0 ? [.number(off), 0, .number(kept), 1] : [0, 0, .number(kept), 1]
        case "right": return off > 0 ? [0, 0, .number(kept), 1] : [.number(1 - kept), 0, .number(kept), 1]
        case "center": return [0.15, 0.15, 0.7, 0.7]
        default: return nil
        }
    }

    private static func target(_ clause: inout Clause) -> Wish.Target? {
        guard let reference = clause.references.first else { return nil }
        clause.use(reference.index)
        if case .it = reference.value, clause.hasThing("photo", "picture") == false { return nil }
        return .pictures(reference.value, kind: clause.hasThing("clip") ? .video : nil)
    }

    private static func finish(_ clause: inout Clause) {
        clause.useWords(
            "neg", "with", "verb.show", "verb.use", "verb.keep", "verb.add", "verb.fill", "thing.background")
    }
}
