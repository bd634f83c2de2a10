// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Titles

extension TitleRequest {
    /// What to draw for a text of a draft, on the film's canvas, inside its platform's safe area.
    init(_ text: TextContent, film: FilmSettings) {
        let style = text.style
        let canvas = film.canvas
        let safe = film.safeRect(at: text.position)
        let left = Int((safe.x * Double(canvas.width)).rounded(.up))
        let top = Int((safe.y * Double(canvas.height)).rounded(.up))
        self.init(
            text.text, role: TitleRole(rawValue: text.role.rawValue) ?? .title, style: style.name ?? "",
            family: style.font ?? "", size: style.size,
            letterSpacing: style.spacing.map { $0 / 100 }, letterCase: style.letterCase.map(TitleCase.init),
            color: style.color.flatMap(TitleColor.init), bold: style.bold, italic: style.italic,
            alignment: style.alignment.flatMap { TitleAlignment(rawValue: $0.rawValue) },
            shadow: Self.shadow(style),
            stroke: style.stroke.flatMap { stroke in
                TitleColor(stroke.color).map { TitleStroke(color: $0, width: stroke.width) }
            },
            plate: style.plate.flatMap { plate in
                TitleColor(plate.color).map { TitlePlate(color: $0, opacity: plate.opacity) }
            },
            language: film.language ?? "", canvasWidth: canvas.width, canvasHeight: canvas.height,
            box: TitleBox(
                x: left, y: top, width: Int(safe.width * Double(canvas.width)),
                height: Int(safe.height * Double(canvas.height))),
            position: TitlePosition(text.position), words: text.words.map(\.text))
    }
}

extension TitleRequest {
    /// A shadow that is asked for is the style's own where it has one.
    fileprivate static func shadow(_ style: TextStyle) -> TitleShadow? {
        switch style.shadow {
        case nil: return nil
        case .some(false): return TitleShadow.none
        case .some(true):
            let own = style.name.flatMap(TitleStyle.named)?.shadow
            return own == nil || own == TitleShadow.none ? .soft : nil
        }
    }
}

extension TitlePosition {
    init(_ position: TextContent.Position) {
        switch position {
        case .top: self = .top
        case .center: self = .center
        case .bottom: self = .bottom
        case .lowerThird: self = .lowerThird
        case .at(let point): self = .at(x: point.x, y: point.y)
        }
    }
}

extension TitleCase {
    init(_ letterCase: TextStyle.LetterCase) {
        switch letterCase {
        case .none: self = .asIs
        case .upper: self = .upper
        case .lower: self = .lower
        }
    }
}
