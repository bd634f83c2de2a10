// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import EditModel

@Suite struct TransitionNamesTests {
    /// Of FFmpeg 7's vf_xfade.
    static let xfade = """
        fade wipeleft wiperight wipeup wipedown slideleft slideright slideup slidedown circlecrop rectcrop distance fadeblack \
        fadewhite radial smoothleft smoothright smoothup smoothdown circleopen circleclose vertopen vertclose horzopen \
        horzclose dissolve pixelize diagtl diagtr diagbl diagbr hlslice hrslice vuslice vdslice hblur fadegrays wipetl wipetr \
        wipebl wipebr squeezeh squeezev zoomin fadefast fadeslow hlwind hrwind vuwind vdwind coverleft coverright coverup \
        coverdown revealleft revealright revealup revealdown
        """.split(separator: " ").map(String.init)

    @Test func everyNameOfXfadeMeansOneOfOurs() {
        #expect(Self.xfade.count == 58)
        for name in Self.xfade { #expect(TransitionCatalog.named(name) != nil, "\(name)") }
    }

    @Test func wherePeopleAndXfadeDisagreePeopleWin() {
        #expect(TransitionCatalog.named("dissolve") == .crossfade)
        #expect(TransitionCatalog.named("Fade") == .crossfade)
        #expect(TransitionCatalog.named("叠化") == .crossfade)
    }

    @Test func noWordMeansTwoTransitions() {
        var seen: [String: Transition.Name] = [:]
        for entry in TransitionCatalog.entries {
            for word in [entry.name.rawValue] + entry.aliases {
                #expect(seen[word] == nil, "\(word) is \(entry.name) and \(seen[word]?.rawValue ?? "")")
                seen[word] = entry.name
            }
        }
    }

    @Test func eachHasAChineseNameAndALineInBothLanguages() {
        #expect(Set(TransitionWords.all.keys) == Set(TransitionCatalog.entries.map(\.name)))
        for words in TransitionWords.all.values {
            #expect(!words.chineseName.isEmpty && !words.english.isEmpty && !words.chinese.isEmpty)
        }
        #expect(Set(TransitionWords.all.values.map(\.chineseName)).count == TransitionWords.all.count)
    }
}
