// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import JSON

/// A draft while operations are applied to it: what each operation's body works on.
///
/// The main track is changed by taking it apart (`reel`) and laying it again (`lay`), which keeps the rules and takes
/// texts, sounds and overlays along; everything else is changed in place.
struct Workbench {
    var draft: Draft
    let context: EditContext
    let media: [String: MediaFacts]
    var ids: IDSource
    var notes: [EditNote] = []

    init(_ draft: Draft, _ context: EditContext) {
        self.draft = draft
        self.context = context
        media = Dictionary(context.media.map { ($0.id, $0) }) { first, _ in first }
        ids = IDSource(after: draft)
    }

    /// The main track's segments; throws where there is no film yet.
    func film() throws(EditError) -> [Segment] {
        guard let segments = draft.mainTrack?.segments, !segments.isEmpty else { throw EditError(.noFilm) }
        return segments
    }

    /// The main track taken apart.
    func reel() throws(EditError) -> Reel { Reel(try film()) }

    func rooms(of reel: Reel) -> [SourceRoom?] { reel.shots.map { SourceRoom($0.segment, media: media) } }

    /// A frame's time in milliseconds, rounded up.
    var frame: Int64 {
        let ticks = draft.film.frameRate.time(ofFrame: 1).ticks
        return (ticks + MediaTime.ticksPerMillisecond - 1) / MediaTime.ticksPerMillisecond
    }

    mutating func note(_ note: EditNote) {
        if !notes.contains(note) { notes.append(note) }
    }
}

// MARK: - Laying the main track

extension Workbench {
    /// What becomes of the film's length when shots are laid.
    enum LengthRule {
        /// The shots' widths added up.
        case free
        /// What it was; what shots cannot fill, others do.
        case kept(Int64)
        /// This, every shot in proportion.
        case exactly(Int64)
    }

    /// Puts `reel` on the main track and takes everything else along.
    ///
    /// - Parameter snaps: cuts go to the music's beats, where the film is cut on them; not where a person said how long a
    ///   shot is.
    mutating func lay(_ reel: Reel, _ rule: LengthRule = .free, snaps: Bool = true) {
        var reel = reel
        let rooms = rooms(of: reel)
        for index in reel.shots.indices {
            reel.shots[index].width = max(1, reel.shots[index].width)
            if let room = rooms[index], case .free = rule {
                reel.shots[index].width = min(reel.shots[index].width, room.most)
            }
        }
        // Clips alone could not make up for longer joints.
        let hasRoom = rooms.contains { $0 == nil }
        if hasRoom { reel.restoreJoints() }
        reel.clampJoints(rooms)
        let onBeats = snaps && draft.film.cutsOnBeats && grid(until: reel.total) != nil
        func isOver() -> Bool {
            reel.shots.indices.contains { index in rooms[index].map { reel.length(index) > $0.most } ?? false }
        }
        switch rule {
        case .free:
            limitClips(&reel, rooms)
            if onBeats { share(reel.total, among: &reel, rooms, holdsClips: true, onBeats: true) }
        case .kept(let total):
            if isOver() || reel.total != total || onBeats {
                share(total, among: &reel, rooms, holdsClips: true, onBeats: onBeats)
            }
        case .exactly(let total):
            share(total, among: &reel, rooms, holdsClips: false, onBeats: onBeats)
            // Shots that got longer have room again for joints that had to be short.
            if hasRoom {
                reel.restoreJoints()
                reel.clampJoints(rooms)
                if isOver() { share(total, among: &reel, rooms, holdsClips: false, onBeats: onBeats) }
            }
        }
        // Joints give way to the widths that came of it, which leaves clips no less room than they had.
        reel.clampJoints(rooms)
        limitClips(&reel, rooms)
        let before = draft.duration
        let isCut = draft.hasCutSong
        if isCut { draft.joinMusic() }
        let losses = draft.replaceMainTrack(reel.segments(rooms), media: media, &ids)
        if isCut || draft.duration != before { cutSong() }
        report(losses)
    }

    /// Clips that are to stand longer than they have material stand as long as they have.
    private func limitClips(_ reel: inout Reel, _ rooms: [SourceRoom?]) {
        for index in reel.shots.indices {
            guard let room = rooms[index] else { continue }
            let overlap = reel.overlap(index)
            reel.shots[index].width = max(1, min(reel.shots[index].width, room.most - overlap.before - overlap.after))
        }
    }

