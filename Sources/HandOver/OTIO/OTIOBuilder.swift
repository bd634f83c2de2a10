// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON

/// Makes a draft of what a timeline's tracks say, with what was kept on its clips.
struct OTIOBuilder {
    let timeline: OTIOTimeline
    /// The draft that the file was made of, before it was changed.
    let kept: Draft?
    let media: [String: HandOverMedia]
    var losses: [OTIOLoss]
    /// The asset id of a file.
    let asset: (String, String?) -> String?

    private var ids: Set<String> = []
    private var count = 0

    init(
        timeline: OTIOTimeline, kept: Draft?, media: [String: HandOverMedia], losses: [OTIOLoss],
        asset: @escaping (String, String?) -> String?
    ) {
        self.timeline = timeline
        self.kept = kept
        self.media = media
        self.losses = losses
        self.asset = asset
    }

    mutating func lose(_ kind: OTIOLoss.Kind, _ name: String) {
        let loss = OTIOLoss(kind: kind, name: name)
        if !losses.contains(loss) { losses.append(loss) }
    }

    mutating func draft() throws -> Draft {
        guard
            let main = timeline.tracks.firstIndex(where: { track in
                track.isVideo && track.children.contains { isSeen($0) }
            })
        else { throw OTIOError.noPictures }
        var draft = Draft(film: film)
        draft.extra = kept?.extra ?? [:]
        var row = MainRow(children: timeline.tracks[main].children, media: media, asset: asset)
        losses += row.lay().filter { !losses.contains($0) }
        var track = self.track(timeline.tracks[main], .video)
        track.segments = row.shots.map { segment(of: $0) }
        draft.film.fadeIn = row.fadeIn ?? draft.film.fadeIn
        draft.film.fadeOut = row.fadeOut ?? draft.film.fadeOut
        joinMain(&track.segments, row.shots)
        draft.tracks = [track]
        let end = draft.duration
        if draft.film.fadeIn + draft.film.fadeOut > end { (draft.film.fadeIn, draft.film.fadeOut) = (.zero, .zero) }
        muteUnlinked(&draft, row.shots)
        for (index, other) in timeline.tracks.enumerated() where index != main {
            if other.children.contains(where: { $0.item?.isClipSound == true }) { continue }
            if let track = beside(other, row.shots, end) { draft.tracks.append(track) }
        }
        draft.tracks += texts(end)
        return draft
    }

    private func isSeen(_ child: OTIOTimeline.Child) -> Bool {
        guard let item = child.item else { return false }
        return item.media != .gap && item.isEnabled && item.duration > .zero
    }

    private var film: FilmSettings {
        var film = kept?.film ?? FilmSettings()
        if kept == nil {
            film.title = String(timeline.name.prefix(200))
            let first = timeline.tracks.first { $0.isVideo }?.children.compactMap(\.item).compactMap {
                item -> PixelSize? in
                guard case .file(let url, let id) = item.media else { return nil }
                return self.asset(url, id).flatMap { media[$0]?.facts.size }
            }.first
            if let first, !first.isLandscape { film.canvas = film.canvas.turned }
        }
        if let rate = FrameRate(framesPerSecond: timeline.rate), rate.framesPerSecond <= DraftLimits.highestFrameRate {
            film.frameRate = rate
        }
        return film
    }

    // MARK: Names

    /// An id that nothing else has.
    private mutating func own(_ wanted: String?) -> String {
        if let wanted, !wanted.isEmpty, ids.insert(wanted).inserted { return wanted }
        while true {
            count += 1
            let id = "o\(count)"
            if ids.insert(id).inserted { return id }
        }
    }

    private mutating func track(_ source: OTIOTimeline.Track, _ kind: Track.Kind) -> Track {
        let known = kept?.tracks.first { $0.id == source.kinora?["track"]?.string && $0.kind == kind }
        var track = known ?? Track(id: "", kind: kind, name: source.name)
        track.id = own(known?.id)
        track.muted = !source.isEnabled
        track.segments = []
        return track
    }

    /// The segment that was kept on an item or marker.
    private func kept(_ marks: JSONValue?, _ kind: Track.Kind) -> Segment? {
        guard let value = marks?["segment"] else { return nil }
        let track: JSONValue = ["id": "t", "tt": .integer(kind.rawValue), "sg": [value]]
        return (try? Draft(["t": [track]]))?.tracks.first?.segments.first
    }

    // MARK: Pictures

