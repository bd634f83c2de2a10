// SPDX-License-Identifier: GPL-3.0-or-later
import CCurl
import Foundation
import Synchronization

/// The thread on which libcurl runs all transfers. Others leave it notes and wake it.
final class TransferThread: Sendable {
    private enum Note: Sendable {
        case add(Transfer)
        case goOn(Transfer)
        case remove(Transfer)
        case stop
    }

    private struct Multi: @unchecked Sendable {
        // Sendable: used on the thread; only curl_multi_wakeup is called from others, which libcurl allows.
        let pointer: UnsafeMutableRawPointer
    }

    private struct State: Sendable {
        var notes: [Note] = []
        var isOver = false
    }

    private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
    private let multi: Multi
    private let state = Mutex(State())

    init() {
        guard Self.isReady, let pointer = curl_multi_init() else { preconditionFailure("libcurl cannot be started") }
        multi = Multi(pointer: pointer)
        let thread = Thread { self.run() }
        thread.name = "http-client"
        thread.stackSize = 512 << 10
        thread.start()
    }

    func add(_ transfer: Transfer) { leave(.add(transfer)) }
    func goOn(_ transfer: Transfer) { leave(.goOn(transfer)) }
    func remove(_ transfer: Transfer) { leave(.remove(transfer)) }
    func stop() { leave(.stop) }

    private func leave(_ note: Note) {
        state.withLock { state in
            guard !state.isOver else { return }
            state.notes.append(note)
            // Under the lock: the handle lives until the thread has said that it is over.
            curl_multi_wakeup(multi.pointer)
        }
    }

    private func run() {
        // A connection that the other side closed is an error to hear of, not a signal to die of; TLS writes without the
        // flag that says so.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        var running: [ObjectIdentifier: RunningTransfer] = [:]
        var stops = false
        // Whoever still reads an answer is served to its end.
        while !stops || !running.isEmpty {
            let notes = state.withLock { state in
                defer { state.notes = [] }
                return state.notes
            }
            for note in notes {
                switch note {
                case .add(let transfer): add(transfer, to: &running)
                case .goOn(let transfer): running[ObjectIdentifier(transfer)]?.goOn()
                case .remove(let transfer): drop(running.removeValue(forKey: ObjectIdentifier(transfer)))
                case .stop: stops = true
                }
            }
            var active: Int32 = 0
            curl_multi_perform(multi.pointer, &active)
            takeFinished(&running)
            dropLate(&running)
            if !stops || !running.isEmpty {
                // Woken for notes and sockets; deadlines are looked at now and then.
                curl_multi_poll(multi.pointer, nil, 0, running.isEmpty ? 600_000 : tick(running), nil)
            }
        }
        let late = state.withLock { state in
            state.isOver = true
            curl_multi_cleanup(multi.pointer)
            return state.notes
        }
        for case .add(let transfer) in late { transfer.finish(.failure(HTTPClientError.stopped)) }
    }

    private func add(_ transfer: Transfer, to running: inout [ObjectIdentifier: RunningTransfer]) {
        do throws(HTTPClientError) {
            let entry = try RunningTransfer(transfer)
            guard curl_multi_add_handle(multi.pointer, entry.easy) == CURLM_OK else { throw .stopped }
            running[ObjectIdentifier(transfer)] = entry
        } catch {
            transfer.finish(.failure(error))
        }
    }

    private func drop(_ entry: RunningTransfer?) {
        guard let entry else { return }
        curl_multi_remove_handle(multi.pointer, entry.easy)
    }

    private func takeFinished(_ running: inout [ObjectIdentifier: RunningTransfer]) {
        var code = CURLE_OK
        while let easy = kinora_curl_finished(multi.pointer, &code) {
            guard let (key, entry) = running.first(where: { $0.value.easy == easy }) else { continue }
            entry.finish(code)
            running[key] = nil
            drop(entry)
        }
    }

    private func dropLate(_ running: inout [ObjectIdentifier: RunningTransfer]) {
        let now = monotonicNanoseconds()
        for (key, entry) in running {
            guard let error = entry.lateness(now) else { continue }
            entry.transfer.finish(.failure(error))
            running[key] = nil
            drop(entry)
        }
    }

    /// Milliseconds until deadlines are looked at again.
    private func tick(_ running: [ObjectIdentifier: RunningTransfer]) -> Int32 {
        let shortest = running.values.map(\.shortestTime).min() ?? 1_000_000_000
        return Int32(clamping: min(1000, max(5, shortest / 4_000_000)))
    }
}
