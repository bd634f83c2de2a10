// SPDX-License-Identifier: GPL-3.0-or-later
internal import Foundation

/// Which samples of a SoundFont sound which notes: its `pdta` tables ("SoundFont Technical Specification 2.04", section 7), read
/// without touching the samples.
struct SoundFontIndex {
    /// A note of a preset.
    struct Played: Hashable {
        var bank: Int
        var program: Int
        var key: UInt8
        var velocity: UInt8
    }

    private struct Zone {
        var keys: ClosedRange<UInt8>
        var velocities: ClosedRange<UInt8>
        /// Of an instrument in a preset, of a sample in an instrument; nil in a zone that holds for all others.
        var target: Int?

        func takes(_ key: UInt8, _ velocity: UInt8) -> Bool { keys.contains(key) && velocities.contains(velocity) }
    }

    private struct Preset: Hashable {
        var bank: Int
        var program: Int
    }

    private let presets: [Preset: [Zone]]
    private let instruments: [[Zone]]
    /// Where each sample's `dwEnd` stands in the file, and the start that it would be set to for the sample to be none.
    private let headers: [(place: Int, start: [UInt8])]

    /// Nil for what is no SoundFont, or one whose tables do not hold together.
    init?(_ file: Data) {
        guard let chunks = Self.chunks(of: file), let presets = chunks["phdr"], let presetBags = chunks["pbag"],
            let presetParts = chunks["pgen"], let instruments = chunks["inst"], let instrumentBags = chunks["ibag"],
            let instrumentParts = chunks["igen"], let samples = chunks["shdr"]
        else { return nil }
        let table = Table(file: file)
        guard
            let presetZones = table.zones(
                presets, size: 38, bagAt: 24, bags: presetBags, parts: presetParts, target: 41),
            let instrumentZones = table.zones(
                instruments, size: 22, bagAt: 20, bags: instrumentBags, parts: instrumentParts, target: 53)
        else { return nil }
        var known: [Preset: [Zone]] = [:]
        for (number, zones) in presetZones.enumerated() {
            let place = presets.lowerBound + number * 38
            guard let program = table.short(place + 20), let bank = table.short(place + 22) else { return nil }
            known[Preset(bank: bank, program: program)] = zones
        }
        self.presets = known
        self.instruments = instrumentZones
        headers = stride(from: samples.lowerBound, to: samples.upperBound - 45, by: 46).map { place in
            (place + 24, Array(file[file.startIndex + place + 20..<file.startIndex + place + 24]))
        }
    }

    /// Bytes to lay over the file, by place, so that it has none of the samples that `notes` do not sound.
    func without(all notes: Set<Played>) -> [Int: UInt8] {
        var needed = Set<Int>()
        for note in notes {
            for zone in presets[Preset(bank: note.bank, program: note.program)] ?? [] {
                guard zone.takes(note.key, note.velocity), let instrument = zone.target,
                    instruments.indices.contains(instrument)
                else { continue }
                for part in instruments[instrument] where part.takes(note.key, note.velocity) {
                    if let sample = part.target { needed.insert(sample) }
                }
            }
        }
        var bytes: [Int: UInt8] = [:]
        for (number, header) in headers.enumerated() where !needed.contains(number) {
            for (offset, byte) in header.start.enumerated() { bytes[header.place + offset] = byte }
        }
        return bytes
    }

    // MARK: Reading

    /// Places of the chunks of the list `pdta`.
    private static func chunks(of file: Data) -> [String: Range<Int>]? {
        let table = Table(file: file)
        guard table.name(0) == "RIFF", table.name(8) == "sfbk" else { return nil }
        var place = 12
        while let name = table.name(place), let size = table.long(place + 4) {
            if name == "LIST", table.name(place + 8) == "pdta" {
                var chunks: [String: Range<Int>] = [:]
                var inner = place + 12
                let end = min(place + 8 + size, file.count)
                while inner + 8 <= end, let name = table.name(inner), let size = table.long(inner + 4) {
                    guard inner + 8 + size <= end else { return nil }
                    chunks[name] = inner + 8..<inner + 8 + size
                    inner += 8 + size + size % 2
                }
                return chunks
            }
            place += 8 + size + size % 2
        }
        return nil
    }

    /// Little-endian numbers of a file.
    private struct Table {
        let file: Data

        private func byte(_ place: Int) -> Int? {
            place >= 0 && place < file.count ? Int(file[file.startIndex + place]) : nil
        }

        func short(_ place: Int) -> Int? {
            guard let low = byte(place), let high = byte(place + 1) else { return nil }
            return low | high << 8
        }

        func long(_ place: Int) -> Int? {
            guard let low = short(place), let high = short(place + 2) else { return nil }
            return low | high << 16
        }

        func name(_ place: Int) -> String? {
            guard place >= 0, place + 4 <= file.count else { return nil }
            return String(decoding: file[file.startIndex + place..<file.startIndex + place + 4], as: UTF8.self)
        }

        /// The zones of each preset or instrument; the last record ends the table and is none.
        func zones(
            _ records: Range<Int>, size: Int, bagAt: Int, bags: Range<Int>, parts: Range<Int>, target: Int
        ) -> [[Zone]]? {
            var result: [[Zone]] = []
            for place in stride(from: records.lowerBound, to: records.upperBound - 2 * size + 1, by: size) {
                guard let first = short(place + bagAt), let end = short(place + size + bagAt), first <= end,
                    bags.lowerBound + (end + 1) * 4 <= bags.upperBound
                else { return nil }
                var zones: [Zone] = []
                for bag in first..<end {
                    guard let from = short(bags.lowerBound + bag * 4), let to = short(bags.lowerBound + (bag + 1) * 4),
                        from <= to, parts.lowerBound + to * 4 <= parts.upperBound
                    else { return nil }
                    // A zone that names no target holds for those that come after it and say nothing else.
                    let usual = zones.first.flatMap { $0.target == nil ? $0 : nil }
                    var zone = Zone(
                        keys: usual?.keys ?? 0...127, velocities: usual?.velocities ?? 0...127, target: nil)
                    for part in from..<to {
                        let place = parts.lowerBound + part * 4
                        guard let kind = short(place), let low = byte(place + 2), let high = byte(place + 3) else {
                            return nil
                        }
                        switch kind {
                        case 43 where low <= high && high <= 127: zone.keys = UInt8(low)...UInt8(high)
                        case 44 where low <= high && high <= 127: zone.velocities = UInt8(low)...UInt8(high)
                        case target: zone.target = low | high << 8
                        default: break
                        }
                    }
                    zones.append(zone)
                }
                result.append(zones)
            }
            return result
        }
    }
}
