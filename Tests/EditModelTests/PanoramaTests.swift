// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Testing

@testable import EditModel

@Suite struct PanoramaTests {
    private static func photo(_ id: String, _ width: Int, _ height: Int) -> MediaFacts {
        MediaFacts(
            id: id, name: "\(id).jpg", kind: .image, format: "jpeg", contentHash: id,
            size: PixelSize(width: width, height: height))
    }

    private static func shots(
        _ photos: [MediaFacts], _ canvas: (Int, Int), _ change: (inout EditWishes) -> Void = { _ in }
    ) throws -> [(picture: PictureContent, duration: MediaTime)] {
        var wishes = EditWishes()
        wishes.canvas = PixelSize(width: canvas.0, height: canvas.1)
        change(&wishes)
        let draft = try AutoEdit(media: photos, wishes: wishes).proposal().draft
        #expect(draft.ruleViolations(media: Dictionary(uniqueKeysWithValues: photos.map { ($0.id, $0) })).isEmpty)
        return draft.tracks[0].segments.compactMap { segment in segment.picture.map { ($0, segment.range.duration) } }
    }

    static let plain = [photo("a", 4000, 3000), photo("c", 4000, 3000)]

    @Test(arguments: [(1080, 1920), (1080, 1080), (1920, 1080)]) func theViewTravelsOverAWidePicture(
        width: Int, height: Int
    ) throws {
        let wide = Self.photo("b", 9000, 2500)
        let shots = try Self.shots([Self.plain[0], wide, Self.plain[1]], (width, height))
        let picture = shots[1].picture
        #expect(picture.fit == .cover)
        #expect([.panLeft, .panRight].contains(picture.motion.kind))
        let panorama = try #require(
            Panorama(PixelSize(width: 9000, height: 2500), on: PixelSize(width: width, height: height)))
        // All of it where a pan of a view or less is enough, or where it goes by the end-to-end share.
        let travel =
            picture.motion.amount <= 0.5 ? 2 * picture.motion.amount : (2 * picture.motion.amount - 1) * panorama.way
        #expect(abs(travel - panorama.way) < 0.02 * panorama.way)
        // At ease: no faster than the eye follows, and no shorter than its neighbours.
        #expect(travel / shots[1].duration.seconds <= Panorama.fastest + 0.01)
        #expect(shots[1].duration >= shots[2].duration || panorama.time < ShotPlan.photo)
    }

    @Test func aTallPictureIsReadDownwards() throws {
        var page = Self.photo("b", 1170, 5200)
        page.format = "png"
        page.focus = UnitPoint(x: 0.5, y: 0.2)
        let shots = try Self.shots([Self.plain[0], page, Self.plain[1]], (1080, 1920))
        #expect(shots[1].picture.fit == .cover)
        #expect(shots[1].picture.motion.kind == .panDown)
        var tower = page
        tower.format = "jpeg"
        #expect(try Self.shots([Self.plain[0], tower], (1080, 1920))[1].picture.motion.kind == .panUp)
    }

    @Test func twoInARowTravelToAndFro() throws {
        let shots = try Self.shots([Self.photo("a", 9000, 2500), Self.photo("b", 9000, 2500)], (1080, 1920))
        #expect(shots.map(\.picture.motion.kind) == [.panRight, .panLeft])
    }

    /// A telephone's screen on a wide canvas, a wide film on a square one, a tiny strip: all of them stay whole.
    @Test(arguments: [
        (1170, 2532, 1920, 1080), (1600, 900, 1080, 1080), (1500, 300, 1080, 1920), (4000, 1900, 1080, 1920),
    ]) func othersAreNone(width: Int, height: Int, canvasWidth: Int, canvasHeight: Int) throws {
        let canvas = PixelSize(width: canvasWidth, height: canvasHeight)
        #expect(Panorama(PixelSize(width: width, height: height), on: canvas) == nil)
    }

    @Test func withoutMotionItIsShownWhole() throws {
        let wide = Self.photo("b", 9000, 2500)
        let still = try Self.shots([wide], (1080, 1920)) { $0.motions = .still }
        #expect(still[0].picture.fit == .blur && still[0].picture.motion == .none)
        let asked = try Self.shots([wide], (1080, 1920)) { $0.fit = .blur }
        #expect(asked[0].picture.fit == .blur)
    }

    /// In a short film the view goes only as far as the eye follows, towards what matters.
    @Test func whereTimeIsShortTheViewGoesTowardsTheFocus() throws {
        var wide = Self.photo("b", 9000, 2500)
        wide.focus = UnitPoint(x: 0.2, y: 0.5)
        let shots = try Self.shots([Self.plain[0], wide, Self.plain[1]], (1080, 1920)) {
            $0.duration = MediaTime(milliseconds: 4000)
        }
        let (picture, duration) = shots[1]
        #expect(picture.motion.kind == .panLeft)
        let panorama = try #require(
            Panorama(PixelSize(width: 9000, height: 2500), on: PixelSize(width: 1080, height: 1920)))
        #expect(!panorama.isWhole(in: duration))
        let travel =
            picture.motion.amount <= 0.5 ? 2 * picture.motion.amount : (2 * picture.motion.amount - 1) * panorama.way
        #expect(travel > 0.5 * Panorama.fastest * duration.seconds && travel < panorama.way)
    }

    @Test func anotherCanvasHasAnotherTravel() throws {
        let wide = Self.photo("b", 9000, 2500)
        var wishes = EditWishes()
        wishes.canvas = PixelSize(width: 1080, height: 1920)
        let draft = try AutoEdit(media: [wide], wishes: wishes).proposal().draft
        let laid = try AutoEdit.relaidOut(
            draft, to: nil, canvas: PixelSize(width: 3840, height: 1080), media: ["b": wide]
        ).draft
        let picture = laid.tracks[0].segments[0].picture
        #expect(picture?.fit == .cover && (picture?.motion.amount ?? 1) <= 0.5)
    }
}

