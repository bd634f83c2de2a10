// SPDX-License-Identifier: GPL-3.0-or-later
import CMicrohttpd
import Glibc
import Synchronization

/// One request and its answer: the bridge between libmicrohttpd's callbacks on a socket thread and the handler's task.
///
/// Whoever finds nothing to do suspends the connection, whoever brings something resumes it; one lock lies across "empty? →
/// suspend" and "append → resume", so no wake-up is lost. Once libmicrohttpd has said that the request is over, its pointer is
/// never touched again.
final class Exchange: @unchecked Sendable {
    // Sendable: what is not under the lock is either constant or, where it says so, of the connection's thread alone.

    /// libmicrohttpd's connection, valid until the request is over.
    struct Connection: @unchecked Sendable {
        // Sendable: only suspended and resumed from elsewhere than its own thread, which the library allows.
        let pointer: OpaquePointer
    }

    /// How far the connection's thread has come.
    enum Phase {
        case line
        /// The handler runs; the body is left with the client until it is wanted.
        case headers
        case body
        case complete
        case answered
    }

    struct State: Sendable {
        var connection: Connection?
        var isSuspended = false
        /// Why nothing more can come of this request.
        var abandoned: HTTPFailure?
        var task: Task<Void, Never>?

        var inbound = PartQueue()
        var bytesIn = 0
        var bodyHasEnded = false
        var bodyFailure: HTTPFailure?
        var bodyIsWanted = false
        var reader: CheckedContinuation<[UInt8]?, any Error>?

        /// The pattern of the route that answers.
        var route: String?
        var answer: PreparedResponse?
        var outbound = PartQueue()
        var bytesOut = 0
        var answerHasEnded = false
        var answerFailed = false
        var writers: [UInt64: CheckedContinuation<Void, any Error>] = [:]
        var nextWriter: UInt64 = 0

        /// Why the body goes no further, if it does not.
        var failure: HTTPFailure? { bodyFailure ?? abandoned }

        mutating func resume() {
            guard isSuspended, let connection else { return }
            isSuspended = false
            MHD_resume_connection(connection.pointer)
        }

        mutating func suspend() {
            guard !isSuspended, let connection else { return }
            isSuspended = true
            MHD_suspend_connection(connection.pointer)
        }
    }

    let core: ServerCore
    let link: Link
    let target: String
    let began = monotonicNanoseconds()
    let state: Mutex<State>

    // Of the connection's thread. The request holds this exchange in turn, until it is over.
    var phase = Phase.line
    var isCounted = false
    var request: HTTPRequest?
    var immediate: PreparedResponse?
    var fixed: FixedResponses.Made?
    var status = 0
    var declaredBytesOut: Int?
    /// The answer went past libmicrohttpd, which then closes the connection as if something were wrong.
    var wasSentLast = false

    init(core: ServerCore, link: Link, target: String, connection: OpaquePointer) {
        self.core = core
        self.link = link
        self.target = target
        state = Mutex(State(connection: Connection(pointer: connection)))
    }

    // MARK: The connection's thread

    /// libmicrohttpd's access handler. False closes the connection.
    func advance(
        _ connection: OpaquePointer, method: UnsafePointer<CChar>?, bytes: UnsafePointer<CChar>?,
        count: inout Int
    ) -> Bool {
        switch phase {
        case .line: return begin(connection, method)
        case .headers: return awaitHandler(connection)
        case .body:
            guard count > 0 else {
                bodyEnded()
                phase = .complete
                return awaitAnswer(connection)
            }
            let part = UnsafeRawBufferPointer(start: bytes, count: count)
            count = 0
            return take(part)
        case .complete: return awaitAnswer(connection)
        case .answered: return true
        }
    }

