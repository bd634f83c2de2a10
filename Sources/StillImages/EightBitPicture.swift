// SPDX-License-Identifier: GPL-3.0-or-later
import CVips

/// A picture of any depth and colour space as 8 bits a channel in 1, 3 or 4 channels, and what is still to be done to its colours.
struct EightBitPicture {
    enum Content {
        case grey, rgb, cmyk
        /// RGB and alpha, not multiplied.
        case straightAlpha
    }

    let picture: VipsPicture
    let content: Content
    /// Still to be applied, after shrinking.
    private let profile: [UInt8]?

    init(_ source: VipsPicture, profile: [UInt8]?) throws(VipsFailure) {
        var (picture, profile) = (source, profile)
        func run(_ name: String, _ arguments: [(String, VipsArgument)] = []) throws(VipsFailure) {
            picture = try VipsCall(name, [("in", .image(picture))] + arguments).image()
        }
        func to(_ space: VipsInterpretation) throws(VipsFailure) {
            try run("colourspace", [("space", .int(Int(space.rawValue)))])
        }

        var isCMYK = false
        switch picture.interpretation {
        case VIPS_INTERPRETATION_CMYK where picture.bands >= 4:
            isCMYK = true
            if picture.bands > 4 { try run("extract_band", [("band", .int(0)), ("n", .int(4))]) }
            if picture.format != VIPS_FORMAT_UCHAR { try run("msb") }
        case VIPS_INTERPRETATION_sRGB, VIPS_INTERPRETATION_B_W, VIPS_INTERPRETATION_RGB:
            if picture.format == VIPS_FORMAT_USHORT { try run("msb") }
        case VIPS_INTERPRETATION_RGB16, VIPS_INTERPRETATION_GREY16:
            // Deep colours go through their profile while they are deep.
            if profile != nil, let managed = try? ColourManagement.toSRGB(picture, [("embedded", .bool(true))]) {
                picture = managed
                profile = nil
            } else {
                try run("msb")
            }
        default:
            // CIELAB, linear light and the like say on their own what they mean.
            profile = nil
            try to(VIPS_INTERPRETATION_sRGB)
        }
        if picture.format != VIPS_FORMAT_UCHAR {
            try run("cast", [("format", .int(Int(VIPS_FORMAT_UCHAR.rawValue)))])
        }

        if isCMYK {
            content = .cmyk
        } else {
            switch picture.bands {
            case 1: content = .grey
            case 2:
                try to(VIPS_INTERPRETATION_sRGB)
                content = .straightAlpha
                // A grey profile does not fit three colours.
                profile = nil
            case 3: content = .rgb
            default:
                if picture.bands > 4 { try run("extract_band", [("band", .int(0)), ("n", .int(4))]) }
                content = .straightAlpha
            }
        }
        self.picture = picture
        self.profile = profile
    }

    /// Brings shrunk pixels to sRGB: three channels, or four with premultiplied alpha where anything is see-through.
    func finish(_ pixels: Pixels) throws(VipsFailure) -> Pixels {
        switch content {
        case .grey:
            if let profile,
                let managed = try? ColourManagement.convert(pixels, VIPS_INTERPRETATION_B_W, profile: profile),
                managed.channels == 3
            {
                return managed
            }
            return pixels.greyAsRGB()
        case .rgb: return managed(pixels)
        case .cmyk:
            if let profile,
                let managed = try? ColourManagement.convert(pixels, VIPS_INTERPRETATION_CMYK, profile: profile)
            {
                return managed
            }
            return try ColourManagement.convertPlainCMYK(pixels)
        case .straightAlpha:
            guard pixels.isSeeThrough else { return managed(pixels.withoutAlpha()) }
            guard let profile, !ColourManagement.isSRGB(profile) else { return pixels }
            return pixels.remultiplied(managed(pixels.unmultiplied()))
        }
    }

    /// A broken profile is as good as none.
    private func managed(_ pixels: Pixels) -> Pixels {
        guard let profile, !ColourManagement.isSRGB(profile),
            let managed = try? ColourManagement.convert(pixels, VIPS_INTERPRETATION_sRGB, profile: profile),
            managed.channels == 3
        else { return pixels }
        return managed
    }
}

extension Pixels {
    fileprivate func map(channels: Int, _ fill: (UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt8>) -> Void)
        -> Pixels
    {
        let out = Pixels(width: width, height: height, channels: channels)
        for i in 0..<width * height { fill(base + i * self.channels, out.base + i * channels) }
        return out
    }

    fileprivate func greyAsRGB() -> Pixels {
        map(channels: 3) { from, to in
            to[0] = from[0]
            to[1] = from[0]
            to[2] = from[0]
        }
    }

    fileprivate func withoutAlpha() -> Pixels {
        map(channels: 3) { from, to in
            to[0] = from[0]
            to[1] = from[1]
            to[2] = from[2]
        }
    }

    fileprivate var isSeeThrough: Bool {
        var least: UInt8 = 255
        for i in 0..<width * height { least = min(least, base[4 * i + 3]) }
        return least < 255
    }

    /// Colours of premultiplied RGBA, divided by their alpha; black where there is none.
    func unmultiplied() -> Pixels {
        map(channels: 3) { from, to in
            let a = UInt32(from[3])
            for c in 0..<3 { to[c] = a == 0 ? 0 : UInt8(min(255, (UInt32(from[c]) * 255 + a / 2) / a)) }
        }
    }

    /// New colours under this picture's alpha, multiplied by it.
    fileprivate func remultiplied(_ colours: Pixels) -> Pixels {
        let out = Pixels(width: width, height: height, channels: 4)
        for i in 0..<width * height {
            let a = UInt32(base[4 * i + 3])
            for c in 0..<3 { out.base[4 * i + c] = UInt8((UInt32(colours.base[3 * i + c]) * a + 127) / 255) }
            out.base[4 * i + 3] = UInt8(a)
        }
        return out
    }
}