@Suite struct AnimationTests {
    @Test func anAnimationThatStandsIsNoted() throws {
        var facts = MediaFacts(
            id: "a", name: "wave.webp", kind: .image, format: "webp", contentHash: "a",
            size: PixelSize(width: 800, height: 600))
        #expect(try AutoEdit(media: [facts], wishes: EditWishes()).proposal().notes.isEmpty)
        facts.isAnimated = true
        let notes = try AutoEdit(media: [facts], wishes: EditWishes()).proposal().notes
        #expect(notes == [.animationStands(name: "wave.webp")])
    }
}

@Suite struct TitlePlaceTests {
    private static func portrait(_ face: UnitRect) -> MediaFacts {
        var facts = MediaFacts(
            id: "a", name: "a.jpg", kind: .image, format: "jpeg", contentHash: "a",
            size: PixelSize(width: 3000, height: 4000))
        facts.faces = [face]
        facts.focus = face.center
        return facts
    }

    private static func title(_ facts: MediaFacts, _ canvas: (Int, Int), _ words: String) throws -> (
        TextContent.Position, [UnitRect], UnitRect
    ) {
        var wishes = EditWishes()
        wishes.canvas = PixelSize(width: canvas.0, height: canvas.1)
        wishes.title = words
        let draft = try AutoEdit(media: [facts], wishes: wishes).proposal().draft
        let text = try #require(draft.tracks.last?.segments.first?.text)
        let heads = AutoEdit.heads(
            in: draft.tracks[0].segments, during: .zero..<draft.duration, draft.film.canvas, media: ["a": facts],
            wishes: wishes)
        return (text.position, heads, TitlePlace.rect(of: words, at: text.position, draft.film))
    }

    @Test func withoutFacesItStandsInTheMiddle() throws {
        var facts = Self.portrait(UnitRect(x: 0, y: 0, width: 0, height: 0))
        facts.faces = []
        #expect(try Self.title(facts, (1080, 1920), "Summer").0 == .center)
    }

    @Test(
        arguments: [(1080, 1920), (1920, 1080), (1080, 1080)], ["Summer", "夏天的海边", "A rather long title for one film"])
    func aFaceInTheMiddleStaysUncovered(canvas: (Int, Int), words: String) throws {
        let facts = Self.portrait(UnitRect(x: 0.35, y: 0.38, width: 0.3, height: 0.2))
        let (position, heads, place) = try Self.title(facts, canvas, words)
        #expect(heads.count == 1)
        #expect(position != .center)
        // Three rows and a large face on a square: there the lower third covers a chin.
        let most = canvas.0 == canvas.1 && words.count > 20 ? 0.25 : 0.03
        #expect(heads[0].shareCovered(by: place) < most, "\(heads[0]) under \(place)")
    }

    @Test(arguments: [(0.2, false), (0.8, true)]) func onABrightPictureItsLettersHaveADarkEdge(
        luma: Double, isEdged: Bool
    ) throws {
        var facts = Self.portrait(UnitRect(x: 0, y: 0, width: 0, height: 0))
        facts.meanLuma = luma
        var wishes = EditWishes()
        wishes.title = "Summer"
        let draft = try AutoEdit(media: [facts], wishes: wishes).proposal().draft
        #expect((draft.tracks.last?.segments.first?.text?.style.stroke != nil) == isEdged)
    }

    @Test func aFaceAtTheTopLeavesTheMiddleFree() throws {
        let facts = Self.portrait(UnitRect(x: 0.4, y: 0.05, width: 0.15, height: 0.1))
        #expect(try Self.title(facts, (1080, 1920), "Summer").0 == .center)
    }

    /// A face high and one low leave the middle; one everywhere leaves nothing, and the least is covered.
    @Test func whereFacesAreEverywhereTheLeastIsCovered() {
        var film = FilmSettings()
        film.canvas = PixelSize(width: 1080, height: 1920)
        let all = TitlePlace(film: film, heads: [UnitRect(x: 0, y: 0, width: 1, height: 0.7)])
        #expect(all.position(for: "Summer") == .lowerThird)
        let both = TitlePlace(
            film: film,
            heads: [UnitRect(x: 0, y: 0, width: 1, height: 0.3), UnitRect(x: 0, y: 0.65, width: 1, height: 0.3)])
        #expect(both.position(for: "Summer") == .center)
    }

    @Test func laidOutAnewATitleGivesWayToAFace() throws {
        let facts = Self.portrait(UnitRect(x: 0.35, y: 0.1, width: 0.3, height: 0.2))
        var wishes = EditWishes()
        wishes.canvas = PixelSize(width: 1080, height: 1920)
        wishes.title = "Summer"
        let draft = try AutoEdit(media: [facts], wishes: wishes).proposal().draft
        #expect(draft.tracks.last?.segments.first?.text?.position == .center)
        let laid = try AutoEdit.relaidOut(
            draft, to: nil, canvas: PixelSize(width: 1920, height: 1080), media: ["a": facts]
        ).draft
        let heads = AutoEdit.heads(
            in: laid.tracks[0].segments, during: .zero..<laid.duration, laid.film.canvas, media: ["a": facts],
            wishes: EditWishes())
        let position = try #require(laid.tracks.last?.segments.first?.text?.position)
        let place = TitlePlace.rect(of: "Summer", at: position, laid.film)
        #expect(heads[0].shareCovered(by: place) < 0.03)
    }
}
