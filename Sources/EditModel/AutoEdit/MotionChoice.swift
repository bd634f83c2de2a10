// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

/// The slow move over each photo of a film: alternating, towards what matters, at one calm speed.
struct MotionChoice {
    /// Share of the picture that a move takes in three seconds.
    static let calm = 0.11
    /// However long a photo stands, it moves no further.
    static let most = 0.2
    /// The share of a picture's longer way that the frame shows, below which the view travels along it.
    static let muchOutside = 0.7
    /// Smaller moves are not seen and cost bits.
    static let least = 0.008

    private let wish: EditWishes.Motions?
    private var moved = 0
    private var panned = 0

    init(wish: EditWishes.Motions?) { self.wish = wish }

    /// Whether taste chooses the moves, so that a view may travel over a panorama.
    var isFree: Bool {
        switch wish {
        case nil: return true
        case .amount(let amount): return amount > 0
        case .kind, .still: return false
        }
    }

    /// The move over the next photo, which is on screen for `duration`.
    mutating func next(
        over facts: MediaFacts, framed framing: Framing, on canvas: PixelSize, for duration: MediaTime
    ) -> Motion {
        if let panorama = framing.panorama { return travel(over: facts, panorama, for: duration) }
        let speed: Double
        let kind: Motion.Kind
        switch wish {
        case .still: return .none
        case .kind(let wished):
            guard wished != .none else { return .none }
            speed = Self.calm
            kind = wished
        case .amount(let amount):
            guard amount > 0 else { return .none }
            speed = amount
            kind = chooseKind(facts, framing, canvas)
        case nil:
            speed = Self.calm
            kind = chooseKind(facts, framing, canvas)
        }
        // Over a blurred copy the whole picture is shown: half the move keeps it so.
        let reach = framing.fit == .cover ? speed : speed / 2
        var amount = min(reach * duration.seconds / 3, max(Self.most, speed))
        if kind == .zoomIn || kind == .zoomOut { amount = min(amount, framing.mostZoom) }
        amount = (min(amount, 1) * 1000).rounded() / 1000
        return amount < Self.least ? .none : Motion(kind, amount: amount)
    }

    /// Whether a move of this kind shows more of the photo, rather than travelling where nothing is left to see.
    static func suits(_ kind: Motion.Kind, _ facts: MediaFacts, framed framing: Framing, on canvas: PixelSize) -> Bool {
        let window = facts.size.map { Framing.window(of: $0, on: canvas) } ?? (width: 1, height: 1)
        switch kind {
        case .none: return true
        case .zoomIn, .zoomOut: return framing.fit != .cover || min(window.width, window.height) >= muchOutside
        case .panLeft, .panRight: return framing.fit == .cover && window.width <= window.height
        case .panUp, .panDown: return framing.fit == .cover && window.height <= window.width
        case .driftNorthEast, .driftNorthWest, .driftSouthEast, .driftSouthWest: return framing.fit == .cover
        }
    }

    private mutating func chooseKind(_ facts: MediaFacts, _ framing: Framing, _ canvas: PixelSize) -> Motion.Kind {
        defer { moved += 1 }
        let zoom: Motion.Kind = moved % 2 == 0 ? .zoomIn : .zoomOut
        guard framing.fit == .cover, framing.focus == nil, let size = facts.size, moved > 0 else { return zoom }
        let window = Framing.window(of: size, on: canvas)
        let focus = facts.focus ?? .center
        // Where much lies outside the frame the view travels over it; of the others every third photo does.
        let outside = min(window.width, window.height) < Self.muchOutside
        guard outside || moved % 3 == 2 else { return zoom }
        return window.height < window.width
            ? pan(focus.y, .panUp, .panDown) : pan(focus.x, .panLeft, .panRight)
    }

    /// From end to end of a panorama: wide ones to and fro, tall ones downwards as one reads, upwards to what lies above.
    /// Where time is short, towards the focus.
    private mutating func travel(over facts: MediaFacts, _ panorama: Panorama, for duration: MediaTime) -> Motion {
        moved += 1
        let focus = facts.focus ?? .center
        let amount = panorama.amount(in: duration)
        guard panorama.isWide else {
            let up = focus.y < 0.42 && facts.format != "png"
            return Motion(up ? .panUp : .panDown, amount: amount)
        }
        return Motion(pan(panorama.isWhole(in: duration) ? 0.5 : focus.x, .panLeft, .panRight), amount: amount)
    }

    /// Towards the focus where it lies to one side, else to and fro.
    private mutating func pan(_ focus: Double, _ back: Motion.Kind, _ forth: Motion.Kind) -> Motion.Kind {
        defer { panned += 1 }
        if focus < 0.42 { return back }
        if focus > 0.58 { return forth }
        return panned % 2 == 0 ? forth : back
    }
}
