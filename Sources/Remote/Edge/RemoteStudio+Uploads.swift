// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import HTTPWire
import JSON

/// What is given to be sent: a file of this machine, or a link that the server fetches.
package enum RemoteInput: Hashable, Sendable {
    case file(String)
    case link(String)

    package init(_ text: String) {
        let isLink = text.lowercased().hasPrefix("http://") || text.lowercased().hasPrefix("https://")
        self = isLink ? .link(text) : .file(text)
    }

    package var place: String {
        switch self {
        case .file(let path), .link(let path): path
        }
    }
}

/// What came of sending files.
package struct RemoteUpload: Hashable, Sendable {
    package struct Refused: Hashable, Sendable {
        package var name: String
        package var reason: String
    }

    package var taken: [SessionNote.Sent] = []
    package var refused: [Refused] = []

    package init() {}
}

extension RemoteStudio {
    /// Files of one request at most, and their bytes.
    static let filesAtOnce = 50
    static let bytesAtOnce = 400 << 20

    /// Files and folders, in the order given, those of a folder in their natural order, with absolute paths; links as they
    /// are. Hidden files are left out.
    package static func expand(_ inputs: [String]) -> [RemoteInput] {
        inputs.flatMap { text -> [RemoteInput] in
            guard case .file(let given) = RemoteInput(text) else { return [.link(text)] }
            let place = URL(fileURLWithPath: (given as NSString).expandingTildeInPath)
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder), isFolder.boolValue else {
                return [.file(place.path)]
            }
            let found = FileManager.default.enumerator(
                at: place, includingPropertiesForKeys: [.isRegularFileKey], options: [.skipsHiddenFiles])
            var paths: [String] = []
            while let file = found?.nextObject() as? URL {
                if (try? file.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true {
                    paths.append(file.path)
                }
            }
            return paths.sorted { $0.compare($1, options: [.numeric, .caseInsensitive]) == .orderedAscending }
                .map { .file($0) }
        }
    }

    /// Sends files and links into a session. One that cannot be used does not lose the others: each is named.
    ///
    /// Throws where nothing at all was taken.
    package func upload(_ inputs: [RemoteInput], to note: SessionNote) async throws -> RemoteUpload {
        guard !inputs.isEmpty else { throw RemoteFault.noFiles }
        var result = RemoteUpload()
        var firstFault: (any Error)?
        var group: [(input: RemoteInput, file: HTTPFile)] = []
        func sendGroup() async throws {
            guard !group.isEmpty else { return }
            defer { group = [] }
            do {
                try await send(group, to: note, into: &result)
            } catch let fault as RemoteFault {
                guard case .refused = fault, !fault.isGoneSession else { throw fault }
                firstFault = firstFault ?? fault
                result.refused += group.map { .init(name: Self.name(of: $0.input.place), reason: "") }
            }
        }
        for input in inputs {
            switch input {
            case .link: continue
            case .file(let path):
                do {
                    // A link of the file system is followed once, here.
                    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
                    let file = try HTTPFile(path: real)
                    if group.count >= Self.filesAtOnce
                        || group.reduce(file.size, { $0 + $1.file.size }) > Self.bytesAtOnce
                    {
                        try await sendGroup()
                    }
                    group.append((input, file))
                } catch let failure as HTTPFile.Failure {
                    let reason = Self.reason(failure)
                    firstFault = firstFault ?? RemoteFault.unreadableFile(path: path, reason: reason)
                    result.refused.append(.init(name: path, reason: reason))
                }
            }
        }
        try await sendGroup()
        let links = inputs.compactMap { if case .link(let link) = $0 { link } else { nil } }
        if !links.isEmpty {
            do {
                try await fetch(links, to: note, into: &result)
            } catch let fault as RemoteFault {
                guard case .refused = fault, !fault.isGoneSession else { throw fault }
                firstFault = firstFault ?? fault
                result.refused += links.map { .init(name: $0, reason: "") }
            }
        }
        if result.taken.isEmpty { throw firstFault ?? RemoteFault.noFiles }
        return result
    }

    private func path(_ note: SessionNote) -> String {
        "/api/upload-video/nemo_agent/me/\(PercentEncoding.encode(note.session))"
    }

    private func send(
        _ group: [(input: RemoteInput, file: HTTPFile)], to note: SessionNote, into result: inout RemoteUpload
    ) async throws {
        let boundary = "kinora-" + randomName(24)
        var body: [HTTPClientRequest.Segment] = []
        for (input, file) in group {
            let name = Self.name(of: input.place).replacing("\"", with: "%22").replacing("\r", with: "%0D")
                .replacing("\n", with: "%0A")
            let head =
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\(name)\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n"
            body += [.bytes(Array(head.utf8)), .file(file, 0..<file.size), .bytes([13, 10])]
        }
        body.append(.bytes(Array("--\(boundary)--\r\n".utf8)))
        tell(.sending(files: group.count, bytes: group.reduce(0) { $0 + $1.file.size }))
        let (path, sent) = (path(note), body)
        let json = try await ask {
            var request = self.request(.post, path)
            request.headers["Content-Type"] = "multipart/form-data; boundary=\(boundary)"
            request.body = sent
            // What came is looked into before the answer.
            request.times.idle = .seconds(300)
            return request
        }
        take(json, of: group.map(\.input), into: &result)
    }

    private func fetch(_ links: [String], to note: SessionNote, into result: inout RemoteUpload) async throws {
        tell(.sending(files: links.count, bytes: 0))
        let (path, body) = (
            path(note),
            JSONValue.object(["urls": .array(links.map { .string($0) }), "source_type": "url"])
        )
        let json = try await ask {
            var request = self.request(.post, path, json: body)
            request.times.idle = .seconds(300)
            return request
        }
        take(json, of: links.map { .link($0) }, into: &result)
    }

    /// What a reply says was taken and was not; the files of a reply stand in the order in which they were sent.
    private func take(_ json: JSONValue, of inputs: [RemoteInput], into result: inout RemoteUpload) {
        let data = json["data"] ?? json
        let refused = (data["refused"]?.array ?? []).map { row in
            RemoteUpload.Refused(name: row["filename"]?.string ?? "", reason: row["message"]?.string ?? "")
        }
        result.refused += refused
        var names = refused.map(\.name)
        let places = inputs.filter { input in
            guard let at = names.firstIndex(of: Self.name(of: input.place)) else { return true }
            names.remove(at: at)
            return false
        }
        for (index, file) in (data["files"]?.array ?? []).enumerated() {
            result.taken.append(
                SessionNote.Sent(
                    place: index < places.count ? places[index].place : "",
                    kind: file["file_type"]?.string ?? "",
                    name: (file["filename"] ?? file["name"])?.string ?? ""))
        }
    }

    static func name(of place: String) -> String { place.split(separator: "/").last.map(String.init) ?? place }

    private static func reason(_ failure: HTTPFile.Failure) -> String {
        switch failure {
        case .system(_, let code): String(cString: strerror(code))
        case .notRegular: "not a file"
        }
    }
}