    private mutating func segment(of shot: MainRow.Shot) -> Segment {
        let known = kept(shot.item.kinora, .video)
        var picture = known?.picture ?? PictureContent(.color(film.background))
        picture.transition = nil
        picture.source = source(of: shot.item, start: shot.start, picture.source)
        if case .video = picture.source {
            picture.speed = shot.speed
            picture.reverse = shot.item.speed < 0
        } else {
            picture.speed = 1
            picture.reverse = false
        }
        let range = TimeRange(shot.begin, until: shot.end)
        return Segment(
            id: own(known?.id), range: range, content: .picture(picture),
            name: known?.name ?? String(shot.item.name.prefix(200)))
    }

    private mutating func source(
        of item: OTIOTimeline.Item, start: MediaTime, _ known: PictureContent.Source
    ) -> PictureContent.Source {
        let ground = PictureContent.Source.color(film.background)
        switch item.media {
        case .gap: return ground
        case .missing:
            lose(.missing, item.name)
            return ground
        case .file(let url, let id):
            guard let id = asset(url, id), let facts = media[id]?.facts else { return ground }
            switch facts.kind {
            case .image: return .image(id)
            case .video: return .video(id, start: start)
            case .audio, .text, .lut:
                lose(.missing, item.name)
                return ground
            }
        case .generator(let kind, let parameters):
            if case .generated = known { return known }
            if let color = parameters["color"]?.string, RGBColor(color) != nil { return .color(color) }
            if case .color = known { return known }
            lose(.generator, item.name.isEmpty ? kind : item.name)
            return ground
        }
    }

    /// Puts the transitions where the shots overlap.
    private mutating func joinMain(_ segments: inout [Segment], _ shots: [MainRow.Shot]) {
        for index in segments.indices.dropLast() {
            let overlap = segments[index].range.end - segments[index + 1].range.start
            guard overlap > .zero, let join = shots[index].join else { continue }
            let word = join.kinora?["type"]?.string ?? join.name
            let named = TransitionCatalog.named(word)
            let isDissolve = join.type == "SMPTE_Dissolve"
            if named == nil, !isDissolve { lose(.transition, join.name.isEmpty ? join.type : join.name) }
            var transition = Transition(
                isDissolve && join.kinora == nil ? .crossfade : named ?? .crossfade, duration: overlap)
            if let before = kept(shots[index].item.kinora, .video)?.picture?.transition, before.name == transition.name
            {
                transition.map = before.map
            }
            segments[index].picture?.transition = transition
        }
    }

    /// In a stranger's file a clip's sound is on a track of its own; where it is not, the clip is silent.
    private func muteUnlinked(_ draft: inout Draft, _ shots: [MainRow.Shot]) {
        let sounds = timeline.tracks.filter { !$0.isVideo && $0.children.contains { $0.item?.media != .gap } }
        guard kept == nil, !sounds.isEmpty else { return }
        for (index, shot) in shots.enumerated() {
            guard case .video = draft.tracks[0].segments[index].picture?.source else { continue }
            let isLinked = sounds.contains { track in
                var at = MediaTime.zero
                return track.children.compactMap(\.item).contains { item in
                    defer { at += item.duration }
                    return shot.isLinked(to: item, at: at)
                }
            }
            if !isLinked { draft.tracks[0].segments[index].picture?.muted = true }
        }
    }

    // MARK: Beside the film

    private mutating func beside(
        _ source: OTIOTimeline.Track, _ shots: [MainRow.Shot], _ end: MediaTime
    ) -> Track? {
        let kind: Track.Kind = source.isVideo ? .video : .audio
        var track = track(source, kind)
        var at = MediaTime.zero
        for child in source.children {
            guard let item = child.item else {
                if case .transition(let transition) = child { lose(.leftOut, transition.name) }
                continue
            }
            let begin = at
            at += item.duration
            guard item.media != .gap, item.duration > .zero else { continue }
            guard item.isEnabled else {
                lose(.leftOut, item.name)
                continue
            }
            if kind == .audio, kept == nil, shots.contains(where: { $0.isLinked(to: item, at: begin) }) { continue }
            guard begin.wholeMilliseconds < end else {
                lose(.pastEnd, item.name)
                continue
            }
            if at.wholeMilliseconds > end { lose(.pastEnd, item.name) }
            let range = TimeRange(begin.wholeMilliseconds, until: min(at.wholeMilliseconds, end))
            if range.isEmpty { continue }
            if item.kinora?["round"] != nil, var last = track.segments.last, last.sound?.loops == true,
                last.range.end == range.start
            {
                last.range = TimeRange(last.range.start, until: range.end)
                track.segments[track.segments.count - 1] = last
                continue
            }
            let segment = kind == .video ? overlay(item, range) : sound(item, range)
            if let segment { track.segments.append(segment) }
        }
        settle(&track.segments, end)
        return track.segments.isEmpty ? nil : track
    }

