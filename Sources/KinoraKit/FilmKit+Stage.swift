// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
public import EditTime
import RenderPlanning
public import Renderer

extension FilmKit {
    /// `draft` planned and ready for drawing single frames and chunks of it.
    public func stage(
        _ draft: Draft, _ material: Material, longestChunk: MediaTime = MediaTime(milliseconds: 2000)
    ) throws -> FilmStage {
        let renderer = FilmRenderer(files: material.files, cache: cache, jobs: jobs)
        let plan = try renderer.plan(
            Self.audible(draft), media: material.byID, beats: material.beats, longestChunk: longestChunk)
        return FilmStage(plan, renderer)
    }

    /// Names everything that decides what pictures and sounds come of a draft in this build.
    public static var stages: String { FilmRenderer.stages }
}
