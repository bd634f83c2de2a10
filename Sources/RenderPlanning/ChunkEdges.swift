// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

/// Where a film is cut into chunks.
///
/// Pieces lie between the film's natural edges: where a segment of the main track begins, and where an overlay comes
/// or goes. A piece under half a second joins the one before it (the first joins the next); what is then longer than a
/// chunk may be is split evenly from its own start. So an edit moves only the edges near it, never a film-wide grid.
struct ChunkEdges {
    static let shortest = MediaTime(milliseconds: 500)

    /// Film frames of each chunk, in order, without gaps.
    let ranges: [Range<Int>]

    /// - Parameters: frames; `natural` in any order, those outside the film are ignored.
    init(frameCount: Int, natural: Set<Int>, longest: Int, shortest: Int) {
        let edges = ([0] + natural.filter { $0 > 0 && $0 < frameCount } + [frameCount]).sorted()
        var pieces: [Range<Int>] = []
        for (start, end) in zip(edges, edges.dropFirst()) where start < end {
            if let last = pieces.last, end - start < shortest || last.count < shortest {
                pieces[pieces.count - 1] = last.lowerBound..<end
            } else {
                pieces.append(start..<end)
            }
        }
        ranges = pieces.flatMap { piece in
            let parts = (piece.count + longest - 1) / longest
            return (0..<parts).map { part in
                piece.lowerBound + piece.count * part / parts..<piece.lowerBound + piece.count * (part + 1) / parts
            }
        }
    }
}
