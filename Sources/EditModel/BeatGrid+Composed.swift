// SPDX-License-Identifier: GPL-3.0-or-later
public import Composer

extension BeatGrid {
    /// The beats of a composed piece: known, not heard.
    public init(_ grid: MusicGrid) {
        self.init(beats: grid.beats, downbeats: grid.downbeats, tempo: grid.tempo, confidence: 1)
    }
}
