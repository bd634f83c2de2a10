// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import TestMedia
import Testing

@testable import StillImages

@Suite struct FindingFaces {
    /// A cascade of one stage and one tree of two nodes: "brighter below than above" and, if so, "brighter left than right".
    static let model = """
        <opencv_storage><cascade type_id="opencv-cascade-classifier"><stageType>BOOST</stageType>
        <height>20</height><width>20</width><stages><_><maxWeakCount>1</maxWeakCount>
        <stageThreshold>0.5</stageThreshold><weakClassifiers><_>
        <internalNodes>0 1 0 0.5 -1 -2 1 0.3</internalNodes><leafValues>0. 0.1 1.</leafValues></_></weakClassifiers></_></stages>
        <features><_><rects><_>0 0 20 20 -1.</_><_>0 10 20 10 2.</_></rects><tilted>0</tilted></_>
        <_><rects><_>0 0 20 20 -1.</_><_>0 0 10 20 2.</_></rects></_></features></cascade></opencv_storage>
        """

    @Test func aModelIsReadAsItIsWritten() throws {
        let cascade = try #require(FaceCascade(xml: Array(Self.model.utf8)))
        #expect(cascade.side == 20 && cascade.stages.count == 1 && cascade.treeSizes == [2])
        #expect(cascade.features.map(\.count) == [2, 2] && cascade.leaves == [0, 0.1, 1])
        #expect(cascade.nodes.map(\.below) == [-1, -2] && cascade.nodes.map(\.above) == [1, -3])
    }

    @Test(arguments: [
        ("<width>20</width>", "<width>4</width>"), ("0 10 20 10 2.", "0 10 30 10 2."),
        ("0 10 20 10 2.", "0 10 20 x 2."),
        ("0 1 0 0.5", "0 9 0 0.5"), ("0 1 0 0.5", "0 1 7 0.5"), ("0 1 0 0.5 -1 -2 1 0.3", "0 1 0 0.5 -1"),
        ("0. 0.1 1.", "0. 0.1"), ("<tilted>0", "<tilted>1"), ("0.5</stageT", "much</stageT"), ("-1 -2 1", "-1 1 1"),
    ])
    func aModelThatCannotBeTrustedIsNone(right: String, wrong: String) {
        let text = Self.model.replacing(right, with: wrong)
        #expect(text != Self.model)
        #expect(FaceCascade(xml: Array(text.utf8)) == nil)
    }

    @Test func tornModelsAreNone() {
        let bytes = Array(Self.model.utf8)
        for length in stride(from: 0, to: bytes.count - 120, by: 23) {
            _ = FaceCascade(xml: Array(bytes.prefix(length)))
        }
        #expect(FaceCascade(xml: Array(bytes.prefix(bytes.count / 2))) == nil)
    }

    /// Windows of every size and place in which the model's two comparisons hold, and no others, as counted one by one.
    @Test(arguments: [1, 2])
    func windowsAreThoseThatFit(step: Int) throws {
        let cascade = try #require(FaceCascade(xml: Array(Self.model.utf8)))
        var random = Seeded(state: 5)
        let (width, height) = (61, 47)
        let plane = LumaPlane(
            width: width, height: height,
            samples: (0..<width * height).map { i in
                UInt8(clamping: (i / width) * 4 + (i % width < 30 ? 60 : 0) + Int.random(in: 0...20, using: &random))
            })
        func sum(_ x: Int, _ y: Int, _ w: Int, _ h: Int) -> Float {
            var total = 0
            for row in y..<y + h { for column in x..<x + w { total += Int(plane.samples[row * width + column]) } }
            return Float(total)
        }
        var expected: [[Int]] = []
        for y in stride(from: 0, through: height - 20, by: step) {
            for x in stride(from: 0, through: width - 20, by: step) {
                var squares: Float = 0
                for row in y + 1..<y + 19 {
                    for column in x + 1..<x + 19 { squares += pow(Float(plane.samples[row * width + column]), 2) }
                }
                let norm = 1 / (324 * squares - pow(sum(x + 1, y + 1, 18, 18), 2)).squareRoot()
                let whole = sum(x, y, 20, 20)
                if (2 * sum(x, y + 10, 20, 10) - whole) * norm >= 0.5, (2 * sum(x, y, 10, 20) - whole) * norm >= 0.3 {
                    expected.append([x, y])
                }
            }
        }
        let found = FaceLevel(plane, cascade, step: step).windows(likely: nil).map { [$0.x, $0.y] }
        #expect(found == expected)
        #expect(!expected.isEmpty && expected.count < (height - 19) * (width - 19) / step / step)
    }

    @Test func windowsThatAgreeAreOneFace() {
        func window(_ x: Double, _ y: Double, _ side: Double) -> FaceFinder.Finding { .init(x: x, y: y, side: side) }
        let face = [window(100, 50, 40), window(102, 51, 41), window(99, 49, 39), window(101, 52, 40)]
        let stray = [window(10, 10, 30), window(300, 80, 60), window(301, 81, 60)]
        let other = [window(200, 60, 20), window(201, 60, 20), window(200, 61, 21)]
        let found = FaceFinder.gathered(stray + face + other)
        #expect(found.count == 2)
        #expect(found[0].votes == 4 && abs(found[0].x - 100.5) < 0.01 && found[1].votes == 3)
    }

