// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime

/// The film as editors count it: in frames, one shot beside the other, joined at cuts.
///
/// A draft's neighbours overlap by their transition; an editor's meet at a cut, and the transition reaches over it.
/// ```
/// draft    ├──── a ────┤             editor   ├── a ──┼──── b ────┤
///                  ├──── b ────┤                    ├─┼─┤ transition
/// ```
struct FrameLine {
    /// One segment of a video track.
    struct Shot {
        let segment: Segment
        let picture: PictureContent
        /// Its place on its track.
        let index: Int
        /// Frames of the film that it is seen in, transitions and all.
        let frames: Range<Int>
        /// Frames from cut to cut.
        var cut: Range<Int>
        /// The transition over its beginning.
        var arrival: Join?
        /// The transition over its end.
        var join: Join?
        /// How far it reaches before its cut.
        var head: Int { cut.lowerBound - frames.lowerBound }
        /// How far it reaches after its cut.
        var tail: Int { frames.upperBound - cut.upperBound }
    }

    /// A transition over a cut.
    struct Join {
        let transition: Transition
        /// Frames of the film in which both shots are seen; not empty.
        let frames: Range<Int>
        let cut: Int
        var before: Int { cut - frames.lowerBound }
        var after: Int { frames.upperBound - cut }
    }

    /// A stretch of a sound, played once through; a loop is several.
    struct Piece {
        let segment: Segment
        let sound: SoundContent
        let media: HandOverMedia?
        let frames: Range<Int>
        /// Where in the file it begins.
        let start: MediaTime
        /// Which round of a loop it is, from 0.
        let round: Int
    }

    let rate: FrameRate
    let draft: Draft

    init(_ draft: Draft) {
        self.draft = draft
        rate = draft.film.frameRate
    }

    var length: Int { draft.frameCount }

    func frames(_ range: TimeRange) -> Range<Int> {
        let start = rate.frame(at: range.start)
        return start..<max(start, rate.frame(at: range.end))
    }

    /// A length of source in frames of the film, to the nearest.
    func count(_ time: MediaTime) -> Int { rate.frame(at: time) }

    /// The shots of a video track, those without a frame left out. Only the main track's overlap.
    func shots(of track: Track) -> [Shot] {
        var shots: [Shot] = []
        for (index, segment) in track.segments.enumerated() {
            guard let picture = segment.picture else { continue }
            let frames = frames(segment.range)
            guard !frames.isEmpty else { continue }
            var shot = Shot(segment: segment, picture: picture, index: index, frames: frames, cut: frames)
            if let last = shots.last, last.frames.upperBound > frames.lowerBound {
                // No further back than the last shot's own cut, so that every shot keeps a frame where it can.
                let overlap = max(frames.lowerBound, last.cut.lowerBound)..<last.frames.upperBound
                let cut = overlap.lowerBound + overlap.count / 2
                shots[shots.count - 1].cut = last.cut.lowerBound..<cut
                shot.cut = cut..<max(cut, frames.upperBound)
                if let transition = last.picture.transition, last.index + 1 == index {
                    let join = Join(transition: transition, frames: overlap, cut: cut)
                    shots[shots.count - 1].join = join
                    shot.arrival = join
                }
            }
            shots.append(shot)
        }
        return shots.filter { !$0.cut.isEmpty }
    }

    /// Where in its clip's source a shot stands at frame `frame` of the film.
    func source(of shot: Shot, at frame: Int) -> MediaTime {
        guard case .video(_, let start) = shot.picture.source else { return .zero }
        let played = rate.time(ofFrame: frame - shot.frames.lowerBound).scaled(by: shot.picture.speed)
        guard shot.picture.reverse else { return start + played }
        let length = rate.time(ofFrame: shot.frames.count).scaled(by: shot.picture.speed)
        return start + length - played
    }

    /// The sounds of an audio track, loops played out.
    func pieces(of track: Track, in film: HandOver) -> [Piece] {
        var pieces: [Piece] = []
        for segment in track.segments {
            guard let sound = segment.sound else { continue }
            let frames = frames(segment.range)
            guard !frames.isEmpty else { continue }
            switch sound.source {
            case .generated:
                let media = film.made[segment.id]
                // A voice is as long as it is.
                let length = media?.facts.duration.map { max(1, count($0)) } ?? frames.count
                let end = min(frames.upperBound, frames.lowerBound + length)
                pieces.append(
                    Piece(
                        segment: segment, sound: sound, media: media, frames: frames.lowerBound..<end, start: .zero,
                        round: 0))
            case .asset(let id, let start):
                let media = film.media[id]
                let end = media?.beats?.loopEnd(after: start) ?? media?.facts.duration
                let round = end.map { count($0 - start) } ?? 0
                guard sound.loops, round > 0, round < frames.count else {
                    pieces.append(
                        Piece(segment: segment, sound: sound, media: media, frames: frames, start: start, round: 0))
                    continue
                }
                for (index, first) in stride(from: frames.lowerBound, to: frames.upperBound, by: round).enumerated() {
                    pieces.append(
                        Piece(
                            segment: segment, sound: sound, media: media,
                            frames: first..<min(first + round, frames.upperBound), start: start, round: index))
                }
            }
        }
        return pieces
    }
}

extension FrameLine.Piece {
    /// The frames of its segment's fades that fall on this piece: a fade in on the first round, a fade out on the last.
    func fades(_ line: FrameLine) -> (fadeIn: Int, fadeOut: Int) {
        let whole = line.frames(segment.range)
        let fadeIn = frames.lowerBound == whole.lowerBound ? min(line.count(sound.fadeIn), frames.count) : 0
        let isLast = frames.upperBound == whole.upperBound || sound.source.isGenerated
        return (fadeIn, isLast ? min(line.count(sound.fadeOut), frames.count - fadeIn) : 0)
    }
}

extension SoundContent.Source {
    var isGenerated: Bool {
        if case .generated = self { return true }
        return false
    }
}
