// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import KinoraKit
import Renderer

/// Makes a moving gif of a film.
struct GIFFilm {
    private let kit: FilmKit

    init(_ kit: FilmKit) { self.kit = kit }

    func make(
        _ draft: Draft, _ material: Material, to path: String, stop: StopSignal, progress: (Double) -> Void
    ) throws {
        try kit.stage(draft, material, hasSound: false).writeGIF(to: path, stop: stop, progress: progress)
    }
}

extension Encoding.Quality {
    /// The short side of a gif whose size nobody gave.
    var gifSide: Int {
        switch self {
        case .draft: 240
        case .standard: 320
        case .high: 480
        }
    }

    /// Its frames a second.
    var gifRate: FrameRate {
        switch self {
        case .draft: FrameRate(10)
        case .standard: FrameRate(12)
        case .high: FrameRate(20)
        }
    }
}
