// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
import JSON

/// A media file as a document is to name it.
public struct HandOverMedia: Hashable, Sendable {
    /// Absolute, or relative to the document (`film media/beach.jpg`); with `/` between folders, not escaped.
    public var path: String
    public var facts: MediaFacts
    /// Where the beats are; of songs.
    public var beats: BeatGrid?

    public init(path: String, facts: MediaFacts, beats: BeatGrid? = nil) {
        self.path = path
        self.facts = facts
        self.beats = beats
    }

    /// As a URL: `file:///…` of an absolute path, escaped and relative of a relative one (RFC 3986).
    var url: String {
        let escaped = path.utf8.map { byte -> String in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-._~/!$&'()*+,;=@".utf8.contains(byte)
            if isPlain { return String(UnicodeScalar(byte)) }
            let hex = String(byte, radix: 16, uppercase: true)
            return "%" + (hex.count < 2 ? "0" : "") + hex
        }.joined()
        return path.hasPrefix("/") ? "file://" + escaped : escaped
    }
}

/// A film as it is handed over: the edit, its media, and what was made for it.
public struct HandOver: Sendable {
    public var draft: Draft
    /// By asset id.
    public var media: [String: HandOverMedia]
    /// Composed music and read voices (`gen`), by segment id; those that could not be made are missing.
    public var made: [String: HandOverMedia]
    /// The film's name where it has no title.
    public var name: String

    public init(
        _ draft: Draft, media: [String: HandOverMedia], made: [String: HandOverMedia] = [:], name: String = "film"
    ) {
        self.draft = draft
        self.media = media
        self.made = made
        self.name = draft.film.title.isEmpty ? name : draft.film.title
    }

    /// A file of a document.
    public struct File: Hashable, Sendable {
        /// Within the document's folder; empty of a document that is one file.
        public var name: String
        public var bytes: [UInt8]

        init(name: String = "", _ text: String) {
            self.name = name
            bytes = Array(text.utf8)
        }
    }

    /// The film as a document of `format`: one file without a name, or a folder's files.
    public func files(_ format: HandOverFormat) -> [File] {
        switch format {
        case .otio: [File(OTIOWriter(self).timeline.text(.readable))]
        case .edl: [File(EDLWriter(self).text)]
        case .srt: [File(CaptionFile(draft).text(.srt))]
        case .vtt: [File(CaptionFile(draft).text(.vtt))]
        case .fcpxml: [File(FCPXMLWriter(self).document.text(doctype: "fcpxml"))]
        case .mlt: [File(MLTWriter(self).document.text())]
        case .capcut: CapCutWriter(self).files
        }
    }
}
