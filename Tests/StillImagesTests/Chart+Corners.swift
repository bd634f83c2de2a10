// SPDX-License-Identifier: GPL-3.0-or-later
import TestMedia

@testable import StillImages

extension Chart {
    /// Names of the corners' colours clockwise from the top left.
    static func cornerNames(_ pixels: Pixels) -> String {
        let (x0, y0) = (pixels.width / 10, pixels.height / 10)
        let (x1, y1) = (pixels.width - 1 - x0, pixels.height - 1 - y0)
        return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)].map { x, y in
            let p = pixels.row(y) + x * pixels.channels
            return Chart.cornerName(p[0], p[1], p[2])
        }.joined()
    }
}

extension Pixels {
    /// The samples of a pixel, copied: a pointer would not keep the picture alive.
    func at(_ x: Int, _ y: Int) -> [UInt8] { (0..<channels).map { row(y)[x * channels + $0] } }
}
