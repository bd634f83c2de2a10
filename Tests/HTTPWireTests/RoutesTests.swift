// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import HTTPWire

@Suite struct RoutesTests {
    static let routes: Routes = {
        var routes = Routes()
        // The general before the special: the order does not count.
        routes.add(.get, "/files/{path...}") { .text("rest \($0.parameters["path"] ?? "-")") }
        routes.add(.get, "/api/state/nemo_agent/{user}/{sid}") { _ in .text("state") }
        routes.add(.get, "/api/state/nemo_agent/{user}/{sid}/latest") {
            .text("latest \($0.parameters["user"] ?? "") \($0.parameters["sid"] ?? "")")
        }
        routes.add(.get, "/api/state/nemo_agent/{user}/all") { _ in .text("all") }
        routes.add(.post, "/api/state/nemo_agent/{user}/all") { _ in .text("post all") }
        routes.add(.delete, "/v1/projects/{sid}") { _ in .text("delete") }
        routes.add(.patch, "/v1/projects/{sid}") { _ in .text("patch") }
        routes.addImmediate(.get, "/health") { _ in .text("fine") }
        routes.addImmediate(.get, "/") { _ in .text("root") }
        return routes
    }()

    private func text(_ method: HTTPMethod, _ path: String) async throws -> String {
        var response: HTTPResponse
        switch Self.routes.answer(HTTPRequest(method: method, target: path)) {
        case .now(let now): response = now
        case .later(let make): response = try await make()
        }
        guard case .bytes(let bytes) = response.body else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("/", "root"), ("/health", "fine"), ("/heal%74h", "fine"), ("/api/state/nemo_agent/me/s1", "state"),
        ("/api/state/nemo_agent/me/s1/latest", "latest me s1"),
        ("/api/state/nemo_agent/%E4%BD%A0%20b/s%2B1/latest", "latest 你 b s+1"),
        ("/api/state/nemo_agent/me/all", "all"), ("/files/a/b/c.js", "rest a/b/c.js"), ("/files/", "rest "),
        ("/files", "rest "),
    ])
    func `a path finds the most literal route and its captures`(path: String, wanted: String) async throws {
        #expect(try await text(.get, path) == wanted)
    }

    @Test(arguments: [
        "", "*", "/nothing", "/health/", "//health", "/api/state/nemo_agent//s1",
        "/api/state/nemo_agent/me/s1/latest/x",
        "/files/../etc/passwd", "/files/%2e%2e/etc", "/files/a%2Fb", "/files/a%5Cb", "/files/a%00b", "/files/%zz",
        "/files/a%0Ab", "/files/./a", "/v1/projects/%ff", "health",
    ])
    func `what is not there, or could be read in two ways, is not found`(path: String) async {
        guard case .failure(.notFound) = Self.routes.find(.get, path: path) else {
            Issue.record("found something at \(path)")
            return
        }
    }

    @Test func `a known path with another method says which methods it takes`() async {
        func allowed(_ method: HTTPMethod, _ path: String) -> [HTTPMethod]? {
            if case .failure(.methodNotAllowed(let methods)) = Self.routes.find(method, path: path) {
                methods
            } else {
                nil
            }
        }
        #expect(allowed(.get, "/v1/projects/x").map(Set.init) == [.patch, .delete])
        #expect(allowed(.post, "/health").map(Set.init) == [.get, .head])
        // The special route and the general one together.
        #expect(allowed(.put, "/api/state/nemo_agent/me/all").map(Set.init) == [.get, .post, .head])
        #expect(HTTPFailure.methodNotAllowed([.patch, .delete]).response.headers["Allow"] == "PATCH, DELETE")
    }

    @Test func `HEAD is answered by GET's route`() async throws {
        #expect(try await text(.head, "/health") == "fine")
        #expect(try await text(.head, "/files/x") == "rest x")
    }

    @Test func `middlewares lie round handlers in the order they were put, and see failures`() async throws {
        var routes = Routes()
        routes.wrap { request, next in
            do {
                var response = try await next(request)
                response.headers.add("Trail", "outer")
                return response
            } catch let failure as HTTPFailure {
                return .text("caught \(failure.status)", status: failure.status)
            }
        }
        routes.wrap { request, next in
            var request = request
            request[Int.self] = 7
            var response = try await next(request)
            response.headers.add("Trail", "inner")
            return response
        }
        routes.add(.get, "/a") { .text("value \($0[Int.self] ?? 0)") }
        guard case .later(let found) = routes.answer(HTTPRequest(target: "/a")),
            case .later(let missing) = routes.answer(HTTPRequest(target: "/b"))
        else {
            Issue.record("middlewares need a task")
            return
        }
        let response = try await found()
        #expect(response.headers.values("Trail") == ["inner", "outer"])
        #expect(try await missing().status == .notFound)
    }

    @Test func `the table can be read, for a description of the calls`() {
        #expect(Self.routes.table.count == 9)
        #expect(
            Self.routes.table.first { $0.pattern.description.hasSuffix("latest") }?.pattern.captures == ["user", "sid"])
    }
}
