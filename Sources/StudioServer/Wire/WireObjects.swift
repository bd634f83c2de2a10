// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import Foundation
import JSON
import Studio

/// Projects and media as the wire has them.
enum WireObjects {
    /// Names that formats go by, for the message to a file of another kind.
    static let acceptedFormats: JSONValue = [
        "mp4", "mov", "avi", "webm", "mkv", "jpg", "png", "gif", "webp", "heic", "heif", "avif", "bmp", "tiff", "mp3",
        "wav", "m4a", "aac", "flac", "ogg", "opus", "txt", "md", "srt", "vtt", "cube",
    ]

    /// The file object of an upload's reply and of a state; what a file has not is null.
    static func file(_ facts: MediaFacts, base: String) -> JSONValue {
        var members: [String: JSONValue] = [
            "id": .string(facts.id), "filename": .string(facts.name), "file_type": .string(facts.kind.rawValue),
            "cdn_url": .string("\(base)/v1/assets/\(facts.id)"), "hash": .string(facts.contentHash),
            "duration": .null, "width": .null, "height": .null, "fps": .null,
        ]
        if let duration = facts.duration { members["duration"] = .number(rounded(duration.seconds)) }
        if let size = facts.size {
            members["width"] = .integer(Int64(size.width))
            members["height"] = .integer(Int64(size.height))
        }
        if let rate = facts.frameRate { members["fps"] = .number(rounded(rate)) }
        return .object(members)
    }

    /// The data of a state's reply.
    ///
    /// - Parameter pages: where the account registers and gets more; none on a person's own machine.
    static func state(_ project: Project, base: String, pages: [String: JSONValue] = [:]) -> JSONValue {
        let draft = project.draft
        let canvas = draft.film.canvas
        let canvasConfig: [String: JSONValue] = [
            "width": .integer(Int64(canvas.width)), "height": .integer(Int64(canvas.height)),
            "ratio": .string(ratio(canvas)),
        ]
        let state: [String: JSONValue] = [
            "draft": draft.json, "video_infos": .array(project.media.map { file($0, base: base) }),
            "generated_media": .array(generated(draft)), "canvas_config": .object(canvasConfig),
            "video_analyses": .object([:]),
        ]
        let data: [String: JSONValue] = [
            "session_id": .string(project.id.text), "task_id": .string(project.taskID),
            "task_name": .string(project.name), "revision": .integer(Int64(project.revision)),
            "state": .object(state),
        ]
        return .object(data.merging(pages) { own, _ in own })
    }

    /// What the film has that is made for it: composed music and voices.
    private static func generated(_ draft: Draft) -> [JSONValue] {
        draft.tracks.flatMap(\.segments).compactMap { segment -> JSONValue? in
            guard case .sound(let sound) = segment.content, case .generated(let recipe) = sound.source else {
                return nil
            }
            let members: [String: JSONValue] = [
                "id": .string(segment.id), "kind": recipe["kind"] ?? .string(sound.role.rawValue),
                "name": .string(segment.name), "cdn_url": .null,
                "duration": .number(rounded(segment.range.duration.seconds)),
            ]
            return .object(members)
        }
    }

    /// `1080x1920` is `9:16`.
    private static func ratio(_ size: PixelSize) -> String {
        var (a, b) = (size.width, size.height)
        while b != 0 { (a, b) = (b, a % b) }
        return a > 0 ? "\(size.width / a):\(size.height / a)" : "\(size.width):\(size.height)"
    }

    /// Thousandths are as fine as the wire is.
    static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

    /// `2026-11-21T13:00:00Z`
    static func time(_ seconds: Double) -> String {
        Date(timeIntervalSince1970: seconds.rounded(.down)).formatted(.iso8601)
    }
}

extension WireObjects {
    /// The media type of a file, by its format; text is never anything a browser would run.
    static func mediaType(of facts: MediaFacts) -> String {
        switch (facts.kind, facts.format) {
        case (.text, _), (.lut, _): "text/plain; charset=utf-8"
        case (.image, let format): "image/\(format)"
        case (.audio, "mp3"): "audio/mpeg"
        case (.audio, "m4a"), (.audio, "mp4"): "audio/mp4"
        case (.audio, let format): "audio/\(format)"
        case (.video, "mov"): "video/quicktime"
        case (.video, "matroska"): "video/x-matroska"
        case (.video, "avi"): "video/x-msvideo"
        case (.video, "gif"): "image/gif"
        case (.video, let format): "video/\(format)"
        }
    }
}

extension WireObjects {
    /// A project as agents' clients have it, with all that was said in it.
    ///
    /// - Parameter user: what the client calls its user.
    static func agentSession(_ project: Project, user: String) -> JSONValue {
        var state = project.notes
        state["revision"] = .integer(Int64(project.revision))
        return agentSession(
            project.id, user: user, state: state, events: project.turns.flatMap { [ADKEvent.said($0), .answer($0)] },
            changedSeconds: project.changedSeconds)
    }

    /// A session as a list has it: without its events.
    static func agentSession(_ summary: ProjectSummary, user: String) -> JSONValue {
        agentSession(
            summary.id, user: user, state: ["revision": .integer(Int64(summary.revision))], events: [],
            changedSeconds: summary.changedSeconds)
    }

    private static func agentSession(
        _ id: ProjectID, user: String, state: [String: JSONValue], events: [ADKEvent], changedSeconds: Double
    ) -> JSONValue {
        [
            "id": .string(id.text), "appName": .string(ADKEvent.Author.agent.rawValue), "userId": .string(user),
            "state": .object(state), "events": .array(events.map(\.json)), "lastUpdateTime": .number(changedSeconds),
        ]
    }
}
