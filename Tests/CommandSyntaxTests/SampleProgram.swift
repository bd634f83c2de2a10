// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax

/// A small program with one of everything, for the tests.
enum Order: Sendable, Equatable {
    case make(Make)
    case frame(Frame)
    case install(Install)
    case doctor
}

struct Reporting: Sendable, Equatable {
    var json = false

    static let parameters = ParameterList<Reporting>.of {
        Flag("json", \.json)
    }
}

enum Quality: String, Sendable, CaseIterable {
    case draft, standard, high
}

struct Make: Sendable, Equatable {
    var inputs: [String] = []
    var output: String?
    var presets: [String] = []
    var canvas: Dimensions?
    var aspect: Ratio?
    var fps: Double?
    var perPhoto = 3.5
    var jobs = 2
    var quality = Quality.standard
    var maxSize: Int64?
    var title = ""
    var usesCache = true
    var isVerified = false
    var secret: Int?
    var reporting = Reporting()
}

struct Frame: Sendable, Equatable {
    var draft = ""
    var seconds: Double = 0
    var output: String?
}

struct Install: Sendable, Equatable {
    var names: [String] = []
    var folder: String?
}

let sample = Program<Order>(
    Command(
        "kinora",
        subcommands: [
            Command(
                "make", from: Make(), to: Order.make,
                examples: [Example("trip", "kinora make photos/ song.mp3 -o trip.mp4")]
            ) {
                Argument("INPUT", \.inputs, .path, isRequired: true)
                Option("output", short: "o", \.output, .file(["mp4"]))
                Section("picture") {
                    Option(
                        "preset", short: "p", \.presets,
                        .name(of: ["tiktok", "reels", "youtube"], aliases: ["抖音": "tiktok"]), separator: ",")
                    Option("canvas", \.canvas, .dimensions(sides: 16...4096, even: true))
                    Option(
                        "aspect", \.aspect, .either([("square", Ratio(width: 1, height: 1))], or: .ratio))
                    Option("fps", \.fps, .decimal(in: 1...60))
                    Option("per-photo", \.perPhoto, .seconds(in: 0.1...600))
                }
                Option("quality", \.quality, .name)
                Option("jobs", short: "j", \.jobs, .integer(in: 1...64))
                Option("max-size", \.maxSize, .bytes, aliases: ["size"])
                Option("title", \.title, .text)
                Flag("no-cache", short: "n", \.usesCache, to: false)
                Flag("verify", short: "v", \.isVerified)
                Option("secret", \.secret, .integer, hidden: true)
                Shared(\.reporting, Reporting.parameters)
            },
            Command("frame", from: Frame(), to: Order.frame) {
                Argument("DRAFT", \.draft, .file(["json"]))
                Argument("SECONDS", \.seconds, .seconds)
                Argument("OUTPUT", \.output, .file(["png"]))
            },
            Command(
                "skill",
                subcommands: [
                    Command("install", from: Install(), to: Order.install) {
                        Argument("NAME", \.names, .text, isRequired: false)
                        Option("folder", \.folder, .folder)
                    }
                ]),
            Command("doctor", to: Order.doctor, hidden: true),
        ]),
    version: "1.2", date: "2025-06-01", catalogues: [english, chinese])

let english = Catalogue(
    .english,
    [
        "kinora": "Makes films of photos, clips and music",
        "make": "Make a film from photos, clips and music",
        "make about": "Inputs are files, folders and globs. Kinds are told by content, not by name.",
        "make INPUT": "Photos, clips, one song, folders",
        "make --output": "Where the film goes",
        "make --output default": "named after the first folder",
        "make --preset": "Platform the film is for",
        "make --canvas": "Size of the picture",
        "make --aspect": "Shape of the picture",
        "make --fps": "Frames a second",
        "make --per-photo": "How long each photo stays",
        "make --quality": "How carefully to encode",
        "make --jobs": "Threads that draw",
        "make --max-size": "Largest file",
        "make --title": "Words over the opening photo",
        "make --no-cache": "Render every chunk anew",
        "make --verify": "Decode the whole film when it is done",
        "make --secret": "A seed",
        "make example trip": "A trip, cut on the beat",
        "heading picture": "Picture",
        "--json": "Progress and result as JSON lines",
        "frame": "Draw one frame of a draft",
        "frame DRAFT": "The draft",
        "frame SECONDS": "When",
        "frame OUTPUT": "Where the picture goes",
        "skill": "Skills for agents",
        "skill install": "Install skills",
        "skill install NAME": "Skills to install",
        "skill install NAME default": "all",
        "skill install --folder": "Where to",
        "doctor": "Check this machine",
    ])

let chinese = Catalogue(
    .chinese,
    [
        "kinora": "把照片、视频和音乐做成影片",
        "make": "用照片、视频和音乐制作影片",
        "make INPUT": "照片、视频、一首歌或文件夹",
        "make --fps": "每秒帧数",
        "make --per-photo": "每张照片停留的时间，过短的会看不清，过长的会显得拖沓，一般三到四秒比较合适",
        "heading picture": "画面",
    ])
