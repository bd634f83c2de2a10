// SPDX-License-Identifier: GPL-3.0-or-later

/// sRGB bytes ↔ BT.709 limited-range Y'CbCr bytes, in integers (ITU-R BT.709-6 §3, 8-bit quantisation §4.6).
///
/// The transfer curve is left as it is: an sRGB photo's code values are what every browser shows for a BT.709-tagged film.
public enum BT709 {
    public static let black: (y: UInt8, u: UInt8, v: UInt8) = (16, 128, 128)

    /// Kr = 0.2126, Kb = 0.0722, scaled by 2^16 and to 219 (luma) or 224 (chroma) steps.
    @inlinable public static func luma(_ r: Int32, _ g: Int32, _ b: Int32) -> UInt8 {
        UInt8(truncatingIfNeeded: (11966 * r + 40254 * g + 4064 * b + (16 << 16) + 32768) >> 16)
    }

    @inlinable public static func chromaBlue(_ r: Int32, _ g: Int32, _ b: Int32) -> UInt8 {
        UInt8(truncatingIfNeeded: (-6596 * r - 22189 * g + 28784 * b + (128 << 16) + 32767) >> 16)
    }

    @inlinable public static func chromaRed(_ r: Int32, _ g: Int32, _ b: Int32) -> UInt8 {
        UInt8(truncatingIfNeeded: (28784 * r - 26145 * g - 2639 * b + (128 << 16) + 32767) >> 16)
    }

    @inlinable public static func yuv(r: UInt8, g: UInt8, b: UInt8) -> (y: UInt8, u: UInt8, v: UInt8) {
        let (r, g, b) = (Int32(r), Int32(g), Int32(b))
        return (luma(r, g, b), chromaBlue(r, g, b), chromaRed(r, g, b))
    }

    /// The inverse, clamped; for still frames and tests, not for films.
    public static func rgb(y: UInt8, u: UInt8, v: UInt8) -> (r: UInt8, g: UInt8, b: UInt8) {
        let luma = 1.164383562 * (Double(y) - 16)
        let (cb, cr) = (Double(u) - 128, Double(v) - 128)
        func clamp(_ x: Double) -> UInt8 { UInt8(max(0, min(255, x.rounded()))) }
        return (
            clamp(luma + 1.792741071 * cr), clamp(luma - 0.213248614 * cb - 0.532909329 * cr),
            clamp(luma + 2.112401786 * cb)
        )
    }
}
