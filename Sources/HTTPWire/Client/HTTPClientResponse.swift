// SPDX-License-Identifier: GPL-3.0-or-later

/// An answer: its head, and its body while it comes.
public struct HTTPClientResponse: Sendable {
    public let status: HTTPStatus
    public let headers: HTTPHeaders
    /// Read once, by one reader. What is not read holds the sender back; letting go of the response ends the transfer.
    public let body: Body

    /// The body, piece by piece. Reading throws `HTTPClientError`, or `CancellationError` in a cancelled task.
    public struct Body: AsyncSequence, Sendable {
        public typealias Element = [UInt8]
        public typealias Failure = any Error

        let lease: TransferLease

        public struct Iterator: AsyncIteratorProtocol {
            let lease: TransferLease

            /// The next bytes, never empty, or nil at the end.
            public mutating func next() async throws -> [UInt8]? { try await lease.transfer.nextPart() }
        }

        public func makeAsyncIterator() -> Iterator { Iterator(lease: lease) }

        /// The whole body, if it is at most `limit` bytes.
        public func collect(upTo limit: Int) async throws -> [UInt8] {
            var whole: [UInt8] = []
            for try await part in self {
                guard whole.count + part.count <= limit else { throw HTTPClientError.tooLarge(limit: limit) }
                if whole.isEmpty { whole = part } else { whole += part }
            }
            return whole
        }

        /// The events of a `text/event-stream`, until it ends.
        public func events(limit: Int = 16 << 20) -> EventSequence { EventSequence(body: self, limit: limit) }
    }

    /// Server-sent events as they come. Reading also throws `ServerSentEventParser.TooLong`.
    public struct EventSequence: AsyncSequence, Sendable {
        public typealias Element = ServerSentEvent
        public typealias Failure = any Error

        let body: Body
        let limit: Int

        public struct Iterator: AsyncIteratorProtocol {
            var parts: Body.Iterator
            var parser: ServerSentEventParser
            var waiting: ArraySlice<ServerSentEvent> = []

            public mutating func next() async throws -> ServerSentEvent? {
                while true {
                    if let event = waiting.popFirst() { return event }
                    guard let part = try await parts.next() else { return nil }
                    waiting = try parser.feed(part)[...]
                }
            }
        }

        public func makeAsyncIterator() -> Iterator {
            Iterator(parts: body.makeAsyncIterator(), parser: ServerSentEventParser(limit: limit))
        }
    }
}

/// Ends its transfer when nobody holds it any more.
final class TransferLease: Sendable {
    let transfer: Transfer
    init(_ transfer: Transfer) { self.transfer = transfer }
    deinit { transfer.cancel() }
}
