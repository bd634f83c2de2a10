// SPDX-License-Identifier: GPL-3.0-or-later

/// A setting at its place on the canvas. Lengths are in canvas pixels.
struct PlacedSetting {
    struct Line {
        let set: SetLine
        /// The line's left end and its baseline.
        var x: Double
        var baseline: Double
        /// Of the letters alone; nil for an empty line.
        var ink: InkBox?
    }

    let size: Double
    let isTruncated: Bool
    private(set) var lines: [Line]
    let layoutWidth: Double
    let layoutHeight: Double
    /// One rectangle a line that has ink, empty without a plate.
    private(set) var plates: [InkBox] = []
    /// Letters, outline and plate.
    private(set) var extent: InkBox

    init(_ setting: Setting, plan: TitlePlan, capHeight: Double) {
        let size = setting.size
        self.size = size
        isTruncated = setting.isTruncated
        let box = plan.box
        let width = setting.width * size
        let cap = capHeight * size
        let last = (setting.lines.last?.baseline ?? 0) * size
        layoutWidth = width
        layoutHeight = cap + last

        // Horizontally.
        let fromRight = setting.lines.first?.fromRight ?? false
        let alignment = Self.alignment(plan, fromRight: fromRight)
        let inset = ((plan.stroke?.width ?? 0) + (plan.plate == nil ? 0 : PlateShape.padding.x)) * size
        var left: Double
        switch (plan.request.position, alignment) {
        case (.at(let x, _), _):
            left = (x.isFinite ? min(max(x, 0), 1) : 0.5) * Double(plan.request.canvasWidth) - width / 2
        case (_, .left): left = Double(box.x) + inset
        case (_, .right): left = Double(box.maxX) - inset - width
        default: left = Double(box.x) + (Double(box.width) - width) / 2
        }

        // Vertically: y of the first baseline, by capitals and baselines, so that texts in a row stand on one line.
        let descent = 0.22 * size
        let first: Double
        let (top, height) = (Double(box.y), Double(box.height))
        switch plan.request.position {
        case .top: first = top + cap + (plan.plate == nil ? 0 : PlateShape.padding.y * size)
        case .center: first = top + (height - cap - last) / 2 + cap
        case .bottom: first = top + height - descent - last - (plan.plate == nil ? 0 : PlateShape.padding.y * size)
        case .lowerThird: first = top + height * 0.8 - (cap + last) / 2 + cap
        case .at(_, let y):
            let centre = (y.isFinite ? min(max(y, 0), 1) : 0.5) * Double(plan.request.canvasHeight)
            first = centre - (cap + last) / 2 + cap
        }

        // Beside a bar lines begin where it stands, wherever the whole is.
        let within = plan.style.bar == nil ? alignment : fromRight ? .right : .left
        lines = setting.lines.map { line in
            let spare = width - line.shaped.width * size
            let shift = within == .left ? 0 : within == .right ? spare : spare / 2
            return Line(set: line, x: left + shift, baseline: (first + line.baseline * size).rounded(), ink: nil)
        }
        extent = InkBox(left: 0, top: 0, right: 0, bottom: 0)
        measure(plan, cap: cap)

        // Into the box, by whole pixels so that baselines stay on them.
        var dx = 0.0
        var dy = 0.0
        if extent.left < Double(box.x) { dx = Double(box.x) - extent.left }
        if extent.right + dx > Double(box.maxX) { dx = Double(box.maxX) - extent.right }
        if extent.top < top { dy = (top - extent.top).rounded(.up) }
        if extent.bottom + dy > top + height { dy = (top + height - extent.bottom).rounded(.down) }
        for i in lines.indices {
            lines[i].x += dx
            lines[i].baseline += dy
        }
        measure(plan, cap: cap)
    }

    /// The upright bar: on the side where reading begins, as high as the lines or the plate.
    func bar(_ plan: TitlePlan) -> InkBox {
        let fromRight = lines.first?.set.fromRight ?? false
        let width = 0.11 * size
        var box = extent
        if plates.isEmpty {
            box.left -= 0.32 * size
            box.right += 0.32 * size
        }
        return fromRight
            ? InkBox(left: box.right - width, top: box.top, right: box.right, bottom: box.bottom)
            : InkBox(left: box.left, top: box.top, right: box.left + width, bottom: box.bottom)
    }

    private static func alignment(_ plan: TitlePlan, fromRight: Bool) -> TitleAlignment {
        var alignment = plan.request.alignment
        let isWide = plan.request.canvasWidth > plan.request.canvasHeight
        if alignment == nil, plan.request.position == .lowerThird, isWide || plan.style.bar != nil {
            alignment = .start
        }
        switch alignment ?? .center {
        case .start: return fromRight ? .right : .left
        case let fixed: return fixed
        }
    }

    private mutating func measure(_ plan: TitlePlan, cap: Double) {
        for i in lines.indices {
            lines[i].ink = lines[i].set.shaped.ink.map { ink in
                InkBox(
                    left: lines[i].x + ink.left * size, top: lines[i].baseline + ink.top * size,
                    right: lines[i].x + ink.right * size, bottom: lines[i].baseline + ink.bottom * size)
            }
        }
        let edge = ((plan.stroke?.width ?? 0) + plan.style.thickening / 2) * size
        let inks = lines.compactMap(\.ink).map {
            InkBox(left: $0.left - edge, top: $0.top - edge, right: $0.right + edge, bottom: $0.bottom + edge)
        }
        plates =
            plan.plate == nil
            ? []
            : PlateShape.boxes(for: lines, size: size, cap: cap, edge: edge, isEven: plan.style.bar != nil)
        let all = inks + plates
        extent = all.dropFirst().reduce(all.first ?? extent) { $0.union($1) }
    }
}
