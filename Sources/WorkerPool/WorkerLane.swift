// SPDX-License-Identifier: GPL-3.0-or-later

/// Workers of one kind: how many, and what one may take.
package struct WorkerLane: Hashable, Sendable {
    package let name: String
    /// Kept warm; as many tasks run at once.
    package var workers: Int
    package var limits: WorkerLimits
    /// A worker at work that holds more memory of its own is ended; its task is tried again.
    package var mostBytes: Int
    /// A worker that holds more when its task is done is replaced by a fresh one.
    package var mostIdleBytes: Int

    package init(
        _ name: String, workers: Int, limits: WorkerLimits = WorkerLimits(), mostBytes: Int = 2 << 30,
        mostIdleBytes: Int = 192 << 20
    ) {
        self.name = name
        self.workers = max(1, workers)
        self.limits = limits
        self.mostBytes = mostBytes
        self.mostIdleBytes = mostIdleBytes
    }
}

/// What the system lets a worker's process have.
package struct WorkerLimits: Hashable, Sendable, Codable {
    /// Bytes of address space and of data.
    package var addressBytes: UInt64 = 16 << 30
    package var dataBytes: UInt64 = 4 << 30
    /// Of processor time over the worker's life; nil = no bound.
    package var processorSeconds: UInt64?
    /// Bytes of one file that it writes.
    package var fileBytes: UInt64 = 64 << 30
    /// Descriptors open at once.
    package var openFiles: UInt64 = 1024
    /// 0…19; the higher, the more it lets others go first.
    package var niceness: Int32 = 0

    package init() {}
}

/// The program that workers run.
package struct WorkerProgram: Hashable, Sendable {
    package var path: String
    /// The first is the program's name.
    package var arguments: [String]
    /// `NAME=value`; nothing else is passed on.
    package var environment: [String]

    package init(path: String, arguments: [String], environment: [String]) {
        self.path = path
        self.arguments = arguments
        self.environment = environment
    }

    /// This very program, with `arguments` after its name, in an environment of which only the names needed are passed on.
    package static func ownself(_ arguments: [String], environment: [String: String]) -> WorkerProgram {
        let kept = environment.filter { name, _ in
            passedOn.contains(name) || prefixesPassedOn.contains { name.hasPrefix($0) }
        }
        return WorkerProgram(
            path: "/proc/self/exe", arguments: ["kinora"] + arguments,
            environment: kept.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" } + [quietly])
    }

    /// A worker that crashes ends at once: its backtrace would be longer than its words.
    package static let quietly = "SWIFT_BACKTRACE=enable=no"

    /// No keys, no tokens: what decides where files lie and how text is read.
    private static let passedOn: Set<String> = [
        "HOME", "PATH", "LANG", "LANGUAGE", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "KINORA_CACHE_LIMIT", "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_DATA_DIRS", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "MALLOC_ARENA_MAX",
        Sandbox.bareVariable,
    ]
    private static let prefixesPassedOn = ["LC_", "ASAN_", "TSAN_", "LSAN_"]
}

/// One thing to be done.
package struct WorkerTask: Sendable {
    /// The lane's name.
    package var lane: String
    /// In the form that both sides know.
    package var request: [UInt8]
    /// Open for the worker while it does the task, at most 16.
    package var descriptors: [Descriptor]
    /// The higher goes first.
    package var priority: Int
    /// From its start in a worker.
    package var deadline: Duration
    /// Longest time between signs of life; nil = any.
    package var silence: Duration?
    /// How often it is tried where a worker dies of it; each further try is in a fresh worker.
    package var tries: Int

    package init(
        lane: String, request: [UInt8], descriptors: [Descriptor] = [], priority: Int = 0,
        deadline: Duration = .seconds(60), silence: Duration? = nil, tries: Int = 2
    ) {
        self.lane = lane
        self.request = request
        self.descriptors = descriptors
        self.priority = priority
        self.deadline = deadline
        self.silence = silence
        self.tries = max(1, tries)
    }
}

/// What a worker gives back.
package struct WorkerAnswer: Sendable {
    package var bytes: [UInt8]
    package var descriptors: [Descriptor]

    package init(_ bytes: [UInt8], descriptors: [Descriptor] = []) {
        self.bytes = bytes
        self.descriptors = descriptors
    }
}
