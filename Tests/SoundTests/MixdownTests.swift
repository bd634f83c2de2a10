// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Foundation
import MediaIO
import RenderPlanning
@testable import Sound
import TestMedia
import Testing

/// A mix of files, coded and decoded again.
struct MixOfFiles {
    let report: MixReport
    let sound: MixedSound
    let file: URL
    /// What a player hears, priming and padding cut off.
    let heard: Signal

    init(_ plan: SoundPlan, _ files: [String: URL]) throws {
        file = try TestMedia.scratchFolder().appendingPathComponent("mix.sound")
        report = try Mixdown(plan).render(
            to: file, scratch: TestMedia.folder, sources: { try files[$0].map { try MediaFile($0) } })
        sound = try MixedSound(file)
        let decoder = try CodedSoundDecoder(sound.track)
        var all = Signal(left: [], right: [])
        try decoder.decode(sound.packets(0..<sound.packetCount)) { left, right, count in
            all.left += UnsafeBufferPointer(start: left, count: count)
            all.right += UnsafeBufferPointer(start: right, count: count)
        }
        let start = sound.track.priming
        heard = all[start..<min(all.count, start + report.frames)]
    }

    /// Loudness and true peak measured anew, by ffmpeg's own meter on the decoded samples.
    func measured() throws -> (loudness: Double, truePeak: Double) {
        let raw = try TestMedia.scratchFolder().appendingPathComponent("heard.f32")
        let block = StereoBlock(capacity: max(1, heard.count))
        heard.left.withUnsafeBufferPointer {
            if let base = $0.baseAddress { block.left.update(from: base, count: heard.count) }
        }
        heard.right.withUnsafeBufferPointer {
            if let base = $0.baseAddress { block.right.update(from: base, count: heard.count) }
        }
        let interleaved = UnsafeMutableBufferPointer<Float>.allocate(capacity: 2 * block.capacity)
        defer { interleaved.deallocate() }
        if let base = interleaved.baseAddress { block.interleave(into: base) }
        try Data(buffer: interleaved).write(to: raw)
        return try ffmpegLoudness(["-f", "f32le", "-ar", "48000", "-ac", "2", "-i", raw.path])
    }
}

/// Integrated loudness and true peak as ffmpeg's ebur128 filter sees them.
func ffmpegLoudness(_ input: [String]) throws -> (loudness: Double, truePeak: Double) {
    let log = try TestMedia.run(
        "sh",
        ["-c", "exec ffmpeg -hide_banner -nostats \"$@\" -af ebur128=peak=true:framelog=verbose -f null - 2>&1", "sh"]
            + input)
    func last(_ name: String) -> Double {
        let line = log.split(separator: "\n").last { $0.contains(name) } ?? ""
        return line.split(separator: " ").compactMap { Double($0) }.first ?? -.infinity
    }
    return (last(" I:"), last("Peak:"))
}

@Suite struct MixdownTests {
    /// A song of sorts: notes, bass and clicks, with real dynamics. 12 s, mp3.
    static func song() throws -> URL {
        try TestMedia.ffmpeg(
            "song.mp3",
            [
                "-f", "lavfi", "-i",
                "aevalsrc='0.25*sin(2*PI*(220+55*floor(mod(t,4)))*t)*(0.4+0.6*exp(-3*mod(t,0.5)))+0.3*sin(2*PI*55*t)*exp(-4*mod(t,1))+0.1*(random(0)-0.5)*exp(-40*mod(t,0.25))|0.25*sin(2*PI*(221+55*floor(mod(t,4)))*t)*(0.4+0.6*exp(-3*mod(t,0.5)))+0.3*sin(2*PI*55*t)*exp(-4*mod(t,1))':s=44100:d=12",
                "-b:a", "192k",
            ])
    }

    /// A sentence, twice, with a pause: 16 kHz mono.
    static func speech() throws -> URL {
        try TestMedia.ffmpeg(
            "speech.wav",
            [
                "-f", "lavfi", "-i",
                "flite=text='We went down to the sea in the morning and the wind was warm':voice=slt,apad=pad_dur=2.5,aloop=1:size=2e5,volume=0.4",
                "-t", "12",
            ])
    }

