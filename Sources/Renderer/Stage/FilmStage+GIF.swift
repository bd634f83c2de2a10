// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import FileStore
import Foundation
import PixelBuffers
import RenderPlanning
import StillImages

extension FilmStage {
    /// Frames that the palette is chosen by.
    private static let census = 32

    /// Writes the film as a moving gif, which has no sound: at its frame rate, or fifty frames a second at most, which is
    /// all that the format can say.
    ///
    /// - Parameter progress: 0…1.
    public func writeGIF(
        to path: String, stop: StopSignal = StopSignal(), progress: (Double) -> Void = { _ in }
    ) throws {
        let file = try AtomicFile(replacing: path)
        let frames = plan.frameCount
        guard frames > 0 else { throw RenderError.noFrames }
        var census = GIFPalette.Census()
        let looked = min(Self.census, frames)
        for number in 0..<looked {
            try stop.check()
            census.add(try frame(at: plan.frameRate.time(ofFrame: number * frames / looked)))
            progress(0.1 * Double(number + 1) / Double(looked))
        }
        let writer = try GIFWriter(
            width: plan.canvas.width, height: plan.canvas.height, palette: GIFPalette(census)
        ) { try file.write($0) }
        let rate = plan.frameRate.framesPerSecond
        // Two hundredths is the shortest that players keep to.
        let each = max(1, Int((rate / 50).rounded(.up)))
        var number = 0
        for chunk in plan.chunks {
            try ChunkRenderer.draw(chunk, sources: sources, stop: stop) { picture in
                if number % each == 0 {
                    let end = min(number + each, frames)
                    let hundredths = Self.hundredths(end, rate) - Self.hundredths(number, rate)
                    try writer.add(picture, hundredths: hundredths)
                }
                number += 1
                progress(0.1 + 0.89 * Double(number) / Double(frames))
            }
        }
        try writer.finish()
        try file.commit(durable: true)
        progress(1)
    }

    private static func hundredths(_ frame: Int, _ rate: Double) -> Int { Int((Double(frame) * 100 / rate).rounded()) }
}
