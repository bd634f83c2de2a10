// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import WorkerPool

@Suite struct WorkerFrameTests {
    @Test(arguments: [1, 3, 16, 17, 1000]) func framesComeOutOfPiecesOfAnySize(size: Int) throws {
        let frames = [
            WorkerFrame(.task, task: 7, Array("request".utf8)), WorkerFrame(.ready), WorkerFrame(.cancel, task: .max),
            WorkerFrame(.answer, task: 1, [UInt8](repeating: 9, count: 3000)),
        ]
        let bytes = frames.flatMap(\.bytes)
        var reader = WorkerFrameReader()
        var read: [WorkerFrame] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            reader.take(bytes[start..<min(start + size, bytes.count)], [])
            while let frame = try reader.next() { read.append(frame) }
        }
        #expect(read.map(\.kind) == frames.map(\.kind))
        #expect(read.map(\.task) == frames.map(\.task))
        #expect(read.map(\.body) == frames.map(\.body))
    }

    @Test func whatIsNoFrameIsRefused() {
        var unknown = WorkerFrameReader()
        unknown.take([0, 0, 0, 0, 99] + [UInt8](repeating: 0, count: 11), [])
        #expect(throws: WorkerFrameReader.Fault.unknownKind(99)) { try unknown.next() }
        var long = WorkerFrameReader()
        long.take([0xFF, 0xFF, 0xFF, 0xFF, 18] + [UInt8](repeating: 0, count: 11), [])
        #expect(throws: WorkerFrameReader.Fault.tooLong(0xFFFF_FFFF)) { try long.next() }
        var lacking = WorkerFrameReader()
        lacking.take([0, 0, 0, 0, 18, 1] + [UInt8](repeating: 0, count: 10), [])
        #expect(throws: WorkerFrameReader.Fault.missingDescriptors) { try lacking.next() }
    }
}
