// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax

/// `kinora render`: a draft file into a film.
struct RenderOrder: Sendable {
    var draft = ""
    var output = ""
    var coding = Coding()
    var reporting = Reporting()

    static let command = Command<Order>(
        "render", from: RenderOrder(), to: checked,
        examples: [
            Example("film", "kinora render draft.json -o film.mp4"),
            Example("raw", "kinora render draft.json -o film.y4m"),
        ]
    ) {
        Argument("DRAFT", \.draft, .file(["json"]))
        Option("output", short: "o", \.output, .file(["mp4", "mov", "webm", "y4m"]))
        Shared(\.coding, Coding.parameters)
        Shared(\.reporting, Reporting.parameters)
    }

    private static func checked(_ order: RenderOrder) throws(UsageError) -> Order {
        guard !order.output.isEmpty else { throw UsageError(.missingArgument, subject: "--output") }
        try order.coding.check(output: order.output)
        return .render(order)
    }
}

/// `kinora frame`: one exact frame of a draft as a picture.
struct FrameOrder: Sendable {
    var draft = ""
    var seconds = 0.0
    var output = "frame.png"
    var usesCache = true

    static let command = Command<Order>(
        "frame", from: FrameOrder(), to: Order.frame,
        examples: [Example("one", "kinora frame draft.json 3.2 -o frame.png")]
    ) {
        Argument("DRAFT", \.draft, .file(["json"]))
        Argument("SECONDS", \.seconds, .seconds)
        Option("output", short: "o", \.output, .file(["png", "jpg", "webp"]))
        Flag("no-cache", \.usesCache, to: false)
    }
}

/// `kinora probe`: what files are.
struct ProbeOrder: Sendable {
    var files: [String] = []
    var json = false

    static let command = Command<Order>(
        "probe", from: ProbeOrder(), to: Order.probe,
        examples: [Example("all", "kinora probe photos/ song.mp3")]
    ) {
        Argument("FILE", \.files, .path, isRequired: true)
        Flag("json", \.json)
    }
}

/// `kinora cache`: what is kept, and clearing it.
struct CacheOrder: Sendable {
    var clears = false

    static let command = Command<Order>(
        "cache", from: CacheOrder(), to: Order.cache,
        examples: [Example("clear", "kinora cache --clear")]
    ) {
        Flag("clear", \.clears)
    }
}

/// `kinora doctor`: what this machine has.
struct DoctorOrder: Sendable {
    var json = false

    static let command = Command<Order>("doctor", from: DoctorOrder(), to: Order.doctor) {
        Flag("json", \.json)
    }
}

/// `kinora demo`: a film from sample photographs.
struct DemoOrder: Sendable {
    var output: String?
    var reporting = Reporting()

    static let command = Command<Order>(
        "demo", from: DemoOrder(), to: Order.demo,
        examples: [Example("demo", "kinora demo -o demo.mp4")]
    ) {
        Option("output", short: "o", \.output, .file(["mp4"]))
        Shared(\.reporting, Reporting.parameters)
    }
}
