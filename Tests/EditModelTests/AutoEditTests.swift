// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import Testing

/// What the plain planner makes of the usual wishes.
@Suite struct AutoEditTests {
    static let landscape = PixelSize(width: 4000, height: 3000)
    static let portrait = PixelSize(width: 3000, height: 4000)

    static func photos(_ count: Int, _ size: PixelSize = landscape) -> [MediaFacts] {
        (0..<count).map {
            MediaFacts(
                id: "p\($0)", name: "IMG_\($0).jpg", kind: .image, format: "jpeg", contentHash: "h\($0)", size: size)
        }
    }

    static func clip(_ id: String, _ length: Int64, sound: Bool = false) -> MediaFacts {
        MediaFacts(
            id: id, name: "\(id).mp4", kind: .video, format: "mp4", contentHash: "h\(id)",
            size: PixelSize(width: 1920, height: 1080), duration: ms(length), frameRate: 30, hasSound: sound)
    }

    static func song(_ length: Int64, id: String = "m") -> MediaFacts {
        MediaFacts(
            id: id, name: "\(id).mp3", kind: .audio, format: "mp3", contentHash: "h\(id)", duration: ms(length))
    }

    static func script(_ text: String) -> MediaFacts {
        var facts = MediaFacts(id: "t", name: "script.txt", kind: .text, format: "txt", contentHash: "ht")
        facts.text = text
        return facts
    }

    static func beats(_ perMinute: Double, for length: Int64) -> BeatGrid {
        let beats = (0..<Int(Double(length) * perMinute / 60_000)).map {
            MediaTime(milliseconds: Int64((Double($0) * 60_000 / perMinute).rounded()))
        }
        let down = stride(from: 0, to: beats.count, by: 4).map { beats[$0] }
        return BeatGrid(beats: beats, downbeats: down, tempo: perMinute, confidence: 0.9)
    }

    static func plan(
        _ media: [MediaFacts], beats: BeatGrid? = nil, _ change: (inout EditWishes) -> Void = { _ in }
    ) throws -> EditProposal {
        var wishes = EditWishes()
        change(&wishes)
        return try AutoEdit(media: media, wishes: wishes, beats: beats).proposal()
    }

    static func shots(_ proposal: EditProposal) -> [Segment] { proposal.draft.mainTrack?.segments ?? [] }

    /// The middles of the transitions, or the cuts.
    static func cuts(_ proposal: EditProposal) -> [MediaTime] {
        let shots = shots(proposal)
        return zip(shots, shots.dropFirst()).map { ($0.range.end + $1.range.start) / 2 }
    }

    // MARK: Length

    @Test(arguments: [1, 2, 3, 10, 37]) func fifteenSecondsAreFifteenSeconds(count: Int) throws {
        for transition in [EditWishes.Transitions.cuts, .mixed, .named(.crossfade)] {
            for beats in [nil, Self.beats(127, for: 60_000)] {
                let proposal = try Self.plan(Self.photos(count) + [Self.song(60_000)], beats: beats) {
                    $0.duration = ms(15_000)
                    $0.transitions = transition
                }
                #expect(proposal.draft.duration == ms(15_000))
                #expect(proposal.draft.frameCount == 450)
                #expect(Self.shots(proposal).count == count)
                #expect(proposal.draft.tracks[1].segments[0].range == TimeRange(ms(0), until: ms(15_000)))
            }
        }
    }

    @Test func aPhotoStandsAboutThreeSecondsAndTheFirstHoldsLonger() throws {
        let proposal = try Self.plan(Self.photos(10))
        #expect(proposal.draft.duration == ms(31_500))
        let lengths = Self.shots(proposal).map(\.range.duration)
        #expect(lengths[0] > lengths[1])
        #expect(Set(lengths[1..<9]).count == 1)
        #expect(proposal.notes.isEmpty)
    }

