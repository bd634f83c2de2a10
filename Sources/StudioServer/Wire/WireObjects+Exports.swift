// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import FilmWork
import HTTPWire
import JSON
import Studio
import Wording

extension WireObjects {
    /// One reply that satisfies both published shapes: the members stand at the top and again under `data`.
    static func export(_ export: Export, _ links: ExportLinks) -> JSONValue {
        let error = export.failure.map { JSONValue.string($0.text(in: FaultWords.english)) } ?? .null
        var output: [String: JSONValue] = [
            "url": .null, "duration": .number(rounded(export.shape.duration.seconds)), "size": .null,
            "format": .string(export.output.format.rawValue), "width": .integer(Int64(export.shape.canvas.width)),
            "height": .integer(Int64(export.shape.canvas.height)),
            "fps": .number(rounded(export.shape.frameRate.framesPerSecond)),
            "quality": .string("\(export.output.quality)"),
        ]
        output["preset"] = export.output.preset.map { .string($0) }
        output["codec"] = export.shape.codec.map { .string("\($0)") }
        if export.status == .completed {
            output["url"] = .string(links.url(of: export))
            output["size"] = export.result.map { .integer($0.byteCount) } ?? .null
            output["hash"] = export.result.map { .string($0.hash) }
            output["loudness"] = export.result?.loudness.map { .number(rounded($0)) }
        }
        var members: [String: JSONValue] = [
            "id": .string(export.id.text), "taskId": .string(export.id.text), "render_id": .string(export.id.text),
            "sessionId": .string(export.project.text), "status": .string(export.status.rawValue),
            "progress": .number(rounded(export.progress)), "outputUrl": output["url"] ?? .null,
            "output": .object(output), "createdAt": .string(time(export.createdSeconds)),
            "completedAt": export.completedSeconds.map { .string(time($0)) } ?? .null, "error": error,
            "notes": .array(export.notes.map { .string($0.text(in: FaultWords.english)) }),
        ]
        members["expiresAt"] = export.expiresSeconds.map { .string(time($0)) }
        members["revision"] = export.revision.map { .integer(Int64($0)) }
        let inner = JSONValue.object(members)
        members["success"] = true
        members["data"] = inner
        return .object(members)
    }

    /// Where a text lies and how it is set.
    static func text(_ text: ShownText) -> JSONValue {
        let places = text.box.map { $0.map { JSONValue.number(rounded($0)) } }
        return [
            "id": .string(text.id), "box": places.map { .array($0) } ?? .null, "size": .number(rounded(text.size)),
            "color": .string(text.color), "bold": .bool(text.bold), "italic": .bool(text.italic),
            "case": .string(text.letterCase), "shadow": .bool(text.shadow), "plate": .bool(text.plate),
            "in": text.entrance.map { .string($0) } ?? .null, "out": text.exit.map { .string($0) } ?? .null,
        ]
    }

    /// The pieces of a preview; times in milliseconds of the film.
    static func preview(_ preview: Preview) -> JSONValue {
        func row(_ row: Preview.Row) -> JSONValue {
            [
                "type": .string(row.mediaType), "header": .string(row.header),
                "offset": .number(row.offsetSeconds),
                "pieces": .array(
                    row.pieces.map {
                        [
                            "name": .string($0.name), "s": .number(milliseconds($0.range.start)),
                            "d": .number(milliseconds($0.range.duration)),
                        ]
                    }),
            ]
        }
        return [
            "name": .string(preview.name), "d": .number(milliseconds(preview.duration)),
            "width": .integer(Int64(preview.canvas.width)), "height": .integer(Int64(preview.canvas.height)),
            "fps": .number(rounded(preview.frameRate.framesPerSecond)), "picture": row(preview.picture),
            "sound": preview.sound.map(row) ?? .null,
        ]
    }

    /// Of frames, which need not lie on whole milliseconds.
    private static func milliseconds(_ time: MediaTime) -> Double { rounded(time.seconds * 1000) }

    /// A project as a list has it.
    static func project(_ summary: ProjectSummary) -> JSONValue {
        var members: [String: JSONValue] = [
            "session_id": .string(summary.id.text), "name": .string(summary.name),
            "revision": .integer(Int64(summary.revision)), "files": .integer(Int64(summary.mediaCount)),
            "turns": .integer(Int64(summary.turnCount)), "created_at": .string(time(summary.createdSeconds)),
            "changed_at": .string(time(summary.changedSeconds)),
            "duration": summary.length.map { .integer($0) } ?? .null, "bytes": .integer(summary.byteCount),
            "language": summary.language.map { .string($0) } ?? .null,
        ]
        members["deleted_at"] = summary.deletedSeconds.map { .string(time($0)) }
        return .object(members)
    }

    /// Where an account registers and gets more.
    static func pages(_ terms: ServiceTerms, _ account: AccountID, base: String) -> [String: JSONValue] {
        let register = binding(terms.registerPage ?? "\(base)/register", account.rawValue)
        return [
            "register_url": .string(register),
            "upgrade_url": .string(terms.upgradePage.map { binding($0, account.rawValue) } ?? register),
        ]
    }

    /// A page's address with the account behind it.
    static func binding(_ page: String, _ account: String) -> String {
        page + (page.contains("?") ? "&" : "?") + "bind=" + PercentEncoding.encode(account)
    }
}

extension ProjectSummary {
    /// Of a project that is at hand.
    init(_ project: Project) {
        self.init(
            id: project.id, name: project.name, language: project.language, createdSeconds: project.createdSeconds,
            changedSeconds: project.changedSeconds, deletedSeconds: nil, revision: project.revision,
            mediaCount: project.media.count, turnCount: project.turns.count,
            length: project.draft.duration.milliseconds,
            byteCount: Dictionary(project.media.map { ($0.contentHash, Int64($0.byteCount)) }) { first, _ in first }
                .values.reduce(0, +))
    }
}
