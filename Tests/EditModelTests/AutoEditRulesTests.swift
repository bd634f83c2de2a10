// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON
import Testing

@Suite struct AutoEditRulesTests {
    /// Thousands of random media sets and wishes: what is proposed keeps every rule, and what is refused had a reason.
    @Test(arguments: 0..<20) func everyProposalKeepsTheRules(block: Int) throws {
        for seed in block * 100..<(block + 1) * 100 {
            var source = RandomMedia(seed: seed)
            let media = source.media()
            let wishes = source.wishes()
            let beats = source.beats(of: AutoEdit.song(in: media))
            let facts = Dictionary(media.map { ($0.id, $0) }) { first, _ in first }
            let frame = (wishes.frameRate ?? FrameRate(60)).time(ofFrame: 1)
            let proposal: EditProposal
            do {
                proposal = try AutoEdit(media: media, wishes: wishes, beats: beats).proposal()
            } catch {
                switch error {
                case .noPictures, .onlyText:
                    let good = media.contains {
                        ($0.kind == .image)
                            || ($0.kind == .video && $0.size != nil
                                && ($0.duration ?? .zero) > MediaTime(milliseconds: 1001))
                    }
                    #expect(!good, "seed \(seed): \(error)")
                case .tooShort:
                    let least = min(wishes.duration ?? frame, wishes.perPhoto ?? frame)
                    #expect(least < MediaTime(milliseconds: 1000), "seed \(seed)")
                case .tooLong:
                    let most = (wishes.duration ?? .zero) > DraftLimits.longest || wishes.perPhoto != nil
                    #expect(most, "seed \(seed): \(error)")
                case .tooLittleToShow:
                    #expect(media.allSatisfy { $0.kind != .image }, "seed \(seed)")
                default: Issue.record("seed \(seed): \(error)")
                }
                continue
            }
            let draft = proposal.draft
            let problems = draft.ruleViolations(media: facts)
            #expect(problems.isEmpty, "seed \(seed): \(problems.prefix(3))")
            if let asked = wishes.duration { #expect(draft.duration == asked, "seed \(seed)") }
            #expect(draft.frameCount > 0, "seed \(seed)")
            #expect(draft.mainTrack?.segments.isEmpty == false, "seed \(seed)")
            if seed % 10 == 0 {
                let text = draft.json.text()
                #expect(text.utf8.count <= DraftLimits.mostBytes, "seed \(seed)")
                #expect(try Draft(parsing: Array(text.utf8)) == draft, "seed \(seed)")
            }
            let preset = source.one(of: PlatformPreset.all)
            let other = try AutoEdit.relaidOut(draft, to: preset, media: facts).draft
            #expect(other.ruleViolations(media: facts).isEmpty, "seed \(seed)")
            #expect(preset.canvases.contains(other.film.canvas), "seed \(seed)")
            #expect(other.duration == draft.duration, "seed \(seed)")
        }
    }

    @Test func theSameInputGivesTheSameEdit() throws {
        var source = RandomMedia(seed: 4)
        let media = (0..<60).map { source.photo($0) }
        var wishes = EditWishes()
        wishes.transitions = .mixed
        let edits = try (0..<3).map { _ in try AutoEdit(media: media, wishes: wishes).proposal() }
        #expect(edits[0] == edits[1] && edits[1] == edits[2])
    }
}