    @Test(arguments: [500, 2000, 2345] as [Int64]) func aTimePerPhotoIsMetExactly(time: Int64) throws {
        let proposal = try Self.plan(Self.photos(7)) { $0.perPhoto = ms(time) }
        #expect(proposal.draft.duration == ms(time * 7))
        #expect(Self.cuts(proposal) == (1..<7).map { ms(time * $0) })
    }

    @Test func aLengthGoesBeforeATimePerPhoto() throws {
        let proposal = try Self.plan(Self.photos(10)) {
            $0.perPhoto = ms(3000)
            $0.duration = ms(15_000)
        }
        #expect(proposal.draft.duration == ms(15_000))
        #expect(Self.shots(proposal).count == 10)
        #expect(proposal.notes == [.perPhotoChanged(asked: ms(3000), used: ms(1500))])
    }

    @Test func theFilmIsAsLongAsASongThatIsNearlyAsLong() throws {
        let proposal = try Self.plan(Self.photos(10) + [Self.song(36_000)])
        #expect(proposal.draft.duration == ms(36_000))
        #expect(proposal.notes == [.lengthFromSong(name: "m.mp3", length: ms(36_000))])
        let music = proposal.draft.tracks[1].segments[0].sound
        #expect(music?.loops == false)
        #expect(music?.fadeOut == ms(500))
    }

    // MARK: Music

    @Test func musicIsFadedAndEndsWithTheFilm() throws {
        let proposal = try Self.plan(Self.photos(10) + [Self.song(180_000)])
        let segment = proposal.draft.tracks[1].segments[0]
        #expect(segment.range == TimeRange(ms(0), until: proposal.draft.duration))
        let music = try #require(segment.sound)
        #expect(music.fadeIn > .zero && music.fadeOut == ms(2000))
        #expect(music.volume == 1 && !music.loops && !music.ducks)
    }

    @Test func aShortSongLoops() throws {
        let proposal = try Self.plan(Self.photos(10) + [Self.song(5000)])
        #expect(proposal.draft.tracks[1].segments[0].sound?.loops == true)
        #expect(proposal.notes == [.songLoops(name: "m.mp3", length: ms(5000))])
    }

    @Test func onlyOneSongIsPlayed() throws {
        let proposal = try Self.plan(Self.photos(3) + [Self.song(90_000, id: "one"), Self.song(90_000, id: "two")])
        #expect(proposal.draft.tracks.count { $0.kind == .audio } == 1)
        #expect(proposal.notes == [.songLeftOut(name: "two.mp3", used: "one.mp3")])
    }

    @Test func aScriptBesideCaptionsWithTimesIsNamed() throws {
        var captions = MediaFacts(id: "c", name: "talk.srt", kind: .text, format: "srt", contentHash: "hc")
        captions.text = "1\n00:00:00,500 --> 00:00:02,000\nHello\n"
        let proposal = try Self.plan(Self.photos(3) + [captions, Self.script("Another line.\nOne more.")])
        #expect(proposal.notes.contains(.scriptLeftOut(name: "script.txt", used: "talk.srt")))
        let texts = proposal.draft.tracks.filter { $0.kind == .text }.flatMap(\.segments).compactMap { $0.text?.text }
        #expect(texts == ["Hello"])
    }

    @Test func musicGivesWayToClipsThatSpeak() throws {
        let media = Self.photos(2) + [Self.clip("c", 4000, sound: true), Self.song(60_000)]
        let music = try Self.plan(media).draft.tracks[1].segments[0].sound
        #expect(music?.ducks == true && music?.volume == 1)
        let asked = try Self.plan(media) { $0.musicVolume = 0.35 }.draft.tracks[1].segments[0].sound
        #expect(asked?.volume == 0.35)
        let silenced = try Self.plan(media) { $0.clipVolume = 0 }
        #expect(silenced.draft.tracks[1].segments[0].sound?.ducks == false)
        #expect(Self.shots(silenced).contains { $0.picture?.volume == 0 })
    }

    // MARK: Beats

