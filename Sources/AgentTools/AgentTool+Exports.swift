// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import FileStore
import FilmWork
import Foundation
import JSON
import ModelContext
import Schemas
import Studio
import Wording

extension AgentTool {
    private static let one: [Schema.Member] = [.required("export", .text(1...100), "The export's id")]

    static func ofExports(takesPaths: Bool) -> [AgentTool] {
        var members: [Schema.Member] = [
            .required("project", .text(1...64), "The project's id"),
            .maybe("format", .word(ExportOutput.Format.allCases.map(\.rawValue)), "mp4 where nothing is said"),
            .maybe("quality", .word(["draft", "standard", "high"]), "How it is coded", usual: "standard"),
            .maybe("resolution", .text(1...20), "Such as 1080p, 720p or 4k; the film's own where nothing is said"),
            .maybe("fps", .number(1...60), "Frames a second; the film's own where nothing is said"),
            .maybe("preset", .text(1...40), "A platform to lay it out and code it for: tiktok, youtube, whatsapp …"),
            .maybe(
                "wait", .flag,
                "Answer when the film is done, with its progress meanwhile; else at once, and export_status tells",
                usual: true),
        ]
        if takesPaths {
            members += [
                .maybe(
                    "save_as", .text(1...4096),
                    "Where to put the film: a file name in an allowed folder; its ending says the format"),
                .maybe("overwrite", .flag, "Replace a file that is there", usual: false),
            ]
        }
        return [
            AgentTool(
                "export", "Export", .exporting,
                "Make the film as a file. It is made of what the project is now; a second export after a small change is "
                    + "quick. Taking the call back stops the work.", members, gives: ToolTable.export, Hints()
            ) { tools, arguments, call in try await tools.export(arguments, call) },
            AgentTool(
                "export_status", "Export status", .exporting,
                "How far an export is; where the film is once it is done.", one, gives: ToolTable.export, .reads
            ) { tools, arguments, _ in try await tools.told(try await tools.found(arguments)) },
            AgentTool(
                "cancel_export", "Cancel export", .exporting,
                "Stop an export that is under way. One that has ended stays as it is.", one, gives: ToolTable.export,
                Hints(isDestructive: true, isIdempotent: true)
            ) { tools, arguments, _ in
                let export = try await tools.found(arguments)
                return try await tools.told(try await tools.exports.cancel(export.id, of: tools.scope.account))
            },
        ]
    }
}

extension StudioTools {
    private static let disk = WorkThreads("kinora.agents.films", atOnce: 2)

    fileprivate func found(_ arguments: ToolArguments) async throws -> Export {
        guard let id = ExportID(arguments.text("export") ?? "") else { throw ExportError.noSuchExport }
        let export = try await exports.export(id, of: scope.account)
        guard reaches(export.project) else { throw ExportError.noSuchExport }
        return export
    }

    fileprivate func export(_ arguments: ToolArguments, _ call: ContextCall) async throws -> ToolResult {
        let project = try await project(arguments)
        var output = arguments.without(["project", "wait", "save_as", "overwrite"])
        let target = try await target(arguments, &output)
        let order = ExportOrder(
            id: ExportID(studio.surroundings), project: project.id, output: try ExportOutput(json: .object(output)))
        guard !(project.draft.mainTrack?.segments.isEmpty ?? true) else { throw ExportError.emptyFilm }
        try await scope.permit(order)
        let exports = try exports
        var export = try await exports.start(order, for: scope.account)
        let waits = (arguments.isSet("wait") ?? true) || target != nil
        guard waits else { return try await told(export) }
        for await state in try await exports.changes(of: order.id, of: scope.account) {
            export = state
            call.report(
                ContextProgress(
                    done: state.progress.rounded(.down), total: 100,
                    message: state.status == .pending ? "waiting for its turn" : "making the film"))
        }
        if Task.isCancelled {
            // Taken back: nobody wants the film. Where the program ends, on the other hand, it is made when the next
            // begins.
            if call.isCalledOff { _ = try? await exports.cancel(order.id, of: scope.account) }
            throw CancellationError()
        }
        export = try await exports.export(order.id, of: scope.account)
        guard export.status == .completed, let target else { return try await told(export) }
        let film = try await exports.file(of: export.id, of: scope.account)
        try await Self.disk.attempt { try Self.copy(film.location.path, to: target) }
        return try await told(export, at: target)
    }

