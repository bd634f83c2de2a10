// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import Foundation
import JSON
import ModelContext
import Schemas
import Studio

extension AgentTool {
    /// Files that are taken in by one call.
    static let mostFiles = 500
    /// Bytes of files that come with a call, together.
    static let mostBytesInside = 12 << 20

    static func ofMedia(takesPaths: Bool) -> [AgentTool] {
        var members: [Schema.Member] = [.required("project", .text(1...64), "The project's id")]
        if takesPaths {
            members.append(
                .maybe(
                    "paths", .list(.text(1...4096), most: mostFiles),
                    "Files or folders of this machine; relative ones begin in the first allowed folder"))
        }
        members += [
            .maybe("links", .list(.text(1...4096), most: 50), "Links to files on the public internet, http or https"),
            .maybe(
                "files",
                .list(
                    .object(
                        [
                            .required("name", .text(1...200)),
                            .required("data", .text(1...(mostBytesInside * 2)), "The bytes in base64"),
                        ], open: false), most: 50),
                "Small files sent with the call: a script as text, a logo"),
        ]
        let sources = takesPaths ? "paths, links, or files sent along" : "links, or files sent along"
        return [
            AgentTool(
                "add_media", "Add media", .projects,
                "Bring photos, clips, songs and scripts into a project: \(sources). What a file is its content says. Good "
                    + "files are taken in though others are refused; each of those is named with the reason.",
                members,
                gives: .object([
                    .required("project", .text), .required("added", .list(ToolTable.media)),
                    .required(
                        "refused",
                        .list(
                            .object([
                                .required("name", .text), .required("reason", .text), .required("advice", .text),
                            ]))),
                ]), Hints(isOpen: true)
            ) { tools, arguments, call in try await tools.addMedia(arguments, call) }
        ]
    }
}

extension StudioTools {
    private static let pieceBytes = 1 << 20
    private static let disk = WorkThreads("kinora.agents", atOnce: 2)

    func addMedia(_ arguments: ToolArguments, _ call: ContextCall) async throws -> ToolResult {
        let id = try projectID(arguments)
        let (paths, links) = (arguments.texts("paths"), arguments.texts("links"))
        let inside = try Self.inside(arguments)
        guard !paths.isEmpty || !links.isEmpty || !inside.isEmpty else {
            throw ToolFault(
                scope.folders == nil
                    ? "There is nothing to add: give links, or files."
                    : "There is nothing to add: give paths, links or files.")
        }
        let batch = try await studio.beginUpload(into: id, of: scope.account)
        let (files, faults) = await found(paths)
        var refused = faults
        let total = Double(files.count + links.count + inside.count)
        for (number, path) in files.enumerated() {
            call.report(
                ContextProgress(done: Double(number), total: total, message: (path as NSString).lastPathComponent))
            do {
                try await take(path, into: batch)
            } catch let fault as AllowedFolders.Fault {
                refused.append((path, fault))
            }
        }
        for file in inside {
            try await batch.begin(named: file.name)
            try await batch.write(file.bytes)
            try await batch.end()
        }
        if !links.isEmpty {
            call.report(ContextProgress(done: Double(files.count + inside.count), total: total, message: "links"))
            try await parts.fetch(links, batch)
        }
        var (added, others): ([MediaFacts], [UploadRefusal]) = ([], [])
        for outcome in try await batch.finish() {
            switch outcome {
            case .taken(let facts): added.append(facts)
            case .refused(let refusal): others.append(refusal)
            }
        }
        return told(added, others, refused, id)
    }

    private func told(
        _ added: [MediaFacts], _ others: [UploadRefusal], _ refused: [(path: String, fault: AllowedFolders.Fault)],
        _ id: ProjectID
    ) -> ToolResult {
        var lines =
            others.map { "\($0.name) was not taken: \($0.reason); \($0.advice)." } + refused.map(\.fault.sentence)
        guard !added.isEmpty else { return ToolResult(failed: lines.joined(separator: "\n")) }
        let names = added.map { "\($0.name) (\($0.kind.rawValue), \($0.id))" }.joined(separator: ", ")
        lines.insert("Added \(added.count): \(names).", at: 0)
        let refusals =
            others.map {
                JSONValue.object(["name": .string($0.name), "reason": .string($0.reason), "advice": .string($0.advice)])
            }
            + refused.map { path, fault in
                ["name": .string(path), "reason": .string(fault.sentence), "advice": "name another file"]
            }
        return ToolResult(
            lines.joined(separator: "\n"),
            [
                "project": .string(id.text), "added": .array(added.map(Values.media)), "refused": .array(refusals),
            ])
    }

    // MARK: Files of this machine

    /// The files that paths stand for, and why others stand for none.
    private func found(_ paths: [String]) async -> (files: [String], refused: [(String, AllowedFolders.Fault)]) {
        guard let folders = scope.folders, !paths.isEmpty else { return ([], []) }
        return await Self.disk.run {
            var (files, refused): ([String], [(String, AllowedFolders.Fault)]) = ([], [])
            for path in paths {
                do throws(AllowedFolders.Fault) {
                    files += try folders.files(at: Self.plain(path), most: AgentTool.mostFiles)
                } catch {
                    refused.append((path, error))
                }
            }
            return (files, refused)
        }
    }

    /// A path, also where it was written as a `file://` link.
    static func plain(_ path: String) -> String {
        path.hasPrefix("file://") ? URL(string: path)?.path ?? path : path
    }

    private func take(_ path: String, into batch: UploadBatch) async throws {
        guard let folders = scope.folders else { return }
        let reader = try await Self.disk.attempt { FileReader(try folders.open(path)) }
        try await batch.begin(named: (path as NSString).lastPathComponent, fileTime: reader.fileTime)
        while true {
            let piece = try await Self.disk.attempt { try reader.read(Self.pieceBytes) }
            guard !piece.isEmpty, await !batch.isTooLarge else { break }
            try await batch.write(piece)
        }
        try await batch.end()
    }

    /// Hands an open file from thread to thread. Used by one task at a time.
    private final class FileReader: Sendable {
        private let file: AllowedFolders.OpenFile
        var fileTime: String { file.fileTime }

        init(_ file: consuming AllowedFolders.OpenFile) { self.file = file }

        func read(_ count: Int) throws -> [UInt8] { try file.read(count) }
    }

    // MARK: Files that come along

    private static func inside(_ arguments: ToolArguments) throws -> [(name: String, bytes: [UInt8])] {
        var whole = 0
        return try (arguments.all["files"]?.array ?? []).enumerated().map { index, file in
            guard let bytes = Data(base64Encoded: file["data"]?.string ?? "", options: .ignoreUnknownCharacters) else {
                throw ToolFault("The argument files[\(index)].data is no base64.")
            }
            whole += bytes.count
            guard whole <= AgentTool.mostBytesInside else {
                throw ToolFault(
                    "The files sent along are larger than \(AgentTool.mostBytesInside >> 20) MB together; send links.")
            }
            return (file["name"]?.string ?? "", [UInt8](bytes))
        }
    }
}
