// SPDX-License-Identifier: GPL-3.0-or-later
public import Foundation
public import JSON
import PixelBuffers
import Sound
import StillImages

/// Photographs and music for a first film, on a machine where nobody has given any.
public enum Samples {
    /// Real photographs that Debian's wallpaper packages put on a machine (lomiri-wallpapers-16.04, and some of
    /// plasma-workspace-wallpapers), in the order of a day in the hills: as many as are there.
    public static func photographs() -> [URL] {
        photographNames.map { URL(fileURLWithPath: "/usr/share/\($0)") }
            .filter { FileManager.default.fileExists(atPath: $0.path) }
    }

    /// Those of them that show the rows of a table best: one of many colours, a low sun, a close view.
    public static func forSheets() -> [URL] {
        let photographs = photographs()
        return ["aitzgorri", "sunset", "seeding"].compactMap { name in
            photographs.first { $0.lastPathComponent.hasPrefix(name) }
        }
    }

    private static let photographNames = [
        "backgrounds/seeding_by_Clements_Engelhardt.jpg",
        "backgrounds/life_by_Aitzol_Berasategi.jpg",
        "backgrounds/aitzgorri_by_Aitzol_Berasategi.jpg",
        "wallpapers/Path/contents/images/2560x1600.jpg",
        "backgrounds/picosdeeuropa_by_Aitzol_Berasategi.jpg",
        "backgrounds/friends_by_Aitzol_Berasategi.jpg",
        "wallpapers/Kite/contents/images/2560x1600.jpg",
        "backgrounds/Dragonfly_by_Bolly.jpg",
        "backgrounds/sunset_by_Aitzol_Berasategi.jpg",
    ]

    /// Draws `count` pictures into `folder` where there are no photographs: hills in the evening, each in other colours.
    public static func draw(_ count: Int, into folder: URL) throws -> [URL] {
        try (0..<count).map { index in
            let url = folder.appendingPathComponent("hills-\(index + 1).jpg")
            try StillImages.write(
                DrawnHills(seed: UInt64(index + 1)).picture(width: 2400, height: 1600), to: url, format: .jpeg)
            return url
        }
    }

    /// The music under them, as a draft has it; nil where the machine has no instruments.
    public static var music: [String: JSONValue]? {
        guard (try? SoundFontPlayer()) != nil else { return nil }
        return ["kind": .string("music"), "style": .string("acoustic"), "bpm": .integer(96), "seed": .integer(5)]
    }
}
