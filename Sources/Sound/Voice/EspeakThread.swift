// SPDX-License-Identifier: GPL-3.0-or-later
internal import CEspeak
internal import Foundation
internal import Synchronization

/// The one thread on which espeak-ng lives: its state belongs to the process, and it is not safe to call from two.
///
/// The library is opened for each utterance and closed behind it, so that none depends on what was said before: the same text is
/// the same samples. `say` may be called from anywhere; it blocks until its turn is over.
final class EspeakThread: Sendable {
    struct Request: Sendable {
        var text: String
        /// Languages to try, the best first.
        var languages: [String]
        /// Of the voice: `f4`.
        var variant: String
        /// Words a minute, 80…450.
        var rate: Int32
        /// 0…99, 50 is the voice's own.
        var pitch: Int32
        var range: Int32
    }

    struct Word: Sendable {
        /// In characters of the text, from 1.
        var position: Int
        var milliseconds: Int
    }

    struct Speech: Sendable {
        var samples: [Int16] = []
        var rate = 22_050
        var words: [Word] = []
    }

    static let shared = EspeakThread()

    /// Longer texts are not one breath; a runaway synthesis stops here (ten minutes).
    static let mostSamples = 600 * 22_050

    private let queue = Mutex<[@Sendable () -> Void]>([])
    private let waiting = DispatchSemaphore(value: 0)

    private init() {
        let thread = Thread { [self] in
            while true {
                waiting.wait()
                let job = queue.withLock { $0.isEmpty ? nil : $0.removeFirst() }
                job?()
            }
        }
        thread.name = "espeak-ng"
        thread.stackSize = 4 << 20
        thread.start()
    }

    func say(_ request: Request) -> Result<Speech, SpeechError> {
        run { speak(request) }
    }

    func languages() -> [String] {
        run {
            var names: [String] = []
            _ = withEspeak { espeak, _ in
                guard var place = espeak.voices(nil) else { return }
                while let voice = place.pointee {
                    // A byte of priority, then the name.
                    if let languages = voice.pointee.languages { names.append(String(cString: languages + 1)) }
                    place += 1
                }
            }
            return names
        }
    }

    /// Runs `body` on the thread and waits for what it gives.
    private func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) -> Value {
        let answer = Answer<Value>()
        queue.withLock { $0.append { answer.give(body()) } }
        waiting.signal()
        return answer.take()
    }
}

/// A value that another thread gives once.
private final class Answer<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let done = DispatchSemaphore(value: 0)

    func give(_ value: Value) {
        self.value.withLock { $0 = value }
        done.signal()
    }

    func take() -> Value {
        while true {
            done.wait()
            if let value = value.withLock({ $0 }) { return value }
        }
    }
}

// MARK: - On the thread only

/// What the callback collects. Touched on espeak-ng's thread only, which synthesises one utterance at a time.
private nonisolated(unsafe) var speech = EspeakThread.Speech()
private let holdsWhatEspeakNeeds: Void = kinora_espeak_hold()

private func collect(
    _ samples: UnsafeMutablePointer<Int16>?, _ count: Int32, _ events: UnsafeMutablePointer<espeak_EVENT>?
) -> Int32 {
    if let samples, count > 0 { speech.samples += UnsafeBufferPointer(start: samples, count: Int(count)) }
    if var event = events {
        while event.pointee.type != espeakEVENT_LIST_TERMINATED {
            if event.pointee.type == espeakEVENT_WORD {
                speech.words.append(
                    .init(position: Int(event.pointee.text_position), milliseconds: Int(event.pointee.audio_position)))
            }
            event += 1
        }
    }
    return speech.samples.count > EspeakThread.mostSamples ? 1 : 0
}

/// Starts the library anew, hands on its functions and its sample rate, and ends it.
private func withEspeak<Value>(_ body: (kinora_espeak, Int32) -> Value) -> Result<Value, SpeechError> {
    func missing(_ what: String, _ package: String) -> Result<Value, SpeechError> {
        .failure(
            SpeechError(
                .notInstalled, "espeak-ng",
                because: "\(what) missing; install with: sudo apt-get install \(package)"))
    }
    _ = holdsWhatEspeakNeeds
    var espeak = kinora_espeak()
    guard kinora_espeak_open(&espeak) == 1 else { return missing("its library is", "libespeak-ng1") }
    defer { kinora_espeak_close(&espeak) }
    let rate = espeak.initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, nil, Int32(espeakINITIALIZE_DONT_EXIT))
    guard rate > 0 else { return missing("its voices are", "espeak-ng-data") }
    defer { _ = espeak.terminate() }
    espeak.set_callback(collect)
    return .success(body(espeak, rate))
}

private func speak(_ request: EspeakThread.Request) -> Result<EspeakThread.Speech, SpeechError> {
    withEspeak { speak(request, espeak: $0, rate: $1) }.flatMap(\.self)
}

private func speak(
    _ request: EspeakThread.Request, espeak: kinora_espeak, rate: Int32
) -> Result<EspeakThread.Speech, SpeechError> {
    var espeak = espeak
    guard let variant = kinora_espeak_variant(&espeak, request.variant).map({ String(cString: $0) }) else {
        return .failure(
            SpeechError(
                .unknownVoice, "espeak-ng",
                because: "it has no voice \(request.variant.prefix(40)); say female or male"))
    }
    guard request.languages.contains(where: { espeak.set_voice("\($0)+\(variant)") == EE_OK }) else {
        return .failure(
            SpeechError(
                .unknownLanguage, "espeak-ng",
                because: "it does not speak \((request.languages.first ?? "").prefix(40)); say another language"))
    }
    _ = espeak.set_parameter(espeakRATE, request.rate, 0)
    _ = espeak.set_parameter(espeakPITCH, request.pitch, 0)
    _ = espeak.set_parameter(espeakRANGE, request.range, 0)
    _ = espeak.set_parameter(espeakVOLUME, 90, 0)
    speech = EspeakThread.Speech()
    speech.rate = Int(rate)
    let result = request.text.withCString { text in
        espeak.synthesize(text, strlen(text) + 1, 0, POS_CHARACTER, 0, kinora_espeak_text_flags(), nil, nil)
    }
    guard result == EE_OK else {
        return .failure(SpeechError(.failed, "espeak-ng", because: "it gave error \(result.rawValue)"))
    }
    let said = speech
    speech = EspeakThread.Speech()
    return .success(said)
}
