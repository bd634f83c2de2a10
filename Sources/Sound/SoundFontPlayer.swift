// SPDX-License-Identifier: GPL-3.0-or-later
internal import CFluidSynth
public import Composer
internal import EditTime
public import Foundation

/// Plays a piece on sampled instruments: FluidSynth with a General MIDI SoundFont, faster than real time, always the same samples.
///
/// Blocks the calling thread. Notes begin on a grid of 64 frames (1.3 ms).
public struct SoundFontPlayer: Sendable {
    public let soundFont: URL
    /// Where decoded samples are kept; nil decodes them for every piece.
    public let store: (any SampleStore)?
    /// Raised whenever the same piece comes to sound different: part of the key under which music is kept.
    public static let version = 2
    /// Has FluidSynth decode every sample of the instruments, whether it sounds or not: for comparing.
    package var decodesAll = false

    /// Debian's package with the instruments.
    public static let package = "musescore-general-soundfont-small"

    /// Where Debian's packages put General MIDI SoundFonts, the one the music is tuned to first.
    public static let places = [
        "/usr/share/sounds/sf3/MuseScore_General_Lite.sf3", "/usr/share/sounds/sf3/MuseScore_General_Full.sf3",
        "/usr/share/sounds/sf3/MuseScore_General.sf3", "/usr/share/sounds/sf3/default-GM.sf3",
        "/usr/share/sounds/sf2/default-GM.sf2", "/usr/share/sounds/sf2/FluidR3_GM.sf2",
    ]

    /// With `soundFont`, or the first of `places` that is there; throws `missingSoundFont` when none is.
    public init(soundFont: URL? = nil, store: (any SampleStore)? = nil) throws(SoundError) {
        self.store = store
        let places = soundFont.map { [$0.path] } ?? Self.places
        guard let path = places.first(where: { FileManager.default.isReadableFile(atPath: $0) }) else {
            throw SoundError(
                .missingSoundFont, "play music with", of: soundFont?.path ?? "a SoundFont",
                because: "there is none; install one with: sudo apt-get install \(Self.package)")
        }
        self.soundFont = URL(fileURLWithPath: path)
    }

    /// Plays `piece` into a 16-bit stereo WAV file at 48 kHz: exactly as long as the piece, at about `loudness` LUFS, true peak
    /// below −1 dB.
    public func render(_ piece: MIDIPiece, to file: URL, loudness: Double = -16) throws(SoundError) {
        try WaveFile.write(render(piece).mastered(loudness: loudness, ceiling: -1.2), to: file)
    }

    /// How long the file of `piece` is that `render` writes.
    public static func byteCount(of piece: MIDIPiece) -> Int64 { 44 + 4 * Int64(FilmSound.frame(at: piece.duration)) }

    /// Plays `piece`.
    func render(_ piece: MIDIPiece) throws(SoundError) -> SampledSound {
        let synthesizer = try Synthesizer(soundFont: soundFont, piece, store: store, decodesAll: decodesAll)
        for (track, channel) in zip(piece.tracks, piece.channels) {
            try synthesizer.prepare(track, on: channel)
        }
        let total = FilmSound.frame(at: piece.duration)
        var sound = SampledSound(frames: total)
        var frame = 0
        for event in Self.events(of: piece) where event.frame < total {
            synthesizer.play(into: &sound, from: frame, to: event.frame)
            frame = event.frame
            synthesizer.send(event)
        }
        synthesizer.play(into: &sound, from: frame, to: total)
        // What still rings at the last bar line does not end in a step.
        let tail = SampledSound.Tail(frames: min(total, FilmSound.frames(0.25)))
        sound.fade(tail)
        return sound
    }

    private static func events(of piece: MIDIPiece) -> [PlayedEvent] {
        var events: [PlayedEvent] = []
        for (track, channel) in zip(piece.tracks, piece.channels) {
            for note in track.notes {
                let start = FilmSound.frame(at: piece.time(ofBeat: max(0, note.start)))
                let end = FilmSound.frame(at: piece.time(ofBeat: max(0, note.start + note.length)))
                events.append(
                    .init(frame: start, channel: channel, kind: .begin, number: note.key, value: note.velocity))
                events.append(
                    .init(frame: max(end, start + 64), channel: channel, kind: .end, number: note.key, value: 0))
            }
            for control in track.controls {
                let frame = FilmSound.frame(at: piece.time(ofBeat: max(0, control.time)))
                events.append(
                    .init(frame: frame, channel: channel, kind: .turn, number: control.controller, value: control.value)
                )
            }
        }
        return events.sorted {
            ($0.frame, $0.kind.rawValue, $0.channel, $0.number, $0.value) < (
                $1.frame, $1.kind.rawValue, $1.channel, $1.number, $1.value
            )
        }
    }
}

/// What happens at one frame: ends go before controllers, and those before beginnings.
private struct PlayedEvent {
    enum Kind: Int { case end, turn, begin }

    var frame: Int
    var channel: UInt8
    var kind: Kind
    /// Key or controller.
    var number: UInt8
    /// Velocity or controller's value.
    var value: UInt8
}

/// FluidSynth's handles: settings and one synthesizer with one SoundFont.
private final class Synthesizer {
    private let settings: OpaquePointer
    private let synth: OpaquePointer
    private let font: Int32
    private let title: String
    /// What it was loaded from; read again when instruments are chosen.
    private let view: SoundFontView?

