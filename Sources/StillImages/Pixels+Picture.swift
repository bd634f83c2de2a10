// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers
import StillKernels

extension Pixels {
    /// RGB, or premultiplied RGBA, in sRGB to BT.709 limited-range 4:2:0. What lies between rows is 0: the bytes of a picture
    /// are a function of its photo.
    func picture() -> Picture {
        let picture = Picture(width: width, height: height, hasAlpha: channels == 4)
        let (luma, blue, red) = (picture.mutableY, picture.mutableU, picture.mutableV)
        for y in 0..<height { still_luma_row(row(y), Int32(channels), luma.row(y), width) }
        for y in 0..<blue.height {
            still_chroma_row(
                row(2 * y), row(min(2 * y + 1, height - 1)), Int32(channels), blue.row(y), red.row(y), width)
        }
        if let alpha = picture.mutableAlpha {
            for y in 0..<height {
                let (from, to) = (row(y), alpha.row(y))
                for x in 0..<width { to[x] = from[4 * x + 3] }
            }
        }
        for plane in [luma, blue, red] + (picture.mutableAlpha.map { [$0] } ?? []) {
            for y in 0..<plane.height where plane.stride > plane.width {
                (plane.row(y) + plane.width).update(repeating: 0, count: plane.stride - plane.width)
            }
        }
        let end = UnsafeMutableRawPointer(mutating: picture.bytes.baseAddress)
        end?.advanced(by: picture.layout.byteCount - PictureLayout.alignment)
            .initializeMemory(as: UInt8.self, repeating: 0, count: PictureLayout.alignment)
        return picture
    }
}
