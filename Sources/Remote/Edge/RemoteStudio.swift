// SPDX-License-Identifier: GPL-3.0-or-later
import FileStore
import HTTPWire
import JSON
import Synchronization

/// The client of the wire: a studio on this or another machine, as one person's program sees it.
///
/// What a server answers with a number of `CodeTable` is dealt with as the table says, once for each request; only then it
/// is an error, a `RemoteFault`.
package final class RemoteStudio: Sendable {
    /// Times that are waited for, so that tests need not.
    package struct Pace: Sendable {
        package var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
        /// How often the person is told that work goes on.
        package var word: Duration = .seconds(120)
        /// Between two looks at a state or an export, at first; they grow to `longestPause`.
        package var firstPause: Duration = .milliseconds(250)
        package var longestPause: Duration = .seconds(5)
        /// How long a stream may be silent before the state is asked instead.
        package var silence: Duration = .seconds(90)
        /// How many looks at the state it takes to believe that nothing will come of a turn that ended without words, and of
        /// one whose stream broke off.
        package var looksAfterSilence = 4
        package var looksAfterCut = 20

        package init() {}
    }

    /// As an address, without a slash at its end.
    package let server: String
    package let attribution: Attribution
    let memory: RemoteMemory
    let pace: Pace
    private let client = HTTPClient(userAgent: "kinora")
    private let givenClientID: String?
    private let tell: @Sendable (RemoteNotice) -> Void

    private struct Access: Sendable {
        var token: RemoteMemory.Token?
        var isGiven = false
    }
    private let access: Mutex<Access>

    /// Where a person's own server listens.
    package static let usual = "http://127.0.0.1:8787"

    /// - Parameters:
    ///   - server: nil: `NEMO_API_URL`, else `usual`.
    ///   - environment: `NEMO_TOKEN` is used instead of asking for one, `NEMO_CLIENT_ID` instead of making one.
    package init(
        server: String? = nil, environment: [String: String], attribution: Attribution, pace: Pace = Pace(),
        tell: @escaping @Sendable (RemoteNotice) -> Void = { _ in }
    ) {
        func given(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        self.server = Self.address(server ?? given("NEMO_API_URL") ?? Self.usual)
        self.attribution = attribution
        self.pace = pace
        self.tell = tell
        memory = RemoteMemory(environment: environment)
        givenClientID = given("NEMO_CLIENT_ID")
        let token = given("NEMO_TOKEN").map { RemoteMemory.Token(text: $0) }
        access = Mutex(Access(token: token, isGiven: token != nil))
    }

    /// Without a slash at its end, with a scheme.
    static func address(_ text: String) -> String {
        var text = text
        while text.hasSuffix("/") { text.removeLast() }
        return text.contains("://") ? text : "http://\(text)"
    }

    func tell(_ notice: RemoteNotice) { tell(notice) as Void }

    /// The account that the token is of, where the server said so.
    package var user: String? { access.withLock { $0.token?.user } }

    // MARK: Requests

    /// A request to a path of the server, with who asks and with the token.
    func request(_ method: HTTPMethod, _ path: String, json: JSONValue? = nil, withToken: Bool = true)
        -> HTTPClientRequest
    {
        var request = HTTPClientRequest(method, server + path, body: json.map { Array($0.text().utf8) } ?? [])
        if json != nil { request.headers["Content-Type"] = "application/json" }
        request.headers["Accept"] = "application/json"
        for (name, value) in attribution.headers { request.headers[name] = value }
        if withToken, let token = access.withLock({ $0.token }) {
            request.headers["Authorization"] = "Bearer \(token.text)"
        }
        request.times = .init(connect: .seconds(10), idle: .seconds(60))
        request.usesProxy = !Self.isOfThisMachine(request)
        return request
    }

    /// No proxy knows this machine by the name that it has for itself, whatever the environment says.
    static func isOfThisMachine(_ request: HTTPClientRequest) -> Bool {
        let host = request.host?.lowercased() ?? ""
        return ["127.", "localhost:", "[::1]"].contains(where: host.hasPrefix) || host == "localhost"
    }

    /// An answer that is there, or one that is read as it comes.
    enum Answer: Sendable {
        case json(JSONValue)
        case stream(HTTPClientResponse)
    }

    /// Sends what `make` makes, and does about refusals what the table says. A session that is gone is for the caller.
    ///
    /// - Parameter make: called anew for each try, since the token may be another one by then.
    func ask(_ make: @Sendable () throws -> HTTPClientRequest) async throws -> JSONValue {
        guard case .json(let json) = try await begin(make), json != .null else {
            throw RemoteFault.unreadable(server: server, call: (try? make().url) ?? "")
        }
        return json
    }

    /// The same where the answer may be a stream of events.
    func begin(_ make: @Sendable () throws -> HTTPClientRequest) async throws -> Answer {
        var tried: Set<CodeTable.Remedy> = []
        if access.withLock({ $0.token == nil }) { try await takeToken() }
        while true {
            let response = try await send(try make())
            let status = response.status.rawValue
            let isStream = (response.headers["Content-Type"] ?? "").lowercased().contains("event-stream")
            if isStream, (200..<300).contains(status) { return .stream(response) }
            let reply = Reply(
                status: status, retryAfter: response.headers["Retry-After"], body: try await collect(response))
            switch reply {
            case .fine(let json): return .json(json)
            case .refused(let refusal):
                guard let remedy = CodeTable.row(for: refusal)?.remedy, tried.insert(remedy).inserted else {
                    throw fault(refusal)
                }
                switch remedy {
                case .newToken: try await renewToken()
                case .wait(let usual): try await wait(refusal, usual)
                case .newSession, .goOn, .register, .formats, .limit, .newClientID, .plan: throw fault(refusal)
                }
            }
        }
    }

    private func wait(_ refusal: Refusal, _ usual: Double) async throws {
        let seconds = refusal.retryAfterSeconds ?? usual
        guard seconds <= CodeTable.longestWaitSeconds else { throw fault(refusal) }
        if seconds > 0 { tell(.waiting(seconds: Int(seconds.rounded(.up)))) }
        try await pace.sleep(.seconds(seconds))
    }

    func fault(_ refusal: Refusal) -> RemoteFault { .refused(refusal, server: server, user: user) }

    func send(_ request: HTTPClientRequest) async throws -> HTTPClientResponse {
        do {
            return try await client.send(request)
        } catch let error as HTTPClientError {
            throw RemoteFault.unreachable(server: server, reason: error.message)
        }
    }

    func collect(_ response: HTTPClientResponse) async throws -> [UInt8] {
        do {
            return try await response.body.collect(upTo: 64 << 20)
        } catch let error as HTTPClientError {
            throw RemoteFault.unreachable(server: server, reason: error.message)
        }
    }

    // MARK: Getting in

    /// Whether anybody answers, without a token.
    package func isThere() async -> Bool {
        var request = request(.get, "/health", withToken: false)
        request.times = .init(connect: .seconds(3), idle: .seconds(5), total: .seconds(5))
        return (try? await client.fetch(request, upTo: 1 << 20)) != nil
    }

    /// The token of before, or a new anonymous one.
    private func takeToken() async throws {
        if let kept = memory.token(of: server) {
            access.withLock { $0.token = kept }
        } else {
            try await askForToken()
        }
    }

    private func renewToken() async throws {
        let wasGiven = access.withLock { access in
            defer { access = Access() }
            return access.isGiven
        }
        memory.forgetToken(of: server)
        try await askForToken()
        tell(.newToken(fromEnvironment: wasGiven))
    }

    private func askForToken() async throws {
        var client = try givenClientID ?? memory.clientID()
        var tried: Set<CodeTable.Remedy> = []
        while true {
            var request = request(.post, "/api/auth/anonymous-token", withToken: false)
            request.headers["X-Client-Id"] = client
            let response = try await send(request)
            let body = try await collect(response)
            switch Reply(status: response.status.rawValue, retryAfter: response.headers["Retry-After"], body: body) {
            case .fine(let json):
                let data = json["data"] ?? json
                guard let text = data["token"]?.string, !text.isEmpty else {
                    throw RemoteFault.unreadable(server: server, call: "/api/auth/anonymous-token")
                }
                let token = RemoteMemory.Token(
                    text: text, user: data["user_id"]?.string, expires: data["expires_at"]?.string)
                try memory.keep(token, of: server)
                return access.withLock { $0 = Access(token: token) }
            case .refused(let refusal):
                let remedy = CodeTable.row(for: refusal)?.remedy
                guard let remedy, tried.insert(remedy).inserted else { throw fault(refusal) }
                switch remedy {
                case .newClientID: client = try memory.newClientID()
                case .wait(let usual): try await wait(refusal, usual)
                default: throw fault(refusal)
                }
            }
        }
    }
}