    @Test(arguments: [-14.0, -16, -23])
    func theDecodedSoundHasTheLoudnessAskedFor(target: Double) throws {
        let mix = try MixOfFiles(
            SoundPlan(duration: seconds(12), clips: [.at(0, for: 12, "song")], loudness: target), ["song": Self.song()])
        let (loudness, truePeak) = try mix.measured()
        #expect(abs(loudness - target) <= 0.3)
        #expect(truePeak <= -1)
        #expect(abs((mix.report.integratedLoudness ?? 0) - loudness) < 0.15)
        #expect(abs((mix.report.truePeak ?? 0) - truePeak) < 0.2)
        #expect(mix.report.warnings.isEmpty)
    }

    @Test func volumeIsHeard() throws {
        func loudness(_ volume: Double) throws -> Double {
            let plan = SoundPlan(
                duration: seconds(12), clips: [.at(0, for: 12, "song") { $0.volume = volume }])
            return try MixOfFiles(plan, ["song": Self.song()]).measured().loudness
        }
        let full = try loudness(1)
        #expect(abs(try full - loudness(0.35) - 9.12) <= 0.3)
        #expect(abs(try full - loudness(0.7) - 3.1) <= 0.3)
        // Louder than the target it does not become.
        #expect(abs(try full - loudness(2)) <= 0.3)
    }

    /// How much of a tone loudness hears: the two filters of ITU-R BS.1770-4 at 48 kHz, linear.
    private static func heard(_ frequency: Double) -> Double {
        func gain(_ b: [Double], _ a: [Double]) -> Double {
            let w = 2 * Double.pi * frequency / 48_000
            func size(_ c: [Double]) -> Double {
                let (re, im) = c.enumerated().reduce((0.0, 0.0)) {
                    ($0.0 + $1.element * cos(w * Double($1.offset)), $0.1 - $1.element * sin(w * Double($1.offset)))
                }
                return (re * re + im * im).squareRoot()
            }
            return size(b) / size(a)
        }
        return gain(
            [1.53512485958697, -2.69169618940638, 1.19839281085285], [1, -1.69065929318241, 0.73248077421585])
            * gain([1, -2, 1], [1, -1.99004745483398, 0.99007225036621])
    }

