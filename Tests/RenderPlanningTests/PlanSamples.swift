// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import RenderPlanning

func ms(_ milliseconds: Int64) -> MediaTime { MediaTime(milliseconds: milliseconds) }

/// Drafts and what planning must know beside them, made from a few words.
enum PlanSamples {
    static func photo(_ id: String, _ size: PixelSize = PixelSize(width: 4000, height: 3000)) -> MediaFacts {
        MediaFacts(id: id, name: "\(id).jpg", kind: .image, format: "jpeg", contentHash: "hash-\(id)", size: size)
    }

    static func clip(_ id: String, _ length: Int64, sound: Bool = true) -> MediaFacts {
        MediaFacts(
            id: id, name: "\(id).mp4", kind: .video, format: "mp4", contentHash: "hash-\(id)",
            size: PixelSize(width: 1920, height: 1080), duration: ms(length), frameRate: 30, hasSound: sound)
    }

    static func song(_ id: String, _ length: Int64) -> MediaFacts {
        MediaFacts(
            id: id, name: "\(id).mp3", kind: .audio, format: "mp3", contentHash: "hash-\(id)", duration: ms(length))
    }

    /// A photo that stands `length` and goes over into the next in `joint`.
    struct Shot {
        var id: String
        var length: Int64
        var joint: Int64 = 0
        var content: PictureContent

        init(_ id: String, _ length: Int64, joint: Int64 = 0, moving: Bool = true) {
            self.id = id
            self.length = length
            self.joint = joint
            content = PictureContent(.image(id))
            if moving { content.motion = Motion(.zoomIn, amount: 0.1) }
        }
    }

    static func draft(_ shots: [Shot], rate: FrameRate = FrameRate(30)) -> Draft {
        var film = FilmSettings()
        film.frameRate = rate
        var draft = Draft(film: film, tracks: [Track(id: "v1", kind: .video, name: "Video")])
        var start: Int64 = 0
        for (index, shot) in shots.enumerated() {
            var content = shot.content
            if index + 1 < shots.count, shot.joint > 0 {
                content.transition = Transition(.crossfade, duration: ms(shot.joint))
            }
            draft.tracks[0].segments.append(
                Segment(
                    id: "s-\(shot.id)", range: TimeRange(start: ms(start), duration: ms(shot.length)),
                    content: .picture(content), name: shot.id))
            start += shot.length - (content.transition == nil ? 0 : shot.joint)
        }
        return draft
    }

    /// `count` photos of three seconds, joined in half a second.
    static func photos(_ count: Int, length: Int64 = 3000, joint: Int64 = 500) -> [Shot] {
        (0..<count).map { Shot("p\($0)", length, joint: joint) }
    }

    static func title(
        _ id: String, _ start: Int64, _ end: Int64, _ words: String = "Hello",
        _ change: (inout TextContent) -> Void = { _ in }
    ) -> Segment {
        var text = TextContent(words, role: .title, position: .center)
        text.entrance = TextAnimation(.fade, duration: ms(400))
        text.exit = TextAnimation(.fade, duration: ms(400))
        change(&text)
        return Segment(id: id, range: TimeRange(ms(start), until: ms(end)), content: .text(text), name: words)
    }

    static func inputs(_ draft: Draft, _ media: [MediaFacts] = [], longestChunk: Int64 = 2000) -> PlanInputs {
        var facts = Dictionary(media.map { ($0.id, $0) }) { first, _ in first }
        var texts: [String: DrawnText] = [:]
        for segment in draft.tracks.flatMap(\.segments) {
            if let id = segment.picture?.assetID, facts[id] == nil { facts[id] = photo(id) }
            if let text = segment.text {
                texts[segment.id] = DrawnText(
                    bitmap: "bitmap of \(text.text)", size: PixelSize(width: 600, height: 100), x: 100, y: 200)
            }
        }
        return PlanInputs(media: facts, texts: texts, longestChunk: ms(longestChunk))
    }

    static func plan(_ draft: Draft, _ media: [MediaFacts] = [], longestChunk: Int64 = 2000) throws -> FilmPlan {
        try FilmPlan(draft: draft, inputs: inputs(draft, media, longestChunk: longestChunk))
    }
}

extension FilmPlan {
    /// Frames of the film that each chunk covers.
    var chunkRanges: [Range<Int>] { zip(chunkStarts, chunks).map { $0..<$0 + $1.frameCount } }
}
