// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// A moving background. What it draws is a function of its setup and of the frame alone, in whole numbers: the same bytes on
/// every machine, whatever was drawn before.
protocol MovingPattern: SendableMetatype {
    init(_ setup: PatternSetup)

    /// Draws over all colours of `target`, a picture of the setup's canvas. `phase` is the place in the loop
    /// (`PatternClock`), `frame` the number of the frame.
    mutating func draw(phase: Int, frame: Int, into target: Picture)
}

enum MovingPatterns {
    /// One row for each of `PatternCatalog`, by its name.
    static let table: [String: any MovingPattern.Type] = [
        "gradient": GradientPattern.self,
        "aurora": AuroraPattern.self,
        "bokeh": BokehPattern.self,
        "paper": PaperPattern.self,
        "waves": WavesPattern.self,
        "grain": GrainPattern.self,
        "rays": RaysPattern.self,
        "dust": DustPattern.self,
        "stripes": StripesPattern.self,
        "halftone": HalftonePattern.self,
        "ink": InkPattern.self,
        "confetti": ConfettiPattern.self,
    ]
}
