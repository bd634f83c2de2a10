// SPDX-License-Identifier: GPL-3.0-or-later

extension Draft {
    /// The same film with other ids for its media: each id that is a key of `names` becomes its value, others stay.
    public func renamingAssets(_ names: [String: String]) -> Draft {
        var draft = self
        for track in draft.tracks.indices {
            for segment in draft.tracks[track].segments.indices {
                draft.tracks[track].segments[segment].renameAsset(names)
            }
        }
        draft.assets = .init(assets.map { (names[$0.key] ?? $0.key, $0.value) }) { first, _ in first }
        return draft
    }
}

extension Segment {
    fileprivate mutating func renameAsset(_ names: [String: String]) {
        switch content {
        case .picture(var picture):
            switch picture.source {
            case .image(let id): picture.source = .image(names[id] ?? id)
            case .video(let id, let start): picture.source = .video(names[id] ?? id, start: start)
            case .color, .generated: return
            }
            content = .picture(picture)
        case .sound(var sound):
            guard case .asset(let id, let start) = sound.source else { return }
            sound.source = .asset(names[id] ?? id, start: start)
            content = .sound(sound)
        case .text: return
        }
    }
}
