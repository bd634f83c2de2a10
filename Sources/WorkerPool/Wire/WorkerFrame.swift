// SPDX-License-Identifier: GPL-3.0-or-later

/// One message between a pool and a worker:
///
///     4 bytes  length of the body, little endian      1 byte   kind
///     1 byte   how many descriptors come with it       2 bytes  0
///     8 bytes  the task it is about, little endian     body
///
/// Descriptors travel with the first byte (`SCM_RIGHTS`). Both sides are the same program, so there are no versions.
struct WorkerFrame: Sendable {
    enum Kind: UInt8, Sendable {
        // To the worker.
        /// Once, before anything else: a `WorkerSetup`.
        case setup = 1
        case task = 2
        case cancel = 3
        // From the worker.
        /// Set up, and nothing to do.
        case ready = 16
        case progress = 17
        case answer = 18
        case refusal = 19
    }

    var kind: Kind
    var task: UInt64
    var body: [UInt8]
    var descriptors: [Descriptor]

    static let headerLength = 16
    /// A film of five thousand shots takes two megabytes.
    static let mostBytes = 64 << 20

    init(_ kind: Kind, task: UInt64 = 0, _ body: [UInt8] = [], descriptors: [Descriptor] = []) {
        self.kind = kind
        self.task = task
        self.body = body
        self.descriptors = descriptors
    }

    /// Header and body as they are sent.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.headerLength + body.count)
        withUnsafeBytes(of: UInt32(body.count).littleEndian) { bytes += $0 }
        bytes += [kind.rawValue, UInt8(descriptors.count), 0, 0]
        withUnsafeBytes(of: task.littleEndian) { bytes += $0 }
        bytes += body
        return bytes
    }
}

/// Frames out of a stream of bytes and descriptors.
struct WorkerFrameReader {
    enum Fault: Error, Hashable { case unknownKind(UInt8), tooLong(Int), missingDescriptors }

    private var bytes: [UInt8] = []
    private var descriptors: [Descriptor] = []

    mutating func take(_ more: some Sequence<UInt8>, _ descriptors: [Descriptor]) {
        bytes += more
        self.descriptors += descriptors
    }

    /// The next whole frame; nil until more bytes come. What is no frame throws, and the stream is of no more use.
    mutating func next() throws(Fault) -> WorkerFrame? {
        guard bytes.count >= WorkerFrame.headerLength else { return nil }
        let (length, task) = bytes.withUnsafeBytes { header in
            (
                Int(UInt32(littleEndian: header.loadUnaligned(as: UInt32.self))),
                UInt64(littleEndian: header.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
        guard let kind = WorkerFrame.Kind(rawValue: bytes[4]) else { throw .unknownKind(bytes[4]) }
        guard length <= WorkerFrame.mostBytes else { throw .tooLong(length) }
        let end = WorkerFrame.headerLength + length
        guard bytes.count >= end else { return nil }
        let wanted = Int(bytes[5])
        guard descriptors.count >= wanted else { throw .missingDescriptors }
        let frame = WorkerFrame(
            kind, task: task, Array(bytes[WorkerFrame.headerLength..<end]),
            descriptors: Array(descriptors.prefix(wanted))
        )
        descriptors.removeFirst(wanted)
        bytes.removeFirst(end)
        return frame
    }
}

/// What a worker is told before its first task.
struct WorkerSetup: Hashable, Sendable, Codable {
    var lane: String
    var limits: WorkerLimits
    /// The process that it goes with.
    var parent: Int32
}
