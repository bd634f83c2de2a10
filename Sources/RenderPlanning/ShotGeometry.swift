// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel

/// A rectangle in pixels with a top left and a size that need not be whole.
public struct PixelRect: Hashable, Sendable {
    public var x: Double
    public var y: Double
    public var width: Double
    public var height: Double

    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    public init(_ size: PixelSize) {
        self.init(x: 0, y: 0, width: Double(size.width), height: Double(size.height))
    }

    public var maxX: Double { x + width }
    public var maxY: Double { y + height }
}

/// What one frame of a shot shows: a part of the source on a part of the canvas.
public struct ShotView: Hashable, Sendable {
    /// In pixels of the source as cropped and turned, inside it.
    public var source: PixelRect
    /// In pixels of the canvas; the whole canvas for `cover`. A zoom of a whole picture reaches beyond the canvas.
    public var target: PixelRect
    /// The part of the source that lies blurred behind, filling the canvas; only for `blur`.
    public var backdrop: PixelRect?
}

/// How a shot's picture lies on the canvas in each of its frames. Pure, and in arithmetic that every IEEE 754 machine
/// rounds alike (no calls of libm), because it reaches pixels.
///
/// ```
/// cover      ┌──source──┐      contain, blur   ┌───canvas────┐
///            │┌────────┐│                      │   ┌─────┐   │
///            ││  view  ││                      │   │whole│   │
///            │└────────┘│                      │   └─────┘   │
///            └──────────┘                      └─────────────┘
/// ```
/// Zooms grow by the same factor each frame and head straight for their last view, so the flow of the picture keeps its
/// centre; pans and drifts run at constant speed. A motion runs over the whole segment, from its first frame to its last;
/// the pieces of a segment that was split show a part of it each.
public struct ShotGeometry: Hashable, Sendable {
    /// The source as cropped and turned.
    public let source: PixelSize
    public let canvas: PixelSize
    /// `cover` where a whole picture would fill the canvas to within half a percent anyway.
    public let fit: Fit
    /// In the source as cropped and turned.
    public let focus: UnitPoint
    public let motion: Motion

    public init(source: PixelSize, canvas: PixelSize, fit: Fit, focus: UnitPoint, motion: Motion) {
        self.source = source
        self.canvas = canvas
        let ratio = source.aspect / canvas.aspect
        self.fit = ratio > 0.995 && ratio < 1.005 ? .cover : fit
        self.focus = UnitPoint(x: min(max(focus.x, 0), 1), y: min(max(focus.y, 0), 1))
        let limit = motion.kind == .zoomIn || motion.kind == .zoomOut || motion.isPan ? 1.0 : 0.5
        let amount = min(max(motion.amount, 0), limit)
        self.motion =
            amount > 0 && motion.kind != .none ? Motion(motion.kind, amount: amount, part: motion.part) : .none
    }

    /// Nil for a shot without a picture of its own (colour, generated).
    public init?(_ shot: Shot, canvas: PixelSize) {
        let size: PixelSize
        switch shot.source {
        case .photo(let photo): size = photo.size
        case .clip(let clip): size = clip.size
        case .color, .generated: return nil
        }
        let box = PixelBox(of: shot.crop, in: size)
        let focus = shot.turn.applied(
            to: UnitPoint(
                x: (shot.focus.x * Double(size.width) - Double(box.x)) / Double(box.width),
                y: (shot.focus.y * Double(size.height) - Double(box.y)) / Double(box.height)))
        self.init(
            source: shot.turn.applied(to: box.size), canvas: canvas, fit: shot.fit, focus: focus, motion: shot.motion)
    }

    /// Whether any two of a shot's frames show different views.
    public var isMoving: Bool { motion != .none }

    /// What frame `frame` of `total` shows.
    public func view(frame: Int, of total: Int) -> ShotView {
        let share = total > 1 ? Double(min(max(frame, 0), total - 1)) / Double(total - 1) : 0
        let progress = motion.part?.along(share) ?? share
        switch fit {
        case .cover:
            return ShotView(source: coverView(at: progress), target: PixelRect(canvas), backdrop: nil)
        case .contain:
            return ShotView(source: PixelRect(source), target: containedRect(at: progress), backdrop: nil)
        case .blur:
            return ShotView(
                source: PixelRect(source), target: containedRect(at: progress), backdrop: backdropView(at: progress))
        }
    }

    /// The size to prepare the source at, so that its largest picture in the shot is sampled at no less than 1:1;
    /// never above the source's own.
    public var preparedSize: PixelSize {
        let scale: Double
        switch fit {
        case .cover:
            let first = coverView(at: 0), last = coverView(at: 1)
            scale = Double(canvas.width) / min(first.width, last.width)
        case .contain, .blur:
            let first = containedRect(at: 0), last = containedRect(at: 1)
            scale = max(first.width, last.width) / Double(source.width)
        }
        func prepared(_ side: Int) -> Int {
            min(side, max(1, Int((Double(side) * min(scale, 1) - 0.001).rounded(.up))))
        }
        return PixelSize(width: prepared(source.width), height: prepared(source.height))
    }
}
