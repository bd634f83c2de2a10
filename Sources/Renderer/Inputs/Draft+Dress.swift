// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import Titles

extension Draft {
    /// The draft in which each text that wears a title style, and says nothing of its coming and going, comes and goes as the
    /// style does.
    func dressed() -> Draft {
        var draft = self
        for track in draft.tracks.indices where draft.tracks[track].kind == .text {
            for place in draft.tracks[track].segments.indices {
                let segment = draft.tracks[track].segments[place]
                guard var text = segment.text, text.entrance == nil, text.exit == nil,
                    let style = text.style.name.flatMap(TitleStyle.named)
                else { continue }
                let length = segment.range.duration
                text.entrance = TextAnimation(style.entrance, of: length)
                text.exit = TextAnimation(style.exit, of: length)
                draft.tracks[track].segments[place].content = .text(text)
            }
        }
        return draft
    }
}

extension TextAnimation {
    /// At most a third of the time that the text is on.
    fileprivate init?(_ move: TitleStyle.Move, of length: MediaTime) {
        guard let kind = Kind(rawValue: move.kind.rawValue) else { return nil }
        self.init(kind, duration: min(MediaTime(milliseconds: Int64(move.milliseconds)), length / 3))
    }
}
