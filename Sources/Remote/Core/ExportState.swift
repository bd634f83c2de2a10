// SPDX-License-Identifier: GPL-3.0-or-later
package import JSON

/// How far an export is, read from either published shape of the reply: members at the top, or under `data`; the link as
/// `output.url` or `outputUrl`.
package struct ExportState: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable {
        case pending, processing, completed, failed, cancelled
    }

    package var id: String?
    package var status: Status
    /// 0–100.
    package var progress: Double
    package var url: String?
    package var byteCount: Int?
    package var seconds: Double?
    package var error: String?
    package var notes: [String] = []

    package init(_ reply: JSONValue) {
        let places = [reply, reply["data"] ?? .null]
        func first<Value>(_ read: (JSONValue) -> Value?) -> Value? { places.lazy.compactMap(read).first }
        let name = first { ($0["status"] ?? $0["state"])?.string }?.lowercased() ?? ""
        url = first { place in
            for value in [place["output"]?["url"], place["outputUrl"], place["output_url"], place["url"]] {
                if let text = value?.string, !text.isEmpty { return text }
            }
            return nil
        }
        status = Self.names[name] ?? (url != nil && name.isEmpty ? .completed : .processing)
        id = first { ($0["id"] ?? $0["render_id"] ?? $0["taskId"])?.string }
        let progress = first { $0["progress"]?.number } ?? 0
        // Some count from 0 to 1.
        let isShare = progress > 0 && progress < 1 && status != .completed
        self.progress = status == .completed ? 100 : min(100, max(0, isShare ? progress * 100 : progress))
        byteCount = first { ($0["output"]?["size"] ?? $0["outputSize"])?.integer.flatMap { Int(exactly: $0) } }
        seconds = first { $0["output"]?["duration"]?.number }
        error = first { $0["error"]?.string ?? $0["error"]?["message"]?.string }
        notes = first { $0["notes"]?.array?.compactMap(\.string) } ?? []
    }

    package var isFinal: Bool { status == .completed || status == .failed || status == .cancelled }

    private static let names: [String: Status] = [
        "pending": .pending, "queued": .pending, "created": .pending, "processing": .processing,
        "rendering": .processing, "running": .processing, "in_progress": .processing, "completed": .completed,
        "complete": .completed, "succeeded": .completed, "success": .completed, "done": .completed,
        "failed": .failed, "failure": .failed, "error": .failed, "cancelled": .cancelled, "canceled": .cancelled,
    ]
}
