// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
import EditTime
import JSON

/// A draft out of an OpenTimelineIO timeline.
///
/// A file of ours that nobody changed gives the very draft that it was made of. One that was changed gives what its tracks say,
/// its clips with everything that was kept on them; of a stranger's file the first track of pictures is the film.
public struct OTIOReader: Sendable {
    /// The files it names: URLs as they stand there, by the asset id that they get.
    public let files: [String: String]
    /// What was not understood in reading.
    public private(set) var losses: [OTIOLoss]
    private let timeline: OTIOTimeline
    private let assets: [FileKey: String]

    private struct FileKey: Hashable {
        let url: String
        let asset: String?
    }

    /// Throws `OTIOError`.
    public init(parsing bytes: [UInt8]) throws(OTIOError) {
        var losses: [OTIOLoss] = []
        timeline = try OTIOTimeline(parsing: bytes, losses: &losses)
        self.losses = losses
        var files: [String: String] = [:]
        var assets: [FileKey: String] = [:]
        var count = 0
        for item in timeline.tracks.flatMap(\.children).compactMap(\.item) {
            guard case .file(let url, let asset) = item.media, !item.isMade else { continue }
            let key = FileKey(url: url, asset: asset)
            if assets[key] != nil { continue }
            var id = asset ?? assets.first { $0.key.url == url }?.value ?? ""
            // The same name for another file: somebody put other media under some of its clips.
            while id.isEmpty || (files[id] != nil && files[id] != url) {
                count += 1
                id = "m\(count)"
            }
            files[id] = url
            assets[key] = id
        }
        // Files that no clip shows but the draft names.
        let unshown = Self.unshownAssets(timeline)
        for (id, asset) in timeline.kinora?["draft"]?["assets"]?.object ?? [:]
        where files[id] == nil && unshown.contains(id) {
            guard let path = asset["path"]?.string else { continue }
            let facts = MediaFacts(id: id, name: "", kind: .image, format: "", contentHash: "")
            files[id] = HandOverMedia(path: path, facts: facts).url
        }
        self.files = files
        self.assets = assets
    }

    /// Ids of colour tables, of transition maps, and of what segments that no frame shows are made of.
    private static func unshownAssets(_ timeline: OTIOTimeline) -> Set<String> {
        let shown = timeline.tracks.flatMap(\.children).compactMap { $0.item?.kinora?["segment"] }
        let unseen = timeline.unseen.compactMap { $0["segment"] }
        let tables = (shown + unseen).flatMap { [$0["grade"]?["lut"]?.string, $0["tr"]?["map"]?.string] }
        return Set((tables + unseen.map { $0["src"]?.string }).compactMap(\.self))
    }

    /// The draft, and all that did not become part of it.
    ///
    /// - Parameter media: what is known of each of `files`. Throws `OTIOError.unknownMedia` where one is missing, `noPictures`
    ///   where there is no film, and `DraftError` where the film is beyond what drafts hold.
    public func draft(media: [String: HandOverMedia]) throws -> (draft: Draft, losses: [OTIOLoss]) {
        let missing = files.filter { media[$0.key] == nil }.map(\.value).sorted()
        guard missing.isEmpty else { throw OTIOError.unknownMedia(names: missing) }
        let kept = stored
        if let kept, isUnchanged(kept, media) { return (kept, losses) }
        var builder = OTIOBuilder(timeline: timeline, kept: kept, media: media, losses: losses) { url, asset in
            assets[FileKey(url: url, asset: asset)]
        }
        let draft = try builder.draft()
        try draft.validate(media: media.mapValues(\.facts))
        return (draft, builder.losses)
    }

    /// The draft that the file was made of, as it stands in our own fields; nil of a stranger's.
    private var stored: Draft? {
        guard var fields = timeline.kinora?["draft"]?.object, let tracks = fields["t"]?.array else { return nil }
        var segments: [String: [Int64: JSONValue]] = [:]
        func take(_ marks: JSONValue?) {
            guard let segment = marks?["segment"], let track = marks?["track"]?.string,
                let index = marks?["index"]?.integer
            else { return }
            segments[track, default: [:]][index] = segment
        }
        for item in timeline.tracks.flatMap(\.children) { take(item.item?.kinora) }
        for marker in timeline.markers { take(marker.kinora) }
        for marks in timeline.unseen { take(marks) }
        fields["t"] = .array(
            tracks.map { track in
                var track = track.object ?? [:]
                let own = segments[track["id"]?.string ?? ""] ?? [:]
                track["sg"] = .array(own.sorted { $0.key < $1.key }.map(\.value))
                return .object(track)
            })
        fields["assets"] = nil
        return try? Draft(.object(fields))
    }

    /// Whether `draft` written again is what the file says.
    private func isUnchanged(_ draft: Draft, _ media: [String: HandOverMedia]) -> Bool {
        guard draft.ruleViolations(media: media.mapValues(\.facts)).isEmpty else { return false }
        var made: [String: HandOverMedia] = [:]
        for item in timeline.tracks.flatMap(\.children).compactMap(\.item) where item.isMade {
            guard case .file(let url, _) = item.media, let id = item.kinora?["segment"]?["id"]?.string else { continue }
            let facts = MediaFacts(
                id: id, name: "", kind: .audio, format: "wav", contentHash: "", duration: item.duration)
            made[id] = HandOverMedia(path: url, facts: facts)
        }
        let again = OTIOWriter(HandOver(draft, media: media, made: made)).timeline
        var ignored: [OTIOLoss] = []
        guard let written = try? OTIOTimeline(parsing: Array(again.text().utf8), losses: &ignored) else { return false }
        return written.shape == timeline.shape
    }
}

extension OTIOTimeline {
    /// What was kept of segments that no frame shows; marked as what stands on clips is.
    fileprivate var unseen: [JSONValue] {
        (kinora?["unseen"]?.array ?? []).compactMap { $0[OTIOWriter.key] }
    }
}

extension OTIOTimeline.Item {
    /// Whether its file was made for the film and can be made again.
    var isMade: Bool { kinora?["segment"]?["gen"] != nil }

    /// Whether it is the sound of a clip of the main track, written for other editors.
    var isClipSound: Bool { kinora?["role"]?.string == "clip-sound" }
}
