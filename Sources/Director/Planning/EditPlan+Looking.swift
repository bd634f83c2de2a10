// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON

/// What a wish needs to know of the film: places, times, the shape of a photo.
extension EditPlan {
    func place(of id: String) -> Int? {
        draft.mainTrack?.segments.firstIndex { $0.id == id }.map { $0 + 1 }
    }

    /// The film's time at which to cut: in the middle of a picture, so far into it, or as said.
    func splitPoint(_ wish: Wish, _ ids: [String]?) -> Int64? {
        let said = wish["at"]?.integer
        guard let id = ids?.first, let segment = draft.mainTrack?.segments.first(where: { $0.id == id }) else {
            return said
        }
        // What is shared with a neighbour belongs to the transition.
        let before = draft.mainTrack?.segments.last { $0.range.start < segment.range.start }
        let shared = before?.picture?.transition?.duration.milliseconds ?? 0
        let out = segment.picture?.transition?.duration.milliseconds ?? 0
        let start = segment.range.start.milliseconds
        let length = segment.range.duration.milliseconds
        guard let said else { return start + shared + (length - shared - out) / 2 }
        // A time that does not lie in it is the film's.
        return said < length ? start + said : said
    }

    func keepEnd(of id: String, _ last: Int64, _ arguments: inout [String: JSONValue]) {
        guard let asset = scene.draft.mainTrack?.segments.first(where: { $0.id == id })?.picture?.assetID,
            let length = scene.facts(asset)?.duration?.milliseconds
        else { return }
        arguments["from"] = .integer(max(0, length - last))
        arguments["to"] = .integer(length)
    }

    /// Milliseconds that the film's transitions take now; the usual where it has none.
    var usualTransition: Double {
        let lengths = scene.draft.mainTrack?.segments.compactMap { $0.picture?.transition?.duration.milliseconds } ?? []
        return lengths.isEmpty ? 600 : Double(lengths.reduce(0, +)) / Double(lengths.count)
    }

    /// A calm transition that the film does not have.
    var otherTransition: String {
        let used = Set(scene.draft.mainTrack?.segments.compactMap { $0.picture?.transition?.name } ?? [])
        return TransitionCatalog.entries.first { $0.isCalm && !used.contains($0.name) }?.name.rawValue ?? "crossfade"
    }

    func cropRect(_ wish: Wish, _ id: String) -> JSONValue? {
        if wish["none"] == true { return "none" }
        if let rect = wish["rect"] { return rect }
        guard let asset = scene.draft.mainTrack?.segments.first(where: { $0.id == id })?.picture?.assetID,
            let size = scene.facts(asset)?.size, size.width > 0, size.height > 0
        else { return nil }
        // The largest part of this shape in the middle.
        let parts = (wish["ratio"]?.string ?? "1:1").split(separator: ":").compactMap { Double($0) }
        guard parts.count == 2, parts[0] > 0, parts[1] > 0 else { return nil }
        let (width, height) = (Double(size.width), Double(size.height))
        let wide = min(width, height * parts[0] / parts[1])
        let high = min(height, width * parts[1] / parts[0])
        return [
            .number((1 - wide / width) / 2), .number((1 - high / height) / 2), .number(wide / width),
            .number(high / height),
        ]
    }
}
