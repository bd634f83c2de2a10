// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import Testing

@Suite("Progress")
struct ProgressTests {
    private let english = Catalogue.syntax(.english)
    private let uncoloured = Ink(hasColour: false)

    @Test(
        "a line fits its width: the rate goes first, then the time, then the bar",
        arguments: [
            (100, "Rendering  ████████████████▊░░░░░░░░░░░░░░░░░░░░░░░   42%  118 frames/s  0:12 left"),
            (60, "Rendering  ███████▌░░░░░░░░░░   42%  118 frames/s  0:12 left"),
            (40, "Rendering  █████░░░░░░░   42%  0:12 left"),
            (30, "Rendering  █████▍░░░░░░░   42%"), (20, "Rendering   42%"), (12, "Rende…   42%"), (5, " 42%"),
            (3, " 4…"), (0, ""),
        ])
    func widths(width: Int, expected: String) {
        let line = ProgressLine(label: "Rendering", fraction: 0.42, framesPerSecond: 118.2, secondsLeft: 11.3)
        #expect(line.drawn(width: width, ink: uncoloured, in: english) == expected)
        #expect(expected.count <= width)
    }

    @Test("a wide label counts two columns a character", arguments: 0...90)
    func wide(width: Int) {
        let line = ProgressLine(label: "正在渲染", fraction: 0.42, framesPerSecond: 118.2, secondsLeft: 11.3)
        let drawn = line.drawn(width: width, ink: uncoloured, in: .syntax(.chinese))
        let columns = drawn.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
        #expect(columns <= width, "\(drawn)")
    }

    @Test(
        "the ends of the bar",
        arguments: [
            (0, "░░░░░░░░", "  0%"), (0.5, "████░░░░", " 50%"), (0.999, "███████▉", " 99%"), (1, "████████", "100%"),
            (-1, "░░░░░░░░", "  0%"), (2, "████████", "100%"), (.nan, "░░░░░░░░", "  0%"),
        ] as [(Double, String, String)])
    func ends(fraction: Double, bar: String, percent: String) {
        let line = ProgressLine(label: "R", fraction: fraction)
        #expect(line.drawn(width: 17, ink: uncoloured, in: english) == "R  \(bar)  \(percent)")
    }

    @Test(
        "clock times",
        arguments: [
            (0, "0:00"), (0.2, "0:01"), (59.5, "1:00"), (754, "12:34"), (3723, "1:02:03"), (-3, "0:00"),
            (.infinity, "99:59:59"), (.nan, "99:59:59"),
        ] as [(Double, String)])
    func clock(seconds: Double, expected: String) {
        #expect(clockText(seconds) == expected)
    }

    @Test("a steady pace gives its rate and the time left")
    func steady() throws {
        var meter = ProgressMeter(total: 900, startedAtSeconds: 100)
        #expect(meter.framesPerSecond == nil && meter.secondsLeft == nil && meter.fraction == 0)
        for step in 1...20 { meter.advance(to: step * 15, atSeconds: 100 + Double(step) * 0.5) }
        #expect(meter.fraction == 300.0 / 900)
        #expect(abs(try #require(meter.framesPerSecond) - 30) < 1e-9)
        #expect(abs(try #require(meter.secondsLeft) - 20) < 1e-9)
    }

    @Test("frames from a cache at the start are forgotten after a while")
    func burst() throws {
        var meter = ProgressMeter(total: 2000, startedAtSeconds: 0)
        meter.advance(to: 1000, atSeconds: 0.1)
        for tenth in 2...300 { meter.advance(to: 1000 + tenth, atSeconds: Double(tenth) / 10) }
        #expect(abs(try #require(meter.framesPerSecond) - 10) < 0.5)
    }

    @Test("a meter never goes back, nor past the end, and needs little memory")
    func bounds() {
        var meter = ProgressMeter(total: 10, startedAtSeconds: 0)
        meter.advance(to: 5, atSeconds: 1)
        let before = meter
        meter.advance(to: 4, atSeconds: 2)
        meter.advance(to: 6, atSeconds: 0.5)
        #expect(meter == before)
        meter.advance(to: 12, atSeconds: 3)
        #expect(meter.fraction == 1)
        #expect(ProgressMeter(total: 0, startedAtSeconds: 0).fraction == 1)
    }

    @Test("a terminal is repainted in place, ten times a second at most, and left clean")
    func terminal() {
        var painter = ProgressPainter(
            terminal: Terminal(width: 31, isInteractive: true, hasColour: false), catalogue: english)
        let first = painter.paint(ProgressLine(label: "Rendering", fraction: 0), atSeconds: 0)
        #expect(first == "\rRendering  ░░░░░░░░░░░░░    0%\u{1B}[K")
        #expect(painter.paint(ProgressLine(label: "Rendering", fraction: 0.1), atSeconds: 0.05) == "")
        #expect(painter.paint(ProgressLine(label: "Rendering", fraction: 0.5), atSeconds: 0.2).contains(" 50%"))
        #expect(painter.say("note") == "\r\u{1B}[Knote\nRendering  ██████▌░░░░░░   50%\u{1B}[K")
        #expect(painter.paint(ProgressLine(label: "Rendering", fraction: 1), atSeconds: 0.21).contains("100%"))
        #expect(painter.paint(ProgressLine(label: "Sound", fraction: 0), atSeconds: 0.22).contains("Sound"))
        #expect(painter.clear() == "\r\u{1B}[K")
        #expect(painter.clear() == "")
        #expect(painter.say("done") == "done\n")
    }

    @Test("a log gets plain lines: at the start, each tenth, after ten silent seconds, at the end")
    func log() {
        var painter = ProgressPainter(terminal: .plain, catalogue: english)
        var lines: [String] = []
        for second in 0...20 {
            let line = ProgressLine(
                label: "Rendering", fraction: Double(second) / 20, framesPerSecond: 30, secondsLeft: Double(20 - second)
            )
            lines.append(painter.paint(line, atSeconds: Double(second)))
        }
        #expect(lines.filter { !$0.isEmpty }.count == 11)
        #expect(lines[2] == "Rendering 10%, 30 frames/s, 0:18 left\n")
        #expect(lines[20] == "Rendering 100%, 30 frames/s\n")
        #expect(painter.paint(ProgressLine(label: "Slow", fraction: 0.01), atSeconds: 30) == "Slow 1%\n")
        #expect(painter.paint(ProgressLine(label: "Slow", fraction: 0.02), atSeconds: 39) == "")
        #expect(painter.paint(ProgressLine(label: "Slow", fraction: 0.02), atSeconds: 40) == "Slow 2%\n")
        #expect(painter.say("note") == "note\n")
        #expect(painter.clear() == "")
    }
}
