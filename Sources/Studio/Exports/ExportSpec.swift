// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel
import FilmWork
import Foundation
import JobQueue
import JSON
import Wording

/// What is kept of an order beside its task: all that is shown of it.
struct ExportSummary: Hashable, Sendable, Codable {
    var revision: Int?
    var output: ExportOutput
    var shape: ExportShape
    var webhook: String?
    /// The file's name for people, without its ending.
    var name: String
}

/// What the task that makes it is told.
struct ExportSpec: Hashable, Sendable, Codable {
    /// Without the places of its media: those are looked up when it is made.
    var scene: FilmScene
    var output: ExportOutput
}

/// What came of it.
struct ExportOutcome: Hashable, Sendable, Codable {
    var result: ExportResult
    var notes: [Wording]
}

/// How these are written.
enum ExportCoding {
    static func bytes(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(value))
    }

    static func value<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) -> Value? {
        try? JSONDecoder().decode(type, from: Data(bytes))
    }
}

extension ExportOrder {
    /// Equal for equal orders: what the call said, not what the project was at the time.
    var requestHash: String {
        get throws {
            var fields: [String: JSONValue] = ["project": .string(project.text)]
            fields["draft"] = draft?.json
            fields["webhook"] = webhook.map { .string($0) }
            fields["output"] = .string(String(decoding: try ExportCoding.bytes(output), as: UTF8.self))
            return ContentHash(of: Array(JSONValue.object(fields).text().utf8)).hex
        }
    }
}

extension TaskFailure {
    /// A failure whose words can be told in any language: the message is in English, the code is the wording itself.
    init(_ wording: Wording) {
        let code = (try? ExportCoding.bytes(wording)).map { String(decoding: $0, as: UTF8.self) }
        self.init(code: code ?? wording.key, message: wording.text(in: FaultWords.english))
    }

    var wording: Wording {
        ExportCoding.value(Wording.self, Array(code.utf8)) ?? Wording("work refused", ["detail": .text(message)])
    }
}

extension Export {
    /// As it stands by what is kept of it; nil where that is of another version.
    init?(_ record: ExportRecord, keptDays: Double?) {
        guard let id = ExportID(record.id), let summary = ExportCoding.value(ExportSummary.self, record.order) else {
            return nil
        }
        let task = record.task
        let outcome = task.output.flatMap { ExportCoding.value(ExportOutcome.self, $0) }
        let completed = task.finishedAt?.seconds
        self.init(
            id: id, account: record.account, project: record.project, revision: summary.revision,
            output: summary.output, shape: outcome?.result.shape ?? summary.shape, status: Status(task),
            progress: task.progress * 100, createdSeconds: record.createdSeconds, completedSeconds: completed,
            expiresSeconds: task.state == .done ? completed.flatMap { at in keptDays.map { at + $0 * 86_400 } } : nil,
            result: outcome?.result, notes: outcome?.notes ?? [],
            failure: task.state == .failed ? task.failure?.wording : nil)
    }
}

extension Export.Status {
    init(_ task: QueuedTask) {
        switch task.state {
        // Once begun it is under way, also while it waits for another try.
        case .ready: self = task.attempts > 0 ? .processing : .pending
        case .leased: self = .processing
        case .done: self = .completed
        case .failed: self = .failed
        case .cancelled: self = .cancelled
        }
    }
}