    init(
        soundFont: URL, _ piece: MIDIPiece, store: (any SampleStore)?, decodesAll: Bool
    ) throws(SoundError) {
        let title = piece.title
        self.title = title
        silenceFluidSynth()
        guard let settings = new_fluid_settings() else {
            throw SoundError(.outOfMemory, "play", of: title, because: "FluidSynth gave no settings")
        }
        fluid_settings_setnum(settings, "synth.sample-rate", Double(FilmSound.rate))
        fluid_settings_setnum(settings, "synth.gain", 0.5)
        fluid_settings_setint(settings, "synth.polyphony", 256)
        fluid_settings_setint(settings, "synth.cpu-cores", 1)
        // Decoding the whole compressed SoundFont takes longer than playing the piece.
        fluid_settings_setint(settings, "synth.dynamic-sample-loading", 1)
        // A room of wood: short and mellow. Chorus only where a track asks for it.
        fluid_settings_setnum(settings, "synth.reverb.room-size", 0.55)
        fluid_settings_setnum(settings, "synth.reverb.damp", 0.45)
        fluid_settings_setnum(settings, "synth.reverb.width", 0.8)
        fluid_settings_setnum(settings, "synth.reverb.level", 0.55)
        fluid_settings_setnum(settings, "synth.chorus.level", 0.9)
        fluid_settings_setint(settings, "synth.chorus.nr", 3)
        fluid_settings_setnum(settings, "synth.chorus.depth", 4)
        guard let synth = new_fluid_synth(settings) else {
            delete_fluid_settings(settings)
            throw SoundError(.outOfMemory, "play", of: title, because: "FluidSynth gave no synthesizer")
        }
        if !piece.tracks.contains(where: \.asksForChorus) { fluid_synth_chorus_on(synth, -1, 0) }
        var view = decodesAll ? nil : SoundFontView.of(soundFont, for: Self.notes(of: piece), store: store)
        var font: Int32 = -1
        if let view, SoundFontView.install(in: synth, settings) { font = fluid_synth_sfload(synth, view.name, 1) }
        if font < 0 {
            view = nil
            font = fluid_synth_sfload(synth, soundFont.path, 1)
        }
        guard font >= 0 else {
            delete_fluid_synth(synth)
            delete_fluid_settings(settings)
            throw SoundError(
                .missingSoundFont, "read the SoundFont", of: soundFont.path,
                because: "FluidSynth does not understand it; reinstall the package \(SoundFontPlayer.package)")
        }
        self.settings = settings
        self.synth = synth
        self.font = font
        self.view = view
    }

    private static func notes(of piece: MIDIPiece) -> Set<SoundFontIndex.Played> {
        var notes = Set<SoundFontIndex.Played>()
        for track in piece.tracks {
            for note in track.notes {
                notes.insert(
                    .init(
                        bank: track.isDrums ? 128 : 0, program: Int(track.program), key: note.key,
                        velocity: note.velocity))
            }
        }
        return notes
    }

    deinit {
        delete_fluid_synth(synth)
        delete_fluid_settings(settings)
    }

    func prepare(_ track: MIDIPiece.Track, on channel: UInt8) throws(SoundError) {
        let bank: Int32 = track.isDrums ? 128 : 0
        guard fluid_synth_program_select(synth, Int32(channel), font, bank, Int32(track.program)) == FLUID_OK else {
            throw SoundError(
                .synthesisFailed, "play", of: title,
                because: "the SoundFont has no program \(track.program) for \(track.name)")
        }
        for (controller, value) in track.controllers {
            fluid_synth_cc(synth, Int32(channel), Int32(controller), Int32(value))
        }
    }

    func send(_ event: PlayedEvent) {
        let (channel, number) = (Int32(event.channel), Int32(event.number))
        switch event.kind {
        case .end: fluid_synth_noteoff(synth, channel, number)
        case .turn: fluid_synth_cc(synth, channel, number, Int32(event.value))
        case .begin: fluid_synth_noteon(synth, channel, number, Int32(event.value))
        }
    }

    func play(into sound: inout SampledSound, from start: Int, to end: Int) {
        guard start < end else { return }
        sound.left.withUnsafeMutableBufferPointer { left in
            sound.right.withUnsafeMutableBufferPointer { right in
                _ = fluid_synth_write_float(
                    synth, Int32(end - start), left.baseAddress, Int32(start), 1, right.baseAddress, Int32(start), 1)
            }
        }
    }
}

extension MIDIPiece.Track {
    fileprivate var asksForChorus: Bool {
        chorus > 0 || controls.contains { $0.controller == 93 && $0.value > 0 }
    }
}

private func ignoreFluidSynthLog(_ level: Int32, _ message: UnsafePointer<CChar>?, _ data: UnsafeMutableRawPointer?) {}

/// What FluidSynth has to say goes to nobody: its errors come back as results.
private func silenceFluidSynth() {
    for level in [FLUID_PANIC, FLUID_ERR, FLUID_WARN, FLUID_INFO, FLUID_DBG] {
        fluid_set_log_function(Int32(level.rawValue), ignoreFluidSynthLog, nil)
    }
}
