// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

extension Draft {
    /// What moving along cost.
    struct Losses: Hashable {
        /// Texts that found no place, or had none because their picture is gone.
        var texts = 0
        /// Texts that stand shorter than they did.
        var shortened = 0
        /// Sounds that stop before their end, by name.
        var cutVoices: [String] = []
    }

    /// Puts `segments` on the main track and takes texts, sounds and overlays along.
    mutating func replaceMainTrack(
        _ segments: [Segment], media: [String: MediaFacts], _ ids: inout IDSource
    ) -> Losses {
        guard let main = mainTrackIndex else { return Losses() }
        let dependants = Dependants(from: tracks[main].segments, to: segments)
        tracks[main].segments = segments
        let total = duration.milliseconds
        var losses = Losses()
        for index in tracks.indices where index != main {
            var laid: [Segment] = []
            laid.reserveCapacity(tracks[index].segments.count)
            for segment in tracks[index].segments {
                guard let place = dependants.place(of: segment) else {
                    if segment.text != nil { losses.texts += 1 }
                    continue
                }
                laid.append(segment.laid(at: place, total: total, media: media, &losses))
            }
            tracks[index].segments = laid
        }
        untangle(&ids)
        clipFades()
        return losses
    }

    /// No fade of the film is longer than it.
    mutating func clipFades() {
        let total = duration.milliseconds
        let sum = (film.fadeIn + film.fadeOut).milliseconds
        guard sum > total, sum > 0 else { return }
        film.fadeIn = MediaTime(milliseconds: film.fadeIn.milliseconds * total / sum)
        film.fadeOut = MediaTime(milliseconds: film.fadeOut.milliseconds * total / sum)
    }

    /// Segments of every track but the main one in order and none over another; what has no room on its track goes to
    /// another of its kind; tracks with nothing left go.
    mutating func untangle(_ ids: inout IDSource) {
        let main = mainTrackIndex
        var homeless: [(segment: Segment, from: Int)] = []
        for index in tracks.indices where index != main {
            let sorted = tracks[index].segments.enumerated()
                .sorted {
                    ($0.element.range.start, $0.offset) < ($1.element.range.start, $1.offset)
                }.map(\.element)
            var laid: [Segment] = []
            laid.reserveCapacity(sorted.count)
            for segment in sorted {
                guard let last = laid.last, last.range.end > segment.range.start else {
                    laid.append(segment)
                    continue
                }
                // A little over each other: the first gives way.
                let left = (segment.range.start - last.range.start).milliseconds
                if left >= 300, left * 3 >= last.range.duration.milliseconds * 2, last.picture == nil {
                    var shortened = last
                    shortened.shorten(to: left)
                    laid[laid.count - 1] = shortened
                    laid.append(segment)
                } else {
                    homeless.append((segment, index))
                }
            }
            tracks[index].segments = laid
        }
        if !homeless.isEmpty {
            let patterns = tracks
            for (segment, from) in homeless { place(segment, like: patterns[from], &ids) }
        }
        tracks = tracks.enumerated().filter { $0.offset == main || !$0.element.segments.isEmpty }.map(\.element)
    }

    /// Puts `segment` on the first track of `pattern`'s kind and name that is free there, or on a new one.
    mutating func place(_ segment: Segment, like pattern: Track, _ ids: inout IDSource) {
        let main = mainTrackIndex
        for index in tracks.indices
        where index != main && tracks[index].kind == pattern.kind && tracks[index].name == pattern.name {
            if tracks[index].insertIfFree(segment) { return }
        }
        guard tracks.count < DraftLimits.mostTracks else { return }
        let track = Track(
            id: ids.next(pattern.kind.prefix), kind: pattern.kind, name: pattern.name, segments: [segment])
        // Beside its like, so that what lies over what stays as it was.
        let last = tracks.lastIndex { $0.kind == pattern.kind && $0.name == pattern.name }
        tracks.insert(track, at: last.map { $0 + 1 } ?? tracks.count)
    }
}

extension Track {
    /// Puts `segment` in where nothing else is at its time; false where something is.
    mutating func insertIfFree(_ segment: Segment) -> Bool {
        var (low, high) = (0, segments.count)
        while low < high {
            let middle = (low + high) / 2
            if segments[middle].range.start < segment.range.start { low = middle + 1 } else { high = middle }
        }
        if low > 0, segments[low - 1].range.end > segment.range.start { return false }
        if low < segments.count, segments[low].range.start < segment.range.end { return false }
        segments.insert(segment, at: low)
        return true
    }
}

extension Track.Kind {
    /// What ids of new tracks begin with.
    var prefix: String {
        switch self {
        case .video: return "v"
        case .audio: return "a"
        case .text: return "x"
        }
    }
}

extension Segment {
    /// Ends it after so many milliseconds.
    mutating func shorten(to length: Int64) {
        let old = Int64(milliseconds.count)
        milliseconds = milliseconds.lowerBound..<milliseconds.lowerBound + length
        text?.refit(from: old, to: length)
        fitFades()
    }

    /// A sound's fades take no more than all of it.
    mutating func fitFades() {
        guard var sound else { return }
        let length = range.duration.milliseconds
        let sum = (sound.fadeIn + sound.fadeOut).milliseconds
        guard sum > length, sum > 0 else { return }
        sound.fadeIn = MediaTime(milliseconds: sound.fadeIn.milliseconds * length / sum)
        sound.fadeOut = MediaTime(milliseconds: sound.fadeOut.milliseconds * length / sum)
        self.sound = sound
    }

    /// This at another place of the film, with what follows from it.
    fileprivate func laid(
        at place: Range<Int64>, total: Int64, media: [String: MediaFacts], _ losses: inout Draft.Losses
    ) -> Segment {
        var segment = self
        let old = Int64(milliseconds.count)
        var place = place
        var length: Int64 { Int64(place.count) }
        switch content {
        case .text(var text):
            text.refit(from: old, to: length)
            segment.text = text
            if length < old, !text.isCaption { losses.shortened += 1 }
        case .sound(var sound):
            // A sound that is to last longer than its source goes round, if it is music, or stops.
            if case .asset(let id, let start) = sound.source, !sound.loops, let whole = media[id]?.duration {
                let left = max(1, (whole - start).ticks / MediaTime.ticksPerMillisecond)
                if length > left {
                    if sound.role == .music {
                        sound.loops = true
                    } else {
                        place = place.lowerBound..<place.lowerBound + left
                    }
                }
            }
            if length < old, sound.role == .voice { losses.cutVoices.append(name) }
            segment.sound = sound
        case .picture:
            if let room = SourceRoom(self, media: media), length > room.mostFromHere(self) {
                place = place.lowerBound..<place.lowerBound + max(1, room.mostFromHere(self))
            }
        }
        segment.milliseconds = place
        segment.fitFades()
        return segment
    }
}

extension SourceRoom {
    /// How long a clip on a later track may get without moving its window.
    func mostFromHere(_ segment: Segment) -> Int64 {
        guard case .video(_, let start)? = segment.picture?.source else { return .max }
        return Int64((Double(max(0, source.upperBound - start.milliseconds)) / speed).rounded(.down))
    }
}
