// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
public import EditTime

/// A whole closed group of pictures, at most two seconds of film: what each of its frames is made of.
///
/// Everything is resolved and relative to the chunk's own start: sources by content hash, texts by their drawn bitmap.
/// Nothing in it says where in the film it lies, so a chunk that moves stays the same chunk. Drawing one is a function
/// of this value and open files; its canonical JSON is the picture half of its identity (see `Renderer`).
public struct ChunkSpec: Hashable, Sendable, Codable {
    public var canvas: PixelSize
    public var frameRate: FrameRate
    /// At least one, in order; together the chunk's frames.
    public var spans: [Span]

    public init(canvas: PixelSize, frameRate: FrameRate, spans: [Span]) {
        self.canvas = canvas
        self.frameRate = frameRate
        self.spans = spans
    }

    public var frameCount: Int { spans.reduce(0) { $0 + $1.frames } }
}

/// Frames in a row that are made of the same parts.
public struct Span: Hashable, Sendable, Codable {
    public var frames: Int
    public var main: MainLayer
    /// Drawn over the main layer, first to last.
    public var overlays: [Overlay]
    /// Fade of the whole picture from or to black; nil = none.
    public var fade: FilmFade?

    public init(frames: Int, main: MainLayer, overlays: [Overlay] = [], fade: FilmFade? = nil) {
        self.frames = frames
        self.main = main
        self.overlays = overlays
        self.fade = fade
    }
}

public enum MainLayer: Hashable, Sendable, Codable {
    case shot(Shot)
    case joint(Joint)
}

/// Where a span's frames lie in something longer (a segment, a transition, a fade): the span's frame `i` is its frame
/// `first + i` of `total`.
public struct FrameWindow: Hashable, Sendable, Codable {
    public var first: Int
    public var total: Int

    public init(first: Int, total: Int) {
        self.first = first
        self.total = total
    }

    /// Of a shot whose frames all look the same: it matters neither where the span lies in it nor how long it is.
    public static let still = FrameWindow(first: 0, total: 1)
}

/// One segment's picture: a source, how it lies on the canvas and how it moves.
public struct Shot: Hashable, Sendable, Codable {
    public var source: ShotSource
    /// The span within the segment; motion, and a clip's source time, are functions of it. `still` where nothing is.
    public var window: FrameWindow
    /// Applied in this order: crop (of the upright source), turn, fit.
    public var crop: UnitRect
    public var turn: Turn
    public var fit: Fit
    public var focus: UnitPoint
    public var motion: Motion
    public var grade: Grade
    /// `#RRGGBB` behind a `contain` picture.
    public var background: String

    public init(
        source: ShotSource, window: FrameWindow, crop: UnitRect = .whole, turn: Turn = .none, fit: Fit = .cover,
        focus: UnitPoint = .center, motion: Motion = .none, grade: Grade = .none, background: String = "#000000"
    ) {
        self.source = source
        self.window = window
        self.crop = crop
        self.turn = turn
        self.fit = fit
        self.focus = focus
        self.motion = motion
        self.grade = grade
        self.background = background
    }
}

public enum ShotSource: Hashable, Sendable, Codable {
    case photo(PhotoSource)
    case clip(ClipSource)
    /// `#RRGGBB`.
    case color(String)
    /// A moving background drawn from a pattern name, two or more `#RRGGBB` colours and a seed.
    case generated(pattern: String, colors: [String], seed: Int)
}

/// A photo, upright by its EXIF orientation.
public struct PhotoSource: Hashable, Sendable, Codable {
    /// SHA-256 of the file, hex.
    public var hash: String
    /// Of the upright photo.
    public var size: PixelSize

    public init(hash: String, size: PixelSize) {
        self.hash = hash
        self.size = size
    }
}

/// A stretch of a clip.
public struct ClipSource: Hashable, Sendable, Codable {
    public var hash: String
    /// As shown: after the stream's own rotation and pixel aspect.
    public var size: PixelSize
    /// The stream's own rotation, degrees clockwise, still to be applied to its decoded frames; and whether they are
    /// mirrored left to right before that.
    public var rotation: Int
    public var isMirrored: Bool
    /// Source time of the segment's first frame; of its last frame when `reverse`.
    public var start: MediaTime
    /// Source time that passes a film time; > 0.
    public var speed: Double
    public var reverse: Bool

