// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel

/// A text's look in what editors have words for: one typeface, size, colour and place.
struct TextLook {
    /// Pixels on the film's canvas.
    let size: Double
    let family: String
    let color: String
    let isBold: Bool
    let isItalic: Bool
    let alignment: TextStyle.Alignment
    let stroke: TextStyle.Stroke?
    let plate: TextStyle.Plate?
    /// Of the text's centre, as shares of the canvas.
    let center: UnitPoint
    /// As it is set: in the case that its style has.
    let text: String

    init(_ content: TextContent, canvas: PixelSize) {
        let style = content.style
        let usual: Double =
            switch content.role {
            case .title: 96
            case .caption, .subtitle: 54
            case .credit: 48
            }
        size = (style.size ?? usual) * Double(canvas.shortSide) / 1080
        family = style.font.flatMap { $0.isEmpty ? nil : $0 } ?? "Inter"
        color = style.color ?? "#FFFFFF"
        isBold = style.bold ?? (content.role == .title)
        isItalic = style.italic ?? false
        alignment = style.alignment ?? .center
        stroke = style.stroke
        plate = style.plate
        switch content.position {
        case .top: center = UnitPoint(x: 0.5, y: 0.15)
        case .center: center = .center
        case .bottom: center = UnitPoint(x: 0.5, y: 0.85)
        case .lowerThird: center = UnitPoint(x: 0.5, y: 0.75)
        case .at(let point): center = point
        }
        switch style.letterCase {
        case .upper: text = content.text.uppercased()
        case .lower: text = content.text.lowercased()
        case .none?, nil: text = content.text
        }
    }
}
