// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads a `text/event-stream` from bytes in any pieces: a pure state machine (WHATWG HTML, 9.2.6).
///
/// Lines end with LF, CR or CRLF; a byte-order mark at the start is skipped; comments are counted and
/// dropped. `data:` with nothing behind it is an event with empty data, as the standard says; a block without data is none, but
/// its id counts. What the stream leaves unfinished at its end is dropped.
public struct ServerSentEventParser: Sendable {
    /// A line or the data of one event got longer than allowed.
    public struct TooLong: Error, Sendable, Hashable {
        public let limit: Int
    }

    private let limit: Int
    private var line: [UInt8] = []
    private var afterReturn = false
    private var isFirstLine = true
    private var data: [UInt8] = []
    private var event: String?
    private var retry: Int?
    /// The last id that was named; to be sent as `Last-Event-ID` when connecting anew.
    public private(set) var lastID: String?
    /// Comments so far: heartbeats, most likely.
    public private(set) var commentCount = 0

    /// - Parameter limit: the most bytes of a line, and of the data of an event.
    public init(limit: Int = 16 << 20) { self.limit = limit }

    /// Takes the next bytes; the events that are complete with them.
    public mutating func feed(_ bytes: some Sequence<UInt8>) throws(TooLong) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            if afterReturn {
                afterReturn = false
                if byte == 0x0A { continue }
            }
            if byte == 0x0A || byte == 0x0D {
                afterReturn = byte == 0x0D
                try endLine(&events)
            } else {
                guard line.count < limit else { throw TooLong(limit: limit) }
                line.append(byte)
            }
        }
        return events
    }

    private mutating func endLine(_ events: inout [ServerSentEvent]) throws(TooLong) {
        defer { line.removeAll(keepingCapacity: line.count <= 64 << 10) }
        if isFirstLine {
            isFirstLine = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        guard !line.isEmpty else {
            if !data.isEmpty {
                let text = String(decoding: data.dropLast(), as: UTF8.self)
                events.append(ServerSentEvent(data: text, event: event, id: lastID, retry: retry))
            }
            (data, event, retry) = ([], nil, nil)
            return
        }
        let colon = line.firstIndex(of: 0x3A)
        if colon == 0 {
            commentCount += 1
            return
        }
        let name = String(decoding: line[..<(colon ?? line.endIndex)], as: UTF8.self)
        var value = colon.map { line[($0 + 1)...] } ?? []
        if value.first == 0x20 { value = value.dropFirst() }
        switch name {
        case "data":
            guard data.count + value.count < limit else { throw TooLong(limit: limit) }
            data += value
            data.append(0x0A)
        case "event": event = value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
        case "id": if !value.contains(0) { lastID = String(decoding: value, as: UTF8.self) }
        case "retry":
            if value.allSatisfy({ (0x30...0x39).contains($0) }) { retry = Int(String(decoding: value, as: UTF8.self)) }
        default: break
        }
    }
}
