// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import Composer
import EditTime
import FileStore
import Foundation
import Sound

extension MusicOrder {
    func run(_ console: Console) throws -> ExitStatus {
        for path in [output, midi].compactMap(\.self) { try AtomicFile.check(replacing: path) }
        let length = MediaTime(seconds: seconds)
        let request = MusicRequest(
            style: style, seed: UInt64(seed), length: length, tempo: tempo, moods: moods)
        guard let composition = Composer.compose(request) else {
            let styles = MusicStyle.all.map(\.id).joined(separator: ", ")
            console.warn(console.words.text("music no style", ["name": style, "styles": styles]))
            return .usage
        }
        let player = try SoundFontPlayer()
        try player.render(composition.piece, to: URL(fileURLWithPath: output))
        if let midi {
            try Data(composition.piece.standardMIDIFile()).write(to: URL(fileURLWithPath: midi), options: .atomic)
        }
        console.say(
            console.words.text(
                "music done",
                [
                    "style": composition.style, "key": composition.keyName,
                    "tempo": String(format: "%.1f", composition.grid.tempo), "bars": String(composition.grid.bars),
                    "length": "\(length)",
                ]))
        console.result(output)
        return .ok
    }
}
