// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Foundation
import MediaIO
import TestMedia
import Testing

@Suite struct SoundReaderTests {
    /// Three seconds of silence at `rate` with one click at each of `clickTimes`, as a wav file of 16 bits.
    static func clicks(rate: Int, channels: Int = 2) throws -> URL {
        var samples = [Int16](repeating: 0, count: rate * 3 * channels)
        for time in clickTimes {
            let at = Int((time * Double(rate)).rounded())
            // A short bump that survives lossy codecs and whose middle tells the time.
            for offset in -8...8 {
                let value = Int16(28000 * pow(cos(Double(offset) / 9 * .pi / 2), 2))
                for channel in 0..<channels { samples[(at + offset) * channels + channel] = value }
            }
        }
        let url = try TestMedia.scratchFolder().appendingPathComponent("clicks.wav")
        try wav(samples, rate: rate, channels: channels).write(to: url)
        return url
    }

    /// Whole samples at every rate used.
    static let clickTimes = [0.48, 1.24, 2.76]

    static func wav(_ samples: [Int16], rate: Int, channels: Int) -> Data {
        func bytes(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> (8 * $0) & 0xFF) } }
        var data = Data("RIFF".utf8)
        data += bytes(36 + samples.count * 2, 4) + Array("WAVEfmt ".utf8) + bytes(16, 4) + bytes(1, 2)
        data +=
            bytes(channels, 2) + bytes(rate, 4) + bytes(rate * channels * 2, 4) + bytes(channels * 2, 2) + bytes(16, 2)
        data += Array("data".utf8) + bytes(samples.count * 2, 4)
        samples.withUnsafeBytes { data.append(contentsOf: $0) }
        return data
    }

    /// All of a file's sound from `start`, left and right apart.
    static func read(_ url: URL, from start: MediaTime = .zero, block: Int = 1000) throws -> Stereo {
        let reader = try SoundReader(url, from: start)
        var samples = [Float](repeating: 0, count: 48000 * 2 * 8)
        let total = try samples.withUnsafeMutableBufferPointer { all in
            var done = 0
            while done + block <= 48000 * 8 {
                let count = try reader.read(into: .init(rebasing: all[2 * done..<2 * (done + block)]))
                if count == 0 { break }
                done += count
            }
            return done
        }
        return Stereo(samples: Array(samples[..<(2 * total)]))
    }

    struct Stereo {
        /// Left, right, left, ….
        var samples: [Float]
        var count: Int { samples.count / 2 }
        func left(_ index: Int) -> Float { samples[2 * index] }
        var sidesAgree: Bool {
            samples.withUnsafeBufferPointer { all in
                stride(from: 0, to: all.count, by: 2).allSatisfy { all[$0] == all[$0 + 1] }
            }
        }
    }

    /// Where the bump near `time` has its centre of mass, in samples.
    static func centre(_ sound: Stereo, near time: Double, within: Int = 300) -> Double {
        let middle = Int(time * 48000)
        let range = max(0, middle - within)..<min(sound.count, middle + within)
        let peak = range.map { sound.left($0) }.max() ?? 0
        var (weight, moment) = (0.0, 0.0)
        for index in range where sound.left(index) > peak * 0.3 {
            weight += Double(sound.left(index))
            moment += Double(sound.left(index)) * Double(index)
        }
        return weight > 0 ? moment / weight : -1
    }

    @Test(arguments: [8000, 11025, 22050, 44100, 48000, 96000, 192000])
    func `any sample rate comes out at 48 kHz with nothing moved`(_ rate: Int) throws {
        let sound = try Self.read(Self.clicks(rate: rate))
        #expect(abs(sound.count - 144_000) <= 1)
        #expect(sound.sidesAgree)
        for time in Self.clickTimes { #expect(abs(Self.centre(sound, near: time) - time * 48000) < 0.3) }
    }

    struct Coding: Sendable, CustomTestStringConvertible {
        let name: String
        let arguments: [String]
        /// How far in samples a click may be found from its place.
        let slack: Double
        /// The length told and read is that of the source to within so many samples.
        let lengthSlack: Int
        var testDescription: String { name }
    }

    static let codings = [
        Coding(name: "a.wav", arguments: ["-c:a", "pcm_s24le"], slack: 0.5, lengthSlack: 1),
        Coding(name: "a.flac", arguments: ["-c:a", "flac"], slack: 0.5, lengthSlack: 1),
        Coding(name: "a.m4a", arguments: ["-c:a", "alac"], slack: 0.5, lengthSlack: 1),
        Coding(name: "a.aiff", arguments: [], slack: 0.5, lengthSlack: 1),
        Coding(name: "a.mp3", arguments: ["-c:a", "libmp3lame", "-b:a", "192k"], slack: 2, lengthSlack: 1),
        Coding(
            name: "v.mp3", arguments: ["-c:a", "libmp3lame", "-q:a", "4", "-id3v2_version", "3"], slack: 2,
            lengthSlack: 1),
        Coding(name: "b.m4a", arguments: ["-c:a", "aac", "-b:a", "192k"], slack: 2, lengthSlack: 1),
        Coding(name: "a.ogg", arguments: ["-c:a", "libvorbis"], slack: 2, lengthSlack: 1),
        Coding(name: "a.opus", arguments: ["-c:a", "libopus", "-b:a", "160k"], slack: 2, lengthSlack: 320),
        Coding(name: "a.webm", arguments: ["-c:a", "libopus", "-b:a", "160k"], slack: 2, lengthSlack: 400),
        Coding(name: "f.mka", arguments: ["-c:a", "flac"], slack: 0.5, lengthSlack: 100),
    ]

    @Test(arguments: codings, [44100, 48000])
    func `a song's clicks are where they were, from the start and from the middle`(_ coding: Coding, _ rate: Int) throws
    {
        let song = try TestMedia.ffmpeg(
            "\(rate)-\(coding.name)", ["-i", Self.clicks(rate: rate).path] + coding.arguments)
        let whole = try Self.read(song)
        #expect(abs(whole.count - 144_000) <= coding.lengthSlack)
        for time in Self.clickTimes {
            #expect(abs(Self.centre(whole, near: time) - time * 48000) <= coding.slack)
        }
        let facts = try MediaProbe.probe(song)
        #expect(abs(facts.duration.seconds * 48000 - 144_000) <= max(1, Double(coding.lengthSlack)) + 1)
        let start = MediaTime(milliseconds: 2333)
        let rest = try Self.read(song, from: start)
        let skipped = Int((start.seconds * 48000).rounded())
        #expect(rest.count == whole.count - skipped)
        #expect(abs(Self.centre(rest, near: 2.76 - start.seconds) - (2.76 - start.seconds) * 48000) <= coding.slack)
    }

    @Test(arguments: ["a.wav", "a.flac", "a.mp3", "a.ogg", "b.m4a", "a.opus"])
    func `reading from the middle gives the same samples`(_ name: String) throws {
        let song = try TestMedia.ffmpeg(
            "noise-\(name)",
            ["-f", "lavfi", "-i", "anoisesrc=d=4:c=pink:r=44100:a=0.5:seed=3", "-ac", "2"]
                // Noise that the decoder makes up is another each time.
                + (name == "b.m4a" ? ["-aac_pns", "0"] : []))
        let whole = try Self.read(song)
        for milliseconds in [100, 700, 1501, 2999, 3900] as [Int64] {
            let start = MediaTime(milliseconds: milliseconds)
            let rest = try Self.read(song, from: start, block: 777)
            let skipped = Int((start.seconds * 48000).rounded())
            #expect(rest.count == whole.count - skipped)
            let worst = zip(whole.samples.dropFirst(2 * skipped), rest.samples).lazy.map { abs($0 - $1) }.max() ?? 9
            #expect(worst < 0.002, "from \(start)")
        }
    }

    @Test func `mono is as loud on both sides, and surround is folded`() throws {
        let mono = try TestMedia.ffmpeg(
            "mono.wav", ["-f", "lavfi", "-i", "sine=frequency=440:duration=0.5:sample_rate=48000"])
        let tone = try Self.read(mono)
        #expect(tone.sidesAgree)
        #expect(abs((tone.samples.max() ?? 0) - 0.125) < 0.001)  // lavfi's sine peaks at 1/8
        func surround(_ channel: String) throws -> (left: Float, right: Float) {
            let file = try TestMedia.ffmpeg(
                "surround-\(channel).wav",
                ["-i", mono.path, "-af", "pan=5.1|\(channel)=c0", "-c:a", "pcm_f32le"])
            let sound = try Self.read(file)
            func peak(_ side: Int) -> Float {
                stride(from: side, to: sound.samples.count, by: 2).lazy.map { sound.samples[$0] }.max() ?? 0
            }
            return (peak(0), peak(1))
        }
        let front = try surround("FL")
        #expect(abs(front.left - 0.125) < 0.001 && front.right == 0)
        let centre = try surround("FC")
        #expect(abs(centre.left - 0.0884) < 0.001 && centre.left == centre.right)
        let low = try surround("LFE")
        #expect(low.left == 0 && low.right == 0)
    }

    @Test func `a clip whose sound starts late begins with silence`() throws {
        let clip = try TestMedia.ffmpeg(
            "late.mp4",
            [
                "-f", "lavfi", "-i", "testsrc=s=64x64:r=30:d=3", "-itsoffset", "0.5", "-i",
                Self.clicks(rate: 48000).path,
                "-c:v", "libx264", "-c:a", "aac", "-movie_timescale", "48000",
            ])
        let facts = try MediaProbe.probe(clip)
        #expect(facts.picture?.start == .zero)
        #expect(abs((facts.sound?.start.seconds ?? 0) - (0.5 - 1024 / 48000.0)) < 0.001)
        let sound = try Self.read(clip)
        #expect(abs(Self.centre(sound, near: 1.74) - 1.74 * 48000) <= 2)
    }

    @Test func `a clip without sound says so`() throws {
        let clip = try TestMedia.ffmpeg("mute.mp4", ["-f", "lavfi", "-i", "testsrc=s=64x64:r=30:d=0.5"])
        #expect(throws: MediaError.self) { try SoundReader(clip) }
        #expect(try MediaProbe.probe(clip).sound == nil)
    }

    @Test func `a film's clicks are exact after coding and joining`() throws {
        for container in [FilmContainer.mp4, .mov, .matroska] {
            let film = try TestFilm.write(container, frames: 90)
            let sound = try Self.read(film)
            #expect(abs(sound.count - 144_000) <= (container == .matroska ? 48 : 0))
            let peak = (24000 - 200..<24000 + 200).max { abs(sound.left($0)) < abs(sound.left($1)) }
            #expect(abs((peak ?? 0) - 24000) <= 2, "\(container): \(peak ?? 0)")
        }
    }

    @Test func `past the end there is nothing`() throws {
        let song = try Self.clicks(rate: 48000)
        #expect(try Self.read(song, from: MediaTime(seconds: 10)).count == 0)
    }
}
