// SPDX-License-Identifier: GPL-3.0-or-later
package import JSON
import Wording

/// A draft of any server of the wire, read leniently: what stands on which track and when. Nothing of it is needed for
/// rendering; it is for telling people what there is and what has changed.
package struct RemoteTimeline: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case video, overlay, music, voice, effect, title, caption, subtitle, credit
    }

    package struct Segment: Hashable, Sendable {
        package var id: String
        /// Of a text its words.
        package var name: String
        package var startMilliseconds: Int64
        package var lengthMilliseconds: Int64
        /// 1 is full.
        package var level: Double
        package var transition: String?

        var endMilliseconds: Int64 { startMilliseconds + lengthMilliseconds }
    }

    package struct Track: Hashable, Sendable {
        package var kind: Kind
        package var segments: [Segment]
    }

    package var tracks: [Track] = []
    package var lengthMilliseconds: Int64 = 0
    /// Width and height, where the draft or the state says them.
    package var width: Int64?
    package var height: Int64?

    package init() {}

    /// - Parameter draft: `{"t":[{"tt","sg":[{"s","d","m":{"name"}}]}],"d","m"}`; what is missing is taken to be empty.
    package init(draft: JSONValue?) {
        guard let draft else { return }
        var hasMain = false
        for track in (draft["t"] ?? draft["tracks"])?.array ?? [] {
            let list = (track["sg"] ?? track["segments"])?.array ?? []
            let kind = Self.kind(of: track, list.first, isFirstVideo: !hasMain)
            if kind == .video { hasMain = true }
            tracks.append(Track(kind: kind, segments: list.map { Self.segment($0, kind) }))
        }
        let end = tracks.flatMap(\.segments).map(\.endMilliseconds).max() ?? 0
        lengthMilliseconds = Self.whole(draft["d"] ?? draft["duration"]) ?? end
        width = Self.whole(draft["m"]?["width"])
        height = Self.whole(draft["m"]?["height"])
    }

    /// Whether there is a film to export: a track with something on it.
    package var isReady: Bool { tracks.contains { !$0.segments.isEmpty } }

    private static func kind(of track: JSONValue, _ first: JSONValue?, isFirstVideo: Bool) -> Kind {
        let role = first?["role"]?.string ?? track["m"]?["role"]?.string
        if let role, let kind = Kind(rawValue: role) { return kind }
        let type = track["tt"] ?? track["type"]
        switch (whole(type), type?.string) {
        case (1?, _), (_, "audio"?): return .music
        case (7?, _), (_, "text"?): return .title
        case (2?, _), (3?, _), (4?, _), (5?, _), (6?, _): return .effect
        default: return isFirstVideo ? .video : .overlay
        }
    }

    private static func segment(_ json: JSONValue, _ kind: Kind) -> Segment {
        let meta = json["m"] ?? .null
        let text = (json["text"] ?? meta["text"])?.string
        let names = [meta["name"], meta["title"], json["name"], json["gen"]?["style"], json["src"]]
        let name = names.lazy.compactMap { $0?.string }.first { !$0.isEmpty } ?? ""
        let isText = [.title, .caption, .subtitle, .credit].contains(kind)
        return Segment(
            id: json["id"]?.string ?? name, name: isText ? text ?? name : name,
            startMilliseconds: whole(json["s"] ?? json["start"]) ?? 0,
            lengthMilliseconds: whole(json["d"] ?? json["duration"]) ?? 0,
            level: (json["vol"] ?? meta["volume"] ?? json["volume"])?.number ?? 1,
            transition: json["tr"]?["type"]?.string)
    }

    private static func whole(_ value: JSONValue?) -> Int64? {
        value?.number.flatMap { Int64(exactly: $0.rounded()) }
    }
}

extension RemoteTimeline {
    /// The timeline in one line: `Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%)
    /// 3. Title: "Urban Dreams" (0-3s)`.
    ///
    /// - Parameters:
    ///   - words: of a catalogue, with the `remote …` keys.
    ///   - most: segments named on each track; the rest is counted.
    package func summary(in words: [String: String], naming most: Int = 6) -> String {
        guard isReady else { return Wording("remote timeline empty").text(in: words) }
        let shown = tracks.filter { !$0.segments.isEmpty }
        let lines = shown.enumerated().map { index, track in
            Wording(
                "remote timeline track",
                [
                    "number": .text("\(index + 1)"), "label": .words(Wording("remote track \(track.kind.rawValue)")),
                    "what": .text(parts(of: track, in: words, naming: most)),
                ]
            ).text(in: words)
        }
        let heading = Wording("remote timeline", ["count": .text("\(shown.count)")]).text(in: words)
        return ([heading] + lines).joined(separator: " ")
    }

    private func parts(of track: Track, in words: [String: String], naming most: Int) -> String {
        let joint = Wording("remote list joint").text(in: words)
        var parts = track.segments.prefix(most).map { segment in
            let isText = [.title, .caption, .subtitle, .credit].contains(track.kind)
            let hasLevel = segment.level != 1 && !isText
            return Wording(
                (isText ? "remote part text" : "remote part") + (hasLevel ? " level" : ""),
                [
                    "name": .text(Self.shortened(segment.name)),
                    "from": .text(Self.seconds(segment.startMilliseconds)),
                    "to": .text(Self.seconds(segment.endMilliseconds)),
                    "level": .text("\(Int((segment.level * 100).rounded()))"),
                ]
            ).text(in: words)
        }
        if track.segments.count > most {
            parts.append(
                Wording("remote part more", ["count": .text("\(track.segments.count - most)")]).text(in: words))
        }
        return parts.joined(separator: joint)
    }

    /// On one line, forty characters at most.
    static func shortened(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count > 40 ? line.prefix(39) + "…" : line
    }

    /// `3.4` of 3,400 ms.
    static func seconds(_ milliseconds: Int64) -> String {
        let tenths = (Double(milliseconds) / 100).rounded()
        return tenths.truncatingRemainder(dividingBy: 10) == 0 ? "\(Int64(tenths / 10))" : "\(tenths / 10)"
    }
}
