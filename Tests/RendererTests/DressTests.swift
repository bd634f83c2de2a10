// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import Testing

@testable import Renderer

@Suite struct DressTests {
    private func draft(_ texts: [TextContent], length: Int64 = 6000) -> Draft {
        var draft = Draft()
        let ground = PictureContent(.generated(pattern: "waves", colors: [], seed: 1))
        let whole = TimeRange(start: .zero, duration: MediaTime(milliseconds: length))
        draft.tracks = [
            Track(
                id: "v1", kind: .video, name: "",
                segments: [Segment(id: "s1", range: whole, content: .picture(ground), name: "")])
        ]
        draft.tracks += texts.enumerated().map { index, text in
            Track(
                id: "t\(index)", kind: .text, name: "",
                segments: [Segment(id: "x\(index)", range: whole, content: .text(text), name: "")])
        }
        return draft
    }

    private func text(_ words: String, style: String?) -> TextContent {
        var text = TextContent(words, role: .title, position: .center)
        text.style.name = style
        return text
    }

    private func moves(_ text: TextContent, length: Int64 = 6000) -> (in: TextAnimation?, out: TextAnimation?) {
        let dressed = draft([text], length: length).dressed().tracks.last?.segments.first?.text
        return (dressed?.entrance, dressed?.exit)
    }

    @Test func aTextComesAndGoesAsItsStyleDoes() {
        let typed = moves(text("Dear diary", style: "typewriter"))
        #expect(typed.in == TextAnimation(.typewriter, duration: MediaTime(milliseconds: 1600)))
        #expect(typed.out?.kind == .fade)
        #expect(moves(text("Party", style: "Retro")).in?.kind == .pop)
        // Never longer than a third of the time that it is on.
        #expect(
            moves(text("Dear diary", style: "typewriter"), length: 900).in?.duration == MediaTime(milliseconds: 300))
    }

    @Test func whatIsAskedForGoesBeforeTheStyle() {
        var slides = text("Party", style: "retro")
        slides.entrance = TextAnimation(.slide, duration: MediaTime(milliseconds: 500))
        #expect(moves(slides).in == slides.entrance && moves(slides).out == nil)
        #expect(moves(text("Plain", style: nil)).in == nil)
        #expect(moves(text("Plain", style: "no such style")).in == nil)
    }

    @Test func charactersThatNoFontHasAreSaidBeforeRendering() throws {
        var draft = draft([
            text("Grüße 世界 😀", style: nil), text("a\u{0378}b\u{0378}", style: "neon"), text("plain", style: nil),
        ])
        #expect(
            try UnwrittenText.all(in: draft) == [
                UnwrittenText(segment: "x1", text: "a\u{0378}b\u{0378}", characters: ["\u{0378}"])
            ])
        draft.tracks[2].muted = true
        #expect(try UnwrittenText.all(in: draft).isEmpty)
    }
}
