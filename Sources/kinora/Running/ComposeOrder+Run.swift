// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import Composer
import EditTime
import FileStore
import Foundation
import KinoraKit
import Sound

extension ComposeOrder {
    func run(_ console: Console) throws -> ExitStatus {
        if lists {
            for style in MusicStyle.all { console.result(Self.line(style, console)) }
            return .ok
        }
        for path in [output, midi].compactMap(\.self) { try AtomicFile.check(replacing: path) }
        let length = MediaTime(seconds: seconds)
        let request = MusicRequest(style: style, seed: UInt64(seed), length: length, tempo: tempo, moods: moods)
        guard let composition = Composer.compose(request) else {
            let styles = MusicStyle.all.map(\.id).joined(separator: ", ")
            console.fail(console.words.text("compose no style", ["name": style, "styles": styles]))
            return .usage
        }
        let cache = try? Coding.userCache(ProcessInfo.processInfo.environment)
        try SoundFontPlayer(store: cache.map { SampleCache(cache: $0) })
            .render(composition.piece, to: URL(fileURLWithPath: output))
        if let midi {
            try Data(composition.piece.standardMIDIFile()).write(to: URL(fileURLWithPath: midi), options: .atomic)
        }
        console.say(
            console.words.text(
                "compose done",
                [
                    "style": composition.style, "key": composition.keyName,
                    "tempo": String(format: "%.1f", composition.grid.tempo), "bars": String(composition.grid.bars),
                    "length": "\(length)",
                ]))
        console.result(output)
        return .ok
    }

    /// `lofi         78 (70–90) bpm  4/4`
    private static func line(_ style: MusicStyle, _ console: Console) -> String {
        func whole(_ tempo: Double) -> String { String(Int(tempo.rounded())) }
        return style.id.padding(toLength: 12, withPad: " ", startingAt: 0)
            + console.words.text(
                "compose style",
                [
                    "tempo": whole(style.usualTempo), "least": whole(style.tempoRange.lowerBound),
                    "most": whole(style.tempoRange.upperBound), "beats": String(style.beatsPerBar),
                ])
    }
}
