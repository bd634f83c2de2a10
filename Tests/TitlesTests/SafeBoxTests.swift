// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Titles

@Suite("Safe box")
struct SafeBoxTests {
    static let canvases = [(1080, 1920), (1920, 1080), (1080, 1080), (640, 360), (3840, 2160)]
    static let positions: [TitlePosition] = [
        .top, .center, .bottom, .lowerThird, .at(x: 0, y: 0), .at(x: 1, y: 1), .at(x: 0.2, y: 0.9),
        .at(x: .nan, y: .infinity),
    ]

    @Test("letters stay inside the box on every canvas and at every place", arguments: canvases)
    func inside(width: Int, height: Int) throws {
        let box = TitleBox(x: width / 9, y: height / 8, width: width * 5 / 8, height: height / 2)
        let texts = [
            "Gypsy Queen", "We arrived late, but the light was still golden and nobody wanted to leave", "ÅÇj Ṩ̱̂ gyp",
            "عيد ميلاد سعيد", "生日快乐，妈妈！",
        ]
        for (index, position) in Self.positions.enumerated() {
            for (number, text) in texts.enumerated() {
                // Each style meets each canvas; all pairs would take long.
                let style = TitleStyle.all[(index + number) % TitleStyle.all.count]
                let drawing = try drawn(
                    TitleRequest(
                        text, style: style.name, alignment: TitleAlignment.allCases[(index + number) % 4],
                        canvasWidth: width, canvasHeight: height, box: box, position: position))
                #expect(box.contains(drawing.ink), "\(text), \(style.name), \(position): \(drawing.ink) in \(box)")
                #expect(drawing.brightOutsideInk == 0, "\(text), \(style.name), \(position)")
            }
        }
    }

    @Test("top is at the top, bottom at the bottom, and the block's centre where it was asked for")
    func places() throws {
        func drawing(_ position: TitlePosition) throws -> TitleDrawing {
            try drawn(title("Hello") { $0.position = position })
        }
        let box = TitleBox(x: 96, y: 54, width: 1728, height: 972)
        let (top, bottom) = (try drawing(.top).ink, try drawing(.bottom).ink)
        #expect(top.y - box.y < 6)
        // Room for descenders is kept, so that captions in a row stand on one baseline.
        #expect(box.maxY - bottom.maxY < 40)
        #expect(try drawing(.bottom).y == (try drawn(title("Hallo") { $0.position = .bottom })).y)
        let center = try drawing(.center).ink
        #expect(abs(center.x + center.width / 2 - 960) <= 3)
        #expect(abs(center.y + center.height / 2 - 540) <= 3)
        let at = try drawing(.at(x: 0.25, y: 0.75)).ink
        #expect(abs(at.x + at.width / 2 - 480) <= 3)
        #expect(abs(at.y + at.height / 2 - 810) <= 3)
        let third = try drawing(.lowerThird).ink
        #expect(third.y > 720 && third.x < 120, "low and to the left on a wide canvas")
        let arabic = try drawn(title("مرحبا") { $0.position = .lowerThird }).ink
        #expect(arabic.maxX > 1800, "a text that reads from the right begins at the right")
    }

    @Test("size is on a canvas of 1080 and grows with it")
    func scale() throws {
        let sizes = try [(640, 360), (1280, 720), (1920, 1080), (1080, 1920), (3840, 2160)].map { width, height in
            try drawn(TitleRequest("Hi", size: 90, canvasWidth: width, canvasHeight: height)).sizeUsed
        }
        for (size, expected) in zip(sizes, [30.0, 60, 90, 90, 180]) { #expect(abs(size - expected) < 1e-9) }
    }

    @Test(
        "a box that is no box is forgiven",
        arguments: [
            TitleBox(x: 5000, y: 5000, width: 10, height: 10), TitleBox(x: -100, y: -100, width: 50, height: 50),
            TitleBox(x: 0, y: 0, width: -5, height: 0), TitleBox(x: .max, y: .min, width: .max, height: .min),
            TitleBox(x: .min, y: .min, width: .max, height: .max),
        ])
    func oddBoxes(box: TitleBox) throws {
        let drawing = try drawn(title("Hello") { $0.box = box })
        #expect(TitleBox(x: 0, y: 0, width: 1920, height: 1080).contains(drawing.ink))
    }

    @Test("a small box still holds something", arguments: [(8, 8), (20, 400), (400, 12), (60, 60)])
    func smallBoxes(width: Int, height: Int) throws {
        let box = TitleBox(x: 100, y: 100, width: width, height: height)
        for style in ["clean", "caption", "outline"] {
            let drawing = try TitlePainter.draw(
                title("Summer holidays") {
                    $0.box = box
                    $0.style = style
                })
            if let drawing { #expect(box.contains(drawing.ink), "\(style): \(drawing.ink)") }
        }
    }

    @Test("a canvas without size is an error that says so", arguments: [(0, 1080), (1920, -1), (8193, 100)])
    func noCanvas(width: Int, height: Int) throws {
        let error = try #require(throws: TitleError.self) {
            _ = try TitlePainter.draw(TitleRequest("Hi", canvasWidth: width, canvasHeight: height))
        }
        #expect(error.code == .canvas)
        #expect(error.description.contains("\(width) × \(height)"))
    }
}
