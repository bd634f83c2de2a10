// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
public import Renderer

extension FilmKit {
    /// Names of the sounds of a draft that are to be made (`gen`) and that cannot be made here (music of a style there is not, or
    /// without instruments on this machine): films are rendered without them, and a person is told. Of voices `voiceTroubles`
    /// tells.
    public static func unheard(in draft: Draft) -> [String] {
        draft.tracks.flatMap(\.segments).filter {
            $0.isGeneratedSound && $0.voiceRecipe == nil && !ComposedSounds.canMake($0)
        }.map(\.name)
    }

    /// Texts with characters that no font of this machine has: films are rendered without them, and a person is told.
    public static func unwritten(in draft: Draft) -> [UnwrittenText] { (try? UnwrittenText.all(in: draft)) ?? [] }

    /// The draft without those sounds.
    package static func audible(_ draft: Draft) -> Draft {
        var draft = draft
        for index in draft.tracks.indices {
            draft.tracks[index].segments.removeAll {
                $0.isGeneratedSound && $0.voiceRecipe == nil && !ComposedSounds.canMake($0)
            }
        }
        return draft
    }

    /// The draft without any sound that would have to be made: for pictures alone.
    static func silent(_ draft: Draft) -> Draft {
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
