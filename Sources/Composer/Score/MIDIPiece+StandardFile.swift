// SPDX-License-Identifier: GPL-3.0-or-later

extension MIDIPiece {
    private static let ticksPerBeat = 480

    /// The piece as a Standard MIDI File, format 1 (RP-001): any player or notation program opens it.
    public func standardMIDIFile() -> [UInt8] {
        var file: [UInt8] = Array("MThd".utf8)
        file += Self.bytes(6, 4) + Self.bytes(1, 2) + Self.bytes(tracks.count + 1, 2) + Self.bytes(Self.ticksPerBeat, 2)
        file += Self.chunk(conductor)
        for (track, channel) in zip(tracks, channels) { file += Self.chunk(events(of: track, on: channel)) }
        return file
    }

    private struct Event {
        var tick: Int
        /// Ends go before beginnings at the same tick.
        var order: Int
        var bytes: [UInt8]
    }

    private var conductor: [Event] {
        let microseconds = Int((60_000_000 / tempo).rounded())
        return [
            Event(tick: 0, order: 0, bytes: Self.text(3, title)),
            Event(tick: 0, order: 0, bytes: [0xFF, 0x51, 3] + Self.bytes(microseconds, 3)),
            Event(tick: 0, order: 0, bytes: [0xFF, 0x58, 4, UInt8(clamping: beatsPerBar), 2, 24, 8]),
        ]
    }

    private func events(of track: Track, on channel: UInt8) -> [Event] {
        var events = [
            Event(tick: 0, order: 0, bytes: Self.text(3, track.name)),
            Event(tick: 0, order: 0, bytes: [0xC0 | channel, track.program & 0x7F]),
        ]
        for (controller, value) in track.controllers {
            events.append(Event(tick: 0, order: 0, bytes: [0xB0 | channel, controller, value & 0x7F]))
        }
        for control in track.controls {
            let tick = Int((control.time * Double(Self.ticksPerBeat)).rounded())
            events.append(
                Event(tick: tick, order: 0, bytes: [0xB0 | channel, control.controller & 0x7F, control.value & 0x7F]))
        }
        for note in track.notes {
            let start = Int((note.start * Double(Self.ticksPerBeat)).rounded())
            let end = max(start + 1, Int(((note.start + note.length) * Double(Self.ticksPerBeat)).rounded()))
            let key = note.key & 0x7F
            events.append(Event(tick: start, order: 2, bytes: [0x90 | channel, key, max(1, note.velocity & 0x7F)]))
            events.append(Event(tick: end, order: 1, bytes: [0x80 | channel, key, 64]))
        }
        return events
    }

    private static func chunk(_ events: [Event]) -> [UInt8] {
        var body: [UInt8] = []
        var clock = 0
        for event in events.sorted(by: { ($0.tick, $0.order) < ($1.tick, $1.order) }) {
            body += variableLength(max(0, event.tick - clock)) + event.bytes
            clock = max(clock, event.tick)
        }
        body += [0, 0xFF, 0x2F, 0]
        return Array("MTrk".utf8) + bytes(body.count, 4) + body
    }

    private static func text(_ kind: UInt8, _ words: String) -> [UInt8] {
        let bytes = Array(words.utf8)
        return [0xFF, kind] + variableLength(bytes.count) + bytes
    }

    /// Big-endian.
    private static func bytes(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * (count - 1 - $0))) }
    }

    private static func variableLength(_ value: Int) -> [UInt8] {
        var result = [UInt8(value & 0x7F)]
        var rest = value >> 7
        while rest > 0 {
            result.insert(UInt8(rest & 0x7F | 0x80), at: 0)
            rest >>= 7
        }
        return result
    }
}

extension MIDIPiece.Track {
    /// Controller numbers with their values.
    public var controllers: [(UInt8, UInt8)] { [(7, volume), (10, pan), (91, reverb), (93, chorus)] }
}