    @Test(arguments: [84.0, 100, 118, 120, 128, 140, 174]) func everyCutFallsOnABeat(tempo: Double) throws {
        let grid = Self.beats(tempo, for: 90_000)
        for (count, length) in [(10, nil), (10, 15_000), (25, 20_000), (4, 30_000)] as [(Int, Int64?)] {
            let proposal = try Self.plan(Self.photos(count) + [Self.song(90_000)], beats: grid) {
                $0.duration = length.map(ms)
            }
            let frame = proposal.draft.film.frameRate.time(ofFrame: 1)
            for cut in Self.cuts(proposal) {
                let nearest = grid.beats.map { max($0 - cut, cut - $0) }.min() ?? frame
                #expect(nearest < frame, "\(tempo) \(count) photos: cut at \(cut)")
            }
            #expect(proposal.notes.contains(.cutsOnBeats(count: count - 1, of: count - 1, tempo: tempo)))
        }
    }

    @Test func withoutAWordOnLengthTheFilmEndsOnABar() throws {
        let grid = Self.beats(118, for: 90_000)
        let proposal = try Self.plan(Self.photos(10) + [Self.song(90_000)], beats: grid)
        #expect(grid.downbeats.contains(proposal.draft.duration))
        #expect(proposal.notes.contains(.endsOnBar))
    }

