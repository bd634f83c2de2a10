// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import RenderPlanning
import Testing

@Suite struct ShotGeometryTests {
    static let canvases = [PixelSize(width: 1920, height: 1080), PixelSize(width: 1080, height: 1920)]
    static let sources = [
        PixelSize(width: 4032, height: 3024), PixelSize(width: 3024, height: 4032),
        PixelSize(width: 9000, height: 1500),
        PixelSize(width: 640, height: 480), PixelSize(width: 1920, height: 1080), PixelSize(width: 1, height: 1),
    ]
    static let focuses = [UnitPoint.center, UnitPoint(x: 0.1, y: 0.2), UnitPoint(x: 1, y: 1)]

    @Test(arguments: Motion.Kind.allCases, canvases) func everyViewLiesInsideAndHasTheCanvassShape(
        kind: Motion.Kind, canvas: PixelSize
    ) {
        for source in Self.sources {
            for focus in Self.focuses {
                for amount in [0.05, 0.15, 1] {
                    let geometry = ShotGeometry(
                        source: source, canvas: canvas, fit: .cover, focus: focus, motion: Motion(kind, amount: amount))
                    for frame in 0..<20 {
                        let view = geometry.view(frame: frame, of: 20)
                        let part = view.source
                        #expect(part.x >= -1e-9 && part.y >= -1e-9)
                        #expect(part.maxX <= Double(source.width) + 1e-9 && part.maxY <= Double(source.height) + 1e-9)
                        #expect(abs(part.width / part.height / canvas.aspect - 1) < 1e-9)
                        #expect(view.target == PixelRect(canvas) && view.backdrop == nil)
                    }
                }
            }
        }
    }

    /// A whole picture fills the canvas one way, and no strip opens there while it zooms; it is all seen at one end at least.
    @Test(arguments: Motion.Kind.allCases, [Fit.contain, .blur]) func aWholePictureIsSealedToTheEdgesItTouches(
        kind: Motion.Kind, fit: Fit
    ) {
        for canvas in Self.canvases {
            for source in Self.sources where abs(source.aspect / canvas.aspect - 1) > 0.01 {
                let geometry = ShotGeometry(
                    source: source, canvas: canvas, fit: fit, focus: .center, motion: Motion(kind, amount: 0.2))
                let views = (0..<20).map { geometry.view(frame: $0, of: 20) }
                for view in views {
                    let place = view.target
                    #expect(view.source == PixelRect(source))
                    let isWide = source.aspect > canvas.aspect
                    let (start, end, side) =
                        isWide
                        ? (place.x, place.maxX, Double(canvas.width)) : (place.y, place.maxY, Double(canvas.height))
                    #expect(start <= 1e-9 && end >= side - 1e-9)
                    #expect(start > -0.051 * side && end < 1.051 * side)
                    #expect(abs(place.width / place.height / source.aspect - 1) < 0.02)
                    #expect((view.backdrop != nil) == (fit == .blur))
                }
                let isWhole = [views[0], views[19]].contains { view in
                    view.target.x >= 0 && view.target.y >= 0 && view.target.maxX <= Double(canvas.width)
                        && view.target.maxY <= Double(canvas.height)
                }
                #expect(isWhole)
            }
        }
    }

