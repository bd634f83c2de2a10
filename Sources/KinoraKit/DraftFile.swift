// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
import FileStore
public import Foundation
import JSON
import MediaLibrary
import Wording

/// A draft kept in a file, with the paths of its media beside it.
public enum DraftFile {
    /// Writes `draft` to `url`, whole or not at all, with the places of the media it uses relative to it.
    public static func write(_ draft: Draft, _ material: Material, to url: URL) throws {
        var draft = draft
        draft.assets = [:]
        let media = material.byID
        for id in draft.usedAssets {
            guard let facts = media[id], let place = material.locations[id] else { continue }
            draft.assets[id] = AssetReference(
                name: facts.name, path: relativePath(of: place, from: url.deletingLastPathComponent()),
                hash: facts.contentHash, kind: facts.kind)
        }
        let file = try AtomicFile(replacing: url.path)
        try file.write(Array(draft.json.text(.readable).utf8))
        try file.commit(durable: true)
    }

    /// Reads a draft and takes in the media it names.
    ///
    /// Throws `DraftError` naming the field for a draft that is not one or whose assets are missing or changed, and
    /// what the system says for a file that cannot be read.
    public static func read(_ url: URL, takingInWith kit: FilmKit) throws -> (draft: Draft, material: Material) {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: url)
        } catch {
            throw KitError.unreadable(path: url.path)
        }
        let draft = try Draft(parsing: bytes)
        var material = Material()
        var problems: [DraftError.Problem] = []
        let folder = url.deletingLastPathComponent()
        let assets = draft.assets.sorted { $0.key < $1.key }
        let places = assets.map { URL(fileURLWithPath: $0.value.path, relativeTo: folder).absoluteURL }
        let taken = kit.takeInFiles(places)
        for ((id, asset), (place, result)) in zip(assets, zip(places, taken)) {
            switch result {
            case .success(var facts):
                if let hash = asset.hash, hash != facts.contentHash {
                    problems.append(
                        DraftError.Problem(
                            field: "assets.\(id).hash", .changedFile, ["name": .text(asset.name)]))
                    continue
                }
                facts.id = id
                facts.name = asset.name
                material.add(facts, at: place)
            case .failure(let refusal):
                problems.append(
                    DraftError.Problem(
                        field: "assets.\(id).path", .refused, ["refusal": .words(refusal.wording)]))
            }
        }
        for id in draft.usedAssets where draft.assets[id] == nil {
            problems.append(
                DraftError.Problem(
                    field: draft.field(using: id), .missingAsset, ["id": .text(String(id.prefix(60)))]))
        }
        if !problems.isEmpty { throw DraftError(problems) }
        try draft.validate(media: material.byID)
        return (draft, material)
    }

    /// `place` as seen from `folder`, with `..` where needed; absolute when they share nothing but the root.
    static func relativePath(of place: URL, from folder: URL) -> String {
        let here = folder.standardizedFileURL.pathComponents
        let there = place.standardizedFileURL.pathComponents
        let shared = zip(here, there).prefix { $0 == $1 }.count
        guard shared > 1 else { return place.standardizedFileURL.path }
        return ([String](repeating: "..", count: here.count - shared) + there[shared...]).joined(separator: "/")
    }
}

extension Draft {
    /// The first field that names an asset: `t[0].sg[2].src`.
    fileprivate func field(using id: String) -> String {
        for (trackIndex, track) in tracks.enumerated() {
            for (index, segment) in track.segments.enumerated() {
                let place = "t[\(trackIndex)].sg[\(index)]"
                switch segment.content {
                case .picture(let picture):
                    if picture.assetID == id { return "\(place).src" }
                    if picture.grade.lut == id { return "\(place).grade.lut" }
                    if picture.transition?.map == id { return "\(place).tr.map" }
                case .sound(let sound):
                    if case .asset(id, _) = sound.source { return "\(place).src" }
                case .text: break
                }
            }
        }
        return "assets"
    }

    /// Ids of all assets that segments use, sorted.
    public var usedAssets: [String] {
        var ids: Set<String> = []
        for segment in tracks.flatMap(\.segments) {
            switch segment.content {
            case .picture(let picture):
                ids.formUnion([picture.assetID, picture.grade.lut, picture.transition?.map].compactMap(\.self))
            case .sound(let sound):
                if case .asset(let id, _) = sound.source { ids.insert(id) }
            case .text: break
            }
        }
        return ids.sorted()
    }
}
