// SPDX-License-Identifier: GPL-3.0-or-later
import ColourTables
import EditModel
import PixelBuffers
import RenderPlanning

/// What is done to a shot's frames once they lie on the canvas: a clip's colours, vignette, grain.
struct Finish {
    /// Of a clip; a photo's colours are in its prepared file.
    let colours: GradeTable?
    private let colourCanvas: Bool
    private let vignette: Vignette?
    private let grain: Grain?

    init(_ shot: Shot, canvas: PixelSize, sources: any ChunkSources) throws {
        let grade = shot.grade
        if case .clip = shot.source, !grade.keepsColours {
            colours = GradeTable(grade, cube: try grade.lut.map { try CubeTable(parsing: try sources.cube($0)) })
        } else {
            colours = nil
        }
        colourCanvas = ShotGeometry(shot, canvas: canvas)?.fit == .cover
        vignette =
            grade.vignette > 0 ? Vignette(amount: grade.vignette, width: canvas.width, height: canvas.height) : nil
        grain = grade.grain > 0 ? Grain(amount: grade.grain, size: canvas.shortSide > 1200 ? 2 : 1) : nil
    }

    var isNothing: Bool { colours == nil && vignette == nil && grain == nil }

    /// Whether colours are graded on this canvas rather than in the source.
    func gradesCanvas(_ target: Picture) -> Bool { colourCanvas && !target.layout.hasAlpha }

    func apply(to target: Picture, frame: Int) {
        if gradesCanvas(target) { colours?.apply(to: target) }
        vignette?.apply(to: target)
        if !target.layout.hasAlpha { grain?.apply(to: target.mutableY, frame: frame) }
    }
}
