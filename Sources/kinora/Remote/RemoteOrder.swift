// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax

/// `kinora remote …`: films made by a server that speaks the wire, step by step or all in one.
enum RemoteOrder: Sendable {
    case setup(RemoteSetup)
    case upload(RemoteUploadOrder)
    case say(RemoteSay)
    case status(RemotePlace)
    case credits(RemotePlace)
    case export(RemoteExport)
    case make(RemoteMake)
    case claim(RemotePlace)

    static let command = Command<Order>(
        "remote",
        examples: [
            Example("make", "kinora remote make photos/ song.mp3 --say \"15-second TikTok, warm\" -o trip.mp4"),
            Example("steps", "kinora remote setup && kinora remote upload photos/ && kinora remote say \"add music\""),
        ],
        subcommands: [
            RemoteSetup.command, RemoteUploadOrder.command, RemoteSay.command, of("status", RemoteOrder.status),
            of("credits", RemoteOrder.credits), RemoteExport.command, RemoteMake.command,
            of("claim", RemoteOrder.claim),
        ])

    /// A command that takes nothing but where and for whom.
    private static func of(
        _ name: String, _ order: @escaping @Sendable (RemotePlace) -> RemoteOrder
    ) -> Command<Order> {
        Command<Order>(name, from: RemotePlace(), to: { place throws(UsageError) in Order.remote(order(place)) }) {
            Shared(\.self, RemotePlace.parameters)
        }
    }
}

/// Where the server is, which film it is about and for which skill; shared by all steps.
struct RemotePlace: Sendable {
    /// Nil: `NEMO_API_URL`, else this machine.
    var url: String?
    /// What the person calls the film; nil: the one of before.
    var film: String?
    /// A skill's name or folder.
    var skill: String?
    var reporting = Reporting()

    static let parameters = ParameterList<RemotePlace>.of {
        Section("server") {
            Option("url", \.url, .text)
            Option("film", \.film, .text)
            Option("skill", \.skill, .text)
        }
        Shared(\.reporting, Reporting.parameters)
    }
}

/// What kind of file an export is to be.
struct RemoteFileWish: Sendable {
    var output: String?
    var format: String?
    var quality: String?
    var resolution: String?
    var fps: Int?
    var preset: String?

    static let parameters = ParameterList<RemoteFileWish>.of {
        Option("output", short: "o", \.output, .file(["mp4", "mov", "webm", "gif"]))
        Option("format", \.format, .name(of: ["mp4", "mov", "webm", "gif"]))
        Option("quality", \.quality, .name(of: ["draft", "standard", "high"]))
        Option("resolution", \.resolution, .text)
        Option("fps", \.fps, .integer(in: 1...60))
        Option("preset", short: "p", \.preset, .text)
    }
}

struct RemoteSetup: Sendable {
    var isNew = false
    var starts = true
    var place = RemotePlace()

    static let command = Command<Order>(
        "setup", from: RemoteSetup(), to: { order throws(UsageError) in .remote(.setup(order)) },
        examples: [
            Example("plain", "kinora remote setup"),
            Example("skill", "kinora remote setup --new --skill photo-to-video-with-music"),
        ]
    ) {
        Flag("new", \.isNew)
        Flag("no-start", \.starts, to: false)
        Shared(\.place, RemotePlace.parameters)
    }
}

struct RemoteUploadOrder: Sendable {
    var inputs: [String] = []
    var place = RemotePlace()

    static let command = Command<Order>(
        "upload", from: RemoteUploadOrder(), to: { order throws(UsageError) in .remote(.upload(order)) },
        examples: [Example("all", "kinora remote upload photos/ song.mp3 https://example.org/clip.mp4")]
    ) {
        Argument("FILE", \.inputs, .path, isRequired: true)
        Shared(\.place, RemotePlace.parameters)
    }
}

struct RemoteSay: Sendable {
    var words: [String] = []
    var files: [String] = []
    var isPlain = false
    var file = RemoteFileWish()
    var place = RemotePlace()

    static let command = Command<Order>(
        "say", from: RemoteSay(), to: { order throws(UsageError) in .remote(.say(order)) },
        examples: [
            Example("edit", "kinora remote say \"make the second photo longer\""),
            Example("file", "kinora remote say \"add this at the end\" --with sunset.jpg"),
            Example("export", "kinora remote say \"export it in 1080p\" -o trip.mp4"),
        ]
    ) {
        Argument("WORDS", \.words, .text, isRequired: true)
        Option("with", short: "w", \.files, .path)
        Flag("as-is", \.isPlain)
        Section("file") { Shared(\.file, RemoteFileWish.parameters) }
        Shared(\.place, RemotePlace.parameters)
    }
}

struct RemoteExport: Sendable {
    var waits = true
    var file = RemoteFileWish()
    var place = RemotePlace()

    static let command = Command<Order>(
        "export", from: RemoteExport(), to: { order throws(UsageError) in .remote(.export(order)) },
        examples: [
            Example("film", "kinora remote export -o trip.mp4"),
            Example("later", "kinora remote export --no-wait"),
        ]
    ) {
        Flag("no-wait", \.waits, to: false)
        Section("file") { Shared(\.file, RemoteFileWish.parameters) }
        Shared(\.place, RemotePlace.parameters)
    }
}

struct RemoteMake: Sendable {
    var inputs: [String] = []
    var say: [String] = []
    var starts = true
    var file = RemoteFileWish()
    var place = RemotePlace()

    static let command = Command<Order>(
        "make", from: RemoteMake(), to: { order throws(UsageError) in .remote(.make(order)) },
        examples: [
            Example("one", "kinora remote make photos/ song.mp3 --say \"30 seconds, calm\" -o trip.mp4"),
            Example("two", "kinora remote make a.jpg b.jpg --say \"10 seconds, vertical\" --say \"add lo-fi music\""),
        ]
    ) {
        Argument("FILE", \.inputs, .path, isRequired: true)
        Option("say", short: "s", \.say, .text)
        Flag("no-start", \.starts, to: false)
        Section("file") { Shared(\.file, RemoteFileWish.parameters) }
        Shared(\.place, RemotePlace.parameters)
    }
}
