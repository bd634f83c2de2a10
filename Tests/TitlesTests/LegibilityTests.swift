// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PixelBuffers
import Testing

@testable import Titles

@Suite("Legibility")
struct LegibilityTests {
    /// WCAG 2 contrast between the letters and what is seen within a twentieth of their size round them, over grey `ground(x, y)`.
    private func contrast(_ drawing: TitleDrawing, isLight: Bool = true, over ground: (Int, Int) -> Double) throws
        -> Double
    {
        let bitmap = drawing.bitmap
        let (width, height) = (bitmap.width, bitmap.height)
        func linear(_ v: Double) -> Double { v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4) }
        func seen(_ i: Int) -> Double {
            let alpha = Double(bitmap.pixels[4 * i + 3])
            return linear((Double(bitmap.pixels[4 * i + 1]) + ground(i % width, i / width) * (1 - alpha / 255)) / 255)
        }
        func isInk(_ i: Int) -> Bool {
            bitmap.pixels[4 * i + 3] > 250 && (isLight ? bitmap.pixels[4 * i] > 250 : bitmap.pixels[4 * i] < 48)
        }
        let reach = max(2, Int(drawing.sizeUsed / 20))
        // Distance to ink, in steps along rows and columns, up to the reach.
        var near = (0..<width * height).map(isInk)
        let ink = near
        for _ in 0..<reach {
            var wider = near
            for y in 0..<height {
                for x in 0..<width where !near[y * width + x] {
                    let i = y * width + x
                    wider[i] =
                        (x > 0 && near[i - 1]) || (x + 1 < width && near[i + 1]) || (y > 0 && near[i - width])
                        || (y + 1 < height && near[i + width])
                }
            }
            near = wider
        }
        var (letters, lettersCount, rest, restCount) = (0.0, 0, 0.0, 0)
        for i in 0..<width * height where near[i] {
            if ink[i] {
                letters += seen(i)
                lettersCount += 1
            } else if isLight
                ? bitmap.pixels[4 * i + 1] < 40 : bitmap.pixels[4 * i + 3] < 250 || bitmap.pixels[4 * i] > 200
            {
                // Not the letter's own soft edge.
                rest += seen(i)
                restCount += 1
            }
        }
        try #require(lettersCount > 100 && restCount > 100)
        let (a, b) = (letters / Double(lettersCount) + 0.05, rest / Double(restCount) + 0.05)
        return max(a, b) / min(a, b)
    }

    @Test("every style reads on white, on black and on a busy photo", arguments: TitleStyle.all.map(\.name))
    func everyStyle(style: String) throws {
        var random = Seeded(state: 7)
        let noise = (0..<64 * 64).map { _ in Double(UInt8.random(in: 20...255, using: &random)) }
        let row = try #require(TitleStyle.named(style))
        for text in ["Sunset by the sea", "海边的日落"] {
            let drawing = try drawn(
                title(text) {
                    $0.style = style
                    $0.size = 72
                })
            if row.plate.map({ $0.opacity > 0.8 }) ?? false {
                // A solid plate is the ground itself.
                let isLight = row.color.luminance > 0.18
                for ground in [0.0, 128, 255] {
                    #expect(try contrast(drawing, isLight: isLight) { _, _ in ground } >= 4.5, "\(text) on \(ground)")
                }
                continue
            }
            #expect(try contrast(drawing) { _, _ in 255 } >= 3, "\(text) on white")
            #expect(try contrast(drawing) { _, _ in 200 } >= 4.5, "\(text) on light grey")
            #expect(try contrast(drawing) { _, _ in 0 } >= 10, "\(text) on black")
            #expect(try contrast(drawing) { x, y in noise[(y / 5 % 64) * 64 + x / 5 % 64] } >= 4.5, "\(text) on noise")
        }
    }

    @Test("white without its shadow does not read on white: the measure can fail")
    func measureFails() throws {
        let bare = try drawn(
            title("Sunset") {
                $0.shadow = TitleShadow.none
                $0.plate = TitlePlate(color: .black, opacity: 0.1)
            })
        #expect(try contrast(bare) { _, _ in 255 } < 1.5)
    }

    @Test("dark letters stand on a light glow")
    func darkLetters() throws {
        let drawing = try drawn(title("Sunset by the sea") { $0.color = .black })
        #expect(try contrast(drawing, isLight: false) { _, _ in 0 } >= 3)
    }

    @Test("a blur is a Gaussian, symmetric, and keeps what it spreads", arguments: [0.8, 1.6, 4, 9, 23, 40])
    func blur(sigma: Double) {
        var dot = Coverage(width: 512, height: 512)
        let square = 240..<272
        for y in square { for x in square { dot.values[y * 512 + x] = 255 } }
        let blurred = dot.blurred(sigma: sigma, dy: 0, gain: 1)
        // Against the same square by the error function, along the middle row and the diagonal.
        func edge(_ p: Double) -> Double { 0.5 * (1 + erf(p / (sigma * 2.0.squareRoot()))) }
        func profile(_ i: Int) -> Double { edge(Double(i) + 0.5 - 240) - edge(Double(i) + 0.5 - 272) }
        for i in stride(from: 150, to: 362, by: 3) {
            for (x, y) in [(i, 256), (i, i), (256, i)] {
                let expected = 255 * profile(x) * profile(y)
                #expect(abs(Double(blurred.values[y * 512 + x]) - expected) <= 6, "at \(x), \(y)")
            }
            #expect(abs(Int(blurred.values[256 * 512 + i]) - Int(blurred.values[256 * 512 + 511 - i])) <= 1)
        }
        let moved = dot.blurred(sigma: sigma, dy: 11, gain: 1)
        #expect(moved.values[(256 + 11) * 512 + 250] == blurred.values[256 * 512 + 250])
    }
}
