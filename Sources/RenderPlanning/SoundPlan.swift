// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime

/// All that is heard in a film, resolved: which stretch of which source sounds when and how loud. Film time throughout.
public struct SoundPlan: Hashable, Sendable, Codable {
    public var duration: MediaTime
    public var clips: [SoundClip]
    /// Fade of the whole mix at the film's start and end.
    public var fadeIn: MediaTime
    public var fadeOut: MediaTime
    /// Integrated loudness to reach with music at volume 1, in LUFS.
    public var loudness: Double

    public init(
        duration: MediaTime, clips: [SoundClip], fadeIn: MediaTime = .zero, fadeOut: MediaTime = .zero,
        loudness: Double = -14
    ) {
        self.duration = duration
        self.clips = clips
        self.fadeIn = fadeIn
        self.fadeOut = fadeOut
        self.loudness = loudness
    }

    public var isSilent: Bool { clips.allSatisfy { $0.volume == 0 } }
}

/// One sound on the timeline.
public struct SoundClip: Hashable, Sendable, Codable {
    public enum Role: String, Hashable, Sendable, Codable {
        case music, voice, effect
        /// The sound of a clip on a video track.
        case clip
    }

    /// Content hash of the file it comes from.
    public var source: String
    public var role: Role
    /// When it sounds.
    public var range: TimeRange
    /// Source time where it begins.
    public var sourceStart: MediaTime
    /// Linear amplitude 0…2 as the person set it.
    public var volume: Double
    public var fadeIn: MediaTime
    public var fadeOut: MediaTime
    /// Repeat the source from `sourceStart` to `loopEnd` (to its end where nil) until `range` is full.
    public var loops: Bool
    public var loopEnd: MediaTime?
    /// Goes down under voices.
    public var ducks: Bool
    /// Source time that passes a film time; pitch is kept.
    public var speed: Double
    public var reverse: Bool

    public init(
        source: String, role: Role, range: TimeRange, sourceStart: MediaTime = .zero, volume: Double = 1,
        fadeIn: MediaTime = .zero, fadeOut: MediaTime = .zero, loops: Bool = false, loopEnd: MediaTime? = nil,
        ducks: Bool = false, speed: Double = 1, reverse: Bool = false
    ) {
        self.source = source
        self.role = role
        self.range = range
        self.sourceStart = sourceStart
        self.volume = volume
        self.fadeIn = fadeIn
        self.fadeOut = fadeOut
        self.loops = loops
        self.loopEnd = loopEnd
        self.ducks = ducks
        self.speed = speed
        self.reverse = reverse
    }
}
