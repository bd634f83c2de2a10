// SPDX-License-Identifier: GPL-3.0-or-later

extension MusicStyle {
    /// Every style there is.
    public static let all: [MusicStyle] = [
        lofi, pop, acoustic, cinematic, ambient, electronic, piano, jazz, rock, hipHop, corporate, folk, funk, waltz,
        epic, holiday,
        tropical, chinese,
    ]

    /// The style called so, or that a word stands for; nil where none is.
    public static func named(_ word: String) -> MusicStyle? {
        if let style = all.first(where: { $0.id == word }) { return style }
        guard let id = MusicWords.style(for: word) else { return nil }
        return all.first { $0.id == id }
    }
}
