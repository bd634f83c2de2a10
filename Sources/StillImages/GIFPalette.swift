// SPDX-License-Identifier: GPL-3.0-or-later
public import PixelBuffers

/// The colours of a moving gif: at most 255, chosen by median cut (Heckbert 1982) from what its frames show, and the nearest
/// of them for every colour.
public struct GIFPalette: Sendable {
    /// RGB, one after the other.
    let colours: [(r: UInt8, g: UInt8, b: UInt8)]
    /// Index of the nearest colour, by five bits of red, green, blue.
    let nearest: [UInt8]

    static let most = 255

    /// How often each colour is seen, by five bits a channel.
    public struct Census: Sendable {
        fileprivate var counts = [UInt32](repeating: 0, count: 1 << 15)

        public init() {}

        /// Counts what a film picture shows.
        public mutating func add(_ picture: Picture) {
            let pixels = Pixels(picture)
            let (base, channels) = (pixels.base, pixels.channels)
            for index in 0..<pixels.width * pixels.height {
                counts[GIFPalette.key(base + index * channels)] &+= 1
            }
        }
    }

    @inline(__always) static func key(_ pixel: UnsafeMutablePointer<UInt8>) -> Int {
        Int(pixel[0] >> 3) << 10 | Int(pixel[1] >> 3) << 5 | Int(pixel[2] >> 3)
    }

    public init(_ census: Census) {
        let seen = census.counts.indices.filter { census.counts[$0] > 0 }
        var boxes = [Box(seen.isEmpty ? [0] : seen, census.counts)]
        while boxes.count < Self.most {
            // The box whose split helps most: many pixels, spread far.
            guard let widest = boxes.indices.max(by: { boxes[$0].worth < boxes[$1].worth }), boxes[widest].worth > 0
            else { break }
            let (a, b) = boxes[widest].split(census.counts)
            boxes[widest] = a
            boxes.append(b)
        }
        let colours = boxes.map { $0.mean(census.counts) }
        self.colours = colours
        var nearest = [UInt8](repeating: 0, count: 1 << 15)
        for key in nearest.indices {
            let (r, g, b) = Self.middle(key)
            var best = (distance: Int.max, index: 0)
            for (index, colour) in colours.enumerated() {
                let (dr, dg, db) = (r - Int(colour.r), g - Int(colour.g), b - Int(colour.b))
                // Green weighs most, blue least, as the eye has it.
                let distance = 3 * dr * dr + 6 * dg * dg + db * db
                if distance < best.distance { best = (distance, index) }
            }
            nearest[key] = UInt8(best.index)
        }
        self.nearest = nearest
    }

    /// The colour in the middle of a bin.
    private static func middle(_ key: Int) -> (r: Int, g: Int, b: Int) {
        func wide(_ five: Int) -> Int { five << 3 | five >> 2 }
        return (wide(key >> 10 & 31), wide(key >> 5 & 31), wide(key & 31))
    }

    /// Some bins of the census, in a box of the colour cube.
    private struct Box {
        let keys: [Int]
        let worth: Double
        private let channel: Int

        init(_ keys: [Int], _ counts: [UInt32]) {
            self.keys = keys
            var low = [31, 31, 31]
            var high = [0, 0, 0]
            var count = 0.0
            for key in keys {
                count += Double(counts[key])
                for (channel, value) in [key >> 10 & 31, key >> 5 & 31, key & 31].enumerated() {
                    low[channel] = min(low[channel], value)
                    high[channel] = max(high[channel], value)
                }
            }
            let weights = [2.0, 3.0, 1.0]
            let spans = (0..<3).map { Double(high[$0] - low[$0]) * weights[$0] }
            channel = spans.indices.max { spans[$0] < spans[$1] } ?? 0
            // Few pixels far apart matter too: a small bright thing is what one looks at.
            worth = keys.count > 1 ? spans[channel] * count.squareRoot() : 0
        }

        private func value(_ key: Int) -> Int { key >> (10 - 5 * channel) & 31 }

        /// In two at the median of its widest channel.
        func split(_ counts: [UInt32]) -> (Box, Box) {
            let sorted = keys.sorted { (value($0), $0) < (value($1), $1) }
            let half = sorted.reduce(0.0) { $0 + Double(counts[$1]) } / 2
            var sum = 0.0
            var cut = sorted.count - 1
            for (index, key) in sorted.enumerated() {
                sum += Double(counts[key])
                if sum >= half {
                    cut = index + 1
                    break
                }
            }
            cut = max(1, min(sorted.count - 1, cut))
            return (Box(Array(sorted[..<cut]), counts), Box(Array(sorted[cut...]), counts))
        }

        func mean(_ counts: [UInt32]) -> (r: UInt8, g: UInt8, b: UInt8) {
            var (r, g, b, count) = (0, 0, 0, 0)
            for key in keys {
                let weight = max(1, Int(counts[key]))
                let colour = GIFPalette.middle(key)
                r += colour.r * weight
                g += colour.g * weight
                b += colour.b * weight
                count += weight
            }
            func part(_ sum: Int) -> UInt8 { UInt8(clamping: (sum + count / 2) / max(1, count)) }
            return (part(r), part(g), part(b))
        }
    }
}