    @Test func beatsGoOnThroughALoopedSong() throws {
        // Four bars and a tail: the loop goes back on the last bar line, at 6 s.
        let grid = Self.beats(120, for: 7900)
        let proposal = try Self.plan(Self.photos(8) + [Self.song(7900)], beats: grid) { $0.duration = ms(24_000) }
        for cut in Self.cuts(proposal) { #expect(cut.milliseconds % 500 == 0, "\(cut)") }
    }

    @Test(arguments: [EditWishes.BeatSync.auto, .on]) func unsureBeatsAreUsedOnlyWhenAskedFor(sync: EditWishes.BeatSync)
        throws
    {
        var grid = Self.beats(97, for: 90_000)
        grid.confidence = 0.05
        let proposal = try Self.plan(Self.photos(10) + [Self.song(90_000)], beats: grid) { $0.beatSync = sync }
        #expect(proposal.notes.contains(.cutsWithoutBeats(.unsure)) == (sync == .auto))
        #expect(proposal.notes.contains(.cutsOnBeats(count: 9, of: 9, tempo: 97)) == (sync == .on))
    }

    @Test func beatsAskedForWithoutASongAreMissed() throws {
        let proposal = try Self.plan(Self.photos(3)) { $0.beatSync = .on }
        #expect(proposal.notes == [.cutsWithoutBeats(.noSong)])
    }

    @Test func beatSyncOffKeepsToTheClock() throws {
        let grid = Self.beats(97, for: 90_000)
        let off = try Self.plan(Self.photos(10) + [Self.song(90_000)], beats: grid) { $0.beatSync = .off }
        #expect(off.draft.duration == ms(31_500))
    }

    // MARK: Canvas and preset

    @Test(arguments: [
        (landscape, 1920, 1080), (portrait, 1080, 1920), (PixelSize(width: 900, height: 900), 1080, 1080),
    ])
    func theCanvasHasTheShapeOfMostPhotos(size: PixelSize, width: Int, height: Int) throws {
        let others = Self.photos(2, size.isLandscape ? Self.portrait : Self.landscape)
        let proposal = try Self.plan(Self.photos(3, size) + others)
        #expect(proposal.draft.film.canvas == PixelSize(width: width, height: height))
    }

    @Test func aPresetGivesCanvasRateAndName() throws {
        let film = try Self.plan(Self.photos(3)) { $0.presets = [PlatformPreset.named("tiktok")].compactMap(\.self) }
            .draft.film
        #expect(film.preset == "tiktok")
        #expect(film.canvas == PixelSize(width: 1080, height: 1920) && film.frameRate == FrameRate(30))
    }

    @Test func aPresetWithTwoFramesTakesTheOneThatFits() throws {
        for (photos, width) in [(Self.photos(3, Self.landscape), 1280), (Self.photos(3, Self.portrait), 720)] {
            let film = try Self.plan(photos) { $0.presets = [PlatformPreset.named("whatsapp")].compactMap(\.self) }
                .draft.film
            #expect(film.canvas.width == width)
        }
    }

    @Test func aFilmIsNoLongerThanThePlatformTakes() throws {
        let stories = [PlatformPreset.named("stories")].compactMap(\.self)
        let fitted = try Self.plan(Self.photos(30)) { $0.presets = stories }
        #expect(fitted.draft.duration == ms(60_000))
        #expect(fitted.notes.contains(.shortenedFor(preset: "stories", from: ms(91_500), to: ms(60_000))))
        let asked = try Self.plan(Self.photos(30)) {
            $0.presets = stories
            $0.duration = ms(90_000)
        }
        #expect(asked.draft.duration == ms(90_000))
        #expect(asked.notes.contains(.longerThan(preset: "stories", length: ms(90_000), most: ms(60_000))))
    }

    @Test func clipsGiveTheFilmTheirFrameRate() throws {
        var clips = [Self.clip("a", 5000), Self.clip("b", 5000)]
        clips[0].frameRate = 24.99
        clips[1].frameRate = 25
        #expect(try Self.plan(clips).draft.film.frameRate == FrameRate(25))
        clips[0].frameRate = 59.93
        clips[1].frameRate = 59.94
        #expect(try Self.plan(clips).draft.film.frameRate == FrameRate(30000, over: 1001))
        let youtube = [PlatformPreset.named("youtube")].compactMap(\.self)
        #expect(try Self.plan(clips) { $0.presets = youtube }.draft.film.frameRate == FrameRate(60000, over: 1001))
        #expect(try Self.plan(clips + Self.photos(3)).draft.film.frameRate == FrameRate(30))
    }

    // MARK: Pictures

    @Test func photosOfTheOtherShapeLieOverABlurredCopy() throws {
        let proposal = try Self.plan(
            Self.photos(3, Self.landscape)
                + Self.photos(1, Self.portrait).map {
                    var photo = $0
                    (photo.id, photo.name) = ("tall", "tall.jpg")
                    return photo
                })
        #expect(Self.shots(proposal).map { $0.picture?.fit } == [.cover, .cover, .cover, .blur])
        #expect(proposal.notes == [.shownWhole(count: 1)])
        let asked = try Self.plan(Self.photos(2, Self.portrait) + Self.photos(3)) { $0.fit = .contain }
        #expect(Self.shots(asked).allSatisfy { $0.picture?.fit == .contain })
    }

    @Test func aPhotoIsReframedRoundItsFacesWhenTheyFit() throws {
        var photo = Self.photos(1, PixelSize(width: 3000, height: 3000))[0]
        photo.faces = [UnitRect(x: 0.4, y: 0.1, width: 0.2, height: 0.2)]
        let canvas = PixelSize(width: 1920, height: 1080)
        let reframed = try Self.plan([photo]) { $0.canvas = canvas }.draft.mainTrack?.segments[0].picture
        #expect(reframed?.fit == .cover)
        #expect((reframed?.focus?.y ?? 1) < 0.35)
        photo.faces.append(UnitRect(x: 0.4, y: 0.7, width: 0.2, height: 0.25))
        #expect(try Self.plan([photo]) { $0.canvas = canvas }.draft.mainTrack?.segments[0].picture?.fit == .blur)
    }

    @Test func motionAlternatesAndIsCalm() throws {
        let moves = Self.shots(try Self.plan(Self.photos(12))).compactMap { $0.picture?.motion }
        #expect(Set(moves.map(\.kind)).count >= 3)
        for (a, b) in zip(moves, moves.dropFirst()) { #expect(a.kind != b.kind) }
        for move in moves { #expect(move.amount >= 0.08 && move.amount <= 0.18) }
    }

    @Test func panoramasAreTravelledFromEndToEndOrTowardsTheFocus() throws {
        var photos = Self.photos(4, PixelSize(width: 6000, height: 2000))
        photos[1].focus = UnitPoint(x: 0.9, y: 0.5)
        photos[2].focus = UnitPoint(x: 0.1, y: 0.5)
        let proposal = try Self.plan(photos) {
            $0.fit = .cover
            $0.canvas = PixelSize(width: 1920, height: 1080)
        }
        // There is time for all of each: to and fro, whatever their focus.
        #expect(Self.shots(proposal).map { $0.picture?.motion.kind } == [.panRight, .panLeft, .panRight, .panLeft])
        let quick = try Self.plan(photos) {
            $0.fit = .cover
            $0.canvas = PixelSize(width: 1080, height: 1920)
            $0.duration = MediaTime(milliseconds: 8000)
        }
        #expect(Self.shots(quick)[1...2].map { $0.picture?.motion.kind } == [.panRight, .panLeft])
    }

    @Test func wishesForMotionHold() throws {
        let still = try Self.plan(Self.photos(3)) { $0.motions = .still }
        #expect(Self.shots(still).allSatisfy { $0.picture?.motion == Motion.none })
        let pans = try Self.plan(Self.photos(3)) { $0.motions = .kind(.panUp) }
        #expect(Self.shots(pans).allSatisfy { $0.picture?.motion.kind == .panUp })
        let strong = try Self.plan(Self.photos(3)) { $0.motions = .amount(0.4) }
        #expect(Self.shots(strong).allSatisfy { ($0.picture?.motion.amount ?? 0) >= 0.4 })
    }

    @Test func aGradeIsPutOnEveryPicture() throws {
        var warm = Grade()
        warm.look = .warm
        let proposal = try Self.plan(Self.photos(2) + [Self.clip("c", 3000)]) { $0.grade = warm }
        #expect(Self.shots(proposal).allSatisfy { $0.picture?.grade == warm })
    }

    // MARK: Order and choice

    @Test func picturesComeInTheOrderAskedFor() throws {
        var media = Self.photos(3)
        (media[0].name, media[1].name, media[2].name) = ("img10.jpg", "IMG2.jpg", "img1.jpg")
        (media[0].captureTime, media[1].captureTime) = ("2024-01-02T00:00:00", "2024-01-01T00:00:00")
        func order(_ order: EditWishes.Order) throws -> [String] {
            Self.shots(try Self.plan(media) { $0.order = order }).map(\.name)
        }
        #expect(try order(.name) == ["img1.jpg", "IMG2.jpg", "img10.jpg"])
        #expect(try order(.time) == ["IMG2.jpg", "img10.jpg", "img1.jpg"])
        #expect(try order(.given) == ["img10.jpg", "IMG2.jpg", "img1.jpg"])
        #expect(try Self.plan(media) { $0.order = .time }.notes == [.orderWithoutTime(count: 1)])
        // The file's own date is better than none.
        media[2].fileTime = "2024-01-01T12:00:00"
        #expect(try order(.time) == ["IMG2.jpg", "img1.jpg", "img10.jpg"])
        #expect(try Self.plan(media) { $0.order = .time }.notes == [.orderByFileTime(count: 1)])
    }

    @Test func ofManyPhotosTheBestFortyAreKept() throws {
        var photos = Self.photos(50)
        for index in photos.indices {
            photos[index].perceptualHash = 0x9E37_79B9_7F4A_7C15 &* UInt64(index + 1)
            photos[index].sharpness = 100
        }
        // Five that repeat their neighbour, three that are blurred.
        for index in [5, 10, 15, 20, 25] {
            photos[index].perceptualHash = photos[index - 1].perceptualHash.map { $0 ^ 0b101 }
            photos[index].sharpness = 90
        }
        for index in [7, 30, 41] { photos[index].sharpness = 10 }
        let proposal = try Self.plan(photos)
        #expect(Self.shots(proposal).count == 40)
        guard case .picturesLeftOut(let leftOut, let kept)? = proposal.notes.first else {
            Issue.record("nobody was told: \(proposal.notes)")
            return
        }
        #expect(kept == 40)
        func names(_ reason: EditNote.LeftOutReason) -> [String] {
            leftOut.filter { $0.reason == reason }.map(\.name)
        }
        #expect(names(.nearDuplicate) == [5, 10, 15, 20, 25].map { "IMG_\($0).jpg" })
        #expect(names(.blurred) == [7, 30, 41].map { "IMG_\($0).jpg" })
        #expect(names(.noRoom).count == 2)
        let shown = Self.shots(proposal).map(\.name)
        #expect(shown == shown.sorted { Int($0.dropFirst(4).dropLast(4)) ?? 0 < Int($1.dropFirst(4).dropLast(4)) ?? 0 })
        #expect(Self.shots(try Self.plan(photos) { $0.keepsAllPhotos = true }).count == 50)
        #expect(Self.shots(try Self.plan(photos) { $0.perPhoto = ms(2000) }).count == 50)
    }

    @Test func fiveHundredPhotosInFifteenSecondsAreNotFlicker() throws {
        let proposal = try Self.plan(Self.photos(500)) { $0.duration = ms(15_000) }
        let shortest = Self.shots(proposal).map(\.range.duration).min() ?? .zero
        #expect(shortest >= ms(390))
        #expect(Self.shots(proposal).count > 30)
    }

    // MARK: Clips

    @Test func longClipsShowTheirMiddle() throws {
        let proposal = try Self.plan(Self.photos(4) + [Self.clip("c", 60_000)]) { $0.order = .given }
        let clip = try #require(Self.shots(proposal).last)
        #expect(clip.range.duration < ms(9000))
        guard case .video(_, let start)? = clip.picture?.source else {
            Issue.record("not a clip")
            return
        }
        let spare = ms(60_000) - clip.range.duration
        #expect(start == (spare / 2).wholeMilliseconds || start == ms(spare.milliseconds / 2))
        #expect(clip.picture?.motion == Motion.none)
        #expect(proposal.notes.contains(.clipTrimmed(name: "c.mp4", from: start, to: start + clip.range.duration)))
    }

    @Test func aClipAloneIsShownWhole() throws {
        let proposal = try Self.plan([Self.clip("c", 60_000), Self.song(90_000)])
        #expect(proposal.draft.duration == ms(60_000))
    }

    @Test func clipsComeAgainToFillALengthAskedFor() throws {
        let proposal = try Self.plan([Self.clip("c", 5000)]) { $0.duration = ms(15_000) }
        #expect(proposal.draft.duration == ms(15_000))
        #expect(Self.shots(proposal).count == 4)
        #expect(proposal.notes.contains(.clipsRepeated(times: 4)))
    }

    // MARK: Transitions

    @Test func oneFamilyOfTransitionsIsTheRule() throws {
        let names = Self.shots(try Self.plan(Self.photos(10))).compactMap { $0.picture?.transition?.name }
        #expect(names == Array(repeating: Transition.Name.crossfade, count: 9))
    }

    @Test func mixedOnesAreCalmAndNeverTheSameTwice() throws {
        let calm = Set(TransitionCatalog.entries.filter(\.isCalm).map(\.name))
        for seed in 0..<20 {
            let names = Self.shots(
                try Self.plan(Self.photos(30)) {
                    $0.transitions = .mixed
                    $0.seed = UInt64(seed)
                }
            ).compactMap { $0.picture?.transition?.name }
            #expect(names.count == 29)
            #expect(calm.isSuperset(of: names))
            for (a, b) in zip(names, names.dropFirst()) { #expect(a != b) }
        }
    }

    @Test func transitionsTakeTheTimeAskedFor() throws {
        let proposal = try Self.plan(Self.photos(4)) { $0.transitionTime = ms(777) }
        #expect(Self.shots(proposal).dropLast().allSatisfy { $0.picture?.transition?.duration == ms(777) })
        let short = try Self.plan(Self.photos(10)) {
            $0.transitionTime = ms(5000)
            $0.duration = ms(10_000)
        }
        #expect(short.notes.contains { if case .transitionsShortened(ms(5000), _) = $0 { true } else { false } })
        let cuts = try Self.plan(Self.photos(4)) { $0.transitions = .cuts }
        #expect(Self.shots(cuts).allSatisfy { $0.picture?.transition == nil })
    }

    // MARK: Words

    @Test func aTitleStandsThreeSecondsAndFades() throws {
        let proposal = try Self.plan(Self.photos(5)) { $0.title = "  Our\nSummer " }
        let title = try #require(proposal.draft.tracks.last?.segments.first)
        #expect(title.range == TimeRange(ms(0), until: ms(3000)))
        #expect(title.text?.text == "Our Summer")
        #expect(title.text?.role == .title)
        #expect(title.text?.entrance?.kind == .fade && title.text?.exit?.kind == .fade)
        #expect(proposal.draft.film.title == "Our Summer")
    }

    @Test func aScriptBecomesCaptionsThatCanBeRead() throws {
        let text = """
            # Our week
            We went to the sea. It rained, but Dr. Jones did not mind!
            我们去了海边。大家都很开心！
            """
        let proposal = try Self.plan(Self.photos(8) + [Self.script(text)])
        #expect(proposal.draft.film.title == "Our week")
        let captions = try #require(proposal.draft.tracks.last?.segments)
        #expect(
            captions.map { $0.text?.text } == [
                "We went to the sea.", "It rained, but Dr. Jones did not mind!", "我们去了海边。", "大家都很开心！",
            ])
        #expect(captions.allSatisfy { $0.range.duration >= ms(1200) && $0.text?.role == .caption })
        #expect(captions.first.map { $0.range.start >= ms(3000) } == true)
    }

    @Test func aLongScriptMakesALongerFilmUnlessALengthIsAsked() throws {
        let text = String(repeating: "This is a sentence that takes a while to read. ", count: 20)
        let free = try Self.plan(Self.photos(3) + [Self.script(text)])
        #expect(free.draft.duration >= ms(60_000))
        let asked = try Self.plan(Self.photos(3) + [Self.script(text)]) { $0.duration = ms(10_000) }
        #expect(asked.draft.duration == ms(10_000))
        #expect(asked.notes.contains { if case .scriptCut(_, 20) = $0 { true } else { false } })
    }

    @Test(
        arguments: [("Summer", nil), ("夏天", "zh"), ("夏の日", "ja"), ("여름", "ko"), ("صيف", "ar")] as [(String, String?)])
    func lettersGiveTheLanguageAway(title: String, language: String?) throws {
        #expect(try Self.plan(Self.photos(2)) { $0.title = title }.draft.film.language == language)
    }

    // MARK: What cannot be

    @Test func withoutPicturesThereIsNoFilm() {
        #expect(throws: AutoEditError.noPictures) { try Self.plan([]) }
        #expect(throws: AutoEditError.noPictures) { try Self.plan([Self.song(1000)]) }
        #expect(throws: AutoEditError.onlyText) { try Self.plan([Self.script("Hello.")]) }
    }

    @Test func impossibleWishesAreRefusedWithTheReason() {
        let photos = Self.photos(3)
        #expect(throws: AutoEditError.tooShort(asked: ms(10), least: FrameRate(30).time(ofFrame: 1))) {
            try Self.plan(photos) { $0.duration = ms(10) }
        }
        #expect(throws: AutoEditError.tooLong(asked: ms(10_800_001), most: DraftLimits.longest)) {
            try Self.plan(photos) { $0.duration = ms(10_800_001) }
        }
        #expect(throws: AutoEditError.noSuchCanvas(PixelSize(width: 101, height: 100))) {
            try Self.plan(photos) { $0.canvas = PixelSize(width: 101, height: 100) }
        }
        #expect(throws: AutoEditError.noSuchFrameRate(FrameRate(120))) {
            try Self.plan(photos) { $0.frameRate = FrameRate(120) }
        }
        #expect(throws: AutoEditError.noSuchTransition(Transition.Name("x"))) {
            try Self.plan(photos) { $0.transitions = .named(Transition.Name("x")) }
        }
        #expect(throws: AutoEditError.tooLittleToShow(asked: ms(10_000_000))) {
            try Self.plan([Self.clip("c", 500)]) { $0.duration = ms(10_000_000) }
        }
    }

    @Test func whatCannotBeShownIsNamed() throws {
        var broken = Self.photos(1)[0]
        (broken.id, broken.name, broken.size) = ("b", "broken.jpg", nil)
        let proposal = try Self.plan(Self.photos(2) + [broken, Self.clip("blink", 5)])
        #expect(Set(proposal.notes) == [.unusable(name: "broken.jpg"), .unusable(name: "blink.mp4")])
    }
}

