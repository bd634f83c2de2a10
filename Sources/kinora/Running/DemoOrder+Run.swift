// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import EditModel
import Foundation
import KinoraKit
import MediaLibrary

extension DemoOrder {
    func run(_ console: Console) throws -> ExitStatus {
        let path = output ?? "kinora-demo.mp4"
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("kinora-demo-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }

        var photographs = Samples.photographs()
        if photographs.count >= 3 {
            console.say(
                console.words.text(
                    "demo photographs", ["count": String(photographs.count), "place": "/usr/share"]))
        } else {
            console.say(console.words.text("demo drawn"))
            photographs = try Samples.draw(8, into: folder)
        }
        let music = Samples.music
        if music == nil { console.warn(console.words.text("demo no sound")) }

        let kit = try Coding.kit(usesCache: true, console)
        var (material, refused, _) = kit.takeIn(
            photographs.map(\.path), order: .given)
        console.tell(refused, of: material.facts.count + refused.count)
        var wishes = EditWishes()
        wishes.title = console.words.text("demo title")
        wishes.order = .given
        if let music { wishes.music = .composed(music) }
        wishes.language = console.language.rawValue
        let proposal = try kit.propose(&material, wishes)
        for note in proposal.notes { console.say(NoteWords(console.words).text(note)) }
        let report = try kit.render(proposal.draft, material, to: path, stop: Interrupt.stop) { console.show($0) }
        console.tell(
            report, proposal.draft, try kit.voiceTroubles(in: proposal.draft), path: URL(fileURLWithPath: path).path)
        return .ok
    }
}
