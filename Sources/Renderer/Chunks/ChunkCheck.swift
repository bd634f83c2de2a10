// SPDX-License-Identifier: GPL-3.0-or-later
import MediaIO
import PixelBuffers

/// Looks at a chunk once, when it has been made: as many packets as frames, each shown once, decoding from the first.
struct ChunkCheck {
    let frameCount: Int
    let track: VideoTrack

    func check(_ packets: [CodedPacket]) throws {
        guard packets.count == frameCount else {
            throw RenderError.checkFailed(
                "the encoder gave \(packets.count) packets for \(frameCount) frames of a chunk")
        }
        guard packets.first?.isKey == true, packets.first?.pts == 0 else {
            throw RenderError.checkFailed("a chunk does not begin with a keyframe")
        }
        guard packets.map(\.pts).sorted() == (0..<Int64(frameCount)).map({ $0 }) else {
            throw RenderError.checkFailed("a chunk's frames do not follow one another")
        }
        guard zip(packets, packets.dropFirst()).allSatisfy({ $0.dts < $1.dts }) else {
            throw RenderError.checkFailed("a chunk's packets are out of order")
        }
        try ChunkDecoder.decode(Array(packets.prefix(1)), of: track) { _ in }
    }
}
