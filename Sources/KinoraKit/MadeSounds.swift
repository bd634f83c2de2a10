// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
public import EditTime
import JSON
public import Foundation
import Renderer
public import Sound

/// What a draft describes instead of holding (`gen`), made: music composed and played, voices read.
struct MadeSounds {
    /// The draft as it is rendered: without what cannot be made, voices as long as they are, captions at their words.
    var draft: Draft
    /// The film's own files and those that were made.
    var files: SourceFiles
    /// Content hash of what was made, by segment id.
    var hashes: [String: String]
    var troubles: [VoiceTrouble]
}

extension FilmKit {
    /// Makes all sounds of `draft` that are not in the cache yet. Blocks.
    ///
    /// - Parameter hasSound: false where only pictures are wanted: no music is made, and voices only where captions follow their
    ///   words; none of them is left in the draft.
    func make(_ draft: Draft, _ material: Material, hasSound: Bool = true) throws -> MadeSounds {
        guard hasSound || draft.hasWordsToFollow else {
            return MadeSounds(draft: Self.silent(draft), files: material.files, hashes: [:], troubles: [])
        }
        let spoken = try MadeVoices(Self.audible(draft), beside: material.files, cache: voices)
        guard hasSound else {
            return MadeSounds(draft: Self.silent(spoken.draft), files: material.files, hashes: [:], troubles: [])
        }
        let composed = try ComposedSounds(cache: cache).make(for: spoken.draft, beside: spoken.files)
        return MadeSounds(
            draft: spoken.draft, files: composed.files,
            hashes: composed.hashes.merging(spoken.hashes) { made, _ in made }, troubles: spoken.troubles)
    }

    /// The file of a sound that `draft` describes by a segment's `gen`, made where it is not in the cache yet. Blocks.
    ///
    /// - Returns: nil where there is no such segment, where it holds its sound, and where it cannot be made on this machine.
    package func madeSound(_ segment: String, of draft: Draft) throws -> URL? {
        let made = try make(draft, Material())
        return try made.hashes[segment].map { try made.files.url(of: $0) }
    }

    /// Voices of `draft` that did not come out as asked, and why. Reads those that were not read yet. Blocks.
    public func voiceTroubles(in draft: Draft) throws -> [VoiceTrouble] {
        guard draft.tracks.contains(where: { $0.segments.contains { $0.voiceRecipe != nil } }) else { return [] }
        return try MadeVoices(draft, beside: SourceFiles(), cache: voices).troubles
    }

    /// How long it takes to say `utterance`, and when its words come; made once and kept. Blocks. Throws `SpeechError`.
    public func reading(of utterance: Utterance) throws -> VoiceBooth.Reading { try voices.read(utterance).reading }

    /// How long each text that `draft` has read aloud takes at the voice's own pace; those that nobody can read are left out.
    /// Blocks.
    public func spokenLengths(in draft: Draft) -> [String: MediaTime] {
        var lengths: [String: MediaTime] = [:]
        for segment in draft.tracks.flatMap(\.segments) {
            guard let recipe = segment.voiceRecipe else { continue }
            var utterance = Utterance(recipe: recipe)
            if utterance.language == nil { utterance.language = draft.film.language }
            utterance.rate = 1
            guard lengths[utterance.text] == nil, let reading = try? reading(of: utterance) else { continue }
            lengths[utterance.text] = reading.duration
        }
        return lengths
    }

    /// Reads `utterance` into a WAV file at `file`. Blocks. Throws `SpeechError`.
    @discardableResult
    public func say(_ utterance: Utterance, to file: URL) throws -> VoiceBooth.Reading {
        let kept = try voices.read(utterance)
        try Data(contentsOf: voices.place(of: kept)).write(to: file, options: .atomic)
        return kept.reading
    }

    /// Who reads, as the environment configures it: a speech server, Piper, espeak-ng.
    private var voices: VoiceCache {
        let environment = ProcessInfo.processInfo.environment
        var speakers: [any Speaker] = []
        if let endpoint = SpeechEndpoint(environment: environment) { speakers.append(endpoint) }
        if let piper = PiperSpeaker(environment: environment) { speakers.append(piper) }
        return VoiceCache(cache: cache, booth: VoiceBooth(speakers))
    }
}

extension Draft {
    /// Whether a caption that comes word by word has no times of its own: those of a voice that says it are used.
    fileprivate var hasWordsToFollow: Bool {
        let spoken = Set(tracks.flatMap(\.segments).compactMap { $0.voiceRecipe?["text"]?.string })
        guard !spoken.isEmpty else { return false }
        return tracks.flatMap(\.segments).contains { segment in
            guard let text = segment.text else { return false }
            return text.entrance?.kind == .words && text.words.isEmpty && spoken.contains(text.text)
        }
    }
}
