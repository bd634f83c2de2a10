// SPDX-License-Identifier: GPL-3.0-or-later
import Composer
public import EditModel
import EditTime
import FileStore
public import Foundation
public import HandOver
import Renderer
import Sound

/// What was written for an editor.
public struct HandedOver: Sendable {
    /// The document: a file, or a draft folder.
    public var path: String
    /// The folder with the media beside it; nil where it needs none.
    public var mediaFolder: String?
    /// How many files lie in that folder for it.
    public var mediaFiles: Int
    /// What of the film does not arrive as it is.
    public var losses: [HandOverLoss]
    /// Voices that did not come out as asked.
    public var troubles: [VoiceTrouble]
}

extension FilmKit {
    /// Writes `draft` as a document that another editor opens, replacing what stands at `url` once all of it is there.
    ///
    /// Composed music and read voices are made and laid beside the document as WAV files; with `bundlesMedia` all other media
    /// too, and the document names them relative to itself, so that both can be moved together. Blocks.
    ///
    /// - Parameter url: a file; of CapCut a folder.
    public func handOver(
        _ draft: Draft, _ material: Material, as format: HandOverFormat, to url: URL, bundlesMedia: Bool = false
    ) throws -> HandedOver {
        let desk = HandOverDesk(url: url, format: format, bundlesMedia: bundlesMedia)
        try desk.check()
        var film = HandOver(draft, media: [:], name: url.deletingPathExtension().lastPathComponent)
        var troubles: [VoiceTrouble] = []
        var shelf = MediaShelf(folder: desk.mediaName)
        if format.hasMedia {
            let made = try make(draft, material)
            troubles = made.troubles
            film.draft = draft.takingVoices(of: made.draft)
            for id in film.draft.usedAssets {
                guard let facts = material.byID[id], let place = material.locations[id] else { continue }
                let path =
                    bundlesMedia ? shelf.add(place, named: facts.name, mayLink: true) : place.standardizedFileURL.path
                film.media[id] = HandOverMedia(path: path, facts: facts, beats: try beats(facts, material))
            }
            for segment in film.draft.tracks.flatMap(\.segments) {
                guard let hash = made.hashes[segment.id] else { continue }
                let place = try made.files.url(of: hash)
                var facts = try takeIn(file: place)
                facts.name = "\(segment.name.isEmpty ? segment.id : segment.name).wav"
                let path = shelf.add(place, named: facts.name, mayLink: false)
                film.made[segment.id] = HandOverMedia(path: path, facts: facts, beats: segment.composedBeats)
            }
        }
        try desk.write(film.files(format), shelf)
        return HandedOver(
            path: url.path, mediaFolder: shelf.isEmpty ? nil : desk.mediaFolder.path, mediaFiles: shelf.count,
            losses: film.losses(format), troubles: troubles)
    }

    /// Of a song: where loops go back, and what editors mark.
    private func beats(_ facts: MediaFacts, _ material: Material) throws -> BeatGrid? {
        guard facts.kind == .audio, let place = material.locations[facts.id] else { return nil }
        return try material.beats[facts.id] ?? beats(of: facts, at: place)
    }
}

extension Draft {
    /// This draft with its voices as long as they turned out.
    fileprivate func takingVoices(of made: Draft) -> Draft {
        let voices = made.tracks.flatMap(\.segments).filter { $0.voiceRecipe != nil }
        let byID = Dictionary(voices.map { ($0.id, $0.range) }) { first, _ in first }
        var draft = self
        for track in draft.tracks.indices {
            for segment in draft.tracks[track].segments.indices {
                let id = draft.tracks[track].segments[segment].id
                if let range = byID[id] { draft.tracks[track].segments[segment].range = range }
            }
        }
        return draft
    }
}

extension Segment {
    /// The beats of composed music, as the composer wrote them.
    fileprivate var composedBeats: BeatGrid? {
        guard case .generated(let recipe)? = sound?.source,
            let request = MusicRecipe.request(for: recipe, length: range.duration)
        else { return nil }
        return Composer.grid(request).map { BeatGrid($0) }
    }
}
