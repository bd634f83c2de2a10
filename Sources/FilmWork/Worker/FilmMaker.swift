// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel
import FileStore
import Foundation
import KinoraKit
import MediaIO
import Renderer
import Sound
import Wording

/// Makes one film, as asked for, in a worker.
struct FilmMaker {
    private let kit: FilmKit

    init(_ kit: FilmKit) { self.kit = kit }

    /// The film lies at the order's path when this returns, whole and on the disk.
    ///
    /// - Parameter progress: 0…1; never falls, and is called often, from several threads.
    func make(
        _ order: FilmOrder, stop: StopSignal, progress: @escaping @Sendable (Double) -> Void
    ) throws -> FilmAnswer {
        let draft = try order.scene.draft()
        let material = order.scene.material
        var result = ExportResult(hash: "", byteCount: 0, shape: order.output.shape(of: draft))
        var notes = FilmKit.unheard(in: draft).map { Wording("note unheard film", ["name": .text($0)]) }
        notes += FilmKit.unwritten(in: draft).map {
            Wording(
                "note unwritten film",
                [
                    "text": .text(String($0.text.prefix(40))),
                    "characters": .text($0.characters.prefix(12).joined(separator: " ")),
                ])
        }
        notes += try kit.voiceTroubles(in: draft).map(\.wording)
        if order.output.format == .gif {
            try GIFFilm(kit).make(
                draft, material, to: order.path, stop: stop, progress: progress)
        } else {
            let platform = draft.film.preset.flatMap(PlatformPreset.named)
            let report = try kit.render(
                draft, material, to: order.path, encoding: order.output.encoding(for: platform),
                mostBytes: platform?.largestFileBytes, stop: stop
            ) { progress($0.fraction) }
            result.loudness = report.sound?.integratedLoudness
            result.truePeak = report.sound?.truePeak
            result.chunks = report.chunks
            result.chunksReused = report.chunksReused
            notes += report.sound?.warnings.map(\.wording) ?? []
            if let most = platform?.bitrate.most, report.busiestSecond > most {
                notes.append(
                    Wording("note peak film", ["peak": "\(report.busiestSecond)", "most": "\(most)"]))
            }
        }
        let hash = try ContentHash(ofFile: URL(fileURLWithPath: order.path))
        result.hash = hash.hex
        let attributes = try FileManager.default.attributesOfItem(atPath: order.path)
        result.byteCount = attributes[.size] as? Int64 ?? 0
        return FilmAnswer(result: result, notes: notes)
    }
}

extension ExportOutput {
    /// How the film is coded; a platform that the film is for has its say.
    func encoding(for platform: PlatformPreset?) -> Encoding {
        var encoding = Encoding()
        encoding.quality = quality
        encoding.crf = crf
        encoding.container = Encoding.Container(rawValue: format.rawValue) ?? .mp4
        encoding.codec = codec ?? format.codecs.first ?? .h264
        encoding.mostKilobits = platform?.bitrate.most
        if let kilobits = platform?.soundKilobits { encoding.soundBitRate = kilobits * 1000 }
        return encoding
    }
}
