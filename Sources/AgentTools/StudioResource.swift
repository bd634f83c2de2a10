// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import FileStore
import FilmWork
import Foundation
import JSON
import ModelContext
import Studio
import Wording

/// What can be read under a `kinora://` address.
enum StudioResource: Hashable, Sendable {
    /// The project's draft, JSON.
    case project(ProjectID)
    /// What is on its tracks, in a line.
    case timeline(ProjectID)
    /// A frame of its film, JPEG.
    case frame(ProjectID, milliseconds: Int64)
    /// A small picture of a photo or clip, JPEG.
    case media(String)
    case film(ExportID)

    private static let scheme = "kinora://"

    /// Nil for an address of nothing.
    init?(_ uri: String) {
        guard uri.hasPrefix(Self.scheme) else { return nil }
        let parts = uri.dropFirst(Self.scheme.count).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 2 else { return nil }
        switch (parts[0], parts.count) {
        case ("projects", 2...):
            guard let id = ProjectID(parts[1]) else { return nil }
            if parts.count == 2 {
                self = .project(id)
            } else if parts.count == 3, parts[2] == "timeline" {
                self = .timeline(id)
            } else if parts.count == 4, parts[2] == "frames", let time = Int64(parts[3]), time >= 0 {
                self = .frame(id, milliseconds: time)
            } else {
                return nil
            }
        case ("media", 2): self = .media(String(parts[1]))
        case ("exports", 2):
            guard let id = ExportID(parts[1]) else { return nil }
            self = .film(id)
        default: return nil
        }
    }

    var uri: String {
        switch self {
        case .project(let id): "\(Self.scheme)projects/\(id.text)"
        case .timeline(let id): "\(Self.scheme)projects/\(id.text)/timeline"
        case .frame(let id, let time): "\(Self.scheme)projects/\(id.text)/frames/\(time)"
        case .media(let id): "\(Self.scheme)media/\(id)"
        case .film(let id): "\(Self.scheme)exports/\(id.text)"
        }
    }

    /// In the order in which they are listed; `{name}` are blanks.
    static let templates: [JSONValue] = [
        template("projects/{project}", "draft", "The edit", "The project's draft, as JSON", "application/json"),
        template("projects/{project}/timeline", "timeline", "Timeline", "The film in one line", "text/plain"),
        template("projects/{project}/frames/{at_ms}", "frame", "Frame", "A frame of the film", "image/jpeg"),
        template("media/{media}", "media", "Media", "A small picture of a photo or clip", "image/jpeg"),
        template("exports/{export}", "film", "Film", "A finished film", "video/mp4"),
    ]

    private static func template(
        _ path: String, _ name: String, _ title: String, _ help: String, _ mediaType: String
    ) -> JSONValue {
        [
            "uriTemplate": .string(scheme + path), "name": .string(name), "title": .string(title),
            "description": .string(help), "mimeType": .string(mediaType),
        ]
    }
}

extension StudioTools {
    private static let pageLength = 100
    /// Bytes of a film that are given as a resource; larger ones are fetched by their link.
    private static let mostFilmBytes: Int64 = 32 << 20

    func resources(after cursor: String?) async throws -> [String: JSONValue] {
        var start = 0
        if let cursor {
            guard let place = Int(cursor), place > 0 else { throw Self.noCursor }
            start = place
        }
        let all = try await studio.projects(of: scope.account).filter { reaches($0.id) }
        let page = all.dropFirst(start).prefix(Self.pageLength).map { summary -> JSONValue in
            [
                "uri": .string(StudioResource.project(summary.id).uri), "name": .string(summary.name),
                "description": "The project's draft", "mimeType": "application/json",
            ]
        }
        var result: [String: JSONValue] = ["resources": .array(page)]
        if start + page.count < all.count { result["nextCursor"] = .string("\(start + page.count)") }
        return result
    }

    func read(_ uri: String) async throws -> [String: JSONValue] {
        guard let resource = StudioResource(uri) else { throw RPCError.noResource(uri) }
        do {
            return ["contents": [try await contents(of: resource)]]
        } catch StudioError.noSuchProject, ExportError.noSuchExport, ExportError.noFile, PreviewError.noSuchAsset {
            throw RPCError.noResource(uri)
        } catch let error as CancellationError {
            throw error
        } catch let error as RPCError {
            throw error
        } catch {
            guard let words = ToolFault.words(of: error) else { throw error }
            throw RPCError.invalidParams(String(words.dropLast()), data: ["uri": .string(uri)])
        }
    }

    private func contents(of resource: StudioResource) async throws -> JSONValue {
        switch resource {
        case .project(let id):
            return Self.text(try await reached(id).draft.json.text(.readable), "application/json", resource)
        case .timeline(let id): return Self.text(try await reached(id).draft.summary(), "text/plain", resource)
        case .frame(let id, let time):
            _ = try await reached(id)
            let part = try await previews.frame(
                of: id, at: MediaTime(milliseconds: min(time, DraftLimits.longest.milliseconds)), width: 960,
                format: .jpeg, for: scope.account)
            return Self.blob(part.bytes.copy, part.mediaType, resource)
        case .media(let name):
            guard let id = ProjectID(ofAsset: name), reaches(id) else { throw PreviewError.noSuchAsset }
            let part = try await previews.thumbnail(of: name, width: 512, format: .jpeg, for: scope.account)
            return Self.blob(part.bytes.copy, part.mediaType, resource)
        case .film(let id):
            let export = try await exports.export(id, of: scope.account)
            guard reaches(export.project) else { throw ExportError.noSuchExport }
            let film = try await exports.file(of: id, of: scope.account)
            guard film.byteCount <= Self.mostFilmBytes else {
                throw ToolFault(
                    "The film has \(film.byteCount >> 20) MB, more than is given as a resource; export_status says where it is."
                )
            }
            return Self.blob([UInt8](try await studio.bytes(at: film.location)), film.mediaType, resource)
        }
    }

    private func reached(_ id: ProjectID) async throws -> Project {
        guard reaches(id) else { throw StudioError.noSuchProject }
        return try await studio.project(id, of: scope.account)
    }

    private static func text(_ text: String, _ mediaType: String, _ resource: StudioResource) -> JSONValue {
        ["uri": .string(resource.uri), "mimeType": .string(mediaType), "text": .string(text)]
    }

    private static func blob(_ bytes: [UInt8], _ mediaType: String, _ resource: StudioResource) -> JSONValue {
        [
            "uri": .string(resource.uri), "mimeType": .string(mediaType),
            "blob": .string(Data(bytes).base64EncodedString()),
        ]
    }
}
