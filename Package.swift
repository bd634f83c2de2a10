// swift-tools-version: 6.2
// SPDX-License-Identifier: GPL-3.0-or-later
import PackageDescription

// One table of targets; arrows point one way (ARCHITECTURE.md). Warnings are errors everywhere.

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// Pixel and sample loops keep release speed in debug builds; otherwise tests on real media crawl.
let hot: [SwiftSetting] = strict + [.unsafeFlags(["-Ounchecked"])]

/// What the tests run through millions of times: as it is in a release.
let quick: [SwiftSetting] = strict + [.unsafeFlags(["-O"])]

func library(
    _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil,
    settings: [SwiftSetting] = strict
) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.init(stringLiteral: name)] + dependencies, exclude: exclude,
        swiftSettings: strict)
}

let package = Package(
    name: "kinora",
    products: [
        .executable(name: "kinora", targets: ["kinora"]),
        .library(name: "KinoraKit", targets: ["KinoraKit", "EditModel", "EditTime", "JSON"]),
    ],
    targets: [
        // C libraries, as module maps with small shims
        .systemLibrary(name: "CLibAV"),
        .systemLibrary(name: "CVips", pkgConfig: "vips"),
        .systemLibrary(name: "CPango", pkgConfig: "pangocairo"),
        .systemLibrary(name: "CEBUR128", pkgConfig: "libebur128"),
        .systemLibrary(name: "CAubio", pkgConfig: "aubio"),
        .systemLibrary(name: "CFluidSynth", pkgConfig: "fluidsynth"),
        .systemLibrary(name: "CEspeak"),
        .systemLibrary(name: "CRubberBand", pkgConfig: "rubberband"),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto"),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CProcess"),
        .systemLibrary(name: "CSeccomp", pkgConfig: "libseccomp"),
        .systemLibrary(name: "CMicrohttpd"),
        .systemLibrary(name: "CEdit"),
        .systemLibrary(name: "CCurl"),
        .systemLibrary(name: "CZlib"),
        .systemLibrary(name: "CSQLite"),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode"),
        .target(name: "PixelKernels", cSettings: [.unsafeFlags(["-O3", "-Wall", "-Wextra", "-Werror"])]),
        .target(name: "StillKernels", cSettings: [.unsafeFlags(["-O3", "-Wall", "-Wextra", "-Werror"])]),
        .target(
            name: "WordBreaks", cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])],
            linkerSettings: [.linkedLibrary("icuuc")]),

        // Pure cores
        library("Wording"),
        library("EditTime", settings: quick),
        library("JSON", settings: quick),
        library("Schemas", ["JSON"]),
        library("ModelContext", ["JSON"]),
        library("Composer", ["EditTime"], settings: quick),
        library("EditModel", ["Composer", "EditTime", "JSON", "Wording"], settings: quick),
        library("RenderPlanning", ["EditModel", "EditTime", "Wording"], settings: quick),
        library(
            "Director", ["EditModel", "EditTime", "JSON"], resources: [.copy("Languages")], settings: quick),
        library("HandOver", ["EditModel", "EditTime", "JSON", "RenderPlanning"]),
        library("CommandSyntax", ["Wording"]),

        // Pixels, pictures, sound
        library("PixelBuffers", settings: hot),
        library("ColourTables", settings: quick),
        library("ContentHash", ["CCrypto"]),
        library("FileStore", ["CLinux", "ContentHash"]),
        library(
            "Compositor",
            ["ColourTables", "EditTime", "EditModel", "RenderPlanning", "PixelBuffers", "PixelKernels"], settings: hot),
        library("MediaIO", ["CLibAV", "EditTime", "PixelBuffers"], settings: quick),
        library("StillImages", ["CVips", "EditModel", "EditTime", "PixelBuffers", "StillKernels"], settings: hot),
        library("Titles", ["CPango", "PixelBuffers", "WordBreaks"], settings: quick),
        library(
            "Sound",
            [
                "CEBUR128", "CAubio", "CEspeak", "CFluidSynth", "CRubberBand", "Composer", "EditTime", "EditModel",
                "RenderPlanning", "MediaIO",
            ],
            settings: hot),

        // The wire
        library("HTTPWire", ["CCurl", "CMicrohttpd", "CZlib"]),
        library("Certificates", ["CCrypto", "FileStore"]),
        library("QRCodes", ["CQREncode"]),
        library("LanguageModel", ["Director", "EditModel", "EditTime", "HTTPWire", "JSON"]),
        library("Remote", ["FileStore", "HTTPWire", "JSON", "Wording"]),

        // The way of a film
        library(
            "MediaLibrary",
            ["ColourTables", "ContentHash", "EditTime", "EditModel", "FileStore", "MediaIO", "StillImages", "Wording"]),
        library(
            "Renderer",
            [
                "CLinux", "ColourTables", "Compositor", "ContentHash", "FileStore", "EditTime", "EditModel", "MediaIO",
                "MediaLibrary", "PixelBuffers",
                "RenderPlanning", "Sound", "StillImages", "Titles", "Wording",
            ]),
        library(
            "KinoraKit",
            [
                "ColourTables", "Composer", "Compositor", "ContentHash", "Director", "EditModel", "EditTime",
                "FileStore",
                "HTTPWire", "HandOver", "JSON", "MediaIO", "MediaLibrary", "PixelBuffers", "RenderPlanning", "Renderer",
                "Sound",
                "StillImages", "Titles", "Wording",
            ]),

        // The service
        library("Database", ["CSQLite"]),
        library("JobQueue", ["Database"], settings: quick),
        library("WorkerPool", ["CProcess", "CSeccomp"], settings: quick),
        library(
            "FilmWork",
            [
                "ContentHash", "EditModel", "EditTime", "FileStore", "JSON", "KinoraKit", "MediaIO", "MediaLibrary",
                "PixelBuffers", "RenderPlanning", "Renderer", "Sound", "StillImages", "Wording", "WorkerPool",
            ]),
        library(
            "Studio",
            [
                "ContentHash", "Database", "Director", "EditModel", "EditTime", "FileStore", "FilmWork", "JSON",
                "JobQueue", "KinoraKit", "MediaLibrary", "Wording",
            ]),
        library(
            "AgentTools",
            [
                "CLinux", "EditModel", "EditTime", "FileStore", "FilmWork", "JSON", "MediaLibrary", "ModelContext",
                "Schemas", "Studio", "Wording",
            ]),
        library(
            "StudioServer",
            [
                "AgentTools", "ContentHash", "EditModel", "EditTime", "FileStore", "FilmWork", "HTTPWire", "JSON",
                "ModelContext", "Schemas", "Studio", "Wording",
            ]),
        .target(
            name: "StudioPage", dependencies: ["ContentHash", "EditModel", "EditTime", "HTTPWire", "JSON", "Titles"],
            path: "web", resources: [.copy("page")], swiftSettings: strict),

        // The skills for agents, and the little that reads them
        .target(
            name: "AgentSkills", dependencies: ["JSON"], path: "skills",
            resources: [
                "kinora", "photo-to-video-with-music", "photo-to-video-ai-online", "image-to-video-download",
                "image-to-video-tiktok", "ai-video-creation",
            ].map { .copy($0) }, swiftSettings: strict),

        .executableTarget(
            name: "kinora",
            dependencies: [
                "AgentSkills", "AgentTools", "CEdit", "CLinux", "Certificates", "CommandSyntax", "Composer", "Director",
                "EditModel", "EditTime", "FileStore", "FilmWork", "HTTPWire", "HandOver", "JSON", "KinoraKit",
                "LanguageModel", "MediaIO", "MediaLibrary", "ModelContext", "QRCodes", "Remote", "Renderer", "Sound",
                "Studio",
                "StudioPage", "StudioServer", "Wording", "WorkerPool",
            ],
            swiftSettings: strict),

        // A program of somebody else's, as docs/library.md shows it
        .executableTarget(
            name: "postcard", dependencies: ["KinoraKit"], path: "Examples/Postcard",
            swiftSettings: [.treatAllWarnings(as: .error)]),

        // A worker for tests of WorkerPool: crashes, hangs and grows as it is told
        .executableTarget(
            name: "worker-probe", dependencies: ["WorkerPool"], path: "Tests/worker-probe", swiftSettings: strict),
        // A worker for films, without the rest of the command
        .executableTarget(
            name: "film-worker", dependencies: ["CSeccomp", "FileStore", "FilmWork", "KinoraKit", "WorkerPool"],
            path: "Tests/film-worker", swiftSettings: strict),

        // What the tests share: real media made by ffmpeg at test time
        .target(name: "TestMedia", path: "Tests/TestMedia", swiftSettings: strict),

        // A process that changes a data folder until it is killed
        .executableTarget(
            name: "state-child", dependencies: ["EditModel", "JSON", "JobQueue", "Studio"], path: "Tests/StateChild",
            swiftSettings: strict),

        // What the tests share: sockets that say exactly what they are told
        .target(name: "TestSockets", path: "Tests/TestSockets", swiftSettings: strict),

        // A browser and the built program, for tests of the web studio
        .target(name: "TestBrowser", dependencies: ["JSON"], path: "Tests/TestBrowser", swiftSettings: strict),

        // Songs whose beats are known, for tests and for `swift run -c release beat-bench`
        .target(
            name: "TestSongs", dependencies: ["Composer", "EditTime", "Sound"], path: "Tests/TestSongs",
            swiftSettings: strict),
        .executableTarget(
            name: "beat-bench", dependencies: ["Composer", "EditModel", "EditTime", "Sound", "TestSongs"],
            path: "Benchmarks/BeatBench", swiftSettings: strict),

        // Conversations with the director, played in tests and by `swift run conversations FILE…`
        .target(
            name: "Conversing", dependencies: ["Director", "EditModel", "EditTime", "JSON"], path: "Tests/Conversing",
            swiftSettings: strict),
        .executableTarget(
            name: "conversations", dependencies: ["Conversing", "Director"], path: "Tests/conversations",
            swiftSettings: strict),

        // What can be measured of music, played in tests and by `swift run -c release music-measures`
        .target(name: "MusicEar", dependencies: ["Composer", "EditTime"], path: "Tests/MusicEar", swiftSettings: hot),
        .executableTarget(
            name: "music-measures", dependencies: ["Composer", "EditTime", "MusicEar", "Sound"],
            path: "Benchmarks/MusicMeasures", swiftSettings: strict),

        .executableTarget(
            name: "edit-bench", dependencies: ["Director", "EditModel", "EditTime", "JSON"],
            path: "Benchmarks/EditBench",
            swiftSettings: strict),

        .executableTarget(
            name: "state-bench", dependencies: ["ContentHash", "EditModel", "JSON", "JobQueue", "Studio"],
            path: "Benchmarks/StateBench",
            swiftSettings: strict),
        .executableTarget(
            name: "feature-bench",
            dependencies: ["Compositor", "EditModel", "EditTime", "PixelBuffers", "RenderPlanning"],
            path: "Benchmarks/FeatureBench", swiftSettings: strict),
        .executableTarget(
            name: "http-bench", dependencies: ["HTTPWire"], path: "Benchmarks/HTTPBench", swiftSettings: strict),

        .executableTarget(
            name: "work-bench",
            dependencies: ["ContentHash", "EditModel", "EditTime", "FileStore", "FilmWork", "KinoraKit", "WorkerPool"],
            path: "Benchmarks/WorkBench",
            swiftSettings: strict),
        .executableTarget(
            name: "page-bench", dependencies: ["JSON", "TestBrowser"], path: "Benchmarks/PageBench",
            swiftSettings: strict),

        tests("EditTime"),
        tests("Composer", ["EditTime", "MusicEar"]),
        tests("JSON"),
        tests("ModelContext", ["JSON"]),
        tests("EditModel", ["EditTime", "JSON"]),
        tests("RenderPlanning", ["EditModel", "EditTime"]),
        tests("HandOver", ["EditModel", "EditTime", "JSON"]),
        tests("Director", ["Conversing", "EditModel", "EditTime", "JSON"], exclude: ["Conversations"]),
        tests("LanguageModel", ["Director", "EditModel", "EditTime", "HTTPWire", "JSON"]),
        tests("Remote", ["FileStore", "HTTPWire", "JSON", "TestMedia", "TestSockets", "Wording"]),
        tests("CommandSyntax", ["TestMedia"]),
        tests("ContentHash", ["TestMedia"]),
        tests("FileStore", ["ContentHash", "TestMedia"]),
        tests("ColourTables"),
        tests(
            "Compositor",
            ["ColourTables", "EditModel", "EditTime", "PixelBuffers", "PixelKernels", "RenderPlanning", "TestMedia"]),
        tests("MediaIO", ["EditTime", "PixelBuffers", "TestMedia"]),
        tests("StillImages", ["EditModel", "PixelBuffers", "StillKernels", "TestMedia"]),
        tests("Titles", ["PixelBuffers", "TestMedia"]),
        tests(
            "Sound",
            ["Composer", "EditModel", "EditTime", "MediaIO", "MusicEar", "RenderPlanning", "TestMedia", "TestSongs"]),
        tests("HTTPWire", ["Certificates", "TestMedia", "TestSockets"]),
        tests("Certificates", ["TestMedia"]),
        tests("QRCodes", ["TestMedia"]),
        tests("Database", ["TestMedia"]),
        tests("JobQueue", ["Database", "TestMedia"]),
        tests("WorkerPool", ["worker-probe"]),
        tests(
            "FilmWork",
            [
                "ContentHash", "EditModel", "EditTime", "FileStore", "JSON", "KinoraKit", "MediaIO", "MediaLibrary",
                "PixelBuffers", "Renderer", "StillImages", "TestMedia", "Wording", "WorkerPool", "film-worker",
            ]),
        tests("MediaLibrary", ["ContentHash", "EditModel", "EditTime", "FileStore", "TestMedia"]),
        tests(
            "Renderer",
            [
                "ContentHash", "EditModel", "EditTime", "FileStore", "MediaIO", "MediaLibrary", "RenderPlanning",
                "TestMedia",
            ]),
        tests(
            "Studio",
            [
                "ContentHash", "Database", "Director", "EditModel", "EditTime", "FileStore", "FilmWork", "JSON",
                "JobQueue", "KinoraKit", "MediaIO", "MediaLibrary", "Renderer", "TestMedia", "Wording", "WorkerPool",
                "film-worker", "state-child",
            ]),
        tests(
            "AgentTools",
            [
                "Director", "EditModel", "EditTime", "FileStore", "FilmWork", "JSON", "KinoraKit", "ModelContext",
                "Schemas", "Studio", "TestMedia", "WorkerPool", "film-worker",
            ]),
        tests(
            "StudioServer",
            [
                "ContentHash", "EditModel", "EditTime", "FileStore", "FilmWork", "HTTPWire", "JSON", "KinoraKit",
                "MediaIO", "MediaLibrary", "ModelContext", "Schemas", "Studio", "TestMedia", "TestSockets",
            ], exclude: ["Clients"]),
        tests("KinoraKit", ["EditModel", "JSON", "Renderer", "TestMedia", "postcard"]),
        tests("StudioPage", ["HTTPWire", "JSON", "TestBrowser", "TestMedia", "kinora"]),
        tests(
            "kinora",
            [
                "AgentSkills", "CommandSyntax", "Composer", "EditModel", "EditTime", "FileStore", "HTTPWire",
                "HandOver", "JSON", "KinoraKit", "MediaIO", "MediaLibrary", "PixelBuffers", "Remote", "Renderer",
                "Sound", "StillImages", "TestMedia", "Titles", "Wording",
            ]),
    ],
    swiftLanguageModes: [.v6]
)
