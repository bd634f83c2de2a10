// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import EditTime

extension OperationDeclaration {
    /// A logo or watermark over the whole film, in a corner; another takes its place.
    static let logo = OperationDeclaration(
        "logo", .film,
        [
            OperationParameter("media", .asset, required: true),
            OperationParameter(
                "corner", .choice(["top-left", "top-right", "bottom-left", "bottom-right", "center"]),
                usual: "top-right"),
            OperationParameter("size", .number(0.02...1, .share), usual: 0.16),
            OperationParameter("opacity", .share, usual: 0.9),
        ], apply: apply)

    /// Free of the canvas' edges, as a share of its short side.
    private static let margin = 0.045

    @Sendable private static func apply(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        _ = try bench.film()
        let facts = try bench.asset(arguments.text("media") ?? "", "media")
        guard facts.kind == .image, let size = facts.size, size.width > 0, size.height > 0 else {
            throw EditError(.notOfKind(name: facts.name, wanted: .photo), field: "media")
        }
        let canvas = bench.draft.film.canvas
        let (across, up) = (Double(canvas.width), Double(canvas.height))
        let short = min(across, up)
        // Its longer side, as a share of the canvas' short side.
        let long = (arguments.number("size") ?? 0.16) * short
        let scale = long / Double(max(size.width, size.height))
        let width = max(0.005, min(1, Double(size.width) * scale / across))
        let height = max(0.005, min(1, Double(size.height) * scale / up))
        let (dx, dy) = (Self.margin * short / across, Self.margin * short / up)
        let corner = arguments.text("corner") ?? "top-right"
        func clamped(_ value: Double, _ room: Double) -> Double { max(0, min(value, 1 - room)) }
        let x = corner.hasSuffix("left") ? dx : corner.hasSuffix("right") ? 1 - width - dx : (1 - width) / 2
        let y = corner.hasPrefix("top") ? dy : corner.hasPrefix("bottom") ? 1 - height - dy : (1 - height) / 2
        var picture = PictureContent(.image(facts.id))
        picture.fit = .contain
        picture.opacity = arguments.number("opacity") ?? 0.9
        picture.rect = UnitRect(
            x: Self.rounded(clamped(x, width)), y: Self.rounded(clamped(y, height)), width: Self.rounded(width),
            height: Self.rounded(height))
        let segment = Segment(
            id: bench.ids.next("s"), range: TimeRange(start: .zero, duration: bench.draft.duration),
            content: .picture(picture), name: String(facts.name.prefix(AutoEdit.longestName)))
        let main = bench.draft.mainTrackIndex ?? 0
        bench.draft.tracks = bench.draft.tracks.enumerated()
            .filter { $0.offset == main || $0.element.kind != .video || $0.element.name != "Logo" }.map(\.element)
        let track = Track(id: bench.ids.next("v"), kind: .video, name: "Logo", segments: [segment])
        let last = bench.draft.tracks.lastIndex { $0.kind == .video } ?? 0
        bench.draft.tracks.insert(track, at: last + 1)
    }

    /// Down, so that place and size stay within the canvas.
    private static func rounded(_ share: Double) -> Double { (share * 10_000).rounded(.down) / 10_000 }
}
