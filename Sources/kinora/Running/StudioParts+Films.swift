// SPDX-License-Identifier: GPL-3.0-or-later
import FileStore
import FilmWork
import Foundation
import HTTPWire
import KinoraKit
import Studio
import WorkerPool

extension StudioParts {
    /// Processes of this program that open media for a server.
    ///
    /// - Parameter films: made at once.
    static func workers(
        for folder: DataFolder, _ environment: [String: String], films: Int = 1
    ) throws -> FilmWorkers {
        let cache = try Coding.kit(usesCache: true).cache
        // What is not there when a worker starts, it never sees.
        try Folders.make("\(folder.path)/exports")
        return try FilmWorkers(
            cache: cache,
            program: .ownself(["worker", "--cache", cache.path, "--data", folder.path], environment: environment),
            films: films)
    }

    /// The exports of a studio, in its data folder; to be opened before the first call and closed after the last.
    ///
    static func exports(
        _ studio: Studio, _ workers: FilmWorkers, in folder: DataFolder, settings: ExportSettings
    ) throws -> Exports {
        var settings = settings
        settings.courier = HTTPCourier()
        return try Exports(
            Exports.Parts(studio: studio, films: workers), folder: "\(folder.path)/exports", settings: settings)
    }
}

/// Posts letters to webhooks: to the public internet and to this machine, and no further.
struct HTTPCourier: WebhookCourier {
    /// A client of its own: none of its connections was made without asking.
    private let client = HTTPClient(userAgent: "kinora")

    func deliver(_ letter: WebhookLetter) async -> Bool {
        var request = HTTPClientRequest(.post, letter.url, body: letter.body)
        for (name, value) in letter.headers { request.headers.add(name, value) }
        request.times = HTTPClientRequest.Times(connect: .seconds(5), idle: .seconds(10), total: .seconds(20))
        request.usesProxy = false
        request.allowsAddress = { $0.isPublic || $0.description.hasPrefix("127.") || $0.description == "::1" }
        guard let answer = try? await client.fetch(request, upTo: 64 << 10) else { return false }
        return (200..<300).contains(answer.status.rawValue)
    }
}
