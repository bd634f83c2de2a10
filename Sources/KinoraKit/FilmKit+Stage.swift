// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
public import EditTime
import RenderPlanning
public import Renderer

extension FilmKit {
    /// `draft` planned and ready for drawing single frames and chunks of it.
    ///
    /// - Parameter hasSound: false where only pictures are wanted: no music is composed for it then.
    public func stage(
        _ draft: Draft, _ material: Material, hasSound: Bool = true,
        longestChunk: MediaTime = MediaTime(milliseconds: 2000)
    ) throws -> FilmStage {
        let made = try make(draft, material, hasSound: hasSound)
        let renderer = FilmRenderer(files: made.files, cache: cache, jobs: jobs)
        let plan = try renderer.plan(
            made.draft, media: material.byID, beats: material.beats, generated: made.hashes, longestChunk: longestChunk)
        return FilmStage(plan, renderer)
    }

    /// Where the texts of `draft` lie and how they are set, those that are shown. Blocks while one is drawn for the first time.
    package func shownTexts(in draft: Draft) throws -> [ShownText] { try ShownText.all(in: draft, cache: cache) }

    /// Names everything that decides what pictures and sounds come of a draft in this build.
    public static var stages: String { FilmRenderer.stages }
}
