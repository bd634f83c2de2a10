// SPDX-License-Identifier: GPL-3.0-or-later

/// What mood words mean for music.
struct Mood: Hashable {
    /// Nil = either.
    var isMinor: Bool?
    /// Share by which the tempo goes up.
    var tempo = 0.0
    /// By how much the energy goes up.
    var energy = 0.0

    /// Of several words: the first that says major or minor, the mean of the rest.
    init(_ words: [String]) {
        let known = words.compactMap { MusicWords.mood(for: $0) }.compactMap { Self.table[$0] }
        guard !known.isEmpty else { return }
        isMinor = known.compactMap(\.isMinor).first
        tempo = known.map(\.tempo).reduce(0, +) / Double(known.count)
        energy = known.map(\.energy).reduce(0, +) / Double(known.count)
    }

    private init(_ isMinor: Bool?, _ tempo: Double, _ energy: Double) {
        self.isMinor = isMinor
        self.tempo = tempo
        self.energy = energy
    }

    private static let table: [String: Mood] = [
        "happy": Mood(false, 0.06, 0.06), "calm": Mood(nil, -0.08, -0.14), "sad": Mood(true, -0.1, -0.1),
        "dramatic": Mood(true, 0, 0.1), "romantic": Mood(false, -0.06, -0.04), "energetic": Mood(nil, 0.1, 0.14),
        "dreamy": Mood(nil, -0.06, -0.1), "dark": Mood(true, -0.03, 0), "uplifting": Mood(false, 0.04, 0.08),
        "playful": Mood(false, 0.06, 0), "nostalgic": Mood(nil, -0.05, -0.05),
    ]
}
