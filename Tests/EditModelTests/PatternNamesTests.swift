// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Testing

@testable import EditModel

@Suite struct PatternNamesTests {
    @Test func thereAreTwelveAndNoWordMeansTwo() {
        #expect(PatternCatalog.entries.count == 12)
        var seen: [String: String] = [:]
        for entry in PatternCatalog.entries {
            for word in [entry.name] + entry.aliases {
                #expect(seen[word] == nil, "\(word) is \(entry.name) and \(seen[word] ?? "")")
                #expect(PatternCatalog.named(word)?.name == entry.name)
                seen[word] = entry.name
            }
        }
        #expect(PatternCatalog.named("Moving Gradient")?.name == "gradient")
        #expect(PatternCatalog.named("tartan") == nil)
    }

    @Test func eachHasAChineseNameAndALineInBothLanguages() {
        #expect(Set(PatternWords.all.keys) == Set(PatternCatalog.entries.map(\.name)))
        for words in PatternWords.all.values {
            #expect(!words.chineseName.isEmpty && !words.english.isEmpty && !words.chinese.isEmpty)
        }
    }

    @Test func eachHasPalettesOfRealColours() {
        for entry in PatternCatalog.entries {
            #expect((2...4).contains(entry.palettes.count), "\(entry.name)")
            for palette in entry.palettes {
                #expect(palette.count >= entry.groundColors && palette.count >= 2)
                #expect(palette.allSatisfy { RGBColor($0)?.hex == $0 }, "\(entry.name)")
            }
            #expect(entry.palette(seed: 0) == entry.palettes[0])
            #expect(
                entry.palette(seed: .min) == entry.palettes[Int(Int64.min.magnitude % UInt64(entry.palettes.count))])
        }
    }

    @Test func aLightGroundIsToldFromADarkOne() throws {
        let paper = try #require(PatternCatalog.named("paper"))
        #expect(paper.isLight(paper.palettes[0]) && !paper.isLight(paper.palettes[2]))
        let aurora = try #require(PatternCatalog.named("aurora"))
        #expect(!aurora.isLight(aurora.palettes[0]))
        #expect(!aurora.isLight([]))
    }

    private func draft(_ fields: String) -> String {
        """
        {"id":"kd1","m":{"ratio":"16:9","width":1920,"height":1080,"fps":30},"t":[{"tt":0,"id":"v1","sg":[\
        {"id":"s1","s":0,"d":2000,\(fields)}]}]}
        """
    }

    @Test func draftsReadAliasesAndRefuseWhatIsNotThereByItsField() throws {
        let read = try Draft(parsing: Array(draft(#""mt":"generated","pattern":"Dots","seed":4"#).utf8))
        #expect(
            read.mainTrack?.segments.first?.picture?.source
                == .generated(pattern: "halftone", colors: [], seed: 4))
        func field(_ fields: String) -> String? {
            do throws(DraftError) {
                _ = try Draft(parsing: Array(draft(fields).utf8))
                return nil
            } catch {
                return error.problems.first?.field
            }
        }
        #expect(field(#""mt":"generated","pattern":"tartan""#) == "t[0].sg[0].pattern")
        #expect(field(#""mt":"generated""#) == "t[0].sg[0].pattern")
        #expect(field(#""mt":"generated","pattern":"waves","colors":["blue"]"#) == "t[0].sg[0].colors")
        #expect(field(##""mt":"generated","pattern":"waves","colors":["#12F","#0A0B0C"]"##) == nil)
    }
}
