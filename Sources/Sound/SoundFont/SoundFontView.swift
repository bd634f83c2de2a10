// SPDX-License-Identifier: GPL-3.0-or-later
internal import CFluidSynth
internal import Foundation
internal import MediaIO
internal import Synchronization

/// A SoundFont as FluidSynth is shown it: one with the samples that a piece sounds and no others, decoded.
///
/// FluidSynth would decode every sample of a preset that is chosen, most of which a piece never sounds, and those it does anew
/// for each piece; what is decoded here is kept in a `SampleStore`. FluidSynth opens files by name alone, so views have names
/// of their own while they live.
final class SoundFontView: Sendable {
    /// What FluidSynth opens it by.
    let name: String
    /// What it reads, one after the other, and where each part begins.
    private let parts: [Data]
    private let starts: [Int]
    private let count: Int

    private static let all = Mutex<(next: Int, views: [String: Weak])>((0, [:]))

    private struct Weak: Sendable { weak let view: SoundFontView? }

    /// Nil where the file cannot be read, is no SoundFont, or one of its samples cannot be decoded.
    static func of(_ soundFont: URL, for notes: Set<SoundFontIndex.Played>, store: (any SampleStore)?) -> SoundFontView?
    {
        guard let file = try? Data(contentsOf: soundFont, options: .alwaysMapped), let index = SoundFontIndex(file)
        else { return nil }
        // Each sample is followed by 46 that are silent (SoundFont 2.04, section 7.10).
        let gap = Data(count: 92)
        var sound: [Data] = []
        var places: [Int: Range<Int>] = [:]
        var frames = 0
        for number in index.needed(by: notes) {
            let sample = index.samples[number]
            guard !sample.bytes.isEmpty else { continue }
            let coded = file[file.startIndex + sample.bytes.lowerBound..<file.startIndex + sample.bytes.upperBound]
            guard let samples = sample.isVorbis ? decoded(coded, store) : coded else { return nil }
            places[number] = frames..<frames + samples.count / 2
            frames += samples.count / 2 + gap.count / 2
            sound += [samples, gap]
        }
        let facts = file[file.startIndex + index.facts.lowerBound..<file.startIndex + index.facts.upperBound]
        let tables = index.tables(of: file, places: places)
        func chunk(_ name: String, _ size: Int, _ kind: String = "") -> Data {
            Data(name.utf8) + (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) } + Data(kind.utf8)
        }
        let body =
            [facts, chunk("LIST", 12 + 2 * frames, "sdta"), chunk("smpl", 2 * frames)] + sound + [
                chunk("LIST", 4 + tables.count, "pdta"), tables,
            ]
        return SoundFontView([chunk("RIFF", 4 + body.reduce(0) { $0 + $1.count }, "sfbk")] + body)
    }

    private static func decoded(_ coded: Data, _ store: (any SampleStore)?) -> Data? {
        coded.withUnsafeBytes { bytes in
            if let kept = store?.load(decodedOf: bytes) { return kept }
            guard let samples = try? VorbisSample.decode(bytes) else { return nil }
            return samples.withUnsafeBytes { decoded in
                store?.keep(decoded, decodedOf: bytes)
                return Data(decoded)
            }
        }
    }

    private init(_ parts: [Data]) {
        self.parts = parts
        var (starts, count) = ([Int](), 0)
        for part in parts {
            starts.append(count)
            count += part.count
        }
        (self.starts, self.count) = (starts, count)
        name = Self.all.withLock { all in
            all.next += 1
            return "kinora-soundfont-\(all.next)"
        }
        Self.all.withLock { $0.views[name] = Weak(view: self) }
    }

    /// Copies what lies at `place` into `bytes`; false where there is not so much.
    private func copy(from place: Int, into bytes: UnsafeMutableRawBufferPointer) -> Bool {
        guard place >= 0, place + bytes.count <= count else { return false }
        // The last part that begins at `place` or before.
        var (low, high) = (0, starts.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if starts[middle] <= place { low = middle } else { high = middle - 1 }
        }
        var done = 0
        while done < bytes.count {
            let part = parts[low]
            let from = place + done - starts[low]
            let some = min(bytes.count - done, part.count - from)
            part.copyBytes(
                to: UnsafeMutableRawBufferPointer(rebasing: bytes[done...]),
                from: part.startIndex + from..<part.startIndex + from + some)
            done += some
            low += 1
        }
        return true
    }

    deinit { Self.all.withLock { $0.views[name] = nil } }

    /// A place in an open view.
    private final class Handle {
        let view: SoundFontView
        private(set) var place = 0

        init(_ view: SoundFontView) { self.view = view }

        func read(_ count: Int, into buffer: UnsafeMutableRawPointer) -> Bool {
            let bytes = UnsafeMutableRawBufferPointer(start: buffer, count: max(0, count))
            guard count >= 0, view.copy(from: place, into: bytes) else { return false }
            place += count
            return true
        }

        func move(to place: Int) -> Bool {
            guard (0...view.count).contains(place) else { return false }
            self.place = place
            return true
        }
    }

    /// Has `synth` open views by their names; of other names FluidSynth's own loader goes on taking care.
    static func install(in synth: OpaquePointer, _ settings: OpaquePointer) -> Bool {
        guard let loader = new_fluid_defsfloader(settings) else { return false }
        let status = fluid_sfloader_set_callbacks(
            loader,
            { name in
                guard let name, let view = SoundFontView.all.withLock({ $0.views[String(cString: name)]?.view }) else {
                    return nil
                }
                return Unmanaged.passRetained(Handle(view)).toOpaque()
            },
            { buffer, count, handle in
                guard let buffer, let handle else { return FLUID_FAILED }
                return SoundFontView.handle(handle).read(Int(count), into: buffer) ? FLUID_OK : FLUID_FAILED
            },
            { handle, offset, origin in
                guard let handle else { return FLUID_FAILED }
                let open = SoundFontView.handle(handle)
                let from = origin == SEEK_SET ? 0 : origin == SEEK_CUR ? open.place : open.view.count
                return open.move(to: from + Int(offset)) ? FLUID_OK : FLUID_FAILED
            },
            { handle in handle.map { fluid_long_long_t(SoundFontView.handle($0).place) } ?? -1 },
            { handle in
                if let handle { Unmanaged<Handle>.fromOpaque(handle).release() }
                return FLUID_OK
            })
        guard status == FLUID_OK else {
            delete_fluid_sfloader(loader)
            return false
        }
        fluid_synth_add_sfloader(synth, loader)
        return true
    }

    private static func handle(_ pointer: UnsafeMutableRawPointer) -> Handle {
        Unmanaged<Handle>.fromOpaque(pointer).takeUnretainedValue()
    }
}
