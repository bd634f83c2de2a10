// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON
import Testing

@Suite struct PictureOperationTests {
    @Test(arguments: [
        (#"{"op":"order","by":"reverse"}"#, "edcba"),
        (#"[{"op":"order","by":"reverse"},{"op":"order","by":"name"}]"#, "abcde"),
        (#"[{"op":"order","by":"reverse"},{"op":"order","by":"given"}]"#, "abcde"),
        (#"{"op":"move","segments":[3],"to":1}"#, "cabde"),
        (#"{"op":"move","segments":[1],"to":-1}"#, "bcdea"),
        (#"{"op":"move","segments":[1],"to":-2}"#, "bcdae"),
        (#"{"op":"move","segments":[1],"to":3}"#, "bcade"),
        (#"{"op":"move","segments":[5,1],"to":2}"#, "beacd"),
        (#"{"op":"move","segments":["s1"],"before":"s4"}"#, "bcade"),
        (#"{"op":"move","segments":["s1"],"after":"s4"}"#, "bcdae"),
        (#"{"op":"swap","first":2,"second":4}"#, "adcbe"),
        (#"{"op":"remove","segments":[-1,2]}"#, "acd"),
        (#"{"op":"keep","segments":[1,2,3]}"#, "abc"),
        (#"{"op":"duplicate","segments":[2]}"#, "abbcde"),
        (#"{"op":"duplicate","segments":[1],"at":-1}"#, "abcdea"),
        (#"[{"op":"remove","segments":[2,4]},{"op":"use-all"}]"#, "abcde"),
        (#"[{"op":"remove","segments":[2]},{"op":"insert","media":["id-b"]}]"#, "acdeb"),
        (#"[{"op":"remove","segments":[2]},{"op":"insert","media":["b.jpg"],"at":1}]"#, "bacde"),
        (#"{"op":"replace","segment":3,"media":"id-a"}"#, "abade"),
    ]) func picturesComeInTheOrderAskedFor(edit: String, order: String) throws {
        var project = try Project.cuts(5)
        try project.edit(edit)
        #expect(project.names.map { String($0.prefix(1)) }.joined() == order)
        #expect(project.total == Int64(order.count) * 3000)
    }

    @Test func aShuffleIsTheSameFromTheSameSeedAndChangesSomething() throws {
        var project = try Project.cuts(5)
        let before = project.names
        try project.edit(#"{"op":"order","by":"shuffle","seed":3}"#)
        let once = project.names
        #expect(once != before && once.sorted() == before)
        try project.edit(#"[{"op":"undo"},{"op":"order","by":"shuffle","seed":3}]"#)
        #expect(project.names == once)
    }

    @Test func captureTimesDecideTheOrderAndTheUndatedComeLast() throws {
        var project = Project([
            Project.photo("a", taken: "2024-03-01T10:00:00"), Project.photo("b"),
            Project.photo("c", taken: "2023-01-01T10:00:00"),
        ])
        try project.edit(#"{"op":"create","order":"given"}"#)
        let outcome = try project.edit(#"{"op":"order","by":"time"}"#)
        #expect(project.names == ["c.jpg", "a.jpg", "b.jpg"])
        #expect(outcome.notes == [.orderWithoutTime(count: 1)])
    }

    @Test(arguments: [1, 1000, 4000, 15_000, 15_001, 61_337]) func theFilmIsExactlySoLong(length: Int64) throws {
        var project = Project(Project.photos(5) + [Project.clip("k", seconds: 4.2)])
        try project.edit(#"{"op":"create","transition":"crossfade","transitionLength":700}"#)
        if length < 201 {
            #expect(project.refused(#"{"op":"length","length":\#(length)}"#)?.field == "length")
            return
        }
        try project.edit(#"{"op":"length","length":\#(length)}"#)
        #expect(project.total == length)
        #expect(project.widths.reduce(0, +) == length)
    }

    @Test func lengthKeepsProportions() throws {
        var project = try Project.cuts(3)
        try project.edit(#"[{"op":"pace","each":6000,"segments":[1]},{"op":"length","length":6000}]"#)
        #expect(project.widths == [3000, 1500, 1500])
        try project.edit(#"{"op":"length","factor":2}"#)
        #expect(project.widths == [6000, 3000, 3000])
    }

    @Test func aFilmOfClipsThatAreTooShortShowsThemAgain() throws {
        var project = Project([Project.clip("k", seconds: 3), Project.clip("l", seconds: 2)])
        try project.edit(#"{"op":"create"}"#)
        let outcome = try project.edit(#"{"op":"length","length":17000}"#)
        #expect(project.total == 17_000)
        #expect(outcome.notes.contains { if case .clipsRepeated = $0 { true } else { false } })
    }

    @Test func clipsGiveWhatTheyHaveAndPhotosTheRest() throws {
        var project = Project([Project.photo("a"), Project.clip("k", seconds: 3), Project.photo("b")])
        try project.edit(#"{"op":"create","order":"given","transition":"none"}"#)
        try project.edit(#"{"op":"length","length":30000}"#)
        #expect(project.total == 30_000)
        #expect(project.widths[1] <= 3000)
    }

    @Test func paceSetsTimePerPictureAndTheFilmFollows() throws {
        var project = try Project.cuts(4)
        try project.edit(#"{"op":"pace","each":2000}"#)
        #expect(project.widths == [2000, 2000, 2000, 2000])
        try project.edit(#"{"op":"pace","each":5000,"segments":[1]}"#)
        #expect(project.widths == [5000, 2000, 2000, 2000])
        try project.edit(#"{"op":"pace","factor":1.5}"#)
        #expect(project.widths == [7500, 3000, 3000, 3000])
    }

    @Test func transitionsChangeNeitherLengthNorCuts() throws {
        var project = try Project.cuts(4)
        try project.edit(#"{"op":"transition","type":"wipe","length":800}"#)
        #expect(project.joints == ["wipe-left", "wipe-left", "wipe-left"])
        #expect(project.jointLengths == [800, 800, 800])
        #expect(project.widths == [3000, 3000, 3000, 3000])
        #expect(project.starts == [0, 2600, 5600, 8600])
        try project.edit(#"{"op":"transition","type":"none"}"#)
        #expect(project.joints == ["none", "none", "none"])
        #expect(project.total == 12_000)
        try project.edit(#"{"op":"transition","type":"fade-black","after":[2]}"#)
        #expect(project.joints == ["none", "fade-black", "none"])
    }

    @Test func aTransitionTooLongForItsPicturesIsAsLongAsTheyAllow() throws {
        var project = try Project.cuts(3)
        let outcome = try project.edit(#"{"op":"transition","type":"crossfade","length":9000}"#)
        #expect(project.jointLengths.allSatisfy { $0 >= 1900 && $0 < 3000 })
        #expect(project.total == 9000)
        let least = project.jointLengths.min() ?? 0
        #expect(
            outcome.notes == [
                .transitionsShortened(asked: MediaTime(milliseconds: 9000), least: MediaTime(milliseconds: least))
            ])
    }

    @Test func transitionsThatHadToGetShortComeBackWithTheRoom() throws {
        var project = try Project.cuts(4)
        try project.edit(#"{"op":"transition","type":"crossfade","length":800}"#)
        try project.edit(#"{"op":"length","length":2000}"#)
        #expect(project.jointLengths.allSatisfy { $0 > 0 && $0 < 400 })
        try project.edit(#"{"op":"order","by":"reverse"}"#)
        try project.edit(#"{"op":"length","length":12000}"#)
        #expect(project.jointLengths == [800, 800, 800])
        // A length that is asked for is what is wanted from then on.
        try project.edit(
            #"[{"op":"length","length":2000},{"op":"transition","length":100},{"op":"length","length":9000}]"#)
        #expect(project.jointLengths == [100, 100, 100])
    }

    @Test func mixedTransitionsDoNotRepeatThemselves() throws {
        var project = try Project.cuts(8)
        try project.edit(#"{"op":"transition","type":"mixed"}"#)
        #expect(zip(project.joints, project.joints.dropFirst()).allSatisfy { $0 != $1 })
    }

    @Test func reversedPicturesKeepTheJointBetweenThem() throws {
        var project = try Project.cuts(4)
        try project.edit(
            #"[{"op":"transition","type":"fade-black","after":[1],"length":500},{"op":"order","by":"reverse"}]"#)
        #expect(project.joints == ["none", "none", "fade-black"])
    }

    @Test func aSplitPictureIsTwoThatAddUp() throws {
        var project = Project([Project.clip("k", seconds: 6)])
        try project.edit(#"{"op":"create"}"#)
        try project.edit(#"{"op":"split","at":2500}"#)
        #expect(project.widths == [2500, 3500])
        let sources = project.film.compactMap { segment -> Int64? in
            guard case .video(_, let start)? = segment.picture?.source else { return nil }
            return start.milliseconds
        }
        #expect(sources == [0, 2500])
        #expect(project.refused(#"{"op":"split","at":2500}"#)?.field == "at")
        #expect(project.refused(#"{"op":"split","at":6000}"#)?.field == "at")
    }

    @Test func aSplitPhotoGoesOnMovingWhereItsFirstPartEnds() throws {
        var project = Project([Project.photo("a"), Project.photo("b")])
        try project.edit(
            #"[{"op":"create","length":8000,"transition":"none"},{"op":"motion","type":"zoom-in","amount":0.3}]"#)
        try project.edit(#"[{"op":"split","at":1000},{"op":"split","at":2000}]"#)
        let parts = project.film.prefix(3).compactMap(\.picture?.motion.part)
        #expect(parts.count == 3)
        #expect(parts[0].from == 0 && parts[2].to == 1)
        // One frame further each time.
        let steps = [parts[1].from - parts[0].to, parts[2].from - parts[1].to]
        #expect(abs(steps[0] - steps[1]) < 1e-9 && steps[0] > 0 && steps[0] < 0.02)
        try project.edit(#"{"op":"motion","type":"pan-left"}"#)
        #expect(project.film.allSatisfy { $0.picture?.motion.part == nil })
    }

    @Test func aTrimmedClipShowsThatPartAlsoWhenTheFilmGetsLonger() throws {
        var project = Project([Project.clip("k", seconds: 20), Project.photo("a"), Project.photo("b")])
        try project.edit(#"{"op":"create","order":"given","transition":"crossfade","transitionLength":400}"#)
        try project.edit(#"{"op":"trim","segment":1,"from":3000,"to":6000}"#)
        #expect(project.lengths[0] == 3000)
        try project.edit(#"{"op":"length","length":60000}"#)
        #expect(project.lengths[0] == 3000)
        guard case .video(_, let start)? = project.film[0].picture?.source else {
            Issue.record("no clip")
            return
        }
        #expect(start.milliseconds == 3000)
        #expect(project.refused(#"{"op":"trim","segment":2,"from":0,"to":1000}"#)?.field == "segment")
        #expect(project.refused(#"{"op":"trim","segment":1,"from":21000}"#)?.field == "from")
    }

    @Test func doubleSpeedHalvesTheClipAndHalfSpeedBringsItBack() throws {
        var project = Project([Project.photo("a"), Project.clip("k", seconds: 4), Project.photo("b")])
        try project.edit(#"{"op":"create","order":"given","transition":"none"}"#)
        let before = project.lengths[1]
        try project.edit(#"{"op":"speed","speed":2}"#)
        #expect(project.lengths[1] == before / 2)
        try project.edit(#"{"op":"speed","speed":1}"#)
        #expect(abs(project.lengths[1] - before) <= 1)
        #expect(project.refused(#"{"op":"speed","speed":2,"segments":[1]}"#)?.field == "segments")
    }

    @Test func theBestPhotosStay() throws {
        var photos = Project.photos(6)
        for index in photos.indices {
            photos[index].sharpness = Double(100 + index)
            photos[index].perceptualHash = index < 2 ? 1 : UInt64(0xFFFF) << UInt64(index * 8)
        }
        var project = Project(photos)
        try project.edit(#"{"op":"create"}"#)
        try project.edit(#"{"op":"keep-best","count":5}"#)
        #expect(project.names == ["b.jpg", "c.jpg", "d.jpg", "e.jpg", "f.jpg"])
    }
}
