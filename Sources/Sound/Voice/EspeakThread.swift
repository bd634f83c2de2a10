// SPDX-License-Identifier: GPL-3.0-or-later
internal import CEspeak
internal import Foundation
internal import Synchronization

/// The one thread on which espeak-ng lives: its state belongs to the process, and it is not safe to call from two.
///
/// `say` may be called from anywhere; it blocks until its turn is over.
final class EspeakThread: Sendable {
    struct Request: Sendable {
        var text: String
        /// Names to try, the best first.
        var voices: [String]
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
            guard case .success = start(), let list = espeak_ListVoices(nil) else { return [] }
            var names: [String] = []
            var place = list
            while let voice = place.pointee {
                // A byte of priority, then the name.
                if let languages = voice.pointee.languages { names.append(String(cString: languages + 1)) }
                place += 1
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
/// The sample rate once the library has started; 0 when it could not.
private nonisolated(unsafe) var sampleRate: Int32?

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

private func start() -> Result<Int32, SpeechError> {
    if sampleRate == nil {
        sampleRate = espeak_Initialize(
            AUDIO_OUTPUT_SYNCHRONOUS, 0, nil, Int32(espeakINITIALIZE_DONT_EXIT))
        if sampleRate ?? 0 > 0 { espeak_SetSynthCallback(collect) }
    }
    guard let sampleRate, sampleRate > 0 else {
        return .failure(
            SpeechError(
                .notInstalled, "espeak-ng",
                because: "its voices are missing; install them with: sudo apt-get install espeak-ng-data"))
    }
    return .success(sampleRate)
}

private func speak(_ request: EspeakThread.Request) -> Result<EspeakThread.Speech, SpeechError> {
    let rate: Int32
    switch start() {
    case .success(let known): rate = known
    case .failure(let error): return .failure(error)
    }
    guard request.voices.contains(where: { espeak_SetVoiceByName($0) == EE_OK }) else {
        let name = request.voices.first ?? ""
        return .failure(
            SpeechError(
                .unknownLanguage, "espeak-ng",
                because: "it has no voice \(name.prefix(40)); say another language, and female or male"))
    }
    espeak_SetParameter(espeakRATE, request.rate, 0)
    espeak_SetParameter(espeakPITCH, request.pitch, 0)
    espeak_SetParameter(espeakRANGE, request.range, 0)
    espeak_SetParameter(espeakVOLUME, 90, 0)
    speech = EspeakThread.Speech()
    speech.rate = Int(rate)
    let result = request.text.withCString { text in
        espeak_Synth(text, strlen(text) + 1, 0, POS_CHARACTER, 0, kinora_espeak_text_flags(), nil, nil)
    }
    guard result == EE_OK else {
        return .failure(SpeechError(.failed, "espeak-ng", because: "it gave error \(result.rawValue)"))
    }
    let said = speech
    speech = EspeakThread.Speech()
    return .success(said)
}
