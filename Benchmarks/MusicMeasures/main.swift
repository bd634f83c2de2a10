// SPDX-License-Identifier: GPL-3.0-or-later
import Composer
import EditTime
import Foundation
import MusicEar
import Sound

// music-measures [STYLE…] [--seeds 3] [--seconds 60] [--keep FOLDER] [--references FILE.wav…]
//
// Composes and plays each style with each seed and prints what it measures, beside the same of recordings (16-bit stereo WAV at
// 48 kHz: `ffmpeg -i song.ogg -ar 48000 -ac 2 song.wav`). With --keep the sounds and MIDI files stay;
// with --samples decoded samples are kept in that folder and found there again;
// with --compare each is played once more with every sample of its instruments decoded, for what leaving the others out saves.

var styles: [String] = []
var references: [String] = []
var seeds = 2
var seconds = 60.0
var keep: String?
var sampleFolder: String?
var readsReferences = false
var compares = false
var arguments = CommandLine.arguments.dropFirst()[...]
while let argument = arguments.popFirst() {
    switch argument {
    case "--seeds": seeds = arguments.popFirst().flatMap { Int($0) } ?? seeds
    case "--seconds": seconds = arguments.popFirst().flatMap { Double($0) } ?? seconds
    case "--keep": keep = arguments.popFirst()
    case "--samples": sampleFolder = arguments.popFirst()
    case "--references": readsReferences = true
    case "--compare": compares = true
    default: if readsReferences { references.append(argument) } else { styles.append(argument) }
    }
}
if styles.isEmpty { styles = MusicStyle.all.map(\.id) }
let folder = URL(fileURLWithPath: keep ?? NSTemporaryDirectory() + "music-measures")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)

/// A folder for decoded samples, named by a hash that will do for measuring.
struct SampleFolder: SampleStore {
    let path: String

    private func file(_ coded: UnsafeRawBufferPointer) -> URL {
        let hash = coded.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return URL(fileURLWithPath: "\(path)/\(String(hash, radix: 16))-\(coded.count)")
    }

    func load(decodedOf coded: UnsafeRawBufferPointer) -> Data? { try? Data(contentsOf: file(coded)) }

    func keep(_ decoded: UnsafeRawBufferPointer, decodedOf coded: UnsafeRawBufferPointer) {
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try? Data(decoded).write(to: file(coded))
    }
}

func processorSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

print(SoundMeasures.heading + "   cpu s  notes stuck  para  move  steps widest")
let player = try SoundFontPlayer(store: sampleFolder.map { SampleFolder(path: $0) })
var (spentInAll, spentDecodingAll) = (0.0, 0.0)
var measured: [(style: String, seed: Int, measures: SoundMeasures)] = []
for style in styles {
    for seed in 1...max(1, seeds) {
        let before = processorSeconds()
        let request = MusicRequest(style: style, seed: UInt64(seed), length: MediaTime(seconds: seconds))
        guard let composition = Composer.compose(request) else {
            print("\(style): no such style")
            continue
        }
        let url = folder.appendingPathComponent("\(style)-\(seed).wav")
        try player.render(composition.piece, to: url)
        let spent = processorSeconds() - before
        spentInAll += spent
        if compares {
            var whole = player
            whole.decodesAll = true
            let before = processorSeconds()
            if let again = Composer.compose(request) { try whole.render(again.piece, to: url) }
            spentDecodingAll += processorSeconds() - before
        }
        if keep != nil {
            try Data(composition.piece.standardMIDIFile()).write(
                to: folder.appendingPathComponent("\(style)-\(seed).mid"))
        }
        let (left, right) = try WaveReader.read(url)
        let sound = SoundMeasures(left: left, right: right)
        let score = ScoreMeasures(composition)
        measured.append((style, seed, sound))
        let name = "\(style)-\(seed) \(Int(composition.grid.tempo.rounded()))/\(composition.grid.bars)"
        print(
            sound.line(name)
                + String(
                    format: " %7.2f %6d %5d %5.1f %5.2f %6.2f %6d", spent, score.notes, score.stuck, score.parallels,
                    score.voiceDistance, score.steps, score.widest))
    }
}
for path in references {
    let (left, right) = try WaveReader.read(URL(fileURLWithPath: path))
    print(SoundMeasures(left: left, right: right).line((path as NSString).lastPathComponent))
}

/// Mean distance of all pairs that `choose` takes.
@MainActor func distance(_ choose: (String, String) -> Bool) -> Double {
    var (sum, count) = (0.0, 0)
    for (index, a) in measured.enumerated() {
        for b in measured[(index + 1)...] where choose(a.style, b.style) {
            sum += a.measures.distance(to: b.measures)
            count += 1
        }
    }
    return count == 0 ? 0 : sum / Double(count)
}
print(String(format: "distance between seeds of a style %.2f, between styles %.2f", distance(==), distance(!=)))
if !measured.isEmpty {
    let pieces = Double(measured.count)
    print(
        String(
            format: "composing and playing %.0f s: %.2f s of processor time on average", seconds, spentInAll / pieces)
            + (compares
                ? String(
                    format: "; with every sample decoded %.2f s, %.2f times as much", spentDecodingAll / pieces,
                    spentDecodingAll / max(spentInAll, 1e-9)) : ""))
}