@Suite struct RelayoutTests {
    @Test func aPlatformGetsItsOwnLayoutNotAStretchedOne() throws {
        let media = AutoEditTests.photos(4)
        let facts = Dictionary(media.map { ($0.id, $0) }) { first, _ in first }
        let wide = try AutoEditTests.plan(media) { $0.title = "Hi" }.draft
        let tall = try AutoEdit.relaidOut(wide, to: PlatformPreset.named("tiktok"), canvas: nil, media: facts)
        #expect(tall.draft.film.preset == "tiktok")
        // Landscape photos fill a landscape canvas, and lie whole on a portrait one.
        let portrait = try AutoEdit.relaidOut(
            wide, to: nil, canvas: PixelSize(width: 1080, height: 1920), media: facts)
        #expect(AutoEditTests.shots(portrait).allSatisfy { $0.picture?.fit == .blur })
        #expect(portrait.notes.contains(.shownWhole(count: 4)))
        #expect(portrait.draft.film.preset == nil)
        // Cuts, words, sound and ids stay.
        #expect(AutoEditTests.shots(portrait).map(\.range) == wide.mainTrack?.segments.map(\.range))
        #expect(AutoEditTests.shots(portrait).map(\.id) == wide.mainTrack?.segments.map(\.id))
        #expect(portrait.draft.tracks.dropFirst() == wide.tracks.dropFirst())
    }

