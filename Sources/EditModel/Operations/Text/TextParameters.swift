// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

/// How a text looks, comes and goes: parameters that adding and restyling share.
enum TextParameters {
    static let animations = TextAnimation.Kind.allCases.map(\.rawValue) + ["none"]
    static let positions = ["top", "center", "bottom", "lower-third"]

    static func style(named name: String) -> [OperationParameter] {
        [
            OperationParameter(name, .text(most: 60)),
            OperationParameter("color", .color),
            OperationParameter("size", .number(8...600, .pixels)),
            OperationParameter("font", .text(most: 100)),
            OperationParameter("bold", .flag),
            OperationParameter("italic", .flag),
            OperationParameter("case", .choice(of: TextStyle.LetterCase.self)),
            OperationParameter("spacing", .number(-100...200, .pixels)),
            OperationParameter("align", .choice(of: TextStyle.Alignment.self)),
            OperationParameter("shadow", .flag),
            OperationParameter("stroke", .either([.flag, .color])),
            OperationParameter("plate", .either([.flag, .color])),
            OperationParameter("in", .choice(animations)),
            OperationParameter("out", .choice(animations)),
        ]
    }

    static let place = [
        OperationParameter("position", .choice(positions)),
        OperationParameter("x", .share),
        OperationParameter("y", .share),
    ]

    /// The position that `position`, or `x` and `y`, name.
    static func position(
        _ arguments: OperationArguments, present: TextContent.Position?
    ) -> TextContent.Position? {
        if arguments.has("x") || arguments.has("y") {
            var point = UnitPoint.center
            switch present {
            case .at(let place)?: point = place
            case .top?: point.y = 0.15
            case .bottom?: point.y = 0.85
            case .lowerThird?: point.y = 0.75
            case .center?, nil: break
            }
            return .at(UnitPoint(x: arguments.number("x") ?? point.x, y: arguments.number("y") ?? point.y))
        }
        return arguments.text("position").flatMap(TextContent.Position.init(named:))
    }

    /// Changes what is given of `text`, which stands for `length` milliseconds.
    static func restyle(
        _ text: inout TextContent, _ arguments: OperationArguments, styleName: String, length: Int64
    ) {
        if let name = arguments.text(styleName) {
            text.style.name = name.isEmpty ? nil : name
            // The usual fades give way to how the style comes and goes; what else was chosen stays.
            if !name.isEmpty, text.entrance?.kind ?? .fade == .fade, text.exit?.kind ?? .fade == .fade {
                (text.entrance, text.exit) = (nil, nil)
            }
        }
        if let font = arguments.text("font") { text.style.font = font.isEmpty ? nil : font }
        text.style.color = arguments.text("color") ?? text.style.color
        text.style.size = arguments.number("size") ?? text.style.size
        text.style.bold = arguments.flag("bold") ?? text.style.bold
        text.style.italic = arguments.flag("italic") ?? text.style.italic
        text.style.letterCase = arguments.choice("case", TextStyle.LetterCase.self) ?? text.style.letterCase
        text.style.spacing = arguments.number("spacing") ?? text.style.spacing
        text.style.alignment = arguments.choice("align", TextStyle.Alignment.self) ?? text.style.alignment
        text.style.shadow = arguments.flag("shadow") ?? text.style.shadow
        if let on = arguments.flag("stroke") {
            text.style.stroke = on ? text.style.stroke ?? .init(color: "#000000", width: 4) : .none
        } else if let color = arguments.text("stroke") {
            text.style.stroke = .init(color: color, width: text.style.stroke?.width ?? 4)
        }
        if let on = arguments.flag("plate") {
            text.style.plate = on ? text.style.plate ?? .init(color: "#000000", opacity: 0.5) : .none
        } else if let color = arguments.text("plate") {
            text.style.plate = .init(color: color, opacity: text.style.plate?.opacity ?? 0.6)
        }
        // In no time: what has a style and says nothing comes and goes as the style does.
        let none = text.style.name == nil ? nil : TextAnimation(.fade, duration: .zero)
        if let word = arguments.text("in") { text.entrance = animation(word, length) ?? none }
        if let word = arguments.text("out") { text.exit = animation(word, length) ?? none }
    }

    /// Nil for `none`.
    static func animation(_ word: String, _ length: Int64) -> TextAnimation? {
        guard let kind = TextAnimation.Kind(rawValue: word) else { return nil }
        let time: Int64
        switch kind {
        case .fade, .slide, .pop: time = min(400, length / 4)
        case .typewriter, .words: time = min(2000, length / 2)
        case .roll: time = length
        }
        return time > 0 ? TextAnimation(kind, duration: MediaTime(milliseconds: time)) : nil
    }
}
