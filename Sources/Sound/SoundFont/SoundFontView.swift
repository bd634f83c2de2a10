// SPDX-License-Identifier: GPL-3.0-or-later
internal import CFluidSynth
internal import Foundation
internal import Synchronization

/// A SoundFont as FluidSynth is shown it: the file, with some of its bytes laid over.
///
/// FluidSynth decodes every sample of a preset that is chosen, most of which a piece never sounds; shown a file without those it
/// decodes the others only, and plays the same. It opens files by name alone, so views have names of their own while they live.
final class SoundFontView: Sendable {
    /// What FluidSynth opens it by.
    let name: String
    private let file: Data
    /// By place.
    private let over: [Int: UInt8]
    private let overPlaces: ClosedRange<Int>?

    private static let all = Mutex<(next: Int, views: [String: Weak])>((0, [:]))

    private struct Weak: Sendable { weak let view: SoundFontView? }

    /// Nil where the file cannot be read, or is no SoundFont.
    static func of(_ soundFont: URL, for notes: Set<SoundFontIndex.Played>) -> SoundFontView? {
        guard let file = try? Data(contentsOf: soundFont, options: .alwaysMapped), let index = SoundFontIndex(file)
        else { return nil }
        return SoundFontView(file, over: index.without(all: notes))
    }

    private init(_ file: Data, over: [Int: UInt8]) {
        self.file = file
        self.over = over
        if let low = over.keys.min(), let high = over.keys.max() { overPlaces = low...high } else { overPlaces = nil }
        name = Self.all.withLock { all in
            all.next += 1
            return "kinora-soundfont-\(all.next)"
        }
        Self.all.withLock { $0.views[name] = Weak(view: self) }
    }

    deinit { Self.all.withLock { $0.views[name] = nil } }

    /// A place in an open view.
    private final class Handle {
        let view: SoundFontView
        var place = 0

        init(_ view: SoundFontView) { self.view = view }

        func read(_ count: Int, into buffer: UnsafeMutableRawPointer) -> Bool {
            guard count >= 0, place + count <= view.file.count else { return false }
            let bytes = UnsafeMutableRawBufferPointer(start: buffer, count: count)
            view.file.copyBytes(to: bytes, from: place..<place + count)
            if let places = view.overPlaces, places.overlaps(place...place + count) {
                for offset in 0..<count { if let byte = view.over[place + offset] { bytes[offset] = byte } }
            }
            place += count
            return true
        }

        func move(to place: Int) -> Bool {
            guard (0...view.file.count).contains(place) else { return false }
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
                let from = origin == SEEK_SET ? 0 : origin == SEEK_CUR ? open.place : open.view.file.count
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
