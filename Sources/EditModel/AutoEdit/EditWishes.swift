// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime
public import JSON

/// What a person asks of a film before there is one; nil = as taste has it.
public struct EditWishes: Hashable, Sendable {
    public enum Order: String, CaseIterable, Hashable, Sendable {
        /// Natural: `img2` before `img10`.
        case name
        /// When it was taken; what has no time keeps its place after the rest, by name.
        case time
        case given
    }

    public enum BeatSync: String, CaseIterable, Hashable, Sendable {
        case on, off
        /// When the song's beats are clear and nobody asked for a time per photo.
        case auto
    }

    public enum Transitions: Hashable, Sendable {
        /// One of `TransitionCatalog` throughout.
        case named(Transition.Name)
        /// The calm ones in turn, never the same twice in a row.
        case mixed
        case cuts
    }

    public enum Motions: Hashable, Sendable {
        /// Of every photo.
        case kind(Motion.Kind)
        /// Alternating, as taste has it, but with this share of the picture over three seconds (0…1).
        case amount(Double)
        /// Photos stand.
        case still
    }

    /// What plays under the film.
    public enum Music: Hashable, Sendable {
        /// The first song of the media; nothing where there is none.
        case auto
        case none
        case asset(String)
        /// Made for the film: the draft's `gen` object.
        case composed([String: JSONValue])

        var assetID: String? {
            if case .asset(let id) = self { return id }
            return nil
        }

        /// The song out of `media` that plays.
        func song(in media: [MediaFacts], voice: String?) -> MediaFacts? {
            switch self {
            case .auto: return AutoEdit.song(in: media.filter { $0.id != voice })
            case .asset(let id): return media.first { $0.id == id }
            case .none, .composed: return nil
            }
        }
    }

    /// The film is planned for the first; others are laid out from it by `AutoEdit.relaidOut`.
    public var presets: [PlatformPreset] = []
    public var canvas: PixelSize?
    /// Shape, when no canvas is given.
    public var aspect: Aspect?
    /// Pixels of the canvas' short side, when no canvas is given; nil = as the platform has it, or 1080.
    public var shortSide: Int?
    public var frameRate: FrameRate?
    /// Met to the millisecond.
    public var duration: MediaTime?
    /// From cut to cut.
    public var perPhoto: MediaTime?
    public var transitions: Transitions?
    public var transitionTime: MediaTime?
    public var motions: Motions?
    public var fit: Fit?
    public var grade: Grade?
    public var title: String?
    /// Words to show instead of what script files say.
    public var script: String?
    public var music = Music.auto
    /// Asset id of a recorded voice that speaks over the film.
    public var voice: String?
    /// The script is read aloud as well as shown.
    public var readsScript = false
    /// Measured lengths of texts read aloud, by text; others are estimated.
    public var speech: [String: MediaTime] = [:]
    /// Linear, 0…2.
    public var musicVolume: Double?
    /// Of the clips' own sound, linear, 0…2.
    public var clipVolume: Double?
    public var beatSync = BeatSync.auto
    public var order = Order.name
    /// Show every photo, however many there are.
    public var keepsAllPhotos = false
    /// Show clips from beginning to end where the film's length allows.
    public var keepsWholeClips = false
    public var language: String?
    /// For `mixed`.
    public var seed: UInt64 = 1

    public init() {}

    /// Whether photos move as taste has it, so that a view may travel over a panorama.
    var movesFreely: Bool { MotionChoice(wish: motions).isFree }

    /// Width to height, both above 0.
    public struct Aspect: Hashable, Sendable {
        public var width: Int
        public var height: Int

        public init(width: Int, height: Int) {
            self.width = width
            self.height = height
        }

        public init(_ shape: CanvasShape) {
            switch shape {
            case .landscape: self.init(width: 16, height: 9)
            case .portrait: self.init(width: 9, height: 16)
            case .square: self.init(width: 1, height: 1)
            }
        }
    }
}
