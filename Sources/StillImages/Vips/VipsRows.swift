// SPDX-License-Identifier: GPL-3.0-or-later
import CVips

/// Reads an image of 8 bits a channel a strip of rows at a time, from the top down, in the calling thread.
struct VipsRows: ~Copyable {
    /// Rows a read; a JPEG gives sixteen at once.
    static let stripHeight = 16

    /// Rows that lie in the reader's own memory until its next read.
    struct Strip {
        let base: UnsafePointer<UInt8>
        let stride: Int
        let count: Int

        func row(_ y: Int) -> UnsafePointer<UInt8> { base + y * stride }
    }

    private let region: UnsafeMutablePointer<VipsRegion>
    private let image: VipsPicture
    private let left: Int
    private let width: Int

    /// Columns `left ..< left + width` of `image`.
    init(_ image: VipsPicture, left: Int, width: Int) throws(VipsFailure) {
        guard let region = vips_region_new(image.raw) else { throw VipsFailure(operation: "region") }
        self.region = region
        self.image = image
        self.left = left
        self.width = width
    }

    deinit { g_object_unref(region) }

    /// Rows `y ..< y + count`; a reader of a file that is read once goes down only.
    mutating func read(from y: Int, count: Int) throws(VipsFailure) -> Strip {
        var area = VipsRect(left: Int32(left), top: Int32(y), width: Int32(width), height: Int32(count))
        guard vips_region_prepare(region, &area) == 0, let data = region.pointee.data else {
            throw VipsFailure(operation: "decode")
        }
        // VIPS_REGION_ADDR: the valid part of the region may be larger than what was asked for.
        let valid = region.pointee.valid
        let stride = Int(region.pointee.bpl)
        let base = data + (y - Int(valid.top)) * stride + (left - Int(valid.left)) * image.bands
        return Strip(base: UnsafePointer(base), stride: stride, count: count)
    }
}