    /// Shares `total` out among the shots in proportion to their widths.
    private func share(
        _ total: Int64, among reel: inout Reel, _ rooms: [SourceRoom?], holdsClips: Bool, onBeats: Bool
    ) {
        guard !reel.shots.isEmpty, total >= Int64(reel.shots.count) else { return }
        var claims = reel.claims(rooms, frame: frame, holdsClips: holdsClips)
        func least() -> Int64 { claims.reduce(0) { $0 + $1.least } }
        func most() -> Int64? {
            var sum: Int64 = 0
            for claim in claims {
                guard let most = claim.most else { return nil }
                sum += most
            }
            return sum
        }
        for floor in [frame, 1] where least() > total {
            for index in claims.indices where !reel.shots[index].segment.isCard {
                claims[index].least = min(claims[index].least, floor)
            }
        }
        if least() > total {
            for index in claims.indices { claims[index].least = 1 }
        }
        if let most = most(), most < total {
            // Cards stretch before the film gets shorter than asked.
            for index in claims.indices where rooms[index] == nil { claims[index].most = nil }
        }
        let reach = most().map { min($0, total) } ?? total
        let rate = draft.film.frameRate
        var grid = onBeats ? self.grid(until: reach) : nil
        grid?.refine(for: claims.count - 1, between: claims.first?.least ?? 0, and: reach - (claims.last?.least ?? 0))
        let lengths = ShotLengths(claims, total: reach, grid: grid) { milliseconds in
            rate.time(ofFrame: rate.frame(at: MediaTime(seconds: milliseconds / 1000))).milliseconds
        }
        for index in reel.shots.indices { reel.shots[index].width = lengths.cuts[index + 1] - lengths.cuts[index] }
    }

    private mutating func report(_ losses: Draft.Losses) {
        if losses.texts > 0 { note(.textsGone(count: losses.texts)) }
        if losses.shortened > 0 { note(.textsShortened(count: losses.shortened)) }
        for name in losses.cutVoices { note(.voiceCut(name: name)) }
    }
}

// MARK: - Beats

extension Workbench {
    /// The first music segment: where it lies.
    var musicPath: SegmentPath? { firstSound(.music) }

    /// Cuts the song to the film's length where it is longer and its phrases allow that.
    mutating func cutSong() {
        guard let path = musicPath, case .asset(let id, _)? = self[path]?.sound?.source, let song = media[id] else {
            return
        }
        draft.tracks[path.track] = draft.tracks[path.track].cutting(
            song, to: draft.duration.milliseconds, context.beats[id], &ids)
    }

    func firstSound(_ role: SoundContent.Role) -> SegmentPath? {
        for (track, row) in draft.tracks.enumerated() where row.kind == .audio {
            if let place = row.segments.firstIndex(where: { $0.sound?.role == role }) {
                return SegmentPath(track: track, place: place)
            }
        }
        return nil
    }

    /// The music's beats in film time up to `end`; nil where there is no music or none are known.
    func grid(until end: Int64) -> CutGrid? {
        guard let path = musicPath, let segment = self[path], let sound = segment.sound else { return nil }
        switch sound.source {
        case .asset(let id, let start):
            guard let beats = context.beats[id] else { return nil }
            let shift = segment.range.start - start
            let moved = beats.moved(by: shift)
            let length = media[id]?.duration.map { max(1, ($0 + shift).milliseconds) }
            return CutGrid(moved, songLength: length, until: end)
        case .generated(let recipe):
            if let beats = ComposedMusic(recipe)?.beats(for: max(1, end - segment.range.start.milliseconds)) {
                let start = segment.range.start
                return CutGrid(
                    BeatGrid(
                        beats: beats.beats.map { $0 + start }, downbeats: beats.downbeats.map { $0 + start },
                        tempo: beats.tempo, confidence: 1), songLength: nil, until: end)
            }
            guard let tempo = recipe["bpm"]?.number, tempo > 0 else { return nil }
            return CutGrid(
                BeatGrid(everyBeatOf: tempo, until: end, from: segment.range.start), songLength: nil, until: end)
        }
    }
}

extension BeatGrid {
    /// Music whose tempo is known exactly, four beats a bar, from `start` up to `end` milliseconds.
    init(everyBeatOf tempo: Double, until end: Int64, from start: MediaTime = .zero) {
        let interval = 60_000 / max(tempo, 1)
        let count = max(0, Int((Double(end - start.milliseconds) / interval).rounded(.down))) + 1
        let beats = (0..<count).map { start + MediaTime(milliseconds: Int64((Double($0) * interval).rounded())) }
        self.init(
            beats: beats, downbeats: stride(from: 0, to: count, by: 4).map { beats[$0] }, tempo: tempo, confidence: 1)
    }
}
