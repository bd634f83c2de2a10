// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers
import PixelKernels

/// Samples planes through the kernels, with scratch memory of its own; one thread at a time.
final class PlaneSampler {
    /// Which arithmetic unit does it; all give the same bytes.
    enum Variant: Int32, CaseIterable {
        case portable = 0
        case avx2 = 1
        case avx512 = 2
        case neon = 3

        var isAvailable: Bool { pk_has(rawValue) }
        static let best = Variant(rawValue: pk_best()) ?? .portable
    }

    let variant: Variant
    private var scratch = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64)
    private var capacity = 64

    init(variant: Variant = .best) {
        precondition(variant.isAvailable, "this processor cannot run the kernel")
        self.variant = variant
    }

    deinit { scratch.deallocate() }

    /// Fills `target` (as large as the axes) from `source`; `blend` is the share of the new samples in 1/256.
    func sample(_ source: Plane, into target: MutablePlane, columns: SampleAxis, rows: SampleAxis, blend: Int = 256) {
        precondition(
            target.width == columns.count && target.height == rows.count && (0...256).contains(blend),
            "the axes fit the target")
        let needed = pk_scratch_bytes(Int32(columns.count), Int32(columns.taps), Int32(rows.taps))
        if needed > capacity {
            scratch.deallocate()
            scratch = .allocate(byteCount: needed, alignment: 64)
            capacity = needed
        }
        var across = pk_axis(
            start: columns.starts, weights: columns.weights, count: Int32(columns.count), taps: Int32(columns.taps))
        var down = pk_axis(start: rows.starts, weights: rows.weights, count: Int32(rows.count), taps: Int32(rows.taps))
        pk_sample(
            variant.rawValue, source.base, source.stride, target.base, target.stride, &across, &down, Int32(blend),
            scratch)
    }
}
