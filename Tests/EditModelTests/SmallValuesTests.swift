// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import Testing

@Suite struct TransitionCatalogTests {
    @Test func namesAndAliasesAreUnique() {
        var seen: Set<String> = []
        for entry in TransitionCatalog.entries {
            for word in [entry.name.rawValue] + entry.aliases {
                #expect(seen.insert(word).inserted, "\(word)")
                #expect(TransitionCatalog.named(word) == entry.name)
            }
        }
    }

    @Test func namesAreHyphenatedWords() {
        for entry in TransitionCatalog.entries {
            #expect(entry.name.rawValue.allSatisfy { $0 == "-" || ($0.isLowercase && $0.isASCII) }, "\(entry.name)")
        }
    }

    @Test func thereAreCalmOnesToMix() {
        #expect(TransitionCatalog.entries.count(where: \.isCalm) >= 4)
        #expect(TransitionCatalog.entries.first { $0.name == .crossfade }?.isCalm == true)
    }

    @Test(
        arguments: [
            ("flash", "flash"), ("闪光", "flash"), ("闪", "flash"), ("闪白", "fade-white"), ("翻页", "page-turn"),
            ("故障", "glitch"), ("旋转", "spin"), ("Page Turn", "page-turn"),
        ]) func wordsMeanWhatPeopleMeanByThem(word: String, name: String)
    {
        #expect(TransitionCatalog.named(word)?.rawValue == name)
    }

    @Test(arguments: ["", "none", "cut", "cross fade x"]) func whatIsNoTransitionIsNone(word: String) {
        #expect(TransitionCatalog.named(word) == nil)
    }
}

@Suite struct RGBColorTests {
    @Test(arguments: [("#FF8800", "#FF8800"), ("#f80", "#FF8800"), ("#000", "#000000"), ("#a1B2c3", "#A1B2C3")])
    func coloursAreRead(text: String, hex: String) { #expect(RGBColor(text)?.hex == hex) }

    @Test(arguments: ["", "#", "#12", "#1234", "FF8800", "#GG0000", "#FF88001", "#FF 800", "＃FF8800", "#é1122"])
    func whatIsNoColourIsNil(text: String) { #expect(RGBColor(text) == nil) }
}

@Suite struct IDSourceTests {
    @Test func idsAreNewAndTheSameEachTime() {
        var one = IDSource(after: DraftSamples.small)
        var two = IDSource(after: DraftSamples.small)
        let ids = (0..<5).map { _ in one.next("s") } + [one.next("v")]
        #expect(ids == ["s5", "s6", "s7", "s8", "s9", "v2"])
        #expect(ids == (0..<5).map { _ in two.next("s") } + [two.next("v")])
    }

    @Test func anEmptyDraftBeginsAtOne() {
        var ids = IDSource()
        #expect([ids.next("a"), ids.next("s"), ids.next("s")] == ["a1", "s1", "s2"])
    }
}

@Suite struct SummaryTests {
    static let film: Draft = {
        var draft = Draft()
        let picture = Segment.Content.picture(PictureContent(.video("C", start: .zero)))
        var music = SoundContent(.asset("S", start: .zero), role: .music)
        music.volume = 0.35
        let ten = TimeRange(ms(0), until: ms(10_000))
        draft.tracks = [
            Track(
                id: "v", kind: .video, name: "",
                segments: [Segment(id: "1", range: ten, content: picture, name: "city timelapse")]),
            Track(
                id: "a", kind: .audio, name: "",
                segments: [Segment(id: "2", range: ten, content: .sound(music), name: "Lo-fi")]),
            Track(
                id: "x", kind: .text, name: "",
                segments: [
                    Segment(
                        id: "3", range: TimeRange(ms(0), until: ms(3000)),
                        content: .text(TextContent("Urban Dreams", role: .title, position: .center)), name: "")
                ]),
        ]
        return draft
    }()

    @Test func theTimelineIsSummedUpAsTheWireHasIt() {
        #expect(
            Self.film.summary() == """
                Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) \
                3. Title: "Urban Dreams" (0-3s)
                """)
    }

    @Test func itSpeaksChinese() {
        #expect(
            Self.film.summary(in: .of(language: "zh-CN"))
                == "时间线（3 条轨道）：1. 视频：city timelapse（0-10秒） 2. 配乐：Lo-fi（0-10秒，35%） 3. 标题：“Urban Dreams”（0-3秒）")
    }

    @Test func longTracksAreCountedAndLongTextsCut() {
        var draft = DraftSamples.small
        draft.tracks[2].segments[0].text?.text = String(repeating: "word ", count: 30) + "\nend"
        draft.tracks[1].muted = true
        #expect(
            draft.summary(naming: 1) == """
                Timeline (3 tracks): 1. Video: a.jpg (0-3s), and 1 more 2. BGM (muted): song.mp3 (0-5.5s) \
                3. Title: "word word word word word word word word…" (0-3s)
                """)
    }

    @Test func anEmptyDraftSaysSo() {
        #expect(Draft().summary() == "The timeline is empty.")
        var one = Draft()
        one.tracks = [Track(id: "v", kind: .video, name: "")]
        #expect(one.summary() == "Timeline (1 track): 1. Video: empty")
    }
}
