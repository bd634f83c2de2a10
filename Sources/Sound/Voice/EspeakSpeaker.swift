// SPDX-License-Identifier: GPL-3.0-or-later
public import Foundation

/// espeak-ng: a formant synthesiser in the process, a hundred languages, always there.
///
/// The library has one state for the process, so everything it does happens on one thread, one utterance after the other.
public struct EspeakSpeaker: Speaker {
    public var name: String { "espeak-ng" }

    public init() {}

    public func say(_ utterance: Utterance, to file: URL) throws(SpeechError) -> RawSpeech {
        let (request, starts) = try Self.request(for: utterance)
        let answer = EspeakThread.shared.say(request)
        let speech: EspeakThread.Speech
        switch answer {
        case .success(let said): speech = said
        case .failure(let error): throw error
        }
        guard speech.samples.count > 0 else {
            throw SpeechError(.nothingToSay, name, because: "there is no word it can say in the text")
        }
        do {
            try Self.wave(speech.samples, rate: speech.rate).write(to: file)
        } catch {
            throw SpeechError(.failed, name, because: "the sound could not be written (\(error.localizedDescription))")
        }
        let anchors = speech.words.compactMap { word -> RawSpeech.Anchor? in
            // Positions count from 1.
            guard starts.indices.contains(word.position - 1) else { return nil }
            return .init(scalar: starts[word.position - 1], seconds: Double(word.milliseconds) / 1000)
        }
        return RawSpeech(anchors: anchors)
    }

    /// The languages it has, as it names them.
    public static func languages() -> [String] { EspeakThread.shared.languages() }

    // MARK: What espeak-ng is asked

    /// Words a minute at rate 1: its usual 175 is hurried for a film. Of Chinese it counts syllables as words, of which people
    /// say 250 a minute.
    static func wordsPerMinute(in language: String) -> Double {
        ["zh", "cmn", "yue"].contains { language.lowercased().hasPrefix($0) } ? 275 : 160
    }

    /// The request, and for each scalar of the text it is given the place of it in the utterance's.
    private static func request(
        for utterance: Utterance
    ) throws(SpeechError) -> (EspeakThread.Request, starts: [Int]) {
        var text = String.UnicodeScalarView()
        var starts: [Int] = []
        for (index, scalar) in utterance.text.unicodeScalars.enumerated() {
            // No text may end early or carry commands: control characters are spaces.
            let isPlain = scalar.properties.generalCategory != .control
            text.append(isPlain ? scalar : " ")
            starts.append(index)
        }
        guard text.contains(where: { $0.properties.isAlphabetic || $0.properties.numericType != nil }) else {
            throw SpeechError(.nothingToSay, "espeak-ng", because: "there is no word in the text")
        }
        return (
            EspeakThread.Request(
                text: String(text), languages: try languages(for: utterance), variant: try variant(for: utterance),
                rate: Int32(min(wordsPerMinute(in: utterance.spokenLanguage) * utterance.rate, 450).rounded()),
                pitch: Int32(min(max(50 + utterance.pitch * 4, 0), 99).rounded()), range: 55), starts
        )
    }

    /// Languages to try, the best first.
    private static func languages(for utterance: Utterance) throws(SpeechError) -> [String] {
        let asked = utterance.spokenLanguage.lowercased().replacing("_", with: "-")
        let primary = asked.split(separator: "-").first.map(String.init) ?? "en"
        // espeak-ng's own names where they differ from what people and drafts write.
        let languages: [String]
        switch primary {
        case "zh" where asked.contains("hk") || asked.contains("yue"): languages = ["yue", "cmn"]
        case "zh", "cmn": languages = ["cmn"]
        case "en" where asked == "en": languages = ["en-us", "en"]
        case "es" where asked.contains("mx") || asked.contains("419"): languages = ["es-419", "es"]
        case "pt" where asked == "pt": languages = ["pt-br", "pt"]
        case "nb", "nn", "no": languages = ["nb"]
        default: languages = [asked, primary]
        }
        guard languages.allSatisfy({ $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") } }) else {
            throw SpeechError(.unknownLanguage, "espeak-ng", because: "\(asked.prefix(20)) is no language it knows")
        }
        return languages
    }

    private static func variant(for utterance: Utterance) throws(SpeechError) -> String {
        switch utterance.voice?.lowercased() {
        case nil, "", "female", "woman", "girl": return "f4"
        case "male", "man", "boy": return "m3"
        case let name?:
            guard name.count <= 40, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }) else {
                throw SpeechError(.unknownVoice, "espeak-ng", because: "it has no such voice; say female or male")
            }
            return name
        }
    }

    /// WAV, one channel of 16 bits.
    static func wave(_ samples: [Int16], rate: Int) -> Data {
        func little(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        var bytes = Array("RIFF".utf8) + little(36 + 2 * samples.count, 4) + Array("WAVEfmt ".utf8) + little(16, 4)
        bytes += little(1, 2) + little(1, 2) + little(rate, 4) + little(2 * rate, 4) + little(2, 2) + little(16, 2)
        bytes += Array("data".utf8) + little(2 * samples.count, 4)
        bytes.reserveCapacity(bytes.count + 2 * samples.count)
        for sample in samples {
            bytes.append(UInt8(truncatingIfNeeded: sample))
            bytes.append(UInt8(truncatingIfNeeded: sample >> 8))
        }
        return Data(bytes)
    }
}
