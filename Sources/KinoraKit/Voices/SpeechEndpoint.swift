// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import HTTPWire
import JSON
import Sound

/// A server that speaks OpenAI's `audio/speech`: text in, a sound file back.
struct SpeechEndpoint: Speaker {
    /// Of the call, whole.
    let url: String
    let model: String
    /// Sent as a bearer token; nil for servers that want none.
    let key: String?
    /// Sound of one text: ten minutes of it as WAV.
    private static let mostBytes = 64 << 20

    init(url: String, model: String, key: String? = nil) {
        var base = url
        while base.hasSuffix("/") { base.removeLast() }
        if !base.hasSuffix("/audio/speech") {
            let afterScheme = base.firstRange(of: "://").map { base[$0.upperBound...] } ?? base[...]
            base += afterScheme.contains("/") ? "/audio/speech" : "/v1/audio/speech"
        }
        self.url = base
        self.model = model
        self.key = key
    }

    /// From `KINORA_SPEECH_URL`, `KINORA_SPEECH_MODEL` and `KINORA_SPEECH_KEY`; nil where no URL or no model is set.
    init?(environment: [String: String]) {
        guard let url = environment["KINORA_SPEECH_URL"], !url.isEmpty,
            let model = environment["KINORA_SPEECH_MODEL"], !model.isEmpty
        else { return nil }
        self.init(url: url, model: model, key: environment["KINORA_SPEECH_KEY"].flatMap { $0.isEmpty ? nil : $0 })
    }

    var name: String { "\(model) at \(host)" }

    private var host: String {
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        // Never what stands before an @: it may be a password.
        let authority = rest.prefix { $0 != "/" }
        return String(authority.split(separator: "@").last ?? authority)
    }

    func say(_ utterance: Utterance, to file: URL) throws(SpeechError) -> RawSpeech {
        var fields: [String: JSONValue] = [
            "model": .string(model), "input": .string(utterance.text), "response_format": "wav",
            "voice": .string(voice(utterance)),
        ]
        if utterance.rate != 1 { fields["speed"] = .number(utterance.rate) }
        var request = HTTPClientRequest.json(.post, url, Array(JSONValue.object(fields).text().utf8))
        if let key { request.headers["Authorization"] = "Bearer \(key)" }
        request.times.total = .seconds(120)
        let answer = Self.wait { [request] in
            try await HTTPClient(userAgent: "Kinora").fetch(request, upTo: Self.mostBytes)
        }
        switch answer {
        case .failure(let error):
            throw SpeechError(.failed, name, because: "it cannot be reached (\(error))")
        case .success(let (status, _, body)):
            guard (200..<300).contains(status.rawValue) else {
                throw SpeechError(.failed, name, because: "it answered with status \(status.rawValue)")
            }
            do {
                try Data(body).write(to: file)
            } catch {
                throw SpeechError(.failed, name, because: "its sound could not be kept (\(error.localizedDescription))")
            }
        }
        return RawSpeech()
    }

    /// The protocol's own voices stand for the usual wishes; any other name is the server's to know.
    private func voice(_ utterance: Utterance) -> String {
        switch utterance.voice?.lowercased() {
        case nil, "", "female", "woman", "girl": "nova"
        case "male", "man", "boy": "onyx"
        default: utterance.voice ?? "nova"
        }
    }

    private final class Box<Value: Sendable>: @unchecked Sendable {
        // Written once before the semaphore is signalled, read once after it.
        var value: Result<Value, any Error>?
    }

    /// Waits on the calling thread, which is none of Swift's.
    private static func wait<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) -> Result<Value, any Error> {
        let box = Box<Value>()
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            do { box.value = .success(try await body()) } catch { box.value = .failure(error) }
            done.signal()
        }
        done.wait()
        return box.value ?? .failure(CancellationError())
    }
}
