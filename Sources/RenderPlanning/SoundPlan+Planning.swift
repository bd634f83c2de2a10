// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import Wording

extension SoundPlan {
    /// Every sound of the draft: its audio tracks, and the sound of the clips on its video tracks. Neighbouring clips
    /// that overlap in a transition fade over into one another.
    init(draft: Draft, inputs: PlanInputs) throws(DraftError) {
        var clips: [SoundClip] = []
        for (index, track) in draft.tracks.enumerated() where !track.muted {
            let first = clips.count
            for (place, segment) in track.segments.enumerated() {
                let field = "t[\(index)].sg[\(place)]"
                switch segment.content {
                case .sound(let sound):
                    if let clip = try Self.clip(of: segment, sound, field, inputs) { clips.append(clip) }
                case .picture(let picture):
                    let isMain = index == draft.mainTrackIndex
                    let before = isMain && place > 0 ? track.segments[place - 1].picture?.transition : nil
                    if let clip = Self.clip(of: segment, picture, fadingFrom: before, inputs) { clips.append(clip) }
                case .text: break
                }
            }
            Self.crossJoints(of: &clips[first...])
        }
        self.init(
            duration: draft.duration, clips: clips, fadeIn: draft.film.fadeIn, fadeOut: draft.film.fadeOut,
            loudness: draft.film.loudness)
    }

    /// Where a song was cut within itself, the first part runs on and the second comes early by half their fades, so that
    /// they cross.
    private static func crossJoints(of clips: inout ArraySlice<SoundClip>) {
        for index in clips.indices.dropLast() {
            let (a, b) = (clips[index], clips[index + 1])
            let half = a.fadeOut / 2
            guard a.role == .music, b.role == .music, a.source == b.source, a.range.end == b.range.start, half > .zero,
                a.fadeOut == b.fadeIn, !a.loops, a.speed == 1, b.speed == 1, b.sourceStart >= half,
                b.range.start >= half, b.sourceStart > a.sourceStart + a.range.duration
            else { continue }
            clips[index].range = TimeRange(a.range.start, until: a.range.end + half)
            clips[index + 1].range = TimeRange(b.range.start - half, until: b.range.end)
            clips[index + 1].sourceStart = b.sourceStart - half
        }
    }

    private static func clip(
        of segment: Segment, _ sound: SoundContent, _ field: String, _ inputs: PlanInputs
    ) throws(DraftError) -> SoundClip? {
        guard sound.volume > 0 else { return nil }
        let hash: String
        var start = MediaTime.zero
        var loopEnd: MediaTime?
        switch sound.source {
        case .asset(let id, let begins):
            guard let facts = inputs.media[id] else {
                throw DraftError(field: "\(field).src", .noAsset, ["id": .text(String(id.prefix(60)))])
            }
            hash = facts.contentHash
            start = begins
            // A loop's seam belongs on a bar line; without one, the source's end.
            loopEnd = inputs.beats[id]?.loopEnd(after: begins) ?? facts.duration
        case .generated:
            guard let made = inputs.generated[segment.id] else {
                throw DraftError(field: "\(field).gen", .notMade)
            }
            hash = made
        }
        let role: SoundClip.Role
        switch sound.role {
        case .music: role = .music
        case .voice: role = .voice
        case .effect: role = .effect
        }
        return SoundClip(
            source: hash, role: role, range: segment.range, sourceStart: start, volume: sound.volume,
            fadeIn: sound.fadeIn, fadeOut: sound.fadeOut, loops: sound.loops, loopEnd: sound.loops ? loopEnd : nil,
            ducks: sound.ducks)
    }

    private static func clip(
        of segment: Segment, _ picture: PictureContent, fadingFrom before: Transition?, _ inputs: PlanInputs
    ) -> SoundClip? {
        guard case .video(let id, let start) = picture.source, let facts = inputs.media[id], facts.hasSound,
            !picture.muted, picture.volume > 0
        else { return nil }
        return SoundClip(
            source: facts.contentHash, role: .clip, range: segment.range, sourceStart: start, volume: picture.volume,
            fadeIn: before?.duration ?? .zero, fadeOut: picture.transition?.duration ?? .zero, speed: picture.speed,
            reverse: picture.reverse)
    }
}
