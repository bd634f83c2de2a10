// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel
import EditTime
package import Foundation
package import HTTPWire
import JSON
import Titles

/// The web studio: a page made of plain files, and the routes that hand them out.
///
/// All files are read once, when the program starts; each answer is made of bytes in memory, with their hash as entity tag. Nothing
/// in the page comes from elsewhere, and its policy forbids a browser to fetch, run or be framed by anything that does.
package struct StudioPage: Sendable {
    /// Why there is no page.
    package enum Failure: Error, CustomStringConvertible {
        case noPage(folder: String)

        package var description: String {
            switch self {
            case .noPage(let folder):
                "The studio's page is missing: there is no index.html in \(folder). Build or install the program again."
            }
        }
    }

    /// One file as it is handed out.
    struct Served: Sendable {
        let bytes: [UInt8]
        let type: String
        let entityTag: String

        init(_ bytes: [UInt8], type: String) {
            self.bytes = bytes
            self.type = type
            entityTag = "\"\(ContentHash(of: bytes).hex.prefix(32))\""
        }
    }

    /// By path below the page's folder: `parts/player.js`.
    private let files: [String: Served]

    /// Where the program keeps the page: beside it when installed, in the build folder when not.
    package static var ownFolder: URL { Bundle.module.bundleURL.appendingPathComponent("page") }

    /// Reads the page.
    ///
    /// - Throws: `Failure` where there is none, and what reading a file throws.
    package init(folder: URL = StudioPage.ownFolder) throws {
        var files: [String: Served] = [:]
        // Symbolic links may stand before the folder, not in it.
        let root = folder.resolvingSymlinksInPath()
        let found = FileManager.default.enumerator(at: root, includingPropertiesForKeys: [.isRegularFileKey])
        while let file = found?.nextObject() as? URL {
            guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true,
                let type = Self.types[file.pathExtension]
            else { continue }
            let path = file.path.dropFirst(root.path.count).drop { $0 == "/" }
            files[String(path)] = Served(Array(try Data(contentsOf: file)), type: type)
        }
        guard files["index.html"] != nil else { throw Failure.noPage(folder: folder.path) }
        files["platforms.json"] = Served(Array(Self.platforms.text().utf8), type: "application/json")
        files["names.json"] = Served(Array(Self.names.text().utf8), type: "application/json")
        self.files = files
    }

    /// What is served, and nothing else, by the end of its name.
    private static let types = [
        "html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8",
        "svg": "image/svg+xml", "webmanifest": "application/manifest+json", "json": "application/json",
    ]

    /// `GET /` and `GET /page/…`.
    package var routes: [Route] {
        [
            Route(.get, "/", help: .init("The web studio"), .handler { try answer("index.html", to: $0) }),
            Route(
                .get, "/page/{file...}", help: .init("The web studio's files"),
                .handler { try answer($0.parameters["file"] ?? "", to: $0) }),
        ]
    }

    private func answer(_ path: String, to request: HTTPRequest) throws -> HTTPResponse {
        guard let file = files[path] else { throw HTTPFailure.notFound }
        var response = HTTPResponse(body: .bytes(file.bytes))
        response.headers["Content-Type"] = file.type
        response.headers["ETag"] = file.entityTag
        // Asked for each time, sent only when it has changed: a new program never meets an old page.
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Content-Security-Policy"] = Self.policy
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        return response
    }

    /// Everything from here; pictures and films also from the page's own memory; no text ever becomes markup.
    package static let policy = [
        "default-src 'self'", "img-src 'self' blob:", "media-src 'self' blob:", "object-src 'none'",
        "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ].joined(separator: "; ")
}

extension StudioPage {
    /// What each transition, each look and each title style is called and does, by table and name, for lists of them.
    static var names: JSONValue {
        func table(_ rows: some Sequence<(String, RowWords)>) -> JSONValue {
            .object(
                Dictionary(
                    uniqueKeysWithValues: rows.map { name, words in
                        (
                            name,
                            [
                                "zh": .string(words.chineseName), "about": .string(words.english),
                                "about_zh": .string(words.chinese),
                            ]
                        )
                    }))
        }
        return [
            "transition": table(TransitionWords.all.map { ($0.rawValue, $1) }),
            "look": table(LookCatalog.entries.map { ($0.look.rawValue, $0.words) }),
            "title": .object(
                Dictionary(
                    uniqueKeysWithValues: TitleStyle.all.map { style in
                        (
                            style.name,
                            [
                                "zh": .string(style.chineseName), "about": .string(style.summary),
                                "about_zh": .string(style.chinese),
                            ]
                        )
                    })),
        ]
    }

    /// The platforms' frames, limits and keep-clear zones, for pictures of the frame and checks before an export.
    static var platforms: JSONValue {
        .array(
            PlatformPreset.all.map { preset in
                let area = preset.safeArea
                var row: [String: JSONValue] = [
                    "name": .string(preset.name), "title": .string(preset.title),
                    "canvases": .array(
                        preset.canvases.map { [.integer(Int64($0.width)), .integer(Int64($0.height))] }),
                    "fps": [
                        .number(preset.frameRates.lowest.framesPerSecond),
                        .number(preset.frameRates.highest.framesPerSecond),
                    ],
                    "safe": .object([
                        "top": .number(area.top), "bottom": .number(area.bottom), "left": .number(area.left),
                        "right": .number(area.right),
                    ]),
                ]
                if let longest = preset.longest { row["longest"] = .integer(longest.milliseconds) }
                if let advised = preset.longestAdvised { row["advised"] = .integer(advised.milliseconds) }
                if let bytes = preset.largestFileBytes { row["bytes"] = .integer(bytes) }
                if let buttons = area.buttons {
                    row["buttons"] = ["from": .number(buttons.from), "right": .number(buttons.right)]
                }
                return .object(row)
            })
    }
}
