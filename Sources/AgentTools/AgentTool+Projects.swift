// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import Foundation
import JSON
import Schemas
import Studio

extension AgentTool {
    static let ofProjects: [AgentTool] = [
        AgentTool(
            "create_project", "New project", .projects,
            "Begin a film: makes an empty project and gives its id. Media and edits come next.",
            [
                .maybe("name", .text(1...200), "What the person would call it", usual: "Film"),
                .maybe("language", .text(2...35), "The person's language, as a tag such as en or zh-CN"),
            ], gives: ToolTable.project, .edits
        ) { tools, arguments, _ in
            guard tools.scope.project == nil else {
                throw ToolFault("This token is good for one project and makes no others; use the account's own.")
            }
            let project = try await tools.studio.createProject(
                named: arguments.text("name") ?? "Film", language: arguments.text("language"), for: tools.scope.account)
            return ToolResult(
                "Project \(project.id.text) is ready. add_media brings photos, clips, music and scripts.",
                Values.project(project))
        },
        AgentTool(
            "list_projects", "Projects", .projects,
            "The projects there are, the one changed last first.",
            [.maybe("limit", .whole(1...500), "How many at most", usual: 50)],
            gives: .object([.required("projects", .list(ToolTable.project))]), .reads
        ) { tools, arguments, _ in
            let all = try await tools.studio.projects(of: tools.scope.account).filter { tools.reaches($0.id) }
            let shown = all.prefix(arguments.whole("limit") ?? 50)
            let lines = shown.map { "\($0.id.text)  \($0.name)" }
            return ToolResult(
                lines.isEmpty ? "There is no project yet; create_project makes one." : lines.joined(separator: "\n"),
                ["projects": .array(shown.map { .object(Values.project($0)) })])
        },
        AgentTool(
            "timeline", "Timeline", .projects,
            "What the film is now: tracks, what stands on them when and under which ids, and the project's media.",
            [.required("project", .text(1...64), "The project's id")], gives: ToolTable.timeline, .reads
        ) { tools, arguments, _ in
            let project = try await tools.project(arguments)
            let files = project.media.isEmpty ? "no media yet" : "\(project.media.count) media files"
            return ToolResult("\(project.draft.summary()) (\(files))", Values.timeline(project))
        },
    ]
}

extension StudioTools {
    func reaches(_ id: ProjectID) -> Bool { scope.project == nil || scope.project == id }
}

/// Projects and their parts as tools give them.
enum Values {
    static func project(_ project: Project) -> [String: JSONValue] {
        [
            "project": .string(project.id.text), "name": .string(project.name),
            "revision": .integer(Int64(project.revision)), "media": .integer(Int64(project.media.count)),
            "duration_ms": .integer(project.draft.duration.milliseconds),
            "changed_at": .string(time(project.changedSeconds)),
        ]
    }

    static func project(_ summary: ProjectSummary) -> [String: JSONValue] {
        [
            "project": .string(summary.id.text), "name": .string(summary.name),
            "revision": .integer(Int64(summary.revision)), "media": .integer(Int64(summary.mediaCount)),
            "duration_ms": .integer(summary.length ?? 0), "changed_at": .string(time(summary.changedSeconds)),
        ]
    }

    /// `2026-11-21T13:00:00Z`
    static func time(_ seconds: Double) -> String {
        Date(timeIntervalSince1970: seconds.rounded(.down)).formatted(.iso8601)
    }

    /// Characters of a script that are shown.
    private static let shownWords = 400

    static func media(_ facts: MediaFacts) -> JSONValue {
        var members: [String: JSONValue] = [
            "media": .string(facts.id), "name": .string(facts.name), "kind": .string(facts.kind.rawValue),
        ]
        members["duration_ms"] = facts.duration.map { .integer($0.milliseconds) }
        members["width"] = facts.size.map { .integer(Int64($0.width)) }
        members["height"] = facts.size.map { .integer(Int64($0.height)) }
        members["taken_at"] = facts.captureTime.map { .string($0) }
        members["words"] = facts.text.map { .string(String($0.prefix(shownWords))) }
        return .object(members)
    }

    static func timeline(_ project: Project) -> [String: JSONValue] {
        let draft = project.draft
        let main = draft.mainTrack?.id
        let tracks = draft.tracks.map { track -> JSONValue in
            var members: [String: JSONValue] = [
                "kind": .string(track.id == main ? "main" : "\(track.kind)"),
                "segments": .array(
                    track.segments.enumerated().map { index, segment in
                        self.segment(segment, place: track.id == main ? index + 1 : nil)
                    }),
            ]
            if track.muted { members["muted"] = true }
            return .object(members)
        }
        return [
            "project": .string(project.id.text), "name": .string(project.name),
            "revision": .integer(Int64(project.revision)), "duration_ms": .integer(draft.duration.milliseconds),
            "width": .integer(Int64(draft.film.canvas.width)), "height": .integer(Int64(draft.film.canvas.height)),
            "fps": .number(rounded(draft.film.frameRate.framesPerSecond)), "title": .string(draft.film.title),
            "summary": .string(draft.summary()), "tracks": .array(tracks), "media": .array(project.media.map(media)),
        ]
    }

    static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

    private static func segment(_ segment: Segment, place: Int?) -> JSONValue {
        var members: [String: JSONValue] = [
            "id": .string(segment.id), "name": .string(segment.name),
            "start_ms": .integer(segment.range.start.milliseconds),
            "duration_ms": .integer(segment.range.duration.milliseconds),
        ]
        members["place"] = place.map { .integer(Int64($0)) }
        switch segment.content {
        case .picture(let picture): members.merge(self.picture(picture)) { _, new in new }
        case .sound(let sound):
            members["kind"] = .string(sound.role.rawValue)
            members["volume"] = .number(rounded(sound.volume))
            if case .asset(let id, _) = sound.source { members["media"] = .string(id) }
        case .text(let text):
            members["kind"] = .string(text.role.rawValue)
            members["text"] = .string(String(text.text.prefix(shownWords)))
        }
        return .object(members)
    }

    private static func picture(_ picture: PictureContent) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        switch picture.source {
        case .image(let id):
            members["kind"] = "photo"
            members["media"] = .string(id)
        case .video(let id, _):
            members["kind"] = "clip"
            members["media"] = .string(id)
            members["volume"] = .number(picture.muted ? 0 : rounded(picture.volume))
            members["speed"] = .number(rounded(picture.speed))
        case .color: members["kind"] = "colour"
        case .generated: members["kind"] = "background"
        }
        members["motion"] = .string(picture.motion.kind.rawValue)
        if let transition = picture.transition {
            members["transition"] = .string(transition.name.rawValue)
            members["transition_ms"] = .integer(transition.duration.milliseconds)
        }
        return members
    }
}
