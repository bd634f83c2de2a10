// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import KinoraKit
import Renderer

/// Carries orders out.
enum Runner {
    static func run(_ order: Order) -> ExitStatus {
        switch order {
        case .chat(let order): attempt(Reporting()) { try order.run($0) }
        case .make(let order): attempt(order.reporting) { try order.run($0) }
        case .render(let order): attempt(order.reporting) { try order.run($0) }
        case .frame(let order): attempt(Reporting()) { try order.run($0) }
        case .handOver(let order): attempt(order.reporting) { try order.run($0) }
        case .probe(let order): attempt(Reporting()) { try order.run($0) }
        case .list(let order): attempt(Reporting()) { try order.run($0) }
        case .cache(let order): attempt(Reporting()) { try order.run($0) }
        case .doctor(let order): attempt(Reporting()) { try order.run($0) }
        case .demo(let order): attempt(order.reporting) { try order.run($0) }
        case .compose(let order): attempt(Reporting()) { try order.run($0) }
        case .say(let order): attempt(Reporting()) { try order.run($0) }
        case .beats(let order): attempt(Reporting()) { try order.run($0) }
        case .serve(let order): attempt(order.reporting) { try order.run($0) }
        case .mcp(let order): attempt(Reporting()) { try order.run($0) }
        case .worker(let order): attempt(Reporting()) { _ in try order.run() }
        case .admin(let order): attempt(Reporting()) { try order.run($0) }
        case .remote(let order): attempt(order.place.reporting) { try order.run($0) }
        case .skill(let order): attempt(order.reporting) { try order.run($0) }
        }
    }

    /// Runs `body` and words its failure.
    private static func attempt(_ reporting: Reporting, _ body: (Console) throws -> ExitStatus) -> ExitStatus {
        let console = Console(reporting)
        defer { Coding.discardThrowaway() }
        do {
            return try body(console)
        } catch RenderError.stopped {
            console.endProgress()
            console.warn(console.words.text("interrupted"))
            return .interrupted
        } catch let error as UsageError {
            console.fail(error.message(in: console.words.adding(.syntax(console.language))))
            return .usage
        } catch {
            if Interrupt.stop.isStopped {
                console.endProgress()
                console.warn(console.words.text("interrupted"))
                return .interrupted
            }
            console.fail(error)
            return .failed
        }
    }
}