    /// Three tracks at once, each as loud beside the others as it was set: a higher tone, which is heard louder, is lower in level.
    @Test func severalTracksAreHeardTogether() throws {
        var files: [String: URL] = [:]
        for pitch in [220, 550, 1320] {
            files["\(pitch)"] = try TestMedia.ffmpeg(
                "\(pitch).wav", ["-f", "lavfi", "-i", "sine=f=\(pitch):d=6", "-ac", "2"])
        }
        let mix = try MixOfFiles(
            SoundPlan(
                duration: seconds(6),
                clips: [
                    .at(0, for: 6, "220"), .at(0, for: 6, "550") { $0.volume = 0.5 },
                    .at(0, for: 6, "1320") { $0.volume = 0.5 },
                ]), files)
        let part = mix.heard.left[96_000..<192_000]
        let levels = [220.0, 550, 1320].map { tone($0, in: part) * Self.heard($0) }
        for half in levels.dropFirst() { #expect(abs(levels[0] / half - 2) < 0.04, "\(levels)") }
        let (loudness, truePeak) = try mix.measured()
        // Two of the three at half: half the power that all of them would have at full, which is what meets the target.
        #expect(abs(loudness + 17) <= 0.3)
        #expect(truePeak <= -1)
    }

    @Test func speechStaysAtTheTargetAndMusicLiesUnderIt() throws {
        func mix(_ volume: Double) throws -> MixOfFiles {
            let plan = SoundPlan(
                duration: seconds(12),
                clips: [
                    .at(0, for: 12, "speech", .voice),
                    .at(0, for: 12, "song") {
                        $0.ducks = true
                        $0.volume = volume
                    },
                ])
            return try MixOfFiles(plan, ["song": Self.song(), "speech": Self.speech()])
        }
        let full = try mix(1)
        #expect(abs(try full.measured().loudness + 14) <= 0.3)
        let soft = try mix(0.2)
        // Two seconds into the sentence hardly anything changes, in the pause the music goes down by 14 dB.
        #expect(abs(full.heard.level(0.5..<2.5) - soft.heard.level(0.5..<2.5)) < 1)
        #expect(full.report.duckedSeconds > 5)
    }

    @Test func silenceStaysSilence() throws {
        let quiet = try TestMedia.ffmpeg("quiet.wav", ["-f", "lavfi", "-i", "anullsrc=r=48000:cl=stereo", "-t", "3"])
        let mix = try MixOfFiles(SoundPlan(duration: seconds(3), clips: [.at(0, for: 3, "q")]), ["q": quiet])
        #expect(mix.heard.peak == 0)
        #expect(mix.report.integratedLoudness == nil)
        let none = try MixOfFiles(SoundPlan(duration: seconds(3), clips: []), [:])
        #expect(none.heard.count == 144_000)
        #expect(none.heard.peak == 0)
    }

    @Test func hissIsNotBlownUp() throws {
        let hiss = try TestMedia.ffmpeg(
            "hiss.wav", ["-f", "lavfi", "-i", "anoisesrc=a=0.0008:r=48000:d=4:seed=1", "-c:a", "pcm_f32le"])
        let mix = try MixOfFiles(SoundPlan(duration: seconds(4), clips: [.at(0, for: 4, "h")]), ["h": hiss])
        #expect(mix.heard.peak < 0.01)
        #expect(mix.report.warnings.contains { if case .nearlySilent = $0 { true } else { false } })
        let soft = try TestMedia.ffmpeg(
            "soft.wav",
            [
                "-f", "lavfi", "-i", "anoisesrc=a=0.01:r=48000:d=4:seed=1", "-af", "pan=stereo|c0=c0|c1=c0", "-c:a",
                "pcm_f32le",
            ])
        let raised = try MixOfFiles(SoundPlan(duration: seconds(4), clips: [.at(0, for: 4, "s")]), ["s": soft])
        let before = try ffmpegLoudness(["-i", soft.path]).loudness
        #expect(abs(try raised.measured().loudness - before - 20) < 0.5)
        #expect(raised.report.warnings == [.gainCapped(decibels: 20)])
    }

    @Test(arguments: [
        ("mono.wav", ["-ac", "1"]), ("surround.flac", ["-ac", "6"]), ("phone.wav", ["-ar", "8000", "-ac", "1"]),
        ("studio.wav", ["-ar", "192000", "-c:a", "pcm_s24le"]), ("song.m4a", ["-c:a", "aac"]),
        ("song.ogg", ["-c:a", "libvorbis"]),
        ("song.opus", ["-c:a", "libopus"]), ("eight-bit.wav", ["-c:a", "pcm_u8"]),
    ])
    func everyFormComesRight(name: String, options: [String]) throws {
        let file = try TestMedia.ffmpeg(name, ["-i", Self.song().path, "-t", "6"] + options)
        let mix = try MixOfFiles(SoundPlan(duration: seconds(6), clips: [.at(0, for: 6, "f")]), ["f": file])
        let (loudness, truePeak) = try mix.measured()
        #expect(abs(loudness + 14) <= 0.3)
        #expect(truePeak <= -1)
        // The notes change each second: the same note in the same place.
        for second in 0..<5 {
            let part = mix.heard.left[(second * 48_000 + 12_000)..<(second * 48_000 + 36_000)]
            let expected = 220.0 + 55 * Double(second % 4)
            #expect(tone(expected, in: part) > 8 * tone(expected * 1.12, in: part), "second \(second)")
        }
    }

    @Test func offsetsAndClippedInputsAreTamed() throws {
        let bad = try TestMedia.ffmpeg(
            "bad.wav",
            ["-f", "lavfi", "-i", "aevalsrc='1.9*sin(2*PI*200*t)+0.4':s=48000:d=4", "-ac", "2", "-c:a", "pcm_s16le"])
        let mix = try MixOfFiles(SoundPlan(duration: seconds(4), clips: [.at(0, for: 4, "bad")]), ["bad": bad])
        #expect(try mix.measured().truePeak <= -1)
        let mean = mix.heard.left[4_800...].reduce(0.0) { $0 + Double($1) } / Double(mix.heard.count - 4_800)
        #expect(abs(mean) < 0.002)
    }

    @Test(arguments: [0.02, 0.15, 0.39, 0.41])
    func veryShortFilmsWork(length: Double) throws {
        let mix = try MixOfFiles(
            SoundPlan(duration: seconds(length), clips: [.at(0, for: length, "song") { $0.sourceStart = seconds(1) }]),
            ["song": Self.song()])
        #expect(mix.heard.count == Int((length * 48_000).rounded()))
        #expect(mix.heard.peak > 0.02)
        #expect((mix.report.truePeak ?? 0) <= -1)
    }

    @Test func loudTransientsAreHeldUnderTheCeiling() throws {
        // Soft, with claps 25 dB above it.
        let claps = try TestMedia.ffmpeg(
            "claps.wav",
            [
                "-f", "lavfi", "-i",
                "aevalsrc='0.05*sin(2*PI*330*t)+0.9*(random(0)*2-1)*exp(-60*mod(t,0.7))':s=48000:d=8", "-ac", "2",
                "-c:a",
                "pcm_f32le",
            ])
        let mix = try MixOfFiles(SoundPlan(duration: seconds(8), clips: [.at(0, for: 8, "c")]), ["c": claps])
        let (loudness, truePeak) = try mix.measured()
        #expect(truePeak <= -1)
        #expect(mix.report.limitedBy > 6)
        // More would crush them: it stays softer, and says so.
        #expect(loudness > -18 && loudness < -14.5)
        #expect(mix.report.warnings.contains { if case .peaksKept = $0 { true } else { false } })
    }

    @Test func theSamePlanGivesTheSameBytes() throws {
        let plan = SoundPlan(
            duration: seconds(8),
            clips: [
                .at(0, for: 8, "song") { $0.ducks = true },
                .at(1, for: 5, "speech", .clip) { $0.speed = 1.25 },
            ], fadeOut: seconds(1))
        let files = ["song": try Self.song(), "speech": try Self.speech()]
        let first = try Data(contentsOf: MixOfFiles(plan, files).file)
        let second = try Data(contentsOf: MixOfFiles(plan, files).file)
        #expect(first == second)
    }

    @Test func aBrokenSourceIsSilenceAndIsSaid() throws {
        let broken = try TestMedia.scratchFolder().appendingPathComponent("broken.mp3")
        try Data(repeating: 0x41, count: 5_000).write(to: broken)
        let mix = try MixOfFiles(
            SoundPlan(
                duration: seconds(4),
                clips: [.at(0, for: 4, "song"), .at(0, for: 2, "broken", .effect), .at(0, for: 2, "gone", .effect)]),
            ["song": Self.song(), "broken": broken])
        #expect(abs(try mix.measured().loudness + 14) <= 0.3)
        #expect(mix.report.warnings.count == 2)
        #expect(mix.report.warnings.contains(.missing(source: "gone")))
    }

    @Test func stoppingLeavesAtOnce() throws {
        let file = try TestMedia.scratchFolder().appendingPathComponent("mix.sound")
        let song = try MediaFile(Self.song())
        let mixdown = Mixdown(SoundPlan(duration: seconds(12), clips: [.at(0, for: 12, "song")]))
        #expect(throws: SoundError.self) {
            _ = try mixdown.render(to: file, scratch: TestMedia.folder, sources: { _ in song }, isCancelled: { true })
        }
    }

    @Test func aCutFileIsRefused() throws {
        let mix = try MixOfFiles(
            SoundPlan(duration: seconds(2), clips: [.at(0, for: 2, "song")]), ["song": Self.song()])
        let whole = try Data(contentsOf: mix.file)
        for length in [0, 10, 100, whole.count / 2, whole.count - 1] {
            try whole.prefix(length).write(to: mix.file)
            #expect(throws: SoundError.self) { _ = try MixedSound(mix.file) }
        }
    }
}

/// Strength of one frequency (Goertzel), linear.
func tone(_ frequency: Double, in samples: ArraySlice<Float>) -> Double {
    let w = 2 * Double.pi * frequency / 48_000
    var (re, im) = (0.0, 0.0)
    for (i, sample) in samples.enumerated() {
        re += Double(sample) * cos(w * Double(i))
        im += Double(sample) * sin(w * Double(i))
    }
    return (re * re + im * im).squareRoot() / Double(samples.count)
}
