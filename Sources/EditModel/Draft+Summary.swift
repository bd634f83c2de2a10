// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

extension Draft {
    /// The timeline in one line, track by track:
    /// `Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)`.
    ///
    /// - Parameter most: segments named on each track; the rest is counted.
    public func summary(in words: SummaryWords = .english, naming most: Int = 6) -> String {
        guard !tracks.isEmpty else { return words.noTracks }
        var heading = words.timeline.replacing("%", with: "\(tracks.count)")
        if tracks.count == 1 { heading = heading.replacing("tracks", with: "track") }
        let lines = tracks.enumerated().map { index, track in
            "\(index + 1). \(line(of: track, isMain: index == mainTrackIndex, words, most))"
        }
        return heading + lines.joined(separator: " ")
    }

    private func line(of track: Track, isMain: Bool, _ words: SummaryWords, _ most: Int) -> String {
        var parts = track.segments.prefix(most).map { part(of: $0, words) }
        if track.segments.count > most {
            parts.append(words.more.replacing("%", with: "\(track.segments.count - most)"))
        }
        if track.segments.isEmpty { parts.append(words.empty) }
        let muted = track.muted ? words.open + words.muted + words.close : ""
        return label(of: track, isMain: isMain, words) + muted + words.colon + parts.joined(separator: words.comma)
    }

    private func label(of track: Track, isMain: Bool, _ words: SummaryWords) -> String {
        switch (track.kind, track.segments.first?.content) {
        case (.video, _): return isMain ? words.video : words.overlay
        case (.audio, .sound(let sound)):
            switch sound.role {
            case .music: return words.music
            case .voice: return words.voice
            case .effect: return words.effect
            }
        case (.audio, _): return words.music
        case (.text, .text(let text)):
            switch text.role {
            case .title: return words.title
            case .caption: return words.caption
            case .subtitle: return words.subtitle
            case .credit: return words.credit
            }
        case (.text, _): return words.title
        }
    }

    private func part(of segment: Segment, _ words: SummaryWords) -> String {
        var name = segment.name
        var level = ""
        switch segment.content {
        case .picture(let picture):
            if name.isEmpty { name = kind(of: picture, words) }
            if case .video = picture.source { level = shownLevel(picture.volume, muted: picture.muted, words) }
        case .sound(let sound):
            if name.isEmpty { name = words.music }
            level = shownLevel(sound.volume, muted: false, words)
        case .text(let text):
            name = words.openQuote + shortened(text.text) + words.closeQuote
        }
        let time = "\(seconds(segment.range.start))-\(seconds(segment.range.end))\(words.seconds)"
        return name + words.open + time + level + words.close
    }

    private func kind(of picture: PictureContent, _ words: SummaryWords) -> String {
        switch picture.source {
        case .image: return words.photo
        case .video: return words.clip
        case .color: return words.color
        case .generated: return words.generated
        }
    }

    /// Told only where it is not the usual 100 %.
    private func shownLevel(_ volume: Double, muted: Bool, _ words: SummaryWords) -> String {
        if muted { return words.innerComma + words.muted }
        return volume == 1 ? "" : words.innerComma + "\(Int((volume * 100).rounded()))%"
    }

    /// On one line, forty characters at most.
    private func shortened(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count > 40 ? line.prefix(39) + "…" : line
    }

    /// `3.4` of 3.4 s.
    private func seconds(_ time: MediaTime) -> String { String(time.description.dropLast()) }
}
