// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import FileStore
import FilmWork
import JSON
import ModelContext
import Schemas
import Studio

extension AgentTool {
    static let ofLooking: [AgentTool] = [
        AgentTool(
            "look", "Look", .looking,
            "See the film, as it is now: one frame at a time, or a sheet of frames over the whole of it or a part. Or "
                + "see a photo or clip of the project's media before it is used. The answer is a picture.",
            [
                .required("project", .text(1...64), "The project's id"),
                .maybe("at", ToolTable.ms, "Time in the film in milliseconds: shows that one frame"),
                .maybe("frames", .whole(2...25), "Frames on the sheet", usual: 9),
                .maybe("from", ToolTable.ms, "Where the sheet begins", usual: 0),
                .maybe("to", ToolTable.ms, "Where the sheet ends; without it the end of the film"),
                .maybe("media", .text(1...100), "Id of a photo or clip of the project, to see that instead"),
                .maybe(
                    "width", .whole(64...1920),
                    "Pixels of the picture across; 960 where nothing is said, 512 for media, a sheet in all 1200"),
            ],
            gives: .object([
                .required("project", .text), .maybe("revision", .whole), .maybe("duration_ms", .whole),
                .maybe("columns", .whole, "Frames in a row of the sheet"),
                .maybe(
                    "frames",
                    .list(
                        .object([
                            .required("at_ms", .whole), .maybe("place", .whole, "On the main track, from 1"),
                            .maybe("name", .text),
                        ])), "What is seen, in reading order"),
                .maybe("media", .text),
            ]), .reads
        ) { tools, arguments, _ in
            let project = try await tools.project(arguments)
            if let media = arguments.text("media") { return try await tools.look(at: media, of: project, arguments) }
            if let at = arguments.whole("at") { return try await tools.frame(at: at, of: project, arguments) }
            return try await tools.sheet(of: project, arguments)
        }
    ]
}

extension StudioTools {
    fileprivate func look(
        at media: String, of project: Project, _ arguments: ToolArguments
    ) async throws -> ToolResult {
        guard let facts = project.media.first(where: { $0.id == media }) else { throw PreviewError.noSuchAsset }
        let picture = try await previews.thumbnail(
            of: media, width: min(1024, arguments.whole("width") ?? 512), format: .jpeg, for: scope.account)
        return ToolResult(
            "\(facts.name) (\(facts.kind.rawValue))",
            ["project": .string(project.id.text), "media": .string(media)], [picture.block])
    }

    fileprivate func frame(at: Int, of project: Project, _ arguments: ToolArguments) async throws -> ToolResult {
        let draft = project.draft
        guard draft.duration.milliseconds > 0 else { throw PreviewError.emptyFilm }
        guard Int64(at) <= draft.duration.milliseconds else {
            throw ToolFault("The film ends at \(draft.duration.milliseconds) ms; look at a time before that.")
        }
        let time = MediaTime(milliseconds: Int64(at))
        let picture = try await previews.frame(
            of: project.id, at: time, width: arguments.whole("width") ?? 960, format: .jpeg, for: scope.account)
        let seen = draft.seen(at: time)
        return ToolResult(
            "The film at \(at) ms\(seen.words).", shown(project, [seen.values(at: Int64(at))]), [picture.block])
    }

    fileprivate func sheet(of project: Project, _ arguments: ToolArguments) async throws -> ToolResult {
        let draft = project.draft
        let length = draft.duration.milliseconds
        guard length > 0 else { throw PreviewError.emptyFilm }
        let (from, to) = (Int64(arguments.whole("from") ?? 0), min(length, Int64(arguments.whole("to") ?? Int(length))))
        guard from < to else {
            throw ToolFault("from must be before to, and before the film's end at \(length) ms.")
        }
        // No more than the film has.
        let count = max(
            1, min(arguments.whole("frames") ?? 9, Int(Double(draft.frameCount) * Double(to - from) / Double(length))))
        // Each frame from the middle of its part.
        let times = (0..<count).map { from + (to - from) * Int64(2 * $0 + 1) / Int64(2 * count) }
        let columns = Self.columns(count, isUpright: draft.film.canvas.height > draft.film.canvas.width)
        let width = max(32, (arguments.whole("width") ?? 1200) / columns)
        let picture = try await previews.sheet(
            of: project.id, at: times.map { MediaTime(milliseconds: $0) }, columns: columns, width: width,
            format: .jpeg, for: scope.account)
        let seen = times.map { draft.seen(at: MediaTime(milliseconds: $0)) }
        var values = shown(project, zip(seen, times).map { $0.values(at: $1) })
        values["columns"] = .integer(Int64(columns))
        return ToolResult(
            "\(count) frames of the film in reading order, at \(times.map { "\($0)" }.joined(separator: ", ")) ms.",
            values, [picture.block])
    }

    private static func columns(_ count: Int, isUpright: Bool) -> Int {
        if isUpright { return min(count, count > 12 ? 8 : 5) }
        return count <= 2 ? count : count <= 4 ? 2 : count <= 9 ? 3 : count <= 16 ? 4 : 5
    }

    private func shown(_ project: Project, _ frames: [JSONValue]) -> [String: JSONValue] {
        [
            "project": .string(project.id.text), "revision": .integer(Int64(project.revision)),
            "duration_ms": .integer(project.draft.duration.milliseconds), "frames": .array(frames),
        ]
    }
}

extension PreviewPart {
    var block: ToolResult.Block { .image(bytes.copy, mediaType: mediaType) }
}

/// Which picture of the main track is seen.
private struct Seen {
    var place: Int?
    var name: String?

    var words: String { place.map { ", picture \($0)" + (name.map { " (\($0))" } ?? "") } ?? "" }

    func values(at milliseconds: Int64) -> JSONValue {
        var members: [String: JSONValue] = ["at_ms": .integer(milliseconds)]
        members["place"] = place.map { .integer(Int64($0)) }
        members["name"] = name.map { .string($0) }
        return .object(members)
    }
}

extension Draft {
    fileprivate func seen(at time: MediaTime) -> Seen {
        let segments = mainTrack?.segments ?? []
        guard let index = segments.lastIndex(where: { $0.range.start <= time }) else { return Seen() }
        return Seen(place: index + 1, name: segments[index].name)
    }
}
