// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
public import Foundation
public import HandOver

/// A draft that came back from another editor.
public struct TakenBack: Sendable {
    public var draft: Draft
    public var material: Material
    /// What of the file did not become part of the draft, or not as it was.
    public var losses: [OTIOLoss]
}

extension FilmKit {
    /// Reads an OpenTimelineIO file as a draft, and takes in the media it names. Blocks. Throws a worded error for a file that is
    /// none, is from a newer version, or whose media are not there.
    public func takeBack(_ url: URL) throws -> TakenBack {
        guard let size = try? url.resourceValues(forKeys: [.fileSizeKey]).fileSize, size <= Self.mostOTIOBytes,
            let bytes = try? Data(contentsOf: url)
        else { throw KitError.unreadable(path: url.path) }
        do {
            let reader = try OTIOReader(parsing: Array(bytes))
            let folder = url.deletingLastPathComponent()
            let files = reader.files.sorted { $0.key < $1.key }
            let places = files.map { Self.place($0.value, in: folder) }
            let taken = takeInFiles(places.map { $0 ?? folder })
            var material = Material()
            var media: [String: HandOverMedia] = [:]
            var missing: [String] = []
            for ((id, name), (place, result)) in zip(files, zip(places, taken)) {
                guard let place, case .success(var facts) = result else {
                    missing.append(name)
                    continue
                }
                facts.id = id
                material.add(facts, at: place)
                let grid = facts.kind == .audio ? try beats(of: facts, at: place) : nil
                media[id] = HandOverMedia(path: place.path, facts: facts, beats: grid)
            }
            guard missing.isEmpty else { throw OTIOError.unknownMedia(names: missing) }
            let (draft, losses) = try reader.draft(media: media)
            return TakenBack(draft: draft, material: material, losses: losses)
        } catch let error as OTIOError {
            throw OTIOProblem(path: url.path, error: error)
        }
    }

    private static let mostOTIOBytes = 200_000_000

    /// The file that a URL or path of a document means: of this machine, or relative to the document.
    private static func place(_ text: String, in folder: URL) -> URL? {
        if let url = URL(string: text), let scheme = url.scheme, scheme.count > 1 {
            guard scheme == "file", url.host == nil || url.host == "" || url.host == "localhost" else { return nil }
            return URL(fileURLWithPath: url.path)
        }
        let plain = text.removingPercentEncoding ?? text
        let decoded = URL(fileURLWithPath: plain, relativeTo: folder).absoluteURL
        // Some write a path as it is, with its own percent signs.
        if !FileManager.default.fileExists(atPath: decoded.path), plain != text {
            return URL(fileURLWithPath: text, relativeTo: folder).absoluteURL
        }
        return decoded
    }
}
