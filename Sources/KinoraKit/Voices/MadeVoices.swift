// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON
import Renderer
import Sound

/// The voices of a draft, read: files for the mix, and the draft with voices as long as they are and captions at their words.
struct MadeVoices {
    private(set) var draft: Draft
    /// Content hashes by segment id.
    private(set) var hashes: [String: String] = [:]
    private(set) var troubles: [VoiceTrouble] = []
    private(set) var files: SourceFiles
    private let cache: VoiceCache

    /// Faster than this no voice is made to speak to fit its place.
    static let mostHaste = 1.25

    /// Reads every voice of `draft`. Blocks. A voice that nobody can read is left out of the draft and told of.
    init(_ draft: Draft, beside files: SourceFiles, cache: VoiceCache) throws {
        self.draft = draft
        self.files = files
        self.cache = cache
        for track in draft.tracks.indices where draft.tracks[track].kind == .audio {
            let segments = draft.tracks[track].segments
            guard segments.contains(where: { $0.voiceRecipe != nil }) else { continue }
            var kept: [Segment] = []
            for (place, segment) in segments.enumerated() {
                guard let recipe = segment.voiceRecipe else {
                    kept.append(segment)
                    continue
                }
                let next = place + 1 < segments.count ? segments[place + 1].range.start : draft.duration
                do {
                    kept.append(try read(segment, recipe, until: max(next, segment.range.end)))
                } catch let error as SpeechError {
                    troubles.append(VoiceTrouble(name: segment.name, problem: .unread(error)))
                }
            }
            self.draft.tracks[track].segments = kept
        }
    }

    private mutating func read(
        _ segment: Segment, _ recipe: [String: JSONValue], until end: MediaTime
    ) throws -> Segment {
        var utterance = Utterance(recipe: recipe)
        if utterance.language == nil { utterance.language = draft.film.language }
        var kept = try cache.read(utterance)
        let room = end - segment.range.start
        // Longer than there is room for: a little faster, never a gabble.
        if kept.reading.duration > room, room > .zero {
            let haste = min(Self.mostHaste, kept.reading.duration.seconds / room.seconds * 1.02)
            utterance.rate = min(2, utterance.rate * haste)
            kept = try cache.read(utterance)
            let isCut = kept.reading.duration > room + Self.breath
            troubles.append(VoiceTrouble(name: segment.name, problem: isCut ? .cut : .hurried(haste)))
        }
        if let reason = kept.reading.fallback {
            troubles.append(VoiceTrouble(name: segment.name, problem: .otherVoice(kept.reading.speaker, reason)))
        }
        files.add(
            MediaFacts(
                id: segment.id, name: segment.name, kind: .audio, format: "wav", contentHash: kept.hash,
                byteCount: kept.byteCount, duration: kept.reading.duration), at: cache.place(of: kept))
        hashes[segment.id] = kept.hash
        var segment = segment
        // Drafts count in whole milliseconds.
        let said = Int64((kept.reading.duration.seconds * 1000).rounded(.up))
        let wanted = max(segment.range.duration, MediaTime(milliseconds: said))
        segment.range = TimeRange(start: segment.range.start, duration: min(wanted, max(room, segment.range.duration)))
        time(kept.reading.words, of: utterance.text, from: segment.range)
        return segment
    }

    /// What a sound may go on behind its words: the room that rings, and a breath.
    private static let breath = MediaTime(milliseconds: 350)

    /// Captions that come word by word and show what this voice says follow its words.
    private mutating func time(_ words: [SpokenWord], of text: String, from voice: TimeRange) {
        for track in draft.tracks.indices where draft.tracks[track].kind == .text {
            for index in draft.tracks[track].segments.indices {
                let segment = draft.tracks[track].segments[index]
                guard var caption = segment.text, caption.text == text, caption.entrance?.kind == .words,
                    caption.words.isEmpty, segment.range.start < voice.end, voice.start < segment.range.end
                else { continue }
                let shift = voice.start - segment.range.start
                caption.words = words.map { word in
                    let start = min(max(.zero, word.start + shift), segment.range.duration)
                    let end = min(max(start, word.end + shift), segment.range.duration)
                    return TextContent.Word(text: word.text, range: TimeRange(start, until: end))
                }
                draft.tracks[track].segments[index].text = caption
            }
        }
    }
}

extension Segment {
    /// What a `gen` voice is to say; nil for any other segment.
    var voiceRecipe: [String: JSONValue]? {
        guard case .generated(let recipe)? = sound?.source, recipe["kind"]?.string == "voice" else { return nil }
        return recipe
    }
}

extension Utterance {
    /// From a draft's `gen`: `text`, `voice`, `language`, `rate`, `pitch`.
    init(recipe: [String: JSONValue]) {
        self.init(
            recipe["text"]?.string ?? "", language: recipe["language"]?.string, voice: recipe["voice"]?.string,
            rate: recipe["rate"]?.number ?? 1, pitch: recipe["pitch"]?.number ?? 0)
    }
}