    public init(
        hash: String, size: PixelSize, rotation: Int, start: MediaTime, speed: Double = 1, reverse: Bool = false,
        isMirrored: Bool = false
    ) {
        self.hash = hash
        self.size = size
        self.rotation = rotation
        self.isMirrored = isMirrored
        self.start = start
        self.speed = speed
        self.reverse = reverse
    }

    /// Source time of frame `index` of a segment of `total` frames.
    public func time(ofFrame index: Int, of total: Int, at rate: FrameRate) -> MediaTime {
        let position = reverse ? total - 1 - index : index
        return start + rate.time(ofFrame: position).scaled(by: speed)
    }
}

/// A transition between two neighbouring segments.
public struct Joint: Hashable, Sendable, Codable {
    public var from: Shot
    public var to: Shot
    public var transition: Transition.Name
    /// The span within the transition: progress of its frame i is (first + i + 1) / (total + 1), so that neither end
    /// repeats a neighbour's frame.
    public var window: FrameWindow
    /// A grey picture that steers a luma-key transition.
    public var map: PhotoSource?

    public init(from: Shot, to: Shot, transition: Transition.Name, window: FrameWindow, map: PhotoSource? = nil) {
        self.from = from
        self.to = to
        self.transition = transition
        self.window = window
        self.map = map
    }
}

/// Something that lies over the film.
public enum Overlay: Hashable, Sendable, Codable {
    case text(TextOverlay)
    /// A logo or picture in picture: the shot drawn into `rect` of the canvas at `opacity` 0…1.
    case picture(Shot, rect: UnitRect, opacity: Double)
}

/// A drawn text and how it comes and goes.
public struct TextOverlay: Hashable, Sendable, Codable {
    /// SHA-256 of the drawn bitmap (size and pixels), hex.
    public var bitmap: String
    public var size: PixelSize
    /// Where its top left lies on the canvas at rest, in pixels; may be negative.
    public var x: Int
    public var y: Int
    /// The span within the text's segment.
    public var window: FrameWindow
    public var entrance: TextMove?
    public var exit: TextMove?
    /// Boxes in the bitmap that appear one after the other (typewriter, words); empty where the entrance needs none.
    public var reveals: [Reveal]

    public init(
        bitmap: String, size: PixelSize, x: Int, y: Int, window: FrameWindow, entrance: TextMove? = nil,
        exit: TextMove? = nil, reveals: [Reveal] = []
    ) {
        self.bitmap = bitmap
        self.size = size
        self.x = x
        self.y = y
        self.window = window
        self.entrance = entrance
        self.exit = exit
        self.reveals = reveals
    }

    /// A part of the bitmap, in its pixels, that is seen from frame `frame` of the segment on.
    public struct Reveal: Hashable, Sendable, Codable {
        public var x: Int
        public var y: Int
        public var width: Int
        public var height: Int
        public var frame: Int
        /// The frame from which on it is not seen again; nil = it stays.
        public var end: Int?

        public init(x: Int, y: Int, width: Int, height: Int, frame: Int, end: Int? = nil) {
            self.x = x
            self.y = y
            self.width = width
            self.height = height
            self.frame = frame
            self.end = end
        }
    }
}

/// A text's entrance or exit and how many frames it takes.
public struct TextMove: Hashable, Sendable, Codable {
    public var kind: TextAnimation.Kind
    public var frames: Int

    public init(_ kind: TextAnimation.Kind, frames: Int) {
        self.kind = kind
        self.frames = frames
    }
}

/// A fade of everything from (`rises`) or to black.
public struct FilmFade: Hashable, Sendable, Codable {
    public var rises: Bool
    public var window: FrameWindow

    public init(rises: Bool, window: FrameWindow) {
        self.rises = rises
        self.window = window
    }
}
