// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

/// Where a film is cut into chunks.
///
/// Pieces lie between the film's natural edges: where a segment of the main track begins, and where an overlay comes
/// or goes. A piece under half a second joins the one before it (the first joins the next). What is then longer than a
/// chunk may be is cut at a natural edge inside it where both sides stay long enough, and evenly from its own start
/// where there is none. So an edit moves only the edges near it, never a film-wide grid.
///
/// Which natural edge inside a long run of short pieces is taken is a matter of content: the one with the highest
/// weight, a number that goes with the shot that begins there. A shot that comes or goes in a run of quick cuts then
/// moves the edges round it only, where a division by position would move all after it.
struct ChunkEdges {
    static let shortest = MediaTime(milliseconds: 500)

    /// Film frames of each chunk, in order, without gaps.
    let ranges: [Range<Int>]

    /// - Parameters: frames; `natural` by frame, with the weight of each; those outside the film are ignored.
    init(frameCount: Int, natural: [Int: UInt64], longest: Int, shortest: Int) {
        let inner = natural.keys.filter { $0 > 0 && $0 < frameCount }.sorted()
        let edges = [0] + inner + [frameCount]
        var pieces: [Range<Int>] = []
        for (start, end) in zip(edges, edges.dropFirst()) where start < end {
            if let last = pieces.last, end - start < shortest || last.count < shortest {
                pieces[pieces.count - 1] = last.lowerBound..<end
            } else {
                pieces.append(start..<end)
            }
        }
        var ranges: [Range<Int>] = []
        for piece in pieces {
            // Last in, first out, so that the left part of a cut is taken first.
            var waiting = [piece]
            while let range = waiting.popLast() {
                guard range.count > longest else {
                    ranges.append(range)
                    continue
                }
                let from = Self.index(of: range.lowerBound + shortest, in: inner)
                let until = Self.index(of: range.upperBound - shortest + 1, in: inner)
                let best = inner[from..<max(from, until)].max { a, b in
                    (natural[a] ?? 0, b) < (natural[b] ?? 0, a)
                }
                if let best {
                    waiting.append(best..<range.upperBound)
                    waiting.append(range.lowerBound..<best)
                } else {
                    ranges += Self.parts(of: range, longest: longest)
                }
            }
        }
        self.ranges = ranges
    }

    private static func parts(of range: Range<Int>, longest: Int) -> [Range<Int>] {
        let count = (range.count + longest - 1) / longest
        return (0..<count).map { part in
            range.lowerBound + range.count * part / count..<range.lowerBound + range.count * (part + 1) / count
        }
    }

    /// Index of the first element not under `frame`.
    private static func index(of frame: Int, in sorted: [Int]) -> Int {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < frame { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