    /// Kept ranges beside ones in whole frames may be off by parts of a frame: none reaches into the next, or past the film.
    private func settle(_ segments: inout [Segment], _ end: MediaTime) {
        for index in segments.indices {
            let begin = max(segments[index].range.start, index > 0 ? segments[index - 1].range.end : .zero)
            segments[index].range = TimeRange(begin, until: min(segments[index].range.end, end))
        }
        segments.removeAll { $0.range.isEmpty }
    }

    private mutating func overlay(_ item: OTIOTimeline.Item, _ range: TimeRange) -> Segment? {
        var row = MainRow(children: [.item(item)], media: media, asset: asset)
        losses += row.lay().filter { !losses.contains($0) }
        guard let shot = row.shots.first else { return nil }
        var segment = segment(of: shot)
        segment.range = exact(range, of: item, .video)
        return segment
    }

    private mutating func sound(_ item: OTIOTimeline.Item, _ range: TimeRange) -> Segment? {
        let known = kept(item.kinora, .audio)
        var content = known?.sound
        var range = exact(range, of: item, .audio)
        if content?.source.isGenerated != true {
            guard case .file(let url, let id) = item.media, let id = asset(url, id), let facts = media[id]?.facts,
                facts.kind == .audio || facts.hasSound
            else {
                lose(.missing, item.name)
                return nil
            }
            if item.speed != 1 { lose(.speed, item.name) }
            var start = max(.zero, item.start).wholeMilliseconds
            if case .asset(_, let before)? = content?.source,
                abs((before - start).ticks) < MediaTime.ticksPerSecond / 20
            {
                start = before
            }
            let loops = content?.loops == true
            if let length = facts.duration {
                if start >= length {
                    lose(.outside, item.name)
                    start = .zero
                }
                if !loops, start + range.duration - MediaTime(milliseconds: 1) > length {
                    lose(.outside, item.name)
                    range = TimeRange(
                        start: range.start, duration: MediaTime(milliseconds: (length - start).milliseconds))
                }
            }
            guard !range.isEmpty else { return nil }
            let source = SoundContent.Source.asset(id, start: start)
            if content == nil { content = SoundContent(source, role: .music) }
            content?.source = source
        }
        guard let content else { return nil }
        return Segment(
            id: own(known?.id), range: range, content: .sound(content),
            name: known?.name ?? String(item.name.prefix(200)))
    }

    /// A range in whole frames stands for the one that was kept, where that has the same frames.
    private func exact(_ range: TimeRange, of item: OTIOTimeline.Item, _ kind: Track.Kind) -> TimeRange {
        guard let known = kept(item.kinora, kind)?.range else { return range }
        let rate = film.frameRate
        func frames(_ range: TimeRange) -> [Int] { [rate.frame(at: range.start), rate.frame(at: range.end)] }
        return frames(known) == frames(range) ? known : range
    }

    // MARK: Texts

    private mutating func texts(_ end: MediaTime) -> [Track] {
        var tracks: [Track] = []
        for marker in timeline.markers {
            guard var segment = kept(marker.kinora, .text) else {
                lose(.marker, marker.name)
                continue
            }
            let id = marker.kinora?["track"]?.string
            let rate = film.frameRate
            let frames = (rate.frame(at: segment.range.start), rate.frame(at: segment.range.end))
            if frames != (rate.frame(at: marker.range.start), rate.frame(at: marker.range.end)) {
                segment.range = TimeRange(
                    max(.zero, marker.range.start).wholeMilliseconds, until: marker.range.end.wholeMilliseconds)
            }
            if segment.text?.text != marker.name, !marker.name.isEmpty { segment.text?.text = marker.name }
            guard segment.range.start < end else {
                lose(.pastEnd, marker.name)
                continue
            }
            segment.range = TimeRange(segment.range.start, until: min(segment.range.end, end))
            if segment.range.isEmpty { continue }
            segment.id = own(segment.id)
            // Texts that came to lie over each other go on tracks of their own.
            let place = tracks.firstIndex { track in
                track.extra["from"]?.string == id && !track.segments.contains { $0.range.overlaps(segment.range) }
            }
            if let place {
                tracks[place].segments.append(segment)
            } else {
                let known = kept?.tracks.first { $0.id == id && $0.kind == .text }
                var track = known ?? Track(id: "", kind: .text, name: "")
                track.id = own(known?.id)
                track.segments = [segment]
                track.extra["from"] = id.map { .string($0) }
                tracks.append(track)
            }
        }
        for index in tracks.indices {
            tracks[index].extra["from"] = nil
            tracks[index].segments.sort { $0.range.start < $1.range.start }
            settle(&tracks[index].segments, end)
        }
        return tracks
    }
}
