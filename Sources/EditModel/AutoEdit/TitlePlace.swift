// SPDX-License-Identifier: GPL-3.0-or-later

/// Where an opening title stands: in the middle, unless a face is there.
struct TitlePlace {
    /// In the order in which they are tried.
    static let positions: [TextContent.Position] = [.center, .lowerThird, .top, .bottom]

    let film: FilmSettings
    let heads: [UnitRect]

    /// The first place where no face is covered; where each covers one, the one that covers least.
    func position(for title: String) -> TextContent.Position {
        guard !heads.isEmpty else { return .center }
        let covered = Self.positions.map { share(coveredBy: title, at: $0) }
        let least = covered.min() ?? 0
        return zip(Self.positions, covered).first { $1 <= least + 0.02 }?.0 ?? .center
    }

    /// The sum of the shares of heads that the words lie over.
    func share(coveredBy title: String, at position: TextContent.Position) -> Double {
        let place = Self.rect(of: title, at: position, film)
        return heads.reduce(0) { $0 + $1.shareCovered(by: place) }
    }

    /// About where the words lie, in shares of the canvas: a little too large rather than too small.
    static func rect(of title: String, at position: TextContent.Position, _ film: FilmSettings) -> UnitRect {
        let canvas = film.canvas
        let safe = film.safeRect(at: position)
        // The default style's size, and what letters take of it on average.
        let size = (canvas.height > canvas.width ? 120.0 : 104) / 1080 * Double(canvas.shortSide)
        let ems = title.reduce(0.0) { $0 + ($1.isWide ? 1 : 0.56) }
        let room = safe.width * Double(canvas.width)
        let lines = min(max(1, (ems * size / room).rounded(.up)), 4)
        let width = lines > 1 ? safe.width : min(safe.width, ems * size / Double(canvas.width))
        let height = (lines * 1.12 + 0.3) * size / Double(canvas.height)
        let left: Double
        switch position {
        case .lowerThird where canvas.width > canvas.height: left = safe.x
        case .at(let point): left = point.x - width / 2
        default: left = safe.x + (safe.width - width) / 2
        }
        let top: Double
        switch position {
        case .top: top = safe.y
        case .center: top = safe.y + (safe.height - height) / 2
        case .bottom: top = safe.y + safe.height - height
        case .lowerThird: top = min(safe.y + safe.height * 0.8 - height / 2, safe.y + safe.height - height)
        case .at(let point): top = point.y - height / 2
        }
        return UnitRect(x: left, y: top, width: width, height: height)
    }
}
