// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime

/// What a draft may hold at most.
public enum DraftLimits {
    public static let longestSide = 4096
    public static let shortestSide = 16
    public static let highestFrameRate = 60.0
    public static let mostSegments = 5000
    public static let mostTracks = 100
    public static let mostBytes = 2_000_000
    public static let longest = MediaTime(milliseconds: 3 * 60 * 60 * 1000)
    public static let longestText = 5000
    public static let speeds = 0.1...10.0
}