    @Test func aZoomGrowsByTheSameFactorEachFrameTowardsTheFocus() {
        let focus = UnitPoint(x: 0.3, y: 0.6)
        let geometry = ShotGeometry(
            source: PixelSize(width: 1920, height: 1080), canvas: Self.canvases[0], fit: .cover, focus: focus,
            motion: Motion(.zoomIn, amount: 0.15))
        let views = (0..<108).map { geometry.view(frame: $0, of: 108).source }
        #expect(views[0] == PixelRect(x: 0, y: 0, width: 1920, height: 1080))
        #expect(abs(views[107].width * 1.15 - 1920) < 1e-9)
        for (a, (b, c)) in zip(views, zip(views.dropFirst(), views.dropFirst(2))) {
            #expect(abs(a.width / b.width - b.width / c.width) < 1e-12)
        }
        // One point of the picture stays where it is on the canvas.
        func fixedPoint(_ a: PixelRect, _ b: PixelRect) -> Double {
            (a.x * b.width - b.x * a.width) / (b.width - a.width)
        }
        let point = fixedPoint(views[0], views[107])
        for (a, b) in zip(views, views.dropFirst()) { #expect(abs(fixedPoint(a, b) - point) < 1e-6) }
        let end = views[107]
        #expect(abs(end.x + end.width / 2 - 0.3 * 1920) < 300)
        #expect(end.x + end.width / 2 < 960 && end.y + end.height / 2 > 540)
    }

    @Test func aZoomOutIsAZoomInBackwards() {
        func geometry(_ kind: Motion.Kind) -> ShotGeometry {
            ShotGeometry(
                source: PixelSize(width: 4032, height: 3024), canvas: Self.canvases[0], fit: .cover,
                focus: UnitPoint(x: 0.4, y: 0.4), motion: Motion(kind, amount: 0.15))
        }
        for frame in 0..<50 {
            let (a, b) = (
                geometry(.zoomIn).view(frame: frame, of: 50), geometry(.zoomOut).view(frame: 49 - frame, of: 50)
            )
            #expect(abs(a.source.x - b.source.x) < 1e-6 && abs(a.source.width - b.source.width) < 1e-6)
        }
    }

    @Test(
        arguments: [
            (Motion.Kind.panLeft, -1.0, 0.0), (.panRight, 1, 0), (.panUp, 0, -1), (.panDown, 0, 1),
            (.driftNorthEast, 1, -1), (.driftNorthWest, -1, -1), (.driftSouthEast, 1, 1), (.driftSouthWest, -1, 1),
        ]) func theViewGoesWhereTheMotionSaysAtConstantSpeed(kind: Motion.Kind, across: Double, down: Double)
    {
        for source in Self.sources where source.width > 1 {
            let geometry = ShotGeometry(
                source: source, canvas: Self.canvases[0], fit: .cover, focus: UnitPoint(x: 0.45, y: 0.4),
                motion: Motion(kind, amount: 0.1))
            let views = (0..<30).map { geometry.view(frame: $0, of: 30).source }
            for (a, b) in zip(views, views.dropFirst()) {
                #expect((b.x - a.x) * across >= 0 && (b.y - a.y) * down >= 0)
                #expect(abs((b.x - a.x) - (views[29].x - views[0].x) / 29) < 1e-6)
                if across == 0 { #expect(a.x == b.x) }
                if down == 0 { #expect(a.y == b.y) }
            }
            if across != 0 { #expect(abs(views[29].x - views[0].x) > 0.07 * views[0].width) }
            if down != 0 { #expect(abs(views[29].y - views[0].y) > 0.07 * views[0].height) }
        }
    }

    @Test func aPanUsesTheSpareRoomInsteadOfZooming() {
        let geometry = ShotGeometry(
            source: PixelSize(width: 9000, height: 1500), canvas: Self.canvases[0], fit: .cover, focus: .center,
            motion: Motion(.panRight, amount: 0.12))
        #expect(geometry.view(frame: 0, of: 30).source.height == 1500)
    }

    /// However long the source is, a pan by 1 takes in both of its ends, one by 0.75 half of the way.
    @Test(arguments: canvases, [Motion.Kind.panLeft, .panRight, .panUp, .panDown]) func aWholePanGoesFromEndToEnd(
        canvas: PixelSize, kind: Motion.Kind
    ) {
        let isWide = kind == .panLeft || kind == .panRight
        let source = isWide ? PixelSize(width: 16000, height: 1500) : PixelSize(width: 1500, height: 16000)
        func views(_ amount: Double) -> [PixelRect] {
            let geometry = ShotGeometry(
                source: source, canvas: canvas, fit: .cover, focus: UnitPoint(x: 0.3, y: 0.6),
                motion: Motion(kind, amount: amount))
            return [0, 29].map { geometry.view(frame: $0, of: 30).source }
        }
        let whole = views(1)
        let ends = isWide ? whole.flatMap { [$0.x, $0.maxX] } : whole.flatMap { [$0.y, $0.maxY] }
        #expect(abs((ends.min() ?? 1)) < 1e-6 && abs((ends.max() ?? 0) - 16000) < 1e-6)
        func travel(_ views: [PixelRect]) -> Double { abs(isWide ? views[1].x - views[0].x : views[1].y - views[0].y) }
        #expect(abs(travel(views(0.75)) - travel(whole) / 2) < 1e-6)
        #expect(abs(travel(views(0.5)) - (isWide ? whole[0].width : whole[0].height)) < 1e-6)
    }

    @Test func headsAreNotCutFromTallPhotos() {
        let tall = PixelSize(width: 3024, height: 4032)
        func view(_ focus: UnitPoint) -> PixelRect {
            ShotGeometry(source: tall, canvas: Self.canvases[0], fit: .cover, focus: focus, motion: .none)
                .view(frame: 0, of: 1).source
        }
        let unknown = view(.center)
        #expect(unknown.y + unknown.height / 2 < 0.46 * 4032)
        // A face's centre is well inside, with room for the hair above it.
        let face = view(UnitPoint(x: 0.5, y: 0.35))
        #expect(face.y <= 0.35 * 4032 - 0.5 * face.height)
        #expect(face.maxY > 0.35 * 4032 + 0.3 * face.height)
    }

    @Test func aPhotoIsPreparedForItsLargestZoomAndNeverEnlarged() {
        func prepared(_ source: PixelSize, _ fit: Fit, _ motion: Motion) -> PixelSize {
            ShotGeometry(source: source, canvas: Self.canvases[0], fit: fit, focus: .center, motion: motion)
                .preparedSize
        }
        let photo = PixelSize(width: 4032, height: 3024)
        #expect(prepared(photo, .cover, .none) == PixelSize(width: 1920, height: 1440))
        #expect(prepared(photo, .cover, Motion(.zoomIn, amount: 0.15)) == PixelSize(width: 2208, height: 1656))
        #expect(prepared(photo, .contain, .none) == PixelSize(width: 1440, height: 1080))
        #expect(prepared(PixelSize(width: 800, height: 600), .cover, .none) == PixelSize(width: 800, height: 600))
        #expect(prepared(photo.turned, .blur, Motion(.zoomIn, amount: 0.2)) == PixelSize(width: 891, height: 1188))
    }

    @Test func cropTurnAndFocusFollowEachOther() {
        var shot = Shot(
            source: .photo(PhotoSource(hash: "", size: PixelSize(width: 4000, height: 3000))),
            window: FrameWindow(first: 0, total: 10), crop: UnitRect(x: 0.5, y: 0, width: 0.5, height: 0.5),
            turn: Turn(degrees: 90), focus: UnitPoint(x: 0.75, y: 0.125))
        var geometry = ShotGeometry(shot, canvas: Self.canvases[0])
        #expect(geometry?.source == PixelSize(width: 1500, height: 2000))
        // Half across the crop and a quarter down; turned clockwise, three quarters across and half down.
        #expect(geometry?.focus == UnitPoint(x: 0.75, y: 0.5))
        shot.turn.flip = .horizontal
        geometry = ShotGeometry(shot, canvas: Self.canvases[0])
        #expect(geometry?.focus == UnitPoint(x: 0.25, y: 0.5))
        shot.source = .color("#000000")
        #expect(ShotGeometry(shot, canvas: Self.canvases[0]) == nil)
    }

    @Test(arguments: [0, 90, 180, 270], [nil, Turn.Flip.horizontal, .vertical]) func aTurnedBoxHoldsTheTurnedPlaces(
        degrees: Int, flip: Turn.Flip?
    ) {
        let turn = Turn(degrees: degrees, flip: flip)
        let size = PixelSize(width: 40, height: 30), box = PixelBox(x: 5, y: 3, width: 10, height: 7)
        let turned = turn.applied(to: box, in: size), whole = turn.applied(to: size)
        for (x, y) in [(5.0, 3.0), (15.0, 10.0), (6.5, 9.0)] {
            let place = turn.applied(to: UnitPoint(x: x / 40, y: y / 30))
            let (px, py) = (place.x * Double(whole.width), place.y * Double(whole.height))
            #expect(px >= Double(turned.x) - 1e-9 && px <= Double(turned.x + turned.width) + 1e-9)
            #expect(py >= Double(turned.y) - 1e-9 && py <= Double(turned.y + turned.height) + 1e-9)
        }
    }
}
