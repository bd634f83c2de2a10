// SPDX-License-Identifier: GPL-3.0-or-later

/// The body of a request, piece by piece, read once by one reader.
///
/// Over the wire it comes with back-pressure: while nobody reads, no more than a bounded amount is taken from the
/// client, and a client that asks first (`Expect: 100-continue`) sends nothing. Reading throws `HTTPFailure`: too large,
/// late, or the client left.
public struct HTTPBody: AsyncSequence, Sendable {
    public typealias Element = [UInt8]
    public typealias Failure = any Error

    enum Source: Sendable {
        case bytes([UInt8])
        case wire(Exchange)
    }

    let source: Source
    /// What the client said it would send; nil if it did not say (a chunked body).
    public let length: Int?

    public static let empty = HTTPBody(bytes: [])

    /// A body that is there already, for tests and for requests made by hand.
    public init(bytes: [UInt8]) {
        source = .bytes(bytes)
        length = bytes.count
    }

    init(wire: Exchange, length: Int?) {
        source = .wire(wire)
        self.length = length
    }

    public struct Iterator: AsyncIteratorProtocol {
        var source: Source

        /// The next bytes, never empty, or nil at the end.
        public mutating func next() async throws -> [UInt8]? {
            switch source {
            case .bytes(let bytes):
                source = .bytes([])
                return bytes.isEmpty ? nil : bytes
            case .wire(let exchange): return try await exchange.nextBodyPart()
            }
        }
    }

    public func makeAsyncIterator() -> Iterator { Iterator(source: source) }

    /// The whole body, if it is at most `limit` bytes; `HTTPFailure.bodyTooLarge` otherwise, before reading if the
    /// client said how much it has.
    public func collect(upTo limit: Int) async throws -> [UInt8] {
        if let length, length > limit { throw HTTPFailure.bodyTooLarge(limit: limit) }
        var whole: [UInt8] = []
        for try await part in self {
            guard whole.count + part.count <= limit else { throw HTTPFailure.bodyTooLarge(limit: limit) }
            if whole.isEmpty { whole = part } else { whole += part }
        }
        return whole
    }
}

/// Takes the bytes of a streamed answer, with back-pressure: `write` returns when there is room for more.
public struct HTTPBodyWriter: Sendable {
    enum Sink: Sendable {
        case wire(Exchange)
        case closure(@Sendable ([UInt8]) async throws -> Void)
    }
    let sink: Sink

    init(wire: Exchange) { sink = .wire(wire) }

    /// A writer that hands its bytes on, for tests and for answers made by hand.
    public init(_ write: @escaping @Sendable ([UInt8]) async throws -> Void) { sink = .closure(write) }

    /// Sends bytes. Throws `HTTPFailure.clientLeft` when nobody is there any more, `CancellationError` in a cancelled task.
    public func write(_ bytes: [UInt8]) async throws {
        switch sink {
        case .wire(let exchange): try await exchange.write(bytes)
        case .closure(let write): try await write(bytes)
        }
    }

    public func write(_ text: String) async throws { try await write(Array(text.utf8)) }
}
