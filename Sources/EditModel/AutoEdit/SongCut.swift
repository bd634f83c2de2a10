// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

/// Where a song that is longer than its film is cut, so that it begins with its beginning and ends with its end.
///
///     song   |––– A ––––|–––––––– left out ––––––––|–––– B ––––|
///     film   |––– A ––––|–––– B ––––|
///
/// Both sides of the joint are bar lines, phrase ends where there are some that fit; the beats go on as if nothing were missing.
struct SongCut: Hashable {
    /// Song milliseconds: where the first part ends, and where the second begins.
    var from: Int64
    var to: Int64
    /// The crossfade of the two, in milliseconds: it is over when the bar of the second part begins.
    var fade: Int64

    /// Parts of so few beats are no music.
    private static let leastBeats = 8
    /// So much less of the song is not worth a joint.
    private static let leastLeftOut: Int64 = 4000
    /// Beats after the joint may lie so far from where they would have been.
    private static let mostDrift: Int64 = 15

    /// Nil where the film is too short for a joint, the song not longer, its bars not sure, or none of them fit.
    ///
    /// - Parameters: `songLength`, `film`: milliseconds; the song plays from its beginning.
    init?(_ song: BeatGrid, songLength: Int64, film: Int64) {
        guard song.confidence >= 0.4, song.downbeats.count >= 6, song.phrases.count >= 2,
            songLength - film >= Self.leastLeftOut
        else { return nil }
        let beats = song.beats.map(\.milliseconds)
        let gaps = zip(beats.dropFirst(), beats).map { $0 - $1 }.sorted()
        guard let beat = gaps.isEmpty ? nil : gaps[gaps.count / 2], beat > 0 else { return nil }
        let bars = song.downbeats.map(\.milliseconds)
        let phrases = Set(song.phrases.map(\.milliseconds))
        let least = Int64(Self.leastBeats) * beat
        var best: (cost: Double, from: Int64, to: Int64)?
        for from in bars where from >= least && from <= film - least {
            // The second part ends with the song: its last half beat may be missing, or half a beat of silence follow.
            let wanted = songLength - (film - from)
            for to in bars where abs(to - wanted) <= beat * 6 / 10 && to > from + beat && songLength - to >= least {
                var cost = Double(abs(to - wanted)) / Double(beat)
                if !phrases.contains(from) { cost += 1 }
                if !phrases.contains(to) { cost += 1 }
                let before = song.energy(at: MediaTime(milliseconds: from)) ?? 0
                let after = song.energy(at: MediaTime(milliseconds: to)) ?? 0
                cost += abs(before - after)
                // In the middle rather than near an end.
                cost += 0.5 * abs(Double(from) / Double(film) - 0.6)
                if best.map({ cost < $0.cost }) ?? true { best = (cost, from, to) }
            }
        }
        guard let best else { return nil }
        (from, to) = (best.from, best.to)
        fade = min(240, beat / 2) / 2 * 2
        // Cuts were laid on the beats of the whole song: those of the second part have to fall on them.
        let shift = from - to
        guard
            beats.filter({ $0 >= best.to }).allSatisfy({ later in
                let moved = later + shift
                guard let nearest = Self.nearest(to: moved, in: beats) else { return false }
                return abs(nearest - moved) <= Self.mostDrift
            })
        else { return nil }
    }

    private static func nearest(to time: Int64, in beats: [Int64]) -> Int64? {
        var (low, high) = (0, beats.count)
        while low < high {
            let middle = (low + high) / 2
            if beats[middle] < time { low = middle + 1 } else { high = middle }
        }
        return [low - 1, low].filter(beats.indices.contains).map { beats[$0] }.min { abs($0 - time) < abs($1 - time) }
    }

