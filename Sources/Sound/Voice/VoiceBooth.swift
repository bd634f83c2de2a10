// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime
public import Foundation
internal import MediaIO

/// Where texts are read aloud for a film: the engine that is configured, espeak-ng where it fails, and the sound made pleasant.
public struct VoiceBooth: Sendable {
    /// Raised when the same text comes to sound different: part of the key under which a voice is kept.
    public static let version = 2

    /// What was said.
    public struct Reading: Hashable, Sendable, Codable {
        /// The engine that spoke.
        public var speaker: String
        public var duration: MediaTime
        public var words: [SpokenWord]
        /// Why the engine that should have spoken did not; nil where it did.
        public var fallback: String?
    }

    /// Who speaks, the first choice first; espeak-ng is the last.
    public let speakers: [any Speaker]

    public init(_ speakers: [any Speaker] = []) {
        self.speakers = speakers.contains { $0 is EspeakSpeaker } ? speakers : speakers + [EspeakSpeaker()]
    }

    /// What readings are kept under besides the utterance.
    public var name: String { "\(Self.version) " + speakers.map(\.name).joined(separator: ", ") }

    /// Reads `utterance` into `file`, WAV of 48 kHz stereo at about −18 LUFS, peaks below −1 dB. Blocks.
    ///
    /// `scratch` is a folder for what lies between. Throws the last engine's error when none can say it.
    public func read(_ utterance: Utterance, to file: URL, scratch: URL) throws(SpeechError) -> Reading {
        var failure: SpeechError?
        var first: SpeechError?
        for speaker in speakers {
            let raw = scratch.appendingPathComponent("voice-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: raw) }
            do throws(SpeechError) {
                // The name of a voice is the first engine's: another one has others.
                var asked = utterance
                if first != nil, !Self.genders.contains(utterance.voice?.lowercased() ?? "") { asked.voice = nil }
                let speech = try speaker.say(asked, to: raw)
                var reading = try finish(speech, of: utterance, raw, by: speaker, to: file)
                reading.fallback = first?.description
                return reading
            } catch {
                failure = error
                first = first ?? error
                if error.code == .nothingToSay { throw error }
            }
        }
        throw failure ?? SpeechError(.failed, "nobody", because: "there is no engine to speak")
    }

    private static let genders: Set = ["female", "woman", "girl", "male", "man", "boy"]

    private func finish(
        _ speech: RawSpeech, of utterance: Utterance, _ raw: URL, by speaker: any Speaker, to file: URL
    ) throws(SpeechError) -> Reading {
        do {
            let samples = try Self.samples(of: raw)
            guard let spoken = Self.spoken(in: samples) else {
                throw SpeechError(.failed, speaker.name, because: "it gave a sound in which nothing is said")
            }
            // A breath before and after: what was silent beyond is cut away.
            let head = max(0, spoken.lowerBound - FilmSound.frames(0.04))
            let tail = min(samples.count, spoken.upperBound + FilmSound.frames(0.12))
            let polish = VoicePolish(
                settings: .init(equalises: speaker is EspeakSpeaker, room: speaker is EspeakSpeaker ? -19 : -30))
            let sound = try polish.polish(Array(samples[head..<tail])).mastered(loudness: -18, ceiling: -1.2)
            try WaveFile.write(sound, to: file)
            let shift = Double(head) / Double(FilmSound.rate)
            let anchors = speech.anchors.map {
                RawSpeech.Anchor(scalar: $0.scalar, seconds: max(0, $0.seconds - shift))
            }
            func seconds(_ frame: Int) -> Double { Double(frame - head) / Double(FilmSound.rate) }
            return Reading(
                speaker: speaker.name, duration: FilmSound.time(ofFrame: sound.frames),
                words: WordTimes.times(
                    of: utterance.text, anchors: anchors,
                    spoken: seconds(spoken.lowerBound)..<seconds(spoken.upperBound)))
        } catch let error as SpeechError {
            throw error
        } catch {
            throw SpeechError(.failed, speaker.name, because: "its sound could not be used: \(error)")
        }
    }

    /// At most ten minutes, both channels as one.
    private static func samples(of file: URL) throws -> [Float] {
        let reader = try SoundReader(file)
        let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: 2 * FilmSound.blockFrames)
        defer { buffer.deallocate() }
        var samples: [Float] = []
        while samples.count < 600 * FilmSound.rate {
            let count = try reader.read(into: buffer)
            if count == 0 { break }
            for index in 0..<count {
                let value = (buffer[2 * index] + buffer[2 * index + 1]) / 2
                samples.append(value.isFinite ? min(max(value, -8), 8) : 0)
            }
        }
        return samples
    }

    /// From the first to the last sample above a hundredth of the loudest; nil in silence.
    private static func spoken(in samples: [Float]) -> Range<Int>? {
        let most = samples.reduce(Float(0)) { max($0, abs($1)) }
        guard most > 1e-4, let first = samples.firstIndex(where: { abs($0) > most / 100 }),
            let last = samples.lastIndex(where: { abs($0) > most / 100 })
        else { return nil }
        return first..<last + 1
    }
}
