// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PixelBuffers
import Testing

@testable import Titles

@Suite("Sameness")
struct SamenessTests {
    @Test("the same request gives the same bytes, from any typesetter, after any other text", arguments: Sample.all)
    func deterministic(sample: Sample) throws {
        let request = title(sample.text) {
            $0.language = sample.language
            $0.style = "outline"
        }
        let first = try drawn(request)
        _ = try TitlePainter.draw(title("骨 in between") { $0.language = "ja" })
        #expect(try drawn(request) == first)
        let fresh = try SharedTypesetter.use { _ throws(TitleError) in try TitlePlan(request).masks(with: Typesetter())
        }
        #expect(fresh?.painted() == first)
    }

    @Test("many threads at once draw what one draws")
    func threads() async throws {
        let requests = Sample.all.map { sample in title(sample.text) { $0.language = sample.language } }
        let alone = try requests.map { try drawn($0) }
        try await withThrowingTaskGroup(of: (Int, TitleDrawing?).self) { group in
            for round in 0..<3 {
                for index in requests.indices {
                    let place = (index * 7 + round) % requests.count
                    group.addTask { (place, try TitlePainter.draw(requests[place])) }
                }
            }
            for try await (index, drawing) in group { #expect(drawing == alone[index]) }
        }
    }

    @Test("a request survives JSON, and colours are hex in it")
    func json() throws {
        let request = TitleRequest(
            "Hi", role: .caption, style: "bold", size: 50, color: TitleColor(red: 1, green: 0xAB, blue: 3, alpha: 4),
            stroke: TitleStroke(color: .black, width: 2), canvasWidth: 10, canvasHeight: 20, position: .at(x: 0.5, y: 1)
        )
        let data = try JSONEncoder().encode(request)
        #expect(String(decoding: data, as: UTF8.self).contains("\"#01AB0304\""))
        #expect(try JSONDecoder().decode(TitleRequest.self, from: data) == request)
    }

    @Test(
        "colours are read in three forms",
        arguments: [
            ("#FFF", TitleColor.white), ("#000000", .black), ("ff8000", TitleColor(red: 255, green: 128, blue: 0)),
            ("#11223344", TitleColor(red: 0x11, green: 0x22, blue: 0x33, alpha: 0x44)), ("#12", nil), ("red", nil),
            ("#GGGGGG", nil), ("", nil), ("#１２３", nil),
        ])
    func colors(text: String, expected: TitleColor?) {
        #expect(TitleColor(text) == expected)
    }

    @Test("letters over plate is the whole, and a plate has no letters in it")
    func layers() throws {
        let caption = try drawn(title("Caption") { $0.role = .caption })
        let plate = try #require(caption.plate)
        #expect(plate.width == caption.letters.width && plate.height == caption.letters.height)
        #expect(caption.bitmap != plate && caption.bitmap != caption.letters)
        #expect(try drawn(title("Title")).plate == nil)
        #expect(
            try drawn(
                title("Caption") {
                    $0.role = .caption; $0.plate = TitlePlate(color: .black, opacity: 0)
                }
            ).plate == nil)
        // Premultiplied: no channel is over its alpha.
        for bitmap in [caption.bitmap, try drawn(title("Emoji 🎉❤️")).bitmap] {
            for i in stride(from: 0, to: bitmap.pixels.count, by: 4) {
                let alpha = bitmap.pixels[i + 3]
                #expect(bitmap.pixels[i] <= alpha && bitmap.pixels[i + 1] <= alpha && bitmap.pixels[i + 2] <= alpha)
                if bitmap.pixels[i] > alpha { break }
            }
        }
    }

    @Test("every style names a family, every family a font that is here or a package that brings it")
    func tables() {
        #expect(Set(TitleStyle.all.map(\.name)).count == TitleStyle.all.count)
        #expect(Set(FontFamily.all.map(\.name)).count == FontFamily.all.count)
        #expect(TitleStyle.all.count >= 15)
        for style in TitleStyle.all {
            #expect(FontFamily.named(style.family) != nil, "\(style.name)")
            #expect(!style.summary.isEmpty && !style.chinese.isEmpty && !style.chineseName.isEmpty)
            #expect(TitleStyle.named(style.chineseName)?.name == style.name)
            #expect(
                (100...2500).contains(style.entrance.milliseconds) && (100...1500).contains(style.exit.milliseconds))
        }
        #expect(TitleStyle.named("Lower Third")?.name == "lower-third")
        for role in TitleRole.allCases {
            #expect(TitleStyle.all.contains { $0.name == TitleStyle.standard(for: role).name })
        }
        let entries = FontCatalog.available()
        #expect(FontFamily.all.allSatisfy { family in entries.contains { $0.name == family.name } })
        for package in FontCatalog.missingPackages() { #expect(package.hasPrefix("fonts-")) }
        #expect(FontCatalog.isInstalled("Noto Color Emoji"))
        #expect(!FontCatalog.isInstalled("No Such Face At All"))
    }
}
