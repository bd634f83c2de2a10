// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime

/// What is to be said, and how.
public struct Utterance: Hashable, Sendable, Codable {
    public var text: String
    /// BCP 47 (`en`, `zh-CN`); nil where the letters decide.
    public var language: String?
    /// `female`, `male` or a name the engine knows; nil for its usual voice.
    public var voice: String?
    /// 1 is the voice's own pace; 0.5…2.
    public var rate: Double
    /// Semitones above the voice's own pitch; −12…12.
    public var pitch: Double

    public init(_ text: String, language: String? = nil, voice: String? = nil, rate: Double = 1, pitch: Double = 0) {
        self.text = text
        self.language = language
        self.voice = voice
        self.rate = rate.isFinite ? min(max(rate, 0.5), 2) : 1
        self.pitch = pitch.isFinite ? min(max(pitch, -12), 12) : 0
    }

    /// The language to say it in: as asked, else what the letters give away, else English.
    public var spokenLanguage: String {
        if let language, !language.isEmpty { return language }
        var hasHan = false
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x3041...0x30FF: return "ja"
            case 0xAC00...0xD7A3: return "ko"
            case 0x0400...0x04FF: return "ru"
            case 0x0600...0x06FF: return "ar"
            case 0x4E00...0x9FFF, 0x3400...0x4DBF: hasHan = true
            default: break
            }
        }
        return hasHan ? "zh" : "en"
    }
}

/// One word as it was said, in the time of the sound.
public struct SpokenWord: Hashable, Sendable, Codable {
    public var text: String
    public var start: MediaTime
    public var end: MediaTime

    public init(_ text: String, from start: MediaTime, to end: MediaTime) {
        self.text = text
        self.start = start
        self.end = end
    }
}

/// What an engine that speaks gives: a sound file of any kind, and where in it words begin, as far as it says.
public struct RawSpeech: Sendable {
    /// A place in the text known to be reached at a time.
    public struct Anchor: Hashable, Sendable {
        /// In Unicode scalars from the text's start.
        public var scalar: Int
        public var seconds: Double

        public init(scalar: Int, seconds: Double) {
            self.scalar = scalar
            self.seconds = seconds
        }
    }

    /// Empty where the engine does not tell.
    public var anchors: [Anchor]

    public init(anchors: [Anchor] = []) { self.anchors = anchors }
}
