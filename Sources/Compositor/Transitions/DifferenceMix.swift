// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// A fade whose pace depends on how much a sample has to change.
struct DifferenceMix: TransitionEffect {
    enum Order: Sendable {
        /// What differs much changes at once, what differs little takes its time.
        case fast
        /// The other way round.
        case slow
        /// What is alike already goes first; what differs most goes last, at once.
        case distance
    }

    let order: Order

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        let shares = (0...255).map { share(difference: Double($0) / 255, at: progress.share) }
        shares.withUnsafeBufferPointer { shares in
            for y in 0..<target.height {
                let (a, b, out) = (from.y.row(y), to.y.row(y), target.mutableY.row(y))
                for x in 0..<target.width {
                    out[x] = Self.mix(a[x], b[x], Int(shares[abs(Int(a[x]) - Int(b[x]))]))
                }
            }
            // Colours go with the luma that they belong to, or a place would take on colours of neither picture.
            for y in 0..<target.layout.chromaHeight {
                let (lumaA, lumaB) = (from.y.row(2 * y), to.y.row(2 * y))
                let (fromU, toU, outU) = (from.u.row(y), to.u.row(y), target.mutableU.row(y))
                let (fromV, toV, outV) = (from.v.row(y), to.v.row(y), target.mutableV.row(y))
                for x in 0..<target.layout.chromaWidth {
                    let share = Int(shares[abs(Int(lumaA[2 * x]) - Int(lumaB[2 * x]))])
                    outU[x] = Self.mix(fromU[x], toU[x], share)
                    outV[x] = Self.mix(fromV[x], toV[x], share)
                }
            }
        }
    }

    @inline(__always) private static func mix(_ old: UInt8, _ new: UInt8, _ share: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: (Int(old) * (256 - share) + Int(new) * share + 128) >> 8)
    }

    /// 0…256.
    private func share(difference: Double, at way: Double) -> UInt16 {
        let share: Double
        switch order {
        // Between the way and its square (or what the square leaves): a bend without a power of a fraction.
        case .fast: share = way + (1 - way) * way * difference
        case .slow: share = way - (1 - way) * way * difference
        // Differences beyond a third of the range are rare: they are the last.
        case .distance: share = Easing.smooth((way * 1.25 - min(1, difference * 3)) / 0.25)
        }
        return UInt16((256 * min(max(share, 0), 1)).rounded())
    }
}

/// The colours leave the first picture, and come back in the second.
struct FadeGrays: TransitionEffect {
    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        let share = progress.share
        let mix = Int((256 * Easing.smooth((share - 0.25) / 0.5)).rounded())
        target.mix(from, to, share: mix)
        let colour = Int((256 * Easing.smooth(abs(2 * share - 1) * 1.6 - 0.6)).rounded())
        PlaneMath.scale(target.u, about: 128, share: colour, into: target.mutableU)
        PlaneMath.scale(target.v, about: 128, share: colour, into: target.mutableV)
    }
}
