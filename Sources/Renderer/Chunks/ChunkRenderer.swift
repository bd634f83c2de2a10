// SPDX-License-Identifier: GPL-3.0-or-later
import Compositor
import EditModel
import MediaIO
import PixelBuffers
import RenderPlanning

/// Draws and encodes chunks on the thread that calls it, one after the other; keeps clips open from one chunk to the next.
final class ChunkRenderer {
    private let sources: OpenSources
    private let settings: VideoEncoderSettings
    private let cache: ChunkCache
    private let stop: StopSignal

    init(sources: OpenSources, settings: VideoEncoderSettings, cache: ChunkCache, stop: StopSignal) {
        self.sources = sources
        self.settings = settings
        self.cache = cache
        self.stop = stop
    }

    /// The coded chunk of `spec`, checked and kept under `identity`. `onFrame` is called after each frame that was drawn.
    func render(_ spec: ChunkSpec, as identity: ChunkIdentity, onFrame: () -> Void) throws -> CodedChunk {
        let encoder = try VideoEncoder(settings)
        var packets: [CodedPacket] = []
        packets.reserveCapacity(spec.frameCount)
        try Self.draw(spec, sources: sources, stop: stop) { frame in
            packets += try encoder.encode(frame)
            onFrame()
        }
        packets += try encoder.finish()
        try ChunkCheck(frameCount: spec.frameCount, track: encoder.track).check(packets)
        return try cache.store(packets, of: encoder.track, as: identity)
    }

    /// Draws the frames of `spec` in order; a frame belongs to `take` until the next but for one an encoder holds on to.
    static func draw(
        _ spec: ChunkSpec, sources: OpenSources, stop: StopSignal, take: (Picture) throws -> Void
    ) throws {
        let composer = FrameComposer(spec, sources: sources)
        let frames = FramePool(spec.canvas)
        for index in 0..<spec.frameCount {
            try stop.check()
            let frame = frames.next()
            try composer.draw(index, into: frame)
            try take(frame)
        }
    }

    /// Draws one frame of `spec`.
    static func frame(_ index: Int, of spec: ChunkSpec, sources: OpenSources) throws -> Picture {
        let picture = Picture(width: spec.canvas.width, height: spec.canvas.height)
        _ = try FrameComposer(spec, sources: sources).draw(index, into: picture)
        return picture
    }
}
