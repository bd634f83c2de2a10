// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a language model answers: any server that speaks OpenAI's chat completions with tools (Ollama, llama.cpp,
/// vLLM, hosted ones).
public struct ModelEndpoint: Hashable, Sendable {
    /// Of the completions call, whole.
    public var url: String
    public var model: String
    /// Sent as a bearer token; nil for servers that want none.
    public var key: String?
    public var streams = true
    /// For one answer of the model, in seconds.
    public var secondsPerAnswer = 60
    /// For a whole turn with all its answers.
    public var secondsPerTurn = 120

    public init(url: String, model: String, key: String? = nil) {
        self.url = Self.completions(of: url)
        self.model = model
        self.key = key
    }

    /// From `KINORA_LLM_URL`, `KINORA_LLM_MODEL` and `KINORA_LLM_KEY`; nil where no URL or no model is set.
    public init?(environment: [String: String]) {
        guard let url = environment["KINORA_LLM_URL"], !url.isEmpty, let model = environment["KINORA_LLM_MODEL"],
            !model.isEmpty
        else { return nil }
        self.init(url: url, model: model, key: environment["KINORA_LLM_KEY"].flatMap { $0.isEmpty ? nil : $0 })
        streams = environment["KINORA_LLM_STREAM"] != "0"
    }

    /// `http://host:11434`, `…/v1` and the whole path all lead to `…/v1/chat/completions`.
    static func completions(of url: String) -> String {
        var base = url
        while base.hasSuffix("/") { base.removeLast() }
        if base.hasSuffix("/chat/completions") { return base }
        let afterScheme = base.firstRange(of: "://").map { base[$0.upperBound...] } ?? base[...]
        return base + (afterScheme.contains("/") ? "/chat/completions" : "/v1/chat/completions")
    }
}
