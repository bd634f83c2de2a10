// SPDX-License-Identifier: GPL-3.0-or-later
public import Foundation
public import MediaIO

/// A film's finished sound in a file: coded packets, what a player must know of them, and what was measured.
///
/// The file is `KINORAS1`, the packets' bytes, a table (pts, duration and size of each: 8, 4 and 4 bytes, little-endian), a JSON
/// head, and the lengths of table and head. Packets are read when they are asked for, so a long film costs no memory.
public final class MixedSound {
    public let track: AudioTrack
    public let report: MixReport
    private let handle: FileHandle
    private let entries: [Entry]
    private let name: String

    struct Entry {
        var pts: Int64
        var duration: UInt32
        var size: UInt32
        var offset: UInt64
    }

    struct Head: Codable {
        var track: AudioTrack
        var report: MixReport
    }

    static let magic = Array("KINORAS1".utf8)
    static let entrySize = 16

    public var packetCount: Int { entries.count }

    /// Opens what `Mixdown.render` wrote; throws `unreadable` when it is not that, or not whole.
    public init(_ file: URL) throws(SoundError) {
        name = file.lastPathComponent
        let broken = SoundError(
            .unreadable, "read the mixed sound", of: file.path, because: "the file is not whole; mix again")
        do {
            handle = try FileHandle(forReadingFrom: file)
            let size = try handle.seekToEnd()
            guard size >= 32 else { throw broken }
            try handle.seek(toOffset: size - 24)
            let tail = [UInt8](try handle.read(upToCount: 24) ?? Data())
            guard tail.count == 24, Array(tail[16...]) == Self.magic else { throw broken }
            let (table, head) = (Self.number(tail[0..<8]), Self.number(tail[8..<16]))
            guard table <= size, head <= size, table + head + 32 <= size, table % UInt64(Self.entrySize) == 0 else {
                throw broken
            }
            let start = size - 24 - head - table
            try handle.seek(toOffset: start)
            let bytes = [UInt8](try handle.read(upToCount: Int(table)) ?? Data())
            let json = try handle.read(upToCount: Int(head)) ?? Data()
            guard bytes.count == Int(table), json.count == Int(head) else { throw broken }
            var entries: [Entry] = []
            var offset = UInt64(Self.magic.count)
            for place in stride(from: 0, to: bytes.count, by: Self.entrySize) {
                let entry = Entry(
                    pts: Int64(bitPattern: Self.number(bytes[place..<place + 8])),
                    duration: UInt32(Self.number(bytes[place + 8..<place + 12])),
                    size: UInt32(Self.number(bytes[place + 12..<place + 16])), offset: offset)
                offset += UInt64(entry.size)
                entries.append(entry)
            }
            guard offset == start else { throw broken }
            self.entries = entries
            let parsed = try JSONDecoder().decode(Head.self, from: json)
            (track, report) = (parsed.track, parsed.report)
        } catch let error as SoundError {
            throw error
        } catch {
            throw SoundError(.unreadable, "read the mixed sound", of: file.path, because: error.localizedDescription)
        }
    }

    deinit { try? handle.close() }

    /// Packets `range` of `0 ..< packetCount`, in order.
    public func packets(_ range: Range<Int>) throws(SoundError) -> [CodedPacket] {
        guard let first = range.first, let last = range.last else { return [] }
        let start = entries[first].offset
        let length = Int(entries[last].offset + UInt64(entries[last].size) - start)
        var bytes = Data()
        do {
            try handle.seek(toOffset: start)
            bytes = try handle.read(upToCount: length) ?? Data()
        } catch {
            throw SoundError(.unreadable, "read the mixed sound", of: name, because: error.localizedDescription)
        }
        guard bytes.count == length else {
            throw SoundError(
                .unreadable, "read the mixed sound", of: name, because: "the file was cut short; mix again")
        }
        var place = bytes.startIndex
        return entries[range].map { entry in
            defer { place += Int(entry.size) }
            return CodedPacket(
                data: [UInt8](bytes[place..<place + Int(entry.size)]), pts: entry.pts, dts: entry.pts,
                duration: Int64(entry.duration), isKey: true)
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}

/// Writes a `MixedSound` packet by packet.
final class MixedSoundWriter {
    private let handle: FileHandle
    private let file: URL
    private var table: [UInt8] = []
    private var pending = Data(MixedSound.magic)

    init(_ file: URL) throws(SoundError) {
        self.file = file
        guard FileManager.default.createFile(atPath: file.path, contents: nil),
            let handle = FileHandle(forWritingAtPath: file.path)
        else {
            throw SoundError(.unwritable, "write", of: file.path, because: "the folder is not there or not writable")
        }
        self.handle = handle
    }

    deinit { try? handle.close() }

    func add(_ packets: [CodedPacket]) throws(SoundError) {
        for packet in packets {
            pending.append(contentsOf: packet.data)
            table += Self.bytes(UInt64(bitPattern: packet.pts), 8) + Self.bytes(UInt64(packet.duration), 4)
            table += Self.bytes(UInt64(packet.data.count), 4)
        }
        if pending.count > 1 << 18 { try flush() }
    }

    /// Forgets all packets, for another attempt.
    func startOver() throws(SoundError) {
        table = []
        pending = Data(MixedSound.magic)
        do {
            try handle.truncate(atOffset: 0)
        } catch {
            throw failure(error)
        }
    }

    func finish(_ track: AudioTrack, _ report: MixReport) throws(SoundError) {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            let head = try encoder.encode(MixedSound.Head(track: track, report: report))
            pending.append(contentsOf: table)
            pending.append(head)
            pending.append(contentsOf: Self.bytes(UInt64(table.count), 8) + Self.bytes(UInt64(head.count), 8))
            pending.append(contentsOf: MixedSound.magic)
        } catch {
            throw failure(error)
        }
        try flush()
        do {
            try handle.synchronize()
        } catch {
            throw failure(error)
        }
    }

    private func flush() throws(SoundError) {
        do {
            try handle.write(contentsOf: pending)
        } catch {
            throw failure(error)
        }
        pending = Data()
    }

    private func failure(_ error: any Error) -> SoundError {
        SoundError(.unwritable, "write", of: file.path, because: error.localizedDescription)
    }

    private static func bytes(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }
}
