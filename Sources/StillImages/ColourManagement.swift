// SPDX-License-Identifier: GPL-3.0-or-later
import CVips
import Synchronization

/// Brings pixels to sRGB: from an embedded ICC profile, from grey, from CMYK. Perceptual intent, no black-point compensation.
enum ColourManagement {
    /// How far a profile may be from sRGB, in code values, and still be called sRGB: the usual ones differ in rounding.
    private static let tolerance = 2
    private static let knownProfiles = Mutex<[[UInt8]: Bool]>([:])

    /// Whether pixels with this profile are sRGB as they are. Found by sending a cube of colours through it.
    static func isSRGB(_ profile: [UInt8]) -> Bool {
        if let known = knownProfiles.withLock({ $0[profile] }) { return known }
        let steps = 9
        let cube = Pixels(width: steps * steps, height: steps, channels: 3)
        for i in 0..<steps * steps * steps {
            let levels = [i % steps, i / steps % steps, i / steps / steps]
            for c in 0..<3 { cube.base[3 * i + c] = UInt8(levels[c] * 255 / (steps - 1)) }
        }
        // A profile that cannot be used changes nothing.
        var isSame = true
        if let changed = try? convert(cube, VIPS_INTERPRETATION_sRGB, profile: profile), changed.channels == 3 {
            for i in 0..<steps * steps * steps * 3 {
                isSame = isSame && abs(Int(changed.base[i]) - Int(cube.base[i])) <= tolerance
            }
        }
        knownProfiles.withLock {
            if $0.count >= 64 { $0.removeAll() }
            $0[profile] = isSame
        }
        return isSame
    }

    /// Through the profile to sRGB. Fails when the profile is broken or not of these channels.
    static func convert(
        _ pixels: Pixels, _ interpretation: VipsInterpretation, profile: [UInt8]
    ) throws(VipsFailure) -> Pixels {
        let picture = try VipsPicture(over: pixels, interpretation: interpretation)
        picture.set(VIPS_META_ICC_NAME, blob: profile)
        return try toSRGB(picture, [("embedded", .bool(true))]).pixels()
    }

    /// CMYK without a profile: through libvips' own.
    static func convertPlainCMYK(_ pixels: Pixels) throws(VipsFailure) -> Pixels {
        let picture = try VipsPicture(over: pixels, interpretation: VIPS_INTERPRETATION_CMYK)
        return try toSRGB(picture, [("input_profile", .string("cmyk"))]).pixels()
    }

    static func toSRGB(_ picture: VipsPicture, _ more: [(String, VipsArgument)]) throws(VipsFailure) -> VipsPicture {
        try VipsCall(
            "icc_transform",
            [
                ("in", .image(picture)), ("output_profile", .string("srgb")),
                ("intent", .int(Int(VIPS_INTENT_PERCEPTUAL.rawValue))), ("depth", .int(8)),
            ] + more
        ).image()
    }
}
