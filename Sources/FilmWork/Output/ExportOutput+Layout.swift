// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
import EditTime
import Wording

extension ExportOutput {
    /// The draft as it is for this output: on its canvas, at its frame rate, for its platform. Pure.
    ///
    /// A canvas of the draft's own shape shows the same film larger or smaller; one of another shape, or another platform,
    /// has it laid out anew. Throws `OutputFault` where that cannot be, and `DraftError`.
    public func laidOut(_ draft: Draft, media: [String: MediaFacts]) throws -> Draft {
        do {
            return try shaped(draft, media: media)
        } catch let error as AutoEditError {
            let field = preset != nil ? "preset" : "width"
            throw OutputFault(.notLaidOut, field, ["why": .text(error.text(in: FaultWords.english))])
        }
    }

    private func shaped(_ draft: Draft, media: [String: MediaFacts]) throws -> Draft {
        var draft = draft
        if let preset, preset != draft.film.preset, let platform = PlatformPreset.named(preset) {
            draft = try AutoEdit.relaidOut(draft, to: platform, media: media).draft
        }
        let canvas = canvas(from: draft.film.canvas)
        if canvas.hasShape(of: draft.film.canvas) {
            draft.film.canvas = canvas
        } else {
            let platform = draft.film.preset.flatMap(PlatformPreset.named)
            var wishes = EditWishes()
            wishes.frameRate = draft.film.frameRate
            draft = try AutoEdit.relaidOut(draft, to: platform, canvas: canvas, media: media, wishes: wishes).draft
        }
        if let frameRate {
            draft.film.frameRate = frameRate
        } else if format == .gif {
            if draft.film.frameRate.framesPerSecond > quality.gifRate.framesPerSecond {
                draft.film.frameRate = quality.gifRate
            }
        }
        try draft.validate(media: media)
        return draft
    }

    /// What the film will be, of a draft that is laid out for this output.
    public func shape(of draft: Draft) -> ExportShape {
        ExportShape(
            format: format, codec: format == .gif ? nil : codec ?? format.codecs.first, canvas: draft.film.canvas,
            frameRate: draft.film.frameRate, duration: draft.duration)
    }

    private func canvas(from own: PixelSize) -> PixelSize {
        switch (width, height) {
        case (let width?, let height?): return PixelSize(width: width, height: height)
        case (let width?, nil): return own.scaled(Double(width) / Double(own.width))
        case (nil, let height?): return own.scaled(Double(height) / Double(own.height))
        case (nil, nil):
            if let shortSide { return own.scaled(Double(shortSide) / Double(own.shortSide)) }
            // A gif of a film's full size would have hundreds of megabytes.
            return format == .gif ? own.scaled(min(1, Double(quality.gifSide) / Double(own.shortSide))) : own
        }
    }
}

extension PixelSize {
    /// Scaled in its own shape: even sides within what a film may have.
    package func scaled(_ factor: Double) -> PixelSize {
        let most = Double(DraftLimits.longestSide) / Double(max(width, height))
        let least = Double(DraftLimits.shortestSide) / Double(shortSide)
        let factor = max(least, min(most, factor))
        func even(_ side: Int) -> Int {
            max(DraftLimits.shortestSide, min(DraftLimits.longestSide, Int((Double(side) * factor / 2).rounded()) * 2))
        }
        return PixelSize(width: even(width), height: even(height))
    }

    /// Whether the two are the same shape but for the rounding to whole pairs of pixels.
    func hasShape(of other: PixelSize) -> Bool {
        abs(width * other.height - height * other.width) <= 2 * max(width, height, other.width, other.height)
    }
}
