// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import FilmWork
import Foundation
import MediaIO
@testable import Studio
import Synchronization
import TestMedia

/// A time of day that goes on only when it is told to; randomness is the system's.
final class StoppedTime: Sendable {
    private let seconds = Mutex(1_800_000_000.0)

    var surroundings: Surroundings {
        Surroundings(now: { self.seconds.withLock { $0 } }, randomBytes: Surroundings.system.randomBytes)
    }

    func advance(days: Double) { seconds.withLock { $0 += days * 86400 } }
}

/// Exports that go where the test leads them: what is between the wire and the makers of films.
final class LedExports: ExportUseCases {
    private struct State {
        var exports: [ExportID: Export] = [:]
        var orders: [ExportID: ExportOrder] = [:]
        var followers: [ExportID: [AsyncStream<Export>.Continuation]] = [:]
    }

    private let state = Mutex(State())
    private let folder: URL
    let surroundings: Surroundings
    static let film = Array("a film, as far as the wire is concerned".utf8)

    private let leavings: AsyncStream<ExportID>
    private let leaving: AsyncStream<ExportID>.Continuation

    init(_ surroundings: Surroundings = .system) throws {
        (leavings, leaving) = AsyncStream.makeStream(of: ExportID.self)
        folder = try TestMedia.scratchFolder()
        self.surroundings = surroundings
        try Data(Self.film).write(to: file)
    }

    private var file: URL { folder.appendingPathComponent("film.mp4") }

    private func shape(of order: ExportOrder) -> ExportShape {
        let side = order.output.shortSide ?? 1080
        return ExportShape(
            format: order.output.format, codec: .h264, canvas: PixelSize(width: side * 16 / 9, height: side),
            frameRate: FrameRate(30), duration: MediaTime(milliseconds: 2500))
    }

    func start(_ order: ExportOrder, for account: AccountID) async throws -> Export {
        try state.withLock { state in
            if let known = state.orders[order.id] {
                guard known == order, let export = state.exports[order.id] else { throw ExportError.idTaken }
                return export
            }
            let export = Export(
                id: order.id, account: account, project: order.project, revision: 0, output: order.output,
                shape: shape(of: order), status: .pending, progress: 0, createdSeconds: surroundings.now(), notes: [])
            state.orders[order.id] = order
            state.exports[order.id] = export
            return export
        }
    }

    func shape(of order: ExportOrder, for account: AccountID) async throws -> ExportShape { shape(of: order) }

    func export(_ id: ExportID, of account: AccountID) async throws -> Export {
        guard let export = state.withLock({ $0.exports[id] }), export.account == account else {
            throw ExportError.noSuchExport
        }
        return export
    }

    func exports(
        of account: AccountID, in project: ProjectID?, before: ExportID?, limit: Int
    ) async throws -> [Export] {
        let all = state.withLock { Array($0.exports.values) }
        return Array(
            all.filter { $0.account == account && (project == nil || $0.project == project) }
                .sorted { $0.id.text < $1.id.text }.prefix(limit))
    }

    func cancel(_ id: ExportID, of account: AccountID) async throws -> Export {
        _ = try await export(id, of: account)
        return lead(id) { $0.status = .cancelled }
    }

    func remove(_ id: ExportID, of account: AccountID) async throws {
        _ = try await export(id, of: account)
        state.withLock { $0.exports[id] = nil }
    }

    func changes(of id: ExportID, of account: AccountID) async throws -> AsyncStream<Export> {
        let export = try await export(id, of: account)
        let (stream, continuation) = AsyncStream.makeStream(of: Export.self)
        continuation.yield(export)
        if export.status.isFinal { continuation.finish() }
        state.withLock { $0.followers[id, default: []].append(continuation) }
        continuation.onTermination = { [leaving] _ in leaving.yield(id) }
        return stream
    }

    /// Returns when somebody who followed the export has gone.
    func left(_ id: ExportID) async {
        for await gone in leavings where gone == id { return }
    }

    func file(of id: ExportID, of account: AccountID) async throws -> ExportFile {
        let export = try await export(id, of: account)
        guard export.status == .completed else { throw ExportError.noFile(export.status) }
        return ExportFile(
            location: file, name: "Urban Dreams 梦.mp4", mediaType: "video/mp4",
            hash: String(repeating: "ab", count: 32), byteCount: Int64(Self.film.count))
    }

    /// Changes an export, and tells whoever follows.
    @discardableResult
    func lead(_ id: ExportID, _ change: (inout Export) -> Void) -> Export {
        state.withLock { state in
            guard var export = state.exports[id] else { preconditionFailure("no export \(id)") }
            change(&export)
            state.exports[id] = export
            for follower in state.followers[id] ?? [] {
                follower.yield(export)
                if export.status.isFinal { follower.finish() }
            }
            return export
        }
    }

    func complete(_ id: ExportID) {
        lead(id) { export in
            export.status = .completed
            export.progress = 100
            export.completedSeconds = surroundings.now()
            export.result = ExportResult(
                hash: String(repeating: "ab", count: 32), byteCount: Int64(Self.film.count), shape: export.shape)
        }
    }
}
