// SPDX-License-Identifier: GPL-3.0-or-later
import JSON

extension OperationDeclaration {
    /// Colour: a look, and adjustments over it. What is not named stays.
    static let grade = OperationDeclaration(
        "grade", .look,
        [OperationParameter("look", .name(.look))]
            + adjustments.map {
                OperationParameter($0.name, $0.isShare ? .either([.share, .adjustment]) : .adjustment)
            }
            + [
                OperationParameter("relative", .flag, usual: false),
                OperationParameter("lut", .asset),
                OperationParameter("segments", .segments),
            ],
        needsOneOf: ["look", "lut"] + adjustments.map(\.name), apply: applyGrade)

    private struct Adjustment: Sendable {
        var name: String
        /// 0…1; the others are −1…1.
        var isShare: Bool
        var field: @Sendable (inout Grade, (Double) -> Double) -> Void
    }

    private static let adjustments: [Adjustment] = [
        Adjustment(name: "brightness", isShare: false) { $0.brightness = $1($0.brightness) },
        Adjustment(name: "contrast", isShare: false) { $0.contrast = $1($0.contrast) },
        Adjustment(name: "saturation", isShare: false) { $0.saturation = $1($0.saturation) },
        Adjustment(name: "temperature", isShare: false) { $0.temperature = $1($0.temperature) },
        Adjustment(name: "vignette", isShare: true) { $0.vignette = $1($0.vignette) },
        Adjustment(name: "grain", isShare: true) { $0.grain = $1($0.grain) },
    ]

    /// The colour table to grade with, by id or by name: a nil within is none of them; nil where nothing is said of it.
    private static func colourTable(
        _ bench: Workbench, _ arguments: OperationArguments
    ) throws(EditError) -> String?? {
        guard let name = arguments.text("lut") else { return nil }
        if name == "none" { return .some(nil) }
        let facts = try bench.asset(name, "lut")
        guard facts.kind == .lut else {
            throw EditError(.notOfKind(name: facts.name, wanted: .colourTable), field: "lut")
        }
        return .some(facts.id)
    }

    @Sendable private static func applyGrade(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let isRelative = arguments.flag("relative") ?? false
        for adjustment in adjustments where adjustment.isShare && !isRelative {
            // Less than nothing of a vignette is only a wish for less than there is.
            if let value = arguments.number(adjustment.name), value < 0 {
                throw EditError(
                    .wrongValue(wanted: .share, found: "\(value)"), field: adjustment.name)
            }
        }
        let lut = try colourTable(bench, arguments)
        for path in try bench.picturePaths(arguments) {
            guard var picture = bench[path]?.picture else { continue }
            if let look = arguments.choice("look", Grade.Look.self) { picture.grade.look = look }
            if let lut { picture.grade.lut = lut }
            for adjustment in adjustments {
                guard let value = arguments.number(adjustment.name) else { continue }
                adjustment.field(&picture.grade) { old in
                    let sum = isRelative ? old + value : value
                    let clamped = min(max(sum, adjustment.isShare ? 0 : -1), 1)
                    return (clamped * 10_000).rounded() / 10_000
                }
            }
            bench[path]?.picture = picture
        }
    }

    /// How solid pictures are.
    static let opacity = OperationDeclaration(
        "opacity", .look,
        [OperationParameter("opacity", .share, required: true), OperationParameter("segments", .segments)],
        apply: applyOpacity)

    @Sendable private static func applyOpacity(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        for path in try bench.picturePaths(arguments) {
            bench[path]?.picture?.opacity = arguments.number("opacity") ?? 1
        }
    }
}