    @Test func thereAndBackIsTheSameLayout() throws {
        let media = AutoEditTests.photos(5)
        let facts = Dictionary(media.map { ($0.id, $0) }) { first, _ in first }
        let wide = try AutoEditTests.plan(media) { $0.motions = .kind(.zoomIn) }.draft
        let tall = try AutoEdit.relaidOut(wide, to: nil, canvas: PixelSize(width: 1080, height: 1920), media: facts)
        let back = try AutoEdit.relaidOut(tall.draft, to: nil, canvas: wide.film.canvas, media: facts)
        #expect(back.draft == wide)
    }

    @Test func textThatStandsUnderButtonsMovesClear() throws {
        var draft = DraftSamples.small
        draft.tracks[2].segments[0].text?.position = .at(UnitPoint(x: 0.98, y: 0.97))
        let moved = try AutoEdit.relaidOut(draft, to: PlatformPreset.named("tiktok"), media: DraftSamples.media).draft
        guard case .at(let point)? = moved.tracks[2].segments[0].text?.position else {
            Issue.record("the text lost its point")
            return
        }
        let clear = moved.film.safeRect(at: .at(point))
        #expect(point.x <= clear.x + clear.width + 1e-9 && point.y <= clear.y + clear.height + 1e-9)
    }

    @Test func aRateThePlatformDoesNotTakeIsChanged() throws {
        var draft = DraftSamples.small
        draft.film.frameRate = FrameRate(60)
        #expect(
            try AutoEdit.relaidOut(draft, to: PlatformPreset.named("whatsapp"), media: DraftSamples.media)
                .draft.film.frameRate == FrameRate(30))
        #expect(
            try AutoEdit.relaidOut(draft, to: PlatformPreset.named("youtube"), media: DraftSamples.media)
                .draft.film.frameRate == FrameRate(60))
    }
}
