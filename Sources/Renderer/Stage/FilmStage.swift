// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime
public import PixelBuffers
public import RenderPlanning

/// A planned film with its sources held open, of which single frames and chunks are drawn as they are asked for. One thread
/// at a time; blocks.
public final class FilmStage {
    public let plan: FilmPlan
    let renderer: FilmRenderer
    let sources: OpenSources

    public init(_ plan: FilmPlan, _ renderer: FilmRenderer) {
        self.plan = plan
        self.renderer = renderer
        sources = OpenSources(
            shared: RenderSources(files: renderer.files, cache: renderer.cache), plan: plan)
    }

    /// Makes a photo ready for drawing, the `photo`th in the order of first use; false where the film has not so many.
    public func prepare(photo: Int) throws -> Bool {
        guard photos.indices.contains(photo) else { return false }
        try sources.prepare(photos[photo])
        return true
    }

    /// The photos of the film in the order of first use.
    private lazy var photos: [PreparedPhoto] = {
        var known: Set<PreparedPhoto> = []
        return plan.chunks.flatMap(\.preparedPhotos).filter { known.insert($0).inserted }
    }()

    /// The frame that is on at `time`: the first for times before it, the last for later ones.
    public func frame(at time: MediaTime) throws -> Picture {
        let last = plan.frameCount - 1
        let elapsed = plan.frameRate.frame(at: time)
        // The frame on at `time`, not the nearest edge.
        let shown = plan.frameRate.time(ofFrame: elapsed) > time ? elapsed - 1 : elapsed
        guard let place = plan.chunk(holding: max(0, min(last, shown))) else { throw RenderError.noFrames }
        return try ChunkRenderer.frame(place.frame, of: plan.chunks[place.chunk], sources: sources)
    }
}
