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

    /// A sample as its header tells it.
    struct Sample {
        /// Where it lies in the file: 16-bit samples, or Ogg Vorbis.
        var bytes: Range<Int>
        var isVorbis: Bool
        /// In samples from its own first.
        var loop: (start: Int, end: Int)
    }

    private let presets: [Preset: [Zone]]
    private let instruments: [[Zone]]
    /// By number, as instruments name them.
    let samples: [Sample]
    /// The list `INFO`, whole, and what the list `pdta` holds.
    let facts: Range<Int>
    let tables: Range<Int>
    /// Where the samples' headers, 46 bytes each, begin in the file.
    private let headers: Range<Int>

    /// Nil for what is no SoundFont, or one whose tables do not hold together.
    init?(_ file: Data) {
        guard let (facts, sound, tables, chunks) = Self.chunks(of: file), let presets = chunks["phdr"],
            let presetBags = chunks["pbag"], let presetParts = chunks["pgen"], let instruments = chunks["inst"],
            let instrumentBags = chunks["ibag"], let instrumentParts = chunks["igen"], let headers = chunks["shdr"]
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
        (self.facts, self.tables, self.headers) = (facts, tables, headers)
        samples = stride(from: headers.lowerBound, to: headers.upperBound - 45, by: 46).map { place in
            table.sample(place, in: sound)
        }
    }

    /// The samples that sound `notes`, by number, ascending.
    func needed(by notes: Set<Played>) -> [Int] {
        var needed = Set<Int>()
        for note in notes {
            for zone in presets[Preset(bank: note.bank, program: note.program)] ?? [] {
                guard zone.takes(note.key, note.velocity), let instrument = zone.target,
                    instruments.indices.contains(instrument)
                else { continue }
                for part in instruments[instrument] where part.takes(note.key, note.velocity) {
                    if let sample = part.target, samples.indices.contains(sample) { needed.insert(sample) }
                }
            }
        }
        return needed.sorted()
    }

    /// What `tables` holds in `file` where only `places`, by number, are samples: of 16 bits, each in its frames of the sound.
    /// All others are none.
    func tables(of file: Data, places: [Int: Range<Int>]) -> Data {
        var bytes = [UInt8](file[file.startIndex + tables.lowerBound..<file.startIndex + tables.upperBound])
        for (number, sample) in samples.enumerated() {
            let place = headers.lowerBound - tables.lowerBound + number * 46
            func set(_ value: Int, at offset: Int, _ count: Int) {
                for byte in 0..<count { bytes[place + offset + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte)) }
            }
            let frames = places[number] ?? 0..<0
            set(frames.lowerBound, at: 20, 4)
            set(frames.upperBound, at: 24, 4)
            guard !frames.isEmpty else { continue }
            set(frames.lowerBound + sample.loop.start, at: 28, 4)
            set(frames.lowerBound + sample.loop.end, at: 32, 4)
            set(Int(bytes[place + 44]) & ~Self.vorbisFlag, at: 44, 1)
        }
        return Data(bytes)
    }

    /// Of a sample's kind: its bytes are Ogg Vorbis, its places bytes, its loop counted from its own start (the third version,
    /// as MuseScore writes it).
    private static let vorbisFlag = 0x10

    // MARK: Reading

    /// Places of the list `INFO`, of the samples, of what the list `pdta` holds and of the chunks in that.
    private static func chunks(of file: Data) -> (Range<Int>, Range<Int>, Range<Int>, [String: Range<Int>])? {
        let table = Table(file: file)
        guard table.name(0) == "RIFF", table.name(8) == "sfbk" else { return nil }
        var (facts, sound): (Range<Int>?, Range<Int>?)
        var place = 12
        while let name = table.name(place), let size = table.long(place + 4) {
            let inside = place + 12..<min(max(place + 12, place + 8 + size), file.count)
            switch name == "LIST" ? table.name(place + 8) : nil {
            case "INFO": facts = place..<inside.upperBound
            case "sdta": sound = table.chunks(in: inside)?["smpl"]
            case "pdta":
                guard let facts, let sound, let chunks = table.chunks(in: inside) else { return nil }
                return (facts, sound, inside, chunks)
            default: break
            }
            place = table.end(ofChunk: place, size)
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

        /// Where the next chunk begins. RIFF wants an even place; MuseScore's fonts, whose coded sound may be odd, do without.
        func end(ofChunk place: Int, _ size: Int) -> Int {
            let end = place + 8 + size
            return size % 2 == 1 && byte(end) == 0 ? end + 1 : end
        }

        /// The chunks that follow each other in `range`.
        func chunks(in range: Range<Int>) -> [String: Range<Int>]? {
            var chunks: [String: Range<Int>] = [:]
            var place = range.lowerBound
            while place + 8 <= range.upperBound, let name = name(place), let size = long(place + 4) {
                guard place + 8 + size <= range.upperBound else { return nil }
                chunks[name] = place + 8..<place + 8 + size
                place = end(ofChunk: place, size)
            }
            return chunks
        }

        /// The sample whose header stands at `place`; an empty one where it lies outside of `sound`.
        func sample(_ place: Int, in sound: Range<Int>) -> Sample {
            let numbers = [20, 24, 28, 32].compactMap { long(place + $0) }
            guard numbers.count == 4, let kind = byte(place + 44) else {
                return Sample(bytes: 0..<0, isVorbis: false, loop: (0, 0))
            }
            let isVorbis = kind & SoundFontIndex.vorbisFlag != 0
            let size = isVorbis ? 1 : 2
            let bytes = sound.lowerBound + size * numbers[0]..<sound.lowerBound + size * max(numbers[0], numbers[1])
            let origin = isVorbis ? 0 : numbers[0]
            let isInside = !bytes.isEmpty && bytes.upperBound <= sound.upperBound
            return Sample(
                bytes: isInside ? bytes : 0..<0, isVorbis: isVorbis,
                loop: (max(0, numbers[2] - origin), max(0, numbers[3] - origin)))
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