    /// `music`, which plays the song from its beginning, as its two parts; the second, `id`, takes its fade out.
    ///
    /// They meet half a crossfade before the bar; `SoundPlan` lets the one run on and the other come early by as much, so
    /// that they cross. Nil where the parts do not fit the segment.
    func parts(of music: Segment, songLength: Int64, id: String) -> (Segment, Segment)? {
        guard let sound = music.sound, case .asset(let asset, let start) = sound.source, start == .zero,
            music.range.start == .zero
        else { return nil }
        let total = music.range.duration.milliseconds
        let joint = from - fade / 2
        guard joint > 0, joint < total else { return nil }
        var (first, second) = (music, music)
        first.milliseconds = 0..<joint
        first.sound?.fadeOut = MediaTime(milliseconds: fade)
        first.sound?.loops = false
        second.id = id
        let begins = to - fade / 2
        second.milliseconds = joint..<min(total, joint + songLength - begins)
        second.sound?.source = .asset(asset, start: MediaTime(milliseconds: begins))
        second.sound?.fadeIn = MediaTime(milliseconds: fade)
        second.sound?.loops = false
        // The song's own ending is heard: only what is cut off of its last beat fades.
        let left = Int64(second.milliseconds.count)
        second.sound?.fadeOut = MediaTime(milliseconds: min(500, left / 4))
        guard !second.milliseconds.isEmpty else { return nil }
        return (first, second)
    }
}

extension Draft {
    /// Whether its music is a song cut to the film's length.
    var hasCutSong: Bool {
        tracks.contains { track in
            track.kind == .audio
                && zip(track.segments, track.segments.dropFirst()).contains { $0.continues(in: $1) }
        }
    }

    /// Puts music that was cut to the film's length together again: one segment of the song from its beginning, to the film's end.
    mutating func joinMusic() {
        let total = duration.milliseconds
        for track in tracks.indices where tracks[track].kind == .audio {
            var place = 0
            while place + 1 < tracks[track].segments.count {
                let (first, second) = (tracks[track].segments[place], tracks[track].segments[place + 1])
                guard first.continues(in: second) else {
                    place += 1
                    continue
                }
                tracks[track].segments[place].milliseconds =
                    first.milliseconds.lowerBound..<max(second.milliseconds.upperBound, total)
                // The song no longer ends with its own ending.
                let usual = MediaTime(milliseconds: min(1500, total / 4))
                tracks[track].segments[place].sound?.fadeOut = max(second.sound?.fadeOut ?? .zero, usual)
                tracks[track].segments.remove(at: place + 1)
            }
        }
    }
}

extension Draft {
    /// Its music ends as that of `other` does: for comparing the two where the song of one of them is cut.
    mutating func copyMusicFade(from other: Draft) {
        guard let fade = other.tracks.flatMap(\.segments).first(where: { $0.sound?.role == .music })?.sound?.fadeOut
        else { return }
        for track in tracks.indices {
            for place in tracks[track].segments.indices where tracks[track].segments[place].sound?.role == .music {
                tracks[track].segments[place].sound?.fadeOut = fade
            }
        }
    }
}

extension Segment {
    /// Whether `next` is the second part of a song that was cut to the film's length after this one.
    func continues(in next: Segment) -> Bool {
        guard let a = sound, let b = next.sound, a.role == .music, b.role == .music, range.end == next.range.start,
            a.fadeOut > .zero, a.fadeOut == b.fadeIn, !a.loops, case .asset(let one, let from) = a.source,
            case .asset(let other, let to) = b.source, one == other
        else { return false }
        return to > from + range.duration
    }
}

extension Track {
    /// The music of a film, its song cut to the film's length where its phrases allow that.
    func cutting(_ song: MediaFacts, to film: Int64, _ beats: BeatGrid?, _ ids: inout IDSource) -> Track {
        guard let beats, let length = song.duration.map({ $0.ticks / MediaTime.ticksPerMillisecond }),
            segments.count == 1, segments[0].milliseconds == 0..<film, segments[0].sound?.loops == false,
            let cut = SongCut(beats, songLength: length, film: film)
        else { return self }
        var fresh = ids
        guard let parts = cut.parts(of: segments[0], songLength: length, id: fresh.next("s")) else { return self }
        ids = fresh
        var track = self
        track.segments = [parts.0, parts.1]
        return track
    }
}
