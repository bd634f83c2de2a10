// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import Foundation
import MediaIO
public import Renderer

extension Film {
    /// Renders the film to `path`, replacing what is there once it is complete and checked; `.mp4`, `.mov` or `.webm`.
    ///
    /// Runs on a thread of its own. When the task is cancelled the work stops and `RenderError.stopped` is thrown; what was
    /// rendered stays in the cache, and the next try goes on from there.
    ///
    /// - Parameters:
    ///   - encoding: nil = as the file's name asks for.
    ///   - progress: is told the share that is done, 0…1, from any thread.
    @discardableResult
    public func render(
        to path: String, encoding: Encoding? = nil, progress: @escaping @Sendable (Double) -> Void = { _ in }
    ) async throws -> FilmRenderer.Report {
        let stop = StopSignal()
        let encoding = try encoding ?? self.encoding(for: path)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread {
                    continuation.resume(
                        with: Result {
                            try kit.render(
                                draft, material, to: path, encoding: encoding, mostBytes: mostFileBytes, stop: stop
                            ) { progress($0.fraction) }
                        })
                }
            }
        } onCancel: {
            stop.stop()
        }
    }

    /// Draws the frame that is on at `seconds`, the last one for any later time, and writes it as the name asks for (PNG, JPEG).
    public func writeFrame(at seconds: Double, to path: String) throws {
        try kit.writeFrame(draft, material, at: MediaTime(seconds: seconds), to: URL(fileURLWithPath: path))
    }

    /// As the name's ending and the film's platform have it.
    private func encoding(for path: String) throws(FilmNameError) -> Encoding {
        var encoding = Encoding()
        let ending = URL(fileURLWithPath: path).pathExtension.lowercased()
        guard let container = Encoding.Container(rawValue: ending) else { throw FilmNameError(path: path) }
        encoding.container = container
        if container == .webm { encoding.codec = .av1 }
        if let platform = draft.film.preset.flatMap(PlatformPreset.named) {
            encoding.mostKilobits = platform.bitrate.most
            encoding.soundBitRate = platform.soundKilobits * 1000
        }
        return encoding
    }

    private var mostFileBytes: Int64? {
        [mostBytes, draft.film.preset.flatMap(PlatformPreset.named)?.largestFileBytes].compactMap(\.self).min()
    }
}

/// A film's name with an ending of no kind that is written.
public struct FilmNameError: Error, Hashable, Sendable, CustomStringConvertible {
    public let path: String

    public var description: String {
        let endings = Encoding.Container.allCases.map { ".\($0.rawValue)" }.joined(separator: ", ")
        return "could not write a film to \(path): its name must end in one of \(endings)"
    }
}
