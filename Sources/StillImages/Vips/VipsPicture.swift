// SPDX-License-Identifier: GPL-3.0-or-later
import CVips

/// Owns one reference to a libvips image: a recipe for pixels that is run when they are asked for.
///
/// An image is asked for its pixels by one thread at a time.
final class VipsPicture {
    let raw: UnsafeMutablePointer<VipsImage>
    /// Memory that the pixels lie in, kept for as long as the image.
    private let memory: Pixels?

    /// Takes over a reference.
    init(owning raw: UnsafeMutablePointer<VipsImage>, memory: Pixels? = nil) {
        self.raw = raw
        self.memory = memory
    }

    /// An image over pixels in memory, 8 bits a channel, which are not copied.
    init(over pixels: Pixels, interpretation: VipsInterpretation) throws(VipsFailure) {
        try Vips.start()
        let bytes = pixels.width * pixels.height * pixels.channels
        guard
            let raw = vips_image_new_from_memory(
                pixels.base, bytes, Int32(pixels.width), Int32(pixels.height), Int32(pixels.channels),
                VIPS_FORMAT_UCHAR)
        else { throw VipsFailure(operation: "image") }
        raw.pointee.Type = interpretation
        self.raw = raw
        memory = pixels
    }

    deinit { g_object_unref(raw) }

    var width: Int { Int(vips_image_get_width(raw)) }
    var height: Int { Int(vips_image_get_height(raw)) }
    var bands: Int { Int(vips_image_get_bands(raw)) }
    var format: VipsBandFormat { vips_image_get_format(raw) }
    var interpretation: VipsInterpretation { vips_image_guess_interpretation(raw) }
    var hasAlpha: Bool { vips_image_hasalpha(raw) != 0 }
    /// 1…8 as in EXIF; 1 where nothing is said.
    var orientation: Int { max(1, min(8, Int(vips_image_get_orientation(raw)))) }

    /// A text field of the header, as its loader wrote it.
    func text(_ field: String) -> String? {
        guard vips_image_get_typeof(raw, field) != 0 else { return nil }
        var value: UnsafePointer<CChar>?
        guard vips_image_get_string(raw, field, &value) == 0, let value else { return nil }
        return String(cString: value)
    }

    func integer(_ field: String) -> Int? {
        guard vips_image_get_typeof(raw, field) != 0 else { return nil }
        var value: Int32 = 0
        return vips_image_get_int(raw, field, &value) == 0 ? Int(value) : nil
    }

    func integers(_ field: String) -> [Int]? {
        guard vips_image_get_typeof(raw, field) != 0 else { return nil }
        var values: UnsafeMutablePointer<Int32>?
        var count: Int32 = 0
        guard vips_image_get_array_int(raw, field, &values, &count) == 0, let values, count > 0 else { return nil }
        return (0..<Int(count)).map { Int(values[$0]) }
    }

    /// A blob of the header, copied: an ICC profile, say.
    func blob(_ field: String) -> [UInt8]? {
        guard vips_image_get_typeof(raw, field) != 0 else { return nil }
        var data: UnsafeRawPointer?
        var size = 0
        guard vips_image_get_blob(raw, field, &data, &size) == 0, let data, size > 0 else { return nil }
        return Array(UnsafeRawBufferPointer(start: data, count: size))
    }

    /// Sets a blob of the header, copied.
    func set(_ field: String, blob: [UInt8]) {
        blob.withUnsafeBytes { vips_image_set_blob_copy(raw, field, $0.baseAddress, $0.count) }
    }

    /// Runs the recipe to the end and copies its pixels, which must be 8 bits a channel.
    func pixels() throws(VipsFailure) -> Pixels {
        guard format == VIPS_FORMAT_UCHAR else {
            throw VipsFailure(operation: "pixels", message: "not 8 bits a channel")
        }
        let copy = Pixels(width: width, height: height, channels: bands)
        var rows = try VipsRows(self, left: 0, width: width)
        var y = 0
        while y < height {
            let strip = try rows.read(from: y, count: min(VipsRows.stripHeight, height - y))
            for row in 0..<strip.count {
                (copy.base + (y + row) * copy.rowBytes).update(from: strip.row(row), count: copy.rowBytes)
            }
            y += strip.count
        }
        return copy
    }
}
