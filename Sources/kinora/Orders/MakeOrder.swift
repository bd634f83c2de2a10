// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import EditModel
import KinoraKit

/// `kinora make`: what is put in and what is wished for.
struct MakeOrder: Sendable {
    enum Transitions: Hashable, Sendable {
        case named(String)
        case mixed
        case none
    }

    /// What all pictures are graded with.
    enum Colours: Hashable, Sendable {
        case look(Grade.Look)
        /// The path of a `.cube` file.
        case table(String)
    }

    var inputs: [String] = []
    var output: String?
    var draftOutput: String?
    var isStrict = false
    var say: String?
    var order = EditWishes.Order.name
    var presets: [String] = []
    var canvas: Dimensions?
    var aspect: Ratio?
    var fps: Double?
    var duration: Double?
    var perPhoto: Double?
    var transition: String?
    var transitionTime: Double?
    var motion: String?
    var fit: Fit?
    var grade: Colours?
    var title: String?
    /// A style of music that is composed for the film, instead of a song.
    var music: String?
    var musicVolume: Double?
    var beatSync = EditWishes.BeatSync.auto
    var keepsAll = false
    var coding = Coding()
    var reporting = Reporting()

    static let command = Command<Order>(
        "make", from: MakeOrder(), to: checked,
        examples: [
            Example("trip", "kinora make photos/ song.mp3 -o trip.mp4"),
            Example("tiktok", "kinora make *.jpg song.mp3 --preset tiktok --duration 15"),
            Example("say", "kinora make photos/ song.mp3 --say \"15-second TikTok, warm, cut on the beat\""),
            Example("two", "kinora make photos/ --preset tiktok --preset youtube -o trip.mp4"),
            Example("calm", "kinora make photos/ --per-photo 4 --grade warm --title \"Summer in the Hills\""),
        ]
    ) {
        Argument("INPUT", \.inputs, .path, isRequired: true)
        Option("output", short: "o", \.output, .file(["mp4", "mov", "webm"]))
        Option("draft-out", \.draftOutput, .file(["json"]))
        Flag("strict", \.isStrict)
        Section("edit") {
            Option("say", short: "s", \.say, .text)
            Option("order", \.order, .name)
            Option("duration", short: "d", \.duration, .seconds(in: 0.04...10800), aliases: ["length"])
            Option("per-photo", \.perPhoto, .seconds(in: 0.04...600))
            Option("transition", short: "t", \.transition, .name(of: transitionNames, aliases: transitionAliases))
            Option("transition-time", \.transitionTime, .seconds(in: 0...10))
            Option("motion", \.motion, .name(of: ["auto"] + Motion.Kind.allCases.map(\.rawValue)))
            Option("title", \.title, .text)
            Flag("all", \.keepsAll)
        }
        Section("picture") {
            Option(
                "preset", short: "p", \.presets,
                .name(of: PlatformPreset.all.map(\.name), aliases: presetAliases), separator: ",")
            Option("canvas", \.canvas, .dimensions(sides: 16...4096, even: true))
            Option("aspect", \.aspect, .either(shapes, or: .ratio))
            Option("fps", \.fps, .decimal(in: 1...60))
            Option("fit", \.fit, .name)
            Option("grade", \.grade, .either(looks, aliases: lookAliases, or: colourTable))
        }
        Section("sound") {
            Option("music", \.music, .musicStyle)
            Option("music-volume", \.musicVolume, .share(in: 0...2))
            Option("beat-sync", \.beatSync, .name)
        }
        Shared(\.coding, Coding.parameters)
        Shared(\.reporting, Reporting.parameters)
    }

    private static func checked(_ order: MakeOrder) throws(UsageError) -> Order {
        try order.coding.check(output: order.output)
        try order.checkShape()
        return .make(order)
    }

    /// A film has one shape: throws where two are asked for. A platform's own gives way to one that is asked for, but not
    /// those of several, for each of which the edit is laid out.
    private func checkShape() throws(UsageError) {
        let asked =
            [canvas.map { "--canvas \($0.width)x\($0.height)" }, aspect.map { "--aspect \($0.width):\($0.height)" }]
            .compactMap(\.self)
        if asked.count == 2 { throw UsageError(.conflict, subject: asked[0], given: asked[1]) }
        if let asked = asked.first, Set(presets).count > 1 {
            throw UsageError(.conflict, subject: asked, given: presets.map { "--preset \($0)" }.joined(separator: " "))
        }
    }

    private static let transitionNames =
        ["mixed", "none"] + TransitionCatalog.entries.map(\.name.rawValue)

    private static let transitionAliases: [String: String] = {
        var table: [String: String] = ["cut": "none"]
        for entry in TransitionCatalog.entries {
            for alias in entry.aliases { table[alias] = entry.name.rawValue }
        }
        return table
    }()

    private static let looks = Grade.Look.allCases.map { ($0.rawValue, Colours.look($0)) }

    /// A path that ends in `.cube`.
    private static let colourTable = ValueKind<Colours>("cube") { text throws(ValueProblem) in
        guard text.lowercased().hasSuffix(".cube"), text.count > 5 else { throw ValueProblem("not-name") }
        return .table(text)
    } write: {
        switch $0 {
        case .look(let look): look.rawValue
        case .table(let path): path
        }
    }

    private static let lookAliases: [String: String] = {
        var table: [String: String] = [:]
        for entry in LookCatalog.entries {
            for alias in entry.aliases { table[alias] = entry.look.rawValue }
        }
        return table
    }()

    private static let presetAliases: [String: String] = {
        var table: [String: String] = [:]
        for preset in PlatformPreset.all {
            for alias in preset.aliases { table[alias] = preset.name }
        }
        return table
    }()

    private static let shapes = [
        ("landscape", Ratio(width: 16, height: 9)), ("portrait", Ratio(width: 9, height: 16)),
        ("square", Ratio(width: 1, height: 1)),
    ]
}
