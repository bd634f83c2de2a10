// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// When, on a transition's way, the second picture reaches each sample of a canvas: 0 at once … 4095 last.
///
/// Drawn once for a canvas; a frame then asks of each sample only whether its time has come.
struct ArrivalMap {
    /// The latest level.
    static let last = 4095

    let width: Int
    let height: Int
    private let luma: [UInt16]
    private let chroma: [UInt16]
    private let chromaWidth: Int
    private let chromaHeight: Int

    /// From the levels of the luma samples, row by row; a chroma sample has the mean of the two it lies between.
    private init(width: Int, height: Int, luma: [UInt16]) {
        self.width = width
        self.height = height
        self.luma = luma
        let layout = PictureLayout(width: width, height: height)
        (chromaWidth, chromaHeight) = (layout.chromaWidth, layout.chromaHeight)
        var chroma = [UInt16](repeating: 0, count: chromaWidth * chromaHeight)
        for y in 0..<chromaHeight {
            let (upper, lower) = (2 * y * width, min(2 * y + 1, height - 1) * width)
            for x in 0..<chromaWidth {
                chroma[y * chromaWidth + x] = (luma[upper + 2 * x] + luma[lower + 2 * x] + 1) / 2
            }
        }
        self.chroma = chroma
    }

    /// The shape on a canvas of this size.
    init(_ shape: ArrivalShape, width: Int, height: Int) {
        var luma = [UInt16](repeating: 0, count: width * height)
        let (across, down) = (1 / Double(width), 1 / Double(height))
        for y in 0..<height {
            for x in 0..<width {
                let place = CanvasPlace(
                    x: (Double(x) + 0.5) * across, y: (Double(y) + 0.5) * down, column: x, row: y, width: width,
                    height: height)
                luma[y * width + x] = Self.level(shape.arrival(place))
            }
        }
        self.init(width: width, height: height, luma: luma)
    }

    /// A grey picture of the canvas's size: black first, white last.
    init(grey picture: Picture) {
        var luma = [UInt16](repeating: 0, count: picture.width * picture.height)
        for y in 0..<picture.height {
            let row = picture.y.row(y)
            for x in 0..<picture.width {
                // Limited range: 16 … 235.
                let grey = min(max(Int(row[x]) - 16, 0), 219)
                luma[y * picture.width + x] = UInt16((grey * Self.last + 109) / 219)
            }
        }
        self.init(width: picture.width, height: picture.height, luma: luma)
    }

    private static func level(_ arrival: Double) -> UInt16 {
        UInt16((min(max(arrival, 0), 1) * Double(last)).rounded())
    }

    /// The levels of one row of luma, or of chroma.
    func lumaRow<T>(_ y: Int, _ body: (UnsafePointer<UInt16>) -> T?) -> T? {
        luma.withUnsafeBufferPointer { all in all.baseAddress.flatMap { body($0 + y * width) } }
    }

    func chromaRow<T>(_ y: Int, _ body: (UnsafePointer<UInt16>) -> T?) -> T? {
        chroma.withUnsafeBufferPointer { all in all.baseAddress.flatMap { body($0 + y * chromaWidth) } }
    }

    /// Mixes the second picture in where its time has come. All three are of the map's size.
    ///
    /// `way` 0…1; `softness` is the share of the way that a sample takes from one picture to the other, above 0.
    func mix(_ from: Picture, _ to: Picture, way: Double, softness: Double, into target: Picture) {
        let front = Front(way: way, softness: softness)
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: width) { buffer in
            guard let shares = buffer.baseAddress else { return }
            for y in 0..<height {
                lumaRow(y) { front.shares($0, into: shares, width) }
                PlaneMath.mixRow(from.y.row(y), to.y.row(y), shares, target.mutableY.row(y), width)
            }
            for y in 0..<chromaHeight {
                chromaRow(y) { front.shares($0, into: shares, chromaWidth) }
                PlaneMath.mixRow(from.u.row(y), to.u.row(y), shares, target.mutableU.row(y), chromaWidth)
                PlaneMath.mixRow(from.v.row(y), to.v.row(y), shares, target.mutableV.row(y), chromaWidth)
            }
        }
    }

    /// How far the second picture has come, in levels, and over how many levels it fades in.
    private struct Front {
        private let edge: Int32
        /// 256 shares over the soft width, in 1/4096.
        private let factor: Int32

        init(way: Double, softness: Double) {
            let width = max(32, softness * Double(ArrivalMap.last))
            edge = Int32((way * (Double(ArrivalMap.last) + width)).rounded())
            factor = Int32((256 * 4096 / width).rounded())
        }

        /// 0…256 for each level, gentle at both ends.
        func shares(_ levels: UnsafePointer<UInt16>, into shares: UnsafeMutablePointer<UInt16>, _ count: Int) {
            for x in 0..<count {
                let near = min(max(((edge &- Int32(levels[x])) &* factor) >> 12, 0), 256)
                shares[x] = UInt16(truncatingIfNeeded: (near &* near &* (768 &- 2 &* near)) >> 16)
            }
        }
    }
}

/// A sample's place on the canvas.
struct CanvasPlace {
    /// 0…1 from the top left, of its centre.
    let x: Double
    let y: Double
    let column: Int
    let row: Int
    /// Of the canvas, in samples.
    let width: Int
    let height: Int

    var shorter: Int { min(width, height) }
    /// From the middle, where 1 is half the shorter side.
    var fromMiddle: (x: Double, y: Double) {
        ((2 * x - 1) * Double(width) / Double(shorter), (2 * y - 1) * Double(height) / Double(shorter))
    }
    /// Noise of its own for a square of `size` samples, 0…1.
    func grain(_ size: Int, seed: UInt32) -> Double {
        let cell = max(1, size)
        return Double(Noise.hash(UInt32(column / cell), UInt32(row / cell), seed)) / 4_294_967_295
    }
}

/// In which order places change from the first picture to the second.
struct ArrivalShape: Sendable {
    let name: String
    /// The share of the way that one place takes.
    let softness: Double
    /// 0 for what changes at once … 1 for what changes last.
    let arrival: @Sendable (CanvasPlace) -> Double

    init(_ name: String, softness: Double, _ arrival: @escaping @Sendable (CanvasPlace) -> Double) {
        self.name = name
        self.softness = softness
        self.arrival = arrival
    }
}

/// The second picture comes place by place, in the order of a shape.
struct ArrivalMix: TransitionEffect {
    let shape: ArrivalShape

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        tools.map(of: shape, like: target)
            .mix(from, to, way: Easing.smooth(progress.share), softness: shape.softness, into: target)
    }
}

/// The second picture comes in the order of a grey picture of the film's own: black first, white last. Without one it comes from
/// the middle.
struct LumaKey: TransitionEffect {
    private let softness = 0.12

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        let map = tools.greyMap(like: target) ?? tools.map(of: ArrivalShapes.heart, like: target)
        map.mix(from, to, way: Easing.smooth(progress.share), softness: softness, into: target)
    }
}

/// The first picture closes to black in a shape, and the second opens out of it.
struct CropThrough: TransitionEffect {
    /// Its places change from the middle outwards.
    let shape: ArrivalShape

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        let black = tools.scratch(0, like: target)
        black.fill(BT709.black)
        let open = abs(2 * progress.share - 1)
        let shown = 2 * progress.step < progress.steps ? from : to
        // Quickest through the middle, so that hardly any time is black.
        tools.map(of: shape, like: target)
            .mix(black, shown, way: Easing.outCubic(open), softness: shape.softness, into: target)
    }
}
