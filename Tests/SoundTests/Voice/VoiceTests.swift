// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Foundation
import MediaIO
import TestMedia
import Testing
@testable import Sound

@Suite struct VoiceTests {
    private func read(
        _ utterance: Utterance, _ speakers: [any Speaker] = []
    ) throws -> (reading: VoiceBooth.Reading, samples: [Float]) {
        let folder = try TestMedia.scratchFolder()
        let file = folder.appendingPathComponent("voice.wav")
        let reading = try VoiceBooth(speakers).read(utterance, to: file, scratch: folder)
        return (reading, try samples(of: file))
    }

    private func samples(of file: URL) throws -> [Float] {
        let reader = try SoundReader(file)
        let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: 8192)
        defer { buffer.deallocate() }
        var samples: [Float] = []
        while true {
            let count = try reader.read(into: buffer)
            if count == 0 { break }
            for index in 0..<count { samples.append((buffer[2 * index] + buffer[2 * index + 1]) / 2) }
        }
        return samples
    }

    @Test(arguments: [
        ("en", "The sea was calm, and nobody spoke.", 7), ("zh", "大海很平静，没有人说话。", 10),
        ("es", "El mar estaba en calma y nadie hablaba.", 8), ("fr", "La mer était calme, personne ne parlait.", 7),
        ("ja", "うみはしずかで、だれもはなさなかった。", 17), ("de", "Das Meer war ruhig.", 4),
    ])
    func aSentenceIsReadWithItsWordsInTheirTimes(language: String, text: String, words: Int) throws {
        let (reading, samples) = try read(Utterance(text, language: language))
        #expect(reading.speaker == "espeak-ng")
        #expect(reading.fallback == nil)
        #expect(reading.words.count == words, "\(reading.words.map(\.text))")
        #expect((1.0...8.0).contains(reading.duration.seconds))
        #expect(samples.count == Int((reading.duration.seconds * 48_000).rounded()))
        for (word, next) in zip(reading.words, reading.words.dropFirst()) {
            #expect(word.start < word.end && word.end <= next.start)
        }
        let last = try #require(reading.words.last)
        #expect(last.end <= reading.duration)
        let peak = samples.map(abs).max() ?? 0
        #expect(peak > 0.1 && peak < 0.9)
    }

    /// The long pause at the full stop lies between the words that it parts.
    @Test func wordTimesAreThoseOfTheSound() throws {
        let (reading, samples) = try read(Utterance("One. Two. Three.", language: "en"))
        try #require(reading.words.map(\.text) == ["One.", "Two.", "Three."])
        for word in reading.words {
            let part = samples[Int(word.start.seconds * 48_000)..<Int(word.end.seconds * 48_000)]
            let level = part.reduce(Float(0)) { $0 + $1 * $1 } / Float(max(1, part.count))
            #expect(level > 1e-4, "\(word.text) is silent")
        }
        for (word, next) in zip(reading.words, reading.words.dropFirst()) {
            // Somewhere between the middles of two words it is quiet.
            let from = Int((word.start.seconds + word.end.seconds) / 2 * 48_000)
            let to = Int((next.start.seconds + next.end.seconds) / 2 * 48_000)
            let quietest = stride(from: from, to: to - 960, by: 480).map { start in
                samples[start..<start + 960].reduce(Float(0)) { max($0, abs($1)) }
            }.min()
            #expect(quietest ?? 1 < 0.02)
        }
    }

    /// As fast as people talk: four syllables a second of Chinese, two to three words of English.
    @Test func languagesAreSpokenAtTheirOwnPace() throws {
        let chinese = try read(Utterance("我们沿着海边走了很久直到太阳升起", language: "zh")).reading.duration.seconds
        #expect((3.2...5).contains(16 / chinese), "\(16 / chinese) syllables a second")
        let text = "We walked along the shore for a long time until the sun came up"
        let english = try read(Utterance(text, language: "en")).reading.duration.seconds
        #expect((2.2...4).contains(14 / english), "\(14 / english) words a second")
    }

    @Test func paceAndPitchAreHeard() throws {
        let text = "Nothing moved in the valley all afternoon."
        let plain = try read(Utterance(text, language: "en"))
        let fast = try read(Utterance(text, language: "en", rate: 1.5))
        let ratio = plain.reading.duration.seconds / fast.reading.duration.seconds
        #expect((1.25...1.7).contains(ratio), "\(ratio)")
        let low = try read(Utterance(text, language: "en", voice: "male"))
        let female = try Self.pitch(of: plain.samples)
        let male = try Self.pitch(of: low.samples)
        #expect(female > male * 1.25, "female \(female) Hz, male \(male) Hz")
        let higher = try read(Utterance(text, language: "en", voice: "male", pitch: 6))
        #expect(try Self.pitch(of: higher.samples) > male * 1.1)
    }

    /// The usual lag of the strongest autocorrelation between 70 and 400 Hz.
    private static func pitch(of samples: [Float]) throws -> Double {
        var lags: [Int] = []
        for start in stride(from: 0, to: samples.count - 4096, by: 2400) {
            let part = Array(samples[start..<start + 4096])
            let energy = part.reduce(Float(0)) { $0 + $1 * $1 }
            guard energy > 4 else { continue }
            var best: (value: Float, lag: Int) = (0, 0)
            for lag in 120...680 {
                var sum: Float = 0
                for index in stride(from: lag, to: 4096, by: 2) { sum += part[index] * part[index - lag] }
                if sum > best.value { best = (sum, lag) }
            }
            if best.lag > 0 { lags.append(best.lag) }
        }
        let sorted = lags.sorted()
        return 48_000 / Double(try #require(sorted.isEmpty ? nil : sorted[sorted.count / 2]))
    }

    @Test(arguments: ["", "   \n\t", "…!?", "\u{0}\u{1}"])
    func whatHasNoWordsIsAnError(text: String) throws {
        #expect { try read(Utterance(text)) } throws: { ($0 as? SpeechError)?.code == .nothingToSay }
    }

    @Test func unknownLanguagesAndVoicesAreNamed() throws {
        #expect { try read(Utterance("Hello", language: "xx")) } throws: {
            ($0 as? SpeechError)?.code == .unknownLanguage
        }
        for voice in ["../../etc/passwd", "nobody"] {
            #expect { try read(Utterance("Hello", language: "en", voice: voice)) } throws: {
                ($0 as? SpeechError)?.code == .unknownVoice
            }
        }
        #expect(try read(Utterance("Hello", language: "en", voice: "M3")).reading.words.count == 1)
    }

    /// Markup and phoneme brackets are text, control characters are spaces.
    @Test func textIsDataNotCommands() throws {
        let (reading, _) = try read(Utterance("<audio src='/etc/passwd'/> [[h@l'oU]] one\u{0}two", language: "en"))
        #expect(reading.words.last?.text == "two")
    }

    /// To the sample, whatever was said before and whoever asks.
    @Test func theSameTextIsTheSameSamplesFromManyThreads() async throws {
        let utterance = Utterance("Twice the same.", language: "en")
        let first = try read(utterance).samples
        _ = try read(Utterance("Something else, and longer, in between.", language: "en", voice: "male"))
        _ = try read(Utterance("中间还说了别的。", language: "zh"))
        let others = await withTaskGroup(of: [Float].self, returning: [[Float]].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    await withCheckedContinuation { done in
                        Thread.detachNewThread {
                            done.resume(returning: (try? read(utterance))?.samples ?? [])
                        }
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(first.count > 24_000)
        for other in others { #expect(other == first, "\(first.count) samples, then \(other.count)") }
    }

    private struct Broken: Speaker {
        var name: String { "broken" }
        func say(_ utterance: Utterance, to file: URL) throws(SpeechError) -> RawSpeech {
            throw SpeechError(.failed, name, because: "it is broken")
        }
    }

    private struct Mute: Speaker {
        var name: String { "mute" }
        func say(_ utterance: Utterance, to file: URL) throws(SpeechError) -> RawSpeech {
            try? EspeakSpeaker.wave([Int16](repeating: 0, count: 22_050), rate: 22_050).write(to: file)
            return RawSpeech()
        }
    }

    @Test func whereAnEngineFailsAnotherSpeaksAndItIsSaid() throws {
        let broken = try read(Utterance("Hello there"), [Broken()]).reading
        #expect(broken.speaker == "espeak-ng")
        #expect(broken.fallback?.contains("it is broken") ?? false)
        // The voice was the other engine's: it is none of this one's.
        #expect(try read(Utterance("Hello there", voice: "nova"), [Broken()]).reading.speaker == "espeak-ng")
        let mute = try read(Utterance("Hello there"), [Mute()]).reading
        #expect(mute.speaker == "espeak-ng")
        #expect(mute.fallback?.contains("mute") ?? false)
    }

    /// What the polish is for: less buzz and hiss beside the voice, a steadier level.
    @Test func theVoiceIsMadeSofterAndSteadier() throws {
        let folder = try TestMedia.scratchFolder()
        let raw = folder.appendingPathComponent("raw.wav")
        let text = "She sells sea shells by the sea shore. This is such a hissing sentence!"
        _ = try EspeakSpeaker().say(Utterance(text, language: "en"), to: raw)
        let before = try samples(of: raw)
        let after = try read(Utterance(text, language: "en")).samples
        func share(_ samples: [Float], above frequency: Double) -> Double {
            var high = samples
            var filter = ToneFilter.highPass(frequency, q: 0.707)
            filter.run(&high)
            func power(_ values: [Float]) -> Double { values.reduce(0.0) { $0 + Double($1 * $1) } }
            return 10 * log10(power(high) / power(samples))
        }
        func crest(_ samples: [Float]) -> Double {
            let power = samples.reduce(0.0) { $0 + Double($1 * $1) } / Double(samples.count)
            return 20 * log10(Double(samples.map(abs).max() ?? 0) / power.squareRoot())
        }
        #expect(share(after, above: 5000) < share(before, above: 5000) - 3)
        #expect(crest(after) < crest(before) + 0.5)
        print(
            "voice: above 5 kHz \(share(before, above: 5000)) → \(share(after, above: 5000)) dB, crest \(crest(before)) → "
                + "\(crest(after)) dB")
    }
}
