// SPDX-License-Identifier: GPL-3.0-or-later
import CLinux
import CommandSyntax
import Foundation

/// Reads the command line, carries the order out, ends with its status.
func runKinora() -> ExitStatus {
    let environment = ProcessInfo.processInfo.environment
    let language = Language.preferred(environment: environment)
    let arguments = Array(CommandLine.arguments.dropFirst())
    let terminal = StandardStream.output.terminal(environment: environment)
    switch kinoraProgram.answer(arguments, in: language, on: terminal) {
    case .say(let text, let stream, let status):
        stream.write(text)
        return status
    case .order(let order):
        if case .worker = order { Interrupt.takeFailedWrites() } else { Interrupt.listen() }
        return Runner.run(order)
    }
}

// Frames and photos are large and short-lived: what is freed goes back to the system at once, instead of being kept by
// glibc for a next one that seldom fits (its threshold would otherwise grow to 32 MB).
kinora_return_freed_memory(256 << 10)

exit(runKinora().rawValue)
