// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel

extension FilmKit {
    /// Names of the sounds of a draft that are to be made (`gen`: composed music, read voices) and that nothing here can
    /// make: films are rendered without them, and a person is told.
    public static func unheard(in draft: Draft) -> [String] {
        draft.tracks.flatMap(\.segments).filter(\.isGeneratedSound).map(\.name)
    }

    /// The draft without those sounds.
    package static func audible(_ draft: Draft) -> Draft {
        var draft = draft
        for index in draft.tracks.indices { draft.tracks[index].segments.removeAll(where: \.isGeneratedSound) }
        return draft
    }
}

extension Segment {
    fileprivate var isGeneratedSound: Bool {
        if case .generated? = sound?.source { return true }
        return false
    }
}
