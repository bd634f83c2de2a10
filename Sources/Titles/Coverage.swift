// SPDX-License-Identifier: GPL-3.0-or-later
import CPango

/// How much of each pixel a shape covers: 8 bits, 0 none … 255 all. Sides are multiples of 16, rows packed.
struct Coverage {
    static let grain = 16

    let width: Int
    let height: Int
    var values: [UInt8]

    init(width: Int, height: Int) {
        self.width = (width + Self.grain - 1) / Self.grain * Self.grain
        self.height = (height + Self.grain - 1) / Self.grain * Self.grain
        values = [UInt8](repeating: 0, count: self.width * self.height)
    }

    /// Lets Cairo draw into it; answers how that went.
    mutating func draw(_ body: (OpaquePointer) -> Void) -> cairo_status_t {
        let (width, height) = (width, height)
        return values.withUnsafeMutableBufferPointer { buffer in
            guard
                let surface = cairo_image_surface_create_for_data(
                    buffer.baseAddress, CAIRO_FORMAT_A8, Int32(width), Int32(height), Int32(width)),
                let cairo = cairo_create(surface)
            else { return CAIRO_STATUS_NO_MEMORY }
            defer {
                cairo_destroy(cairo)
                cairo_surface_finish(surface)
                cairo_surface_destroy(surface)
            }
            cairo_set_antialias(cairo, CAIRO_ANTIALIAS_BEST)
            cairo_set_tolerance(cairo, 0.05)
            cairo_set_source_rgba(cairo, 1, 1, 1, 1)
            body(cairo)
            cairo_surface_flush(surface)
            return cairo_status(cairo)
        }
    }
}
