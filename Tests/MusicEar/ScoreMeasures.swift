// SPDX-License-Identifier: GPL-3.0-or-later
public import Composer
internal import EditTime

/// What can be counted in the notes of a piece.
public struct ScoreMeasures: Sendable {
    public var notes = 0
    /// Notes that never end inside the piece, or begin before it, or while their own key still sounds.
    public var stuck = 0
    /// Parallel fifths and octaves between neighbouring chords of held parts, for each hundred changes.
    public var parallels = 0.0
    /// Semitones that a voice of a held part moves at a change, in the mean.
    public var voiceDistance = 0.0
    /// Share of steps (at most two semitones) among the tune's moves, and its widest move.
    public var steps = 0.0
    public var widest = 0

    public init(_ composition: Composition) {
        let piece = composition.piece
        let end = piece.duration.seconds * piece.tempo / 60
        for track in piece.tracks {
            notes += track.notes.count
            var sounding: [UInt8: Double] = [:]
            for note in track.notes.sorted(by: { $0.start < $1.start }) {
                if note.start < 0 || note.end > end || note.length <= 0 { stuck += 1 }
                if !track.isDrums, let until = sounding[note.key], until > note.start + 0.001 { stuck += 1 }
                sounding[note.key] = note.end
            }
        }
        var (changes, moved, voices) = (0, 0, 0)
        for track in piece.tracks where ["Pad", "Strings", "Choir"].contains(track.name) {
            let chords = Self.chords(track, bars: piece.bars, beatsPerBar: piece.beatsPerBar)
            for (a, b) in zip(chords, chords.dropFirst()) where a.count == b.count && a != b {
                changes += 1
                for i in a.indices {
                    voices += 1
                    moved += abs(a[i] - b[i])
                    for j in a.indices
                    where j > i && a[i] != b[i] && b[i] - a[i] == b[j] - a[j] && [0, 7].contains((a[j] - a[i]) % 12) {
                        parallels += 1
                    }
                }
            }
        }
        parallels = changes == 0 ? 0 : parallels / Double(changes) * 100
        voiceDistance = voices == 0 ? 0 : Double(moved) / Double(voices)
        let names = ["Tune", "Hook", "Right hand", "Lead"]
        for track in piece.tracks where names.contains(track.name) {
            let keys = track.notes.sorted { $0.start < $1.start }.map { Int($0.key) }
            let moves = zip(keys, keys.dropFirst()).map { abs($0 - $1) }.filter { $0 > 0 }
            if moves.isEmpty { continue }
            steps = max(steps, Double(moves.count { $0 <= 2 }) / Double(moves.count))
            widest = max(widest, moves.max() ?? 0)
        }
    }

    /// Keys that sound in the middle of each half bar.
    private static func chords(_ track: MIDIPiece.Track, bars: Int, beatsPerBar: Int) -> [[Int]] {
        (0..<bars * 2).map { half in
            let beat = (Double(half) + 0.5) * Double(beatsPerBar) / 2
            return track.notes.filter { $0.start <= beat && $0.end > beat }.map { Int($0.key) }.sorted()
        }
    }
}