    private func begin(_ connection: OpaquePointer, _ method: UnsafePointer<CChar>?) -> Bool {
        guard link.expect(.nothing, for: self) else { return false }
        isCounted = true
        let refusal = core.begin(link)
        let head = RequestHead(connection, method: method, target: target, limits: core.headLimits)
        guard let headers = head.headers else {
            return queue(core.refusal(head.failure ?? .malformed("its head"), nil), on: connection, isEarly: true)
        }
        let hasBody = head.bodyLength != 0
        let client = core.client(of: link, headers)
        var request = HTTPRequest(
            method: head.method, target: target, headers: headers,
            body: hasBody ? HTTPBody(wire: self, length: head.bodyLength) : .empty,
            remoteAddress: client.address, id: core.requestID(from: headers, of: link))
        request.isSecure = client.isSecure
        request.exchange = self
        self.request = request
        if let failure = refusal ?? head.failure {
            return queue(core.refusal(failure, request), on: connection, isEarly: hasBody)
        }
        let answer = core.responder(request)
        // A small body comes along unasked and keeps the connection usable whatever the handler does with it.
        let isSmall = head.bodyLength.map { $0 <= core.configuration.bufferBytes } ?? false
        let comesAlong = isSmall && !head.expectsContinue
        switch answer {
        case .now(let response):
            if !hasBody, !core.isDraining, let same = response.fixed,
                let made = core.fixedResponses.made(same, for: request, core)
            {
                fixed = made
                phase = .complete
                return true
            }
            let prepared = PreparedResponse(response, for: request, core)
            if hasBody && comesAlong {
                state.withLock { $0.answer = prepared }
                phase = .body
                return link.expect(.body)
            }
            if hasBody { return queue(prepared, on: connection, isEarly: true) }
            // Queued in this first call it would end the connection; the next call follows at once.
            immediate = prepared
            phase = .complete
            return true
        case .later(let make):
            start(make, for: request)
            guard hasBody else {
                phase = .complete
                return true
            }
            guard comesAlong else {
                phase = .headers
                return awaitHandler(connection)
            }
            phase = .body
            return link.expect(.body)
        }
    }

    /// The handler runs and the body has not been asked for.
    private func awaitHandler(_ connection: OpaquePointer) -> Bool {
        enum Next {
            case answer(PreparedResponse)
            case body
            case wait
            case close
        }
        let next: Next = state.withLock { state in
            if state.abandoned != nil { return .close }
            if let answer = state.answer { return .answer(answer) }
            if state.bodyIsWanted { return .body }
            guard !core.isStopping else { return .close }
            state.suspend()
            return .wait
        }
        switch next {
        case .answer(let answer): return queue(answer, on: connection, isEarly: true)
        case .body:
            phase = .body
            return link.expect(.body)
        case .wait:
            link.watch()
            return true
        case .close: return false
        }
    }

    /// The whole request is here.
    private func awaitAnswer(_ connection: OpaquePointer) -> Bool {
        if let immediate { return queue(immediate, on: connection, isEarly: false) }
        if let fixed { return queue(fixed, on: connection) }
        var answer: PreparedResponse?
        let goesOn = state.withLock { state in
            if state.abandoned != nil { return false }
            answer = state.answer
            if answer == nil {
                guard !core.isStopping else { return false }
                state.suspend()
            }
            return true
        }
        guard goesOn else { return false }
        if let answer { return queue(answer, on: connection, isEarly: false) }
        link.watch()
        return true
    }

    /// Hands the answer to libmicrohttpd. An early one, before the body was read, ends the connection.
    private func queue(_ answer: PreparedResponse, on connection: OpaquePointer, isEarly: Bool) -> Bool {
        link.expect(.nothing)
        if isEarly { link.lingerAfterClose() }
        phase = .answered
        status = answer.status.rawValue
        guard let response = makeResponse(answer) else { return false }
        defer { MHD_destroy_response(response) }
        for field in answer.headers.fields { MHD_add_response_header(response, field.name, field.value) }
        if core.isDraining { MHD_add_response_header(response, "Connection", "close") }
        return MHD_queue_response(connection, UInt32(answer.status.rawValue), response) == .YES
    }

