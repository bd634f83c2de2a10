// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
public import JSON
import Wording

extension EditHistory {
    /// All of it as JSON.
    public var json: JSONValue {
        [
            "revisions": .array(revisions.map(\.json)),
            "log": .array(log.map(\.json)),
            "line": .array(line.map { .integer(Int64($0)) }),
            "position": .integer(Int64(position)),
        ]
    }

    /// Reads what `json` wrote. Throws with the field that is wrong.
    public init(json: JSONValue) throws(DraftError) {
        var reader = try FieldReader(json, path: "")
        let numbers = Int64(0)...Int64(Int32.max)
        let revisions = try reader.list("revisions", atMost: .max) { (r) throws(DraftError) in
            guard let number = try r.integer("number", in: numbers), let value = r.take("draft") else {
                throw r.missing("number", .revision)
            }
            return Revision(
                number: Int(number), draft: try Draft(value),
                parent: try r.integer("parent", in: numbers).map(Int.init),
                name: try r.text("name"))
        }
        let log = try reader.list("log", atMost: .max) { (r) throws(DraftError) in
            Entry(
                calls: try readCalls(&r), who: try r.text("who") ?? "", words: try r.text("words") ?? "",
                from: Int(try r.integer("from", in: numbers) ?? 0), to: Int(try r.integer("to", in: numbers) ?? 0))
        }
        let line = (reader.take("line")?.array ?? []).compactMap { $0.integer.map(Int.init) }
        let position = Int(try reader.integer("position", in: numbers) ?? 0)
        guard let history = EditHistory(revisions: revisions ?? [], log: log ?? [], line: line, position: position)
        else {
            throw DraftError(field: "line", .notLine)
        }
        self = history
    }
}

private func readCalls(_ reader: inout FieldReader) throws(DraftError) -> [OperationCall] {
    do {
        return try OperationCall.list(json: reader.take("calls") ?? [])
    } catch {
        throw DraftError(field: reader.field("calls"), .wrongCalls, ["why": .text(error.description)])
    }
}

extension EditHistory.Revision {
    public var json: JSONValue {
        var members: [String: JSONValue] = ["number": .integer(Int64(number)), "draft": draft.json]
        members["parent"] = parent.map { .integer(Int64($0)) }
        members["name"] = name.map { .string($0) }
        return .object(members)
    }
}

extension EditHistory.Entry {
    public var json: JSONValue {
        [
            "calls": .array(calls.map(\.json)), "who": .string(who), "words": .string(words),
            "from": .integer(Int64(from)), "to": .integer(Int64(to)),
        ]
    }
}
