// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime
public import JSON

/// The edit: the one description of a film that people, agents and the director change and the renderer plays.
///
/// A value; its JSON form is the wire's and the draft file's (`Draft+JSON.swift`). What must always hold of one is
/// `ruleViolations()`. Unknown keys of the JSON, at any level of objects, are kept in `extra` and written back.
public struct Draft: Hashable, Sendable {
    public static let currentVersion = 1

    public var film: FilmSettings
    /// In drawing order. The first video track is the film itself, the main track; later ones lie over it.
    public var tracks: [Track]
    /// Where a draft file finds its media, by asset id; empty in a draft on the server.
    public var assets: [String: AssetReference]
    public var extra: [String: JSONValue]

    public init(film: FilmSettings = FilmSettings(), tracks: [Track] = [], assets: [String: AssetReference] = [:]) {
        self.film = film
        self.tracks = tracks
        self.assets = assets
        extra = [:]
    }

    /// The film's length: the end of the main track's last segment.
    public var duration: MediaTime { mainTrack?.segments.last?.range.end ?? .zero }

    public var mainTrackIndex: Int? { tracks.firstIndex { $0.kind == .video } }
    public var mainTrack: Track? { mainTrackIndex.map { tracks[$0] } }

    /// Frames of the finished film: round(duration · fps).
    public var frameCount: Int { film.frameRate.frame(at: duration) }
}

/// What holds for the whole film (`m` of the draft).
public struct FilmSettings: Hashable, Sendable {
    public var title = ""
    public var canvas = PixelSize(width: 1920, height: 1080)
    public var frameRate = FrameRate(30)
    /// Name of the platform preset it was made for.
    public var preset: String?
    public var language: String?
    /// `#RRGGBB` behind a `contain` picture.
    public var background = "#000000"
    public var fadeIn = MediaTime.zero
    public var fadeOut = MediaTime.zero
    /// Integrated loudness of the mix, LUFS.
    public var loudness = -14.0
    public var extra: [String: JSONValue] = [:]

    public init() {}
}

/// Where a draft file's asset lies.
public struct AssetReference: Hashable, Sendable {
    public var name: String
    /// Relative to the draft file, or absolute.
    public var path: String
    /// SHA-256 of the file, hex; nil where unknown.
    public var hash: String?
    public var kind: MediaKind?
    public var extra: [String: JSONValue] = [:]

    public init(name: String, path: String, hash: String? = nil, kind: MediaKind? = nil) {
        self.name = name
        self.path = path
        self.hash = hash
        self.kind = kind
    }
}

/// One row of the timeline.
public struct Track: Hashable, Sendable {
    public enum Kind: Int64, CaseIterable, Hashable, Sendable {
        case video = 0
        case audio = 1
        case text = 7
    }

    public var id: String
    public var kind: Kind
    public var name: String
    public var muted = false
    public var segments: [Segment]
    public var extra: [String: JSONValue] = [:]

    public init(id: String, kind: Kind, name: String, segments: [Segment] = []) {
        self.id = id
        self.kind = kind
        self.name = name
        self.segments = segments
    }
}