    private func queue(_ made: FixedResponses.Made, on connection: OpaquePointer) -> Bool {
        link.expect(.nothing)
        phase = .answered
        (status, declaredBytesOut) = (made.status, made.byteCount)
        return MHD_queue_response(connection, UInt32(made.status), made.pointer) == .YES
    }

    private func makeResponse(_ answer: PreparedResponse) -> OpaquePointer? {
        switch answer.payload {
        case .bytes(let bytes):
            declaredBytesOut = bytes.count
            return bytes.withUnsafeBytes {
                MHD_create_response_from_buffer(
                    $0.count, UnsafeMutableRawPointer(mutating: $0.baseAddress), .RESPMEM_MUST_COPY)
            }
        case .file(let file, let range):
            declaredBytesOut = range.count
            guard !range.isEmpty else { return MHD_create_response_from_buffer(0, nil, .RESPMEM_PERSISTENT) }
            let copy = fcntl(file.descriptor, F_DUPFD_CLOEXEC, 0)
            guard copy >= 0 else { return nil }
            guard
                let response = MHD_create_response_from_fd_at_offset64(
                    UInt64(range.count), copy, UInt64(range.lowerBound))
            else {
                close(copy)
                return nil
            }
            return response
        case .stream(let length):
            // Begun here when the answer was there at once; a handler's own task goes on with it otherwise.
            if let producer = answer.producer, state.withLock({ $0.task == nil }) { startStream(producer) }
            let response = MHD_create_response_from_callback(
                length.map(UInt64.init) ?? kinora_mhd_size_unknown,
                // Chunks are made in the connection's own memory; the block is for answers of known length.
                length == nil ? 4 << 10 : 32 << 10, readAnswer,
                Unmanaged.passRetained(self).toOpaque(), releaseExchange)
            // To HEAD libmicrohttpd would send the last chunk of a chunked body, which nobody takes for one.
            if let response, length == nil, request?.method == .head { kinora_mhd_end_with_connection(response) }
            return response
        }
    }

    // MARK: From anywhere

    func note(route: String) { state.withLock { $0.route = route } }

    /// Nothing more can come of this request: the handler is cancelled, the connection ends.
    func abandon(_ failure: HTTPFailure) {
        let task = state.withLock { state in
            if state.abandoned == nil { state.abandoned = failure }
            state.resume()
            return state.task
        }
        failReader(failure)
        task?.cancel()
    }

    // MARK: The handler's task

    private func start(_ make: @escaping @Sendable () async throws -> HTTPResponse, for request: HTTPRequest) {
        hold(
            Task {
                let response: HTTPResponse
                do {
                    response = try await make()
                } catch {
                    // Nobody is there to be told.
                    if state.withLock({ $0.connection == nil || $0.abandoned != nil }) { return }
                    response = core.response(to: error, request)
                }
                let prepared = PreparedResponse(response, for: request, core)
                state.withLock { state in
                    guard state.connection != nil else { return }
                    state.answer = prepared
                    state.resume()
                }
                if let producer = prepared.producer { await produce(producer) }
            })
    }

    private func startStream(_ producer: @escaping @Sendable (HTTPBodyWriter) async throws -> Void) {
        hold(Task { await produce(producer) })
    }

    private func hold(_ task: Task<Void, Never>) {
        let isOver = state.withLock { state in
            state.task = task
            return state.connection == nil || state.abandoned != nil
        }
        if isOver { task.cancel() }
    }

    private func produce(_ producer: @Sendable (HTTPBodyWriter) async throws -> Void) async {
        var failed = false
        do {
            try await producer(HTTPBodyWriter(wire: self))
        } catch {
            failed = true
        }
        state.withLock { state in
            state.answerHasEnded = true
            state.answerFailed = failed
            state.resume()
        }
    }
}