    /// Where the film is wanted, if it is wanted anywhere; the format follows the name.
    private func target(_ arguments: ToolArguments, _ output: inout [String: JSONValue]) async throws -> String? {
        guard let folders = scope.folders, let name = arguments.text("save_as") else { return nil }
        let replaces = arguments.isSet("overwrite") ?? false
        let ending = (name as NSString).pathExtension.lowercased()
        guard let format = ExportOutput.Format(rawValue: ending) else {
            let known = ExportOutput.Format.allCases.map { ".\($0.rawValue)" }.joined(separator: ", ")
            throw ToolFault("The name \(name) does not end in one of \(known).")
        }
        if let asked = output["format"]?.string, asked != format.rawValue {
            throw ToolFault("The name \(name) is not that of a film of format \(asked).")
        }
        output["format"] = .string(format.rawValue)
        let path = Self.plain(name)
        return try await Self.disk.attempt { try folders.newFile(path, replacing: replaces) }
    }

    private static func copy(_ film: String, to target: String) throws {
        guard let source = FileHandle(forReadingAtPath: film) else { throw FileError("open", film, errno: errno) }
        defer { try? source.close() }
        let file = try AtomicFile(replacing: target)
        while let piece = try source.read(upToCount: 4 << 20), !piece.isEmpty { try file.write([UInt8](piece)) }
        try file.commit(durable: true)
    }

    // MARK: Telling

    /// - Parameter path: where it was put.
    fileprivate func told(_ export: Export, at path: String? = nil) async throws -> ToolResult {
        var values = Values.export(export)
        let name = "\(export.output.format.rawValue) film, \(export.shape.canvas.width)×\(export.shape.canvas.height)"
        switch export.status {
        case .completed: break
        case .failed:
            return ToolResult(failed: "The film could not be made: \(values["error"]?.string ?? "no reason given").")
        case .cancelled: return ToolResult("The export was cancelled.", values)
        case .pending, .processing:
            let percent = Int(export.progress)
            return ToolResult("\(name): \(export.status.rawValue), \(percent) %. export_status tells more.", values)
        }
        let film = try await exports.file(of: export.id, of: scope.account)
        let place = path ?? (scope.folders == nil ? nil : film.location.path)
        let link = scope.link?(export)
        values["path"] = place.map { .string($0) }
        values["url"] = link.map { .string($0) }
        let outside = link ?? place.map { URL(fileURLWithPath: $0).absoluteString }
        let fileName = path.map { ($0 as NSString).lastPathComponent } ?? film.name
        let links = [outside, StudioResource.film(export.id).uri].compactMap(\.self).map {
            ToolResult.Block.link(uri: $0, name: fileName, mediaType: film.mediaType, byteCount: film.byteCount)
        }
        let seconds = Values.rounded(export.shape.duration.seconds)
        let where_ = [place, link].compactMap(\.self).first.map { ": \($0)" } ?? "."
        return ToolResult("The \(name), \(seconds) s, is ready\(where_)", values, links)
    }
}

extension Values {
    static func export(_ export: Export) -> [String: JSONValue] {
        let shape = export.shape
        var members: [String: JSONValue] = [
            "export": .string(export.id.text), "project": .string(export.project.text),
            "status": .string(export.status.rawValue), "progress": .number(rounded(export.progress)),
            "format": .string(export.output.format.rawValue), "width": .integer(Int64(shape.canvas.width)),
            "height": .integer(Int64(shape.canvas.height)), "fps": .number(rounded(shape.frameRate.framesPerSecond)),
            "duration_ms": .integer(shape.duration.milliseconds),
            "notes": .array(export.notes.map { .string($0.text(in: FaultWords.english)) }),
        ]
        members["bytes"] = export.result.map { .integer($0.byteCount) }
        members["loudness_lufs"] = export.result?.loudness.map { .number(rounded($0)) }
        members["error"] = export.failure.map { .string($0.text(in: FaultWords.english)) }
        return members
    }
}
