// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Reads `multipart/form-data` (RFC 7578) from bytes in any pieces: a pure state machine that holds no more than a part's
/// headers and the beginning of a boundary.
public struct MultipartParser: Sendable {
    /// What the bytes meant, in order: for each part `began`, any number of `bytes`, `ended`.
    public enum Event: Sendable, Hashable {
        case began(MultipartPart)
        case bytes(ArraySlice<UInt8>)
        case ended
    }

    /// How much a form may have of what is held in memory.
    public struct Limits: Sendable {
        public var parts: Int
        /// All header lines of a part, in bytes.
        public var headerBytes: Int

        public init(parts: Int = 1000, headerBytes: Int = 16 << 10) {
            self.parts = parts
            self.headerBytes = headerBytes
        }
    }

    private enum State: Sendable {
        /// Before the first boundary, in a part's content, and the like: bytes until a delimiter.
        case preamble
        case content
        /// Right behind a boundary: `--` ends the form, a line end begins a part.
        case boundary([UInt8])
        case headers([UInt8])
        case epilogue
    }

    /// CR LF "--" boundary. CR stands in it only at the start, so a match that fails can begin anew only at its own byte.
    private let delimiter: [UInt8]
    private let limits: Limits
    private var state = State.preamble
    /// How many bytes of the delimiter have been seen. The start counts as the end of a line.
    private var matched = 2
    private var partCount = 0

    /// - Parameter contentType: the request's header, with the boundary.
    public init(contentType: String?, limits: Limits = Limits()) throws(MultipartError) {
        guard let contentType, let value = HeaderParameters(contentType),
            value.value.lowercased() == "multipart/form-data"
        else { throw .notAForm }
        guard let boundary = value["boundary"], (1...70).contains(boundary.utf8.count),
            boundary.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), boundary.utf8.last != 0x20
        else { throw .noBoundary }
        delimiter = [0x0D, 0x0A, 0x2D, 0x2D] + boundary.utf8
        self.limits = limits
    }

    /// Takes the next bytes; what they complete. After an error nothing more is taken.
    public mutating func feed(_ bytes: [UInt8]) throws(MultipartError) -> [Event] {
        var events: [Event] = []
        var at = 0
        while at < bytes.count {
            switch state {
            case .preamble, .content: at = scan(bytes, from: at, &events)
            case .boundary: at = try readBoundary(bytes, from: at)
            case .headers: at = try readHeaders(bytes, from: at, &events)
            case .epilogue: return events
            }
        }
        return events
    }

    /// The bytes are over. Throws if the form is not.
    public func finish() throws(MultipartError) {
        guard case .epilogue = state else { throw .endedEarly }
    }

    /// Bytes up to a delimiter; the index behind what was looked at.
    private mutating func scan(_ bytes: [UInt8], from start: Int, _ events: inout [Event]) -> Int {
        var at = start
        // Where this piece's content begins; what matched before it lies in earlier pieces.
        let earlier = matched
        var isEarlierPending = earlier > 0
        while at < bytes.count {
            if matched == 0 {
                at = Self.nextReturn(in: bytes, from: at)
                guard at < bytes.count else { break }
                matched = 1
                at += 1
                continue
            }
            if bytes[at] == delimiter[matched] {
                matched += 1
                at += 1
                guard matched == delimiter.count else { continue }
                if case .content = state {
                    if !isEarlierPending { emit(bytes[start..<at - delimiter.count], &events) }
                    events.append(.ended)
                }
                matched = 0
                state = .boundary([])
                return at
            }
            if isEarlierPending {
                emit(delimiter[..<earlier], &events)
                isEarlierPending = false
            }
            // The byte that did not fit is looked at again, as content.
            matched = 0
        }
        if !isEarlierPending { emit(bytes[start..<at - matched], &events) }
        return at
    }

    private func emit(_ bytes: ArraySlice<UInt8>, _ events: inout [Event]) {
        if case .content = state, !bytes.isEmpty { events.append(.bytes(bytes)) }
    }

    private static func nextReturn(in bytes: [UInt8], from at: Int) -> Int {
        bytes.withUnsafeBytes { all in
            guard let base = all.baseAddress, let found = memchr(base + at, 0x0D, all.count - at) else {
                return all.count
            }
            return UnsafeRawPointer(found) - base
        }
    }

    private mutating func readBoundary(_ bytes: [UInt8], from start: Int) throws(MultipartError) -> Int {
        guard case .boundary(var line) = state else { return start }
        for at in start..<bytes.count {
            line.append(bytes[at])
            if line == [0x2D, 0x2D] {
                state = .epilogue
                return bytes.count
            }
            if line.last == 0x0A {
                // Spaces may stand between a boundary and its line end (RFC 2046, 5.1.1).
                guard line.dropLast(2).allSatisfy({ $0 == 0x20 || $0 == 0x09 }), line.dropLast().last == 0x0D else {
                    throw .malformed("a boundary is followed by something else")
                }
                partCount += 1
                guard partCount <= limits.parts else { throw .tooManyParts(limit: limits.parts) }
                state = .headers([])
                return at + 1
            }
            guard line.count < 128 else { throw .malformed("a boundary is followed by something else") }
        }
        state = .boundary(line)
        return bytes.count
    }

    private mutating func readHeaders(
        _ bytes: [UInt8], from start: Int, _ events: inout [Event]
    ) throws(MultipartError) -> Int {
        guard case .headers(var head) = state else { return start }
        // Taken out, so that it grows in place.
        state = .epilogue
        for at in start..<bytes.count {
            head.append(bytes[at])
            if bytes[at] == 0x0A, head.count == 2 ? head[0] == 0x0D : head.suffix(4) == [0x0D, 0x0A, 0x0D, 0x0A] {
                events.append(.began(try MultipartPart(head: head)))
                state = .content
                // A part without content ends right here: the line end before its boundary is the headers' own
                // empty line's only if the sender left one out, which form data never does.
                matched = 0
                return at + 1
            }
            guard head.count < limits.headerBytes else { throw .headersTooLarge(limit: limits.headerBytes) }
        }
        state = .headers(head)
        return bytes.count
    }
}

/// What is wrong with a form.
public enum MultipartError: Error, Sendable, Hashable {
    case notAForm
    case noBoundary
    case malformed(String)
    case headersTooLarge(limit: Int)
    case tooManyParts(limit: Int)
    /// The body ended before the form did.
    case endedEarly

    /// What is wrong and what to do, in plain words.
    public var message: String {
        switch self {
        case .notAForm: "The body is no form: send it as multipart/form-data."
        case .noBoundary: "The Content-Type of the form names no boundary: let the client make that header itself."
        case .malformed(let what): "The form cannot be read: \(what)."
        case .headersTooLarge(let limit): "The headers of a part are larger than \(limit) bytes; shorten its names."
        case .tooManyParts(let limit): "The form has more than \(limit) parts; send it in several requests."
        case .endedEarly: "The form ends before its last boundary; send it again."
        }
    }
}

extension HTTPRequest {
    /// Reads a form from the body, event by event, with the back-pressure of `take`.
    public func readForm(
        limits: MultipartParser.Limits = .init(), _ take: (MultipartParser.Event) async throws -> Void
    ) async throws {
        var parser = try MultipartParser(contentType: headers["Content-Type"], limits: limits)
        for try await part in body {
            for event in try parser.feed(part) { try await take(event) }
        }
        try parser.finish()
    }
}
