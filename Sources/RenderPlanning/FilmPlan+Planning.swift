// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
import EditTime
import Wording

extension FilmPlan {
    /// Plans the pictures and the sound of `draft`.
    ///
    /// The draft must keep its rules; throws `DraftError` naming the field where it does not, where the film has no
    /// picture, or where an asset, a drawn text or a generated sound is missing from `inputs`.
    public init(draft: Draft, inputs: PlanInputs) throws(DraftError) {
        try draft.validate(media: inputs.media)
        guard let main = draft.mainTrack, !main.segments.isEmpty else {
            throw DraftError(field: "t", .noPictures)
        }
        let picture = try PicturePlanner(draft: draft, main: main, inputs: inputs)
        guard picture.frameCount > 0 else {
            throw DraftError(field: "d", .underOneFrame, ["length": "\(draft.duration)"])
        }
        let edges = ChunkEdges(
            frameCount: picture.frameCount, natural: picture.chunkEdges,
            longest: max(1, draft.film.frameRate.wholeFrames(in: inputs.longestChunk)),
            shortest: draft.film.frameRate.frames(covering: ChunkEdges.shortest))
        self.init(
            canvas: draft.film.canvas, frameRate: draft.film.frameRate,
            chunks: try edges.ranges.map { (range) throws(DraftError) in
                ChunkSpec(
                    canvas: draft.film.canvas, frameRate: draft.film.frameRate, spans: try picture.spans(in: range))
            },
            chunkStarts: edges.ranges.map(\.lowerBound), sound: try SoundPlan(draft: draft, inputs: inputs))
    }
}

extension FrameRate {
    /// How many whole frames fit into `time`.
    func wholeFrames(in time: MediaTime) -> Int {
        let nearest = frame(at: time)
        return self.time(ofFrame: nearest) > time ? nearest - 1 : nearest
    }

    /// How many frames it takes to last `time` or longer.
    func frames(covering time: MediaTime) -> Int {
        let nearest = frame(at: time)
        return self.time(ofFrame: nearest) < time ? nearest + 1 : nearest
    }
}