    @Test func headsAreWholeAndDrawTheFocus() {
        let large = Head(.init(x: 200, y: 100, side: 100), width: 640, height: 480)
        #expect(large.rect.x < 200 / 640.0 && large.rect.y < 60 / 480.0)
        #expect(large.rect.x + large.rect.width > 300 / 640.0 && large.rect.y + large.rect.height > 200 / 480.0)
        let edge = Head(.init(x: 0, y: 0, side: 100), width: 640, height: 480).rect
        #expect(edge.x == 0 && edge.y == 0)

        let tie = UnitPoint(x: 0.4, y: 0.8)
        #expect(Head.focus([], otherwise: tie) == tie)
        #expect(Head.focus([large], otherwise: tie) == large.rect.center)
        let small = Head(.init(x: 600, y: 400, side: 21), width: 640, height: 480)
        #expect(Head.focus([large, small], otherwise: tie) == large.rect.center, "passers-by do not count")
        let drawn = Head.focus([small], otherwise: tie)
        #expect(drawn.x > tie.x && drawn.x < small.rect.center.x)
    }

    @Test func colourSparesTheCascadeSkyAndSea() {
        func pixels(_ colour: (Int, Int) -> Chart.Colour) -> Pixels {
            let pixels = Pixels(width: 200, height: 100, channels: 3)
            for y in 0..<100 {
                for x in 0..<200 {
                    let c = colour(x, y)
                    (pixels.row(y)[3 * x], pixels.row(y)[3 * x + 1], pixels.row(y)[3 * x + 2]) = (c.r, c.g, c.b)
                }
            }
            return pixels
        }
        // Sky, and one patch of skin, of any complexion.
        for skin: Chart.Colour in [(224, 172, 140), (92, 58, 44), (198, 134, 100)] {
            let patch = pixels { x, y in
                let isSkin = (100..<140).contains(x) && (40..<80).contains(y)
                return isSkin ? skin : (90, 140, 200)
            }
            let map = WarmthMap(patch)
            let likely = map.map { LikelyWindows($0, width: 200, height: 100, side: 20) }
            #expect(likely?.contains(110, 50) == true && likely?.contains(20, 10) == false)
        }
        #expect(WarmthMap(pixels { x, _ in (UInt8(x), UInt8(x), UInt8(x)) }) == nil, "black and white tells nothing")
    }

    @Test(.enabled(if: StillImages.findsFaces))
    func theInstalledModelIsWhatItSays() throws {
        let cascade = try #require(FaceCascade.installed)
        #expect(cascade.side == 20 && cascade.stages.count == 20 && cascade.treeSizes.count == 1047)
    }

    /// A drawn face, light and dark where a lit face is: brows, eyes in their sockets, the bridge of the nose, nostrils, a mouth.
    private static func portrait(
        at x: Double, _ y: Double, half: Double, isFace: Bool = true, width: Int = 320, height: Int = 240
    ) throws -> URL {
        func blob(_ u: Double, _ v: Double, _ sx: Double, _ sy: Double) -> Double {
            exp(-u * u / sx / sx - v * v / sy / sy)
        }
        func skin(_ u: Double, _ v: Double) -> Double {
            guard isFace else { return 0.8 - 0.1 * u * u }
            let side = abs(u)
            let eyes =
                0.5 * blob(side - 0.42, v + 0.22, 0.2, 0.1) + 0.38 * blob(side - 0.42, v + 0.48, 0.28, 0.07)
                + 0.12 * blob(side - 0.42, v + 0.3, 0.32, 0.24)
            let nose = 0.12 * blob(u, v + 0.1, 0.1, 0.45) - 0.25 * blob(side - 0.13, v - 0.33, 0.07, 0.05)
            let mouth = 0.4 * blob(u, v - 0.68, 0.33, 0.07) + 0.1 * blob(u, v - 0.92, 0.4, 0.06)
            return 0.8 - 0.1 * u * u - eyes + nose - mouth
        }
        let ppm = try Chart.ppm("portrait.ppm", width: width, height: height) { column, row in
            let u = (Double(column) - x * Double(width)) / half
            let v = (Double(row) - y * Double(height)) / half
            let inside = 1 / (1 + exp(12 * (hypot(u, v / 1.3) - 1)))
            let hair = 1 / (1 + exp(10 * (hypot(u / 1.15, (v + 0.25) / 1.35) - 1)))
            let light = min(1, max(0, skin(u, v)))
            func mix(_ behind: Double, _ tint: Double) -> UInt8 {
                let back = behind * (1 - hair) + 0.12 * hair
                return UInt8(255 * (back * (1 - inside) + light * tint * inside))
            }
            return (mix(0.4, 1), mix(0.47, 0.78), mix(0.5, 0.66))
        }
        return try Chart.convert(ppm, [], to: "portrait.png")
    }

    @Test(.enabled(if: StillImages.findsFaces), arguments: [(0.375, 0.46, 48.0), (0.7, 0.5, 40.0), (0.3, 0.6, 30.0)])
    func aFaceIsFoundWholeAndDrawsTheEye(x: Double, y: Double, half: Double) throws {
        let look = try StillImages.analyse(try Self.portrait(at: x, y, half: half))
        let head = try #require(look.faces.first)
        #expect(look.faces.count == 1)
        // From above the brows to under the mouth, and from one side to the other.
        let (w, h) = (half / 320, half / 240)
        #expect(head.x < x - 0.8 * w && head.x + head.width > x + 0.8 * w, "\(head)")
        #expect(head.y < y - 0.8 * h && head.y + head.height > y + 0.8 * h, "\(head)")
        #expect(head.width < 5 * w && head.height < 6 * h, "\(head)")
        #expect(abs(look.focus.x - x) < 0.06 && abs(look.focus.y - y) < 0.1, "\(look.focus)")
    }

    @Test(.enabled(if: StillImages.findsFaces)) func aHeadWithoutAFaceIsNone() throws {
        #expect(try StillImages.analyse(try Self.portrait(at: 0.375, 0.46, half: 48, isFace: false)).faces.isEmpty)
    }
}
