// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import EditModel
import FileStore
import Foundation
import KinoraKit
import MediaIO
import Renderer
import Synchronization

extension Coding {
    /// The encoding these options ask for, of a file with this name.
    func encoding(for path: String, preset platform: PlatformPreset? = nil) -> Encoding {
        var encoding = Encoding()
        encoding.quality = quality
        encoding.preset = preset
        encoding.crf = crf
        encoding.container = Self.container(of: path) ?? .mp4
        encoding.codec = codec(in: encoding.container)
        encoding.mostKilobits = platform?.bitrate.most
        if let kilobits = platform?.soundKilobits { encoding.soundBitRate = kilobits * 1000 }
        return encoding
    }

    /// The largest file wanted, by the option and by the platform.
    func mostBytes(preset platform: PlatformPreset? = nil) -> Int64? {
        [maxSize, platform?.largestFileBytes].compactMap(\.self).min()
    }

    static func container(of path: String) -> Encoding.Container? {
        Encoding.Container(rawValue: (path as NSString).pathExtension.lowercased())
    }

    /// The kit these options ask for.
    func kit(_ console: Console = Console()) throws -> FilmKit {
        try Self.kit(usesCache: usesCache, jobs: jobs, console)
    }

    /// A cache that cannot be written costs time, not the film: it is said, and done without.
    static func kit(usesCache: Bool, jobs: Int? = nil, _ console: Console = Console()) throws -> FilmKit {
        let environment = ProcessInfo.processInfo.environment
        if usesCache {
            do {
                let cache = try userCache(environment)
                try cache.checkWritable()
                return try FilmKit(cache: cache, jobs: jobs)
            } catch let error as FileError {
                console.warn(
                    console.words.text(
                        "cache unusable",
                        [
                            "reason": console.words.text(error),
                            "folder": Folders.cache(environment: environment),
                        ]))
            }
        }
        let cache = try FilmKit.throwawayCache()
        throwaway.withLock { $0 = cache.path }
        return try FilmKit(cache: cache, jobs: jobs)
    }

    /// Where `--no-cache` works.
    private static let throwaway = Mutex<String?>(nil)

    /// Removes what `--no-cache` made, at the end of the command, whoever may still hold it then.
    static func discardThrowaway() {
        throwaway.withLock { if let path = $0 { Folders.remove(path) } }
    }

    static func userCache(_ environment: [String: String]) throws -> CacheFolder {
        var limit: Int64?
        if let text = environment["KINORA_CACHE_LIMIT"], !text.isEmpty {
            do {
                limit = try ValueKind<Int64>.bytes.read(text)
            } catch {
                throw UsageError(.badValue, subject: "KINORA_CACHE_LIMIT", given: text, reason: error.reason)
            }
        }
        return try FilmKit.usualCache(environment: environment, limit: limit)
    }
}
