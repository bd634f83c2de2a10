// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import ModelContext
import Synchronization
import Testing

/// A host that answers when it is told to, and says what becomes of its calls.
private final class LedHost: ContextHost {
    struct Failed: Error {}

    let begun: AsyncStream<String>
    private let beginning: AsyncStream<String>.Continuation
    private let waiting = Mutex<[String: CheckedContinuation<Void, Never>]>([:])
    let calledOff = Mutex<[String]>([])

    init() { (begun, beginning) = AsyncStream.makeStream(of: String.self) }

    func answer(_ question: ContextQuestion, _ call: ContextCall) async throws -> [String: JSONValue] {
        guard case .call(let name, let arguments) = question else { return ["tools": []] }
        switch name {
        case "fail": throw Failed()
        case "refuse": throw RPCError.invalidParams("no such tool")
        case "count":
            for step in 1...5 { call.report(ContextProgress(done: Double(step), total: 5)) }
            return ["content": [], "isError": false]
        default: break
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiting.withLock { $0[name] = continuation }
                beginning.yield(name)
                if Task.isCancelled { letGo(name) }
            }
        } onCancel: {
            letGo(name)
        }
        if call.isCalledOff { calledOff.withLock { $0.append(name) } }
        try Task.checkCancellation()
        return ["content": [.object(arguments)], "isError": false]
    }

    func letGo(_ name: String) { waiting.withLock { $0.removeValue(forKey: name) }?.resume() }
}

@Suite("A conversation over the protocol")
struct ContextConversationTests {
    private func call(_ id: Int64, _ name: String, _ more: [String: JSONValue] = [:]) -> JSONValue {
        Say.request(.integer(id), "tools/call", .object(more.merging(["name": .string(name)]) { a, _ in a }))
    }

    @Test("Answers come as they are ready, and the messages end when all are there")
    func order() async throws {
        let host = LedHost()
        let conversation = ContextConversation(ContextMachine(.test, agreed: .november2025), host: host)
        var messages = conversation.messages.makeAsyncIterator()
        var begun = host.begun.makeAsyncIterator()
        await conversation.receive(call(1, "slow"))
        _ = await begun.next()
        await conversation.receive(call(2, "quick"))
        _ = await begun.next()
        await conversation.receive(Say.request(3, "ping"))
        #expect(await messages.next()?["id"] == 3)
        await conversation.settle()
        host.letGo("quick")
        #expect(await messages.next()?["id"] == 2)
        host.letGo("slow")
        #expect(await messages.next()?["id"] == 1)
        #expect(await messages.next() == nil)
    }

    @Test("Progress comes before its answer, in order")
    func progress() async throws {
        let conversation = ContextConversation(ContextMachine(.test, agreed: .november2025), host: LedHost())
        await conversation.receive(call(1, "count", ["_meta": ["progressToken": 7]]))
        await conversation.settle()
        var steps: [Double] = []
        var last: JSONValue?
        for await message in conversation.messages {
            if let step = message["params"]?["progress"]?.number { steps.append(step) }
            last = message
        }
        #expect(!steps.isEmpty && steps == steps.sorted() && steps.last == 5)
        #expect(last?["id"] == 1)
    }

    @Test("A call that is taken back ends without an answer; its id may be used again")
    func cancellation() async throws {
        let host = LedHost()
        let conversation = ContextConversation(ContextMachine(.test, agreed: .november2025), host: host)
        var messages = conversation.messages.makeAsyncIterator()
        var begun = host.begun.makeAsyncIterator()
        await conversation.receive(call(1, "long"))
        _ = await begun.next()
        await conversation.receive(Say.notification("notifications/cancelled", ["requestId": 1]))
        await conversation.receive(call(1, "other"))
        _ = await begun.next()
        host.letGo("other")
        let answer = await messages.next()
        #expect(answer?["id"] == 1 && answer?["result"]?["isError"] == false)
        #expect(host.calledOff.withLock { $0 } == ["long"])
        // The end is not taking back.
        await conversation.receive(call(2, "last"))
        _ = await begun.next()
        await conversation.end()
        #expect(await messages.next() == nil)
        #expect(host.calledOff.withLock { $0 } == ["long"])
    }

    @Test("Refusals are told, faults of ours are told of without their words")
    func faults() async throws {
        let told = Mutex<[String]>([])
        let conversation = ContextConversation(ContextMachine(.test, agreed: .november2025), host: LedHost()) { error in
            told.withLock { $0.append("\(error)") }
        }
        var messages = conversation.messages.makeAsyncIterator()
        await conversation.receive(call(1, "refuse"))
        #expect(await messages.next()?["error"]?["code"] == -32602)
        await conversation.receive(call(2, "fail"))
        let fault = await messages.next()
        #expect(fault?["error"]?["code"] == -32603)
        #expect(fault?["error"]?["message"]?.string?.contains("Failed") == false)
        #expect(told.withLock { $0 } == ["Failed()"])
    }
}
