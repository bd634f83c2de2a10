// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import Titles

extension ShownTable {
    /// From one photo into another, at a quarter, half and three quarters of the way.
    static let transitions = ShownTable(
        name: "transitions",
        rows: TransitionCatalog.entries.compactMap { entry in
            guard let words = TransitionWords.all[entry.name] else { return nil }
            return Row(name: entry.name.rawValue, aliases: entry.aliases, words: words) { scene in
                var (first, second) = (scene.photo(0), scene.photo(1))
                first.transition = Transition(entry.name, duration: MediaTime(milliseconds: 1000))
                second.transition = nil
                return scene.film([first, second])
            }
        },
        moments: [1250, 1500, 1750].map(MediaTime.init(milliseconds:)), frame: PixelSize(width: 192, height: 108),
        columns: 5)

    /// The same photo under each.
    static let looks = ShownTable(
        name: "looks",
        rows: LookCatalog.entries.map { entry in
            Row(name: entry.look.rawValue, aliases: entry.aliases, words: entry.words) { scene in
                var photo = scene.photo(0)
                photo.grade.look = entry.look
                return scene.film([photo])
            }
        },
        moments: [.zero], frame: PixelSize(width: 560, height: 350), columns: 5)

    /// Each style over a photo.
    static let titles = ShownTable(
        name: "titles",
        rows: TitleStyle.all.map { style in
            Row(
                name: style.name, aliases: [], words: RowWords(style.chineseName, style.summary, style.chinese)
            ) { scene in
                let role = TextContent.Role(rawValue: style.name) ?? .title
                let words = style.laterLines == nil ? scene.title : "\(scene.title)\n\(scene.below)"
                let place: TextContent.Position = style.bar == nil ? .center : .lowerThird
                var text = TextContent(words, role: role, position: role == .title ? place : .bottom)
                text.style.name = style.name
                // Larger than in a film: the sheet shows letters.
                text.style.size = style.sizeFactor * (role == .title ? 166 : 73)
                return scene.film([scene.photo(1)], text: text)
            }
        },
        moments: [MediaTime(milliseconds: 1000)], frame: PixelSize(width: 640, height: 360), columns: 4)

    /// One moment of each, in its own colours.
    static let patterns = ShownTable(
        name: "patterns",
        rows: PatternCatalog.entries.compactMap { entry in
            guard let words = PatternWords.all[entry.name] else { return nil }
            return Row(name: entry.name, aliases: entry.aliases, words: words) { scene in
                let source = PictureContent.Source.generated(
                    pattern: entry.name, colors: entry.palette(seed: 0), seed: 0)
                return scene.film([PictureContent(source)])
            }
        },
        moments: [MediaTime(milliseconds: 1000)], frame: PixelSize(width: 640, height: 360), columns: 4)

    /// The first, the middle and the last moment of each.
    static let motions = ShownTable(
        name: "motions",
        rows: Motion.Kind.allCases.compactMap { kind in
            guard let words = MotionWords.all[kind] else { return nil }
            return Row(name: kind.rawValue, aliases: [], words: words) { scene in
                var photo = scene.photo(0)
                photo.motion = Motion(kind, amount: 0.3)
                return scene.film([photo])
            }
        },
        moments: [.zero, MediaTime(milliseconds: 1000), MediaTime(milliseconds: 1999)],
        frame: PixelSize(width: 288, height: 162), columns: 3)
}
