// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime

/// What a platform wants of a film: its frame, its limits, and where its own buttons lie over the picture.
///
/// Pure data; the rows are `PlatformPreset.all`, in `PlatformPreset+Table.swift`, for a person to correct.
public struct PlatformPreset: Hashable, Sendable {
    /// Stable, lower case: `tiktok`.
    public let name: String
    /// As the platform writes itself: `TikTok`.
    public let title: String
    /// Other words people use, in any language and in any case; spaces, hyphens and underscores do not count.
    public let aliases: [String]
    public let canvas: PixelSize
    /// Other frames it takes, best first.
    public let otherCanvases: [PixelSize]
    public let frameRates: FrameRates
    /// A film longer than this is refused there, or not shown as this kind of post; nil = no limit worth naming.
    public let longest: MediaTime?
    /// Longer than this is against the platform's own advice, or not open to every account.
    public let longestAdvised: MediaTime?
    public let largestFileBytes: Int64?
    public let bitrate: Bitrate
    /// AAC, kbit/s.
    public let soundKilobits: Int
    public let safeArea: SafeArea
    /// What of this row the sources do not agree on, in plain words; empty where all is confirmed.
    public let doubts: String

    public struct FrameRates: Hashable, Sendable {
        /// What a film is made at when nobody says otherwise; nil = as the clips have it.
        public var usual: FrameRate?
        public var lowest: FrameRate
        public var highest: FrameRate

        public init(usual: FrameRate? = FrameRate(30), from lowest: FrameRate = FrameRate(23), to highest: FrameRate) {
            self.usual = usual
            self.lowest = lowest
            self.highest = highest
        }
    }

    /// Kilobits a second of the video stream; nil = the platform names none.
    public struct Bitrate: Hashable, Sendable {
        public var most: Int?
        /// Under this the platform's own re-encoding shows.
        public var advised: Int?
        /// The same over 30 frames a second.
        public var advisedAtHighRate: Int?
        /// The file limit decides: the rate follows from the film's length.
        public var followsLength = false

        public init(most: Int? = nil, advised: Int? = nil, advisedAtHighRate: Int? = nil, followsLength: Bool = false) {
            self.most = most
            self.advised = advised
            self.advisedAtHighRate = advisedAtHighRate
            self.followsLength = followsLength
        }

        public static let any = Bitrate()
    }

    /// All frames it takes, its own first.
    public var canvases: [PixelSize] { [canvas] + otherCanvases }

    /// The frame it takes whose shape is `shape`; nil where it takes none.
    public func canvas(of shape: CanvasShape) -> PixelSize? {
        canvases.first { CanvasShape(of: $0) == shape }
    }

    /// Kilobits a second that a film of `duration` may have, sound and container included, to stay within the largest
    /// file with 3 % to spare; nil where size is no limit.
    public func kilobits(fitting duration: MediaTime) -> Int? {
        guard let largestFileBytes, duration > .zero else { return nil }
        return Int(Double(largestFileBytes) * 8 * 0.97 / 1000 / duration.seconds)
    }

    /// Where text may lie on `canvas`: nothing of the platform's covers it, at any height. See `safeRect(for:at:)` for
    /// the room that one position has.
    public func safeRect(for canvas: PixelSize) -> UnitRect { safeArea.rect(on: canvas) }

    /// The row that a name or alias means, whatever its case, spaces and hyphens; nil if there is none.
    public static func named(_ word: String) -> PlatformPreset? { byWord[folded(word)] }

    /// `word` without what does not tell names apart.
    private static func folded(_ word: String) -> String {
        word.lowercased().filter { !$0.isWhitespace && $0 != "-" && $0 != "_" }
    }

    private static let byWord: [String: PlatformPreset] = {
        var table: [String: PlatformPreset] = [:]
        for row in all {
            for word in [row.name, row.title] + row.aliases { table[folded(word)] = row }
        }
        return table
    }()
}

extension FilmSettings {
    /// Where text may lie, by the film's platform; the title-safe area where it has none.
    public var safeArea: SafeArea { preset.flatMap(PlatformPreset.named)?.safeArea ?? .titleSafe }

    /// The part of the canvas that a text at `position` has to itself, in shares of the canvas.
    public func safeRect(at position: TextContent.Position) -> UnitRect {
        safeArea.rect(on: canvas, at: position)
    }
}
