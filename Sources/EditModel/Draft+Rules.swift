// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Wording

extension Draft {
    /// What of the rules that always hold (segments of a track do not overlap but by their transition, the main track
    /// has no gap, ids are unique, …) this draft breaks, in its order; empty for a sound draft.
    ///
    /// - Parameter media: facts of the assets by id, to check what reads past its source's end; nil skips that.
    public func ruleViolations(media: [String: MediaFacts]? = nil) -> [DraftError.Problem] {
        var check = RuleCheck(draft: self, media: media)
        check.run()
        return check.problems
    }

    /// Throws all violations of the rules as one `DraftError`.
    public func validate(media: [String: MediaFacts]? = nil) throws(DraftError) {
        let problems = ruleViolations(media: media)
        if !problems.isEmpty { throw DraftError(problems) }
    }
}

/// Where a segment stands in the JSON; written out only where something is wrong with it.
private struct FieldPath: CustomStringConvertible {
    let track: Int
    let segment: Int

    var description: String { "t[\(track)].sg[\(segment)]" }
}

private struct RuleCheck {
    let draft: Draft
    let media: [String: MediaFacts]?
    var problems: [DraftError.Problem] = []
    private var ids: Set<String> = []

    init(draft: Draft, media: [String: MediaFacts]?) {
        self.draft = draft
        self.media = media
    }

    mutating func fail(_ field: String, _ fault: DraftFault, _ values: [String: Wording.Value] = [:]) {
        problems.append(DraftError.Problem(field: field, fault, values))
    }

    mutating func run() {
        checkFilm()
        var count = 0
        for (index, track) in draft.tracks.enumerated() {
            let path = "t[\(index)]"
            claim(track.id, "\(path).id")
            count += track.segments.count
            let isMain = index == draft.mainTrackIndex
            for (place, segment) in track.segments.enumerated() {
                let field = FieldPath(track: index, segment: place)
                claim(segment.id, "\(field).id")
                checkContent(segment, of: track, isMain: isMain, field)
                let previous = place > 0 ? track.segments[place - 1] : nil
                if isMain {
                    checkMain(segment, after: previous, next: track.segments[safe: place + 1], field)
                } else {
                    checkOrder(segment, after: previous, field)
                    if segment.picture?.transition != nil {
                        fail("\(field).tr", .transitionElsewhere)
                    }
                }
            }
        }
        if draft.tracks.count > DraftLimits.mostTracks {
            fail("t", .tooManyTracks, ["count": "\(draft.tracks.count)", "most": "\(DraftLimits.mostTracks)"])
        }
        if count > DraftLimits.mostSegments {
            fail("t", .tooManySegments, ["count": "\(count)", "most": "\(DraftLimits.mostSegments)"])
        }
    }

    private mutating func claim(_ id: String, _ field: @autoclosure () -> String) {
        if id.isEmpty { fail(field(), .emptyID) }
        if !ids.insert(id).inserted { fail(field(), .doubleID, ["id": .text(String(id.prefix(60)))]) }
    }

    private mutating func checkFilm() {
        let film = draft.film
        for (key, side) in [("width", film.canvas.width), ("height", film.canvas.height)] {
            if side % 2 != 0 { fail("m.\(key)", .oddSide, ["value": "\(side)"]) }
            if side < DraftLimits.shortestSide || side > DraftLimits.longestSide {
                fail(
                    "m.\(key)", .sideOutside,
                    [
                        "low": "\(DraftLimits.shortestSide)", "high": "\(DraftLimits.longestSide)",
                        "value": "\(side)",
                    ])
            }
        }
        if film.frameRate.framesPerSecond > DraftLimits.highestFrameRate {
            fail("m.fps", .frameRateTooHigh, ["most": "\(Int(DraftLimits.highestFrameRate))"])
        }
        if draft.duration > DraftLimits.longest {
            fail("d", .tooLong, ["length": "\(draft.duration)", "most": "\(DraftLimits.longest)"])
        }
        if film.fadeIn < .zero || film.fadeOut < .zero {
            fail("m.fadeIn", .negativeFade)
        } else if film.fadeIn + film.fadeOut > draft.duration, draft.duration > .zero {
            fail("m.fadeOut", .fadesTooLong, ["length": "\(draft.duration)"])
        }
    }

    private mutating func checkContent(_ segment: Segment, of track: Track, isMain: Bool, _ field: FieldPath) {
        if segment.range.start < .zero { fail("\(field).s", .negative) }
        if segment.range.duration <= .zero { fail("\(field).d", .notPositive) }
        switch (track.kind, segment.content) {
        case (.video, .picture(let picture)): checkSource(of: picture, segment, field)
        case (.audio, .sound(let sound)): checkSource(of: sound, segment, field)
        case (.text, .text): break
        default: fail("\(field)", .wrongTrack)
        }
        for (key, time) in [("s", segment.range.start), ("d", segment.range.duration)] where !time.isWholeMilliseconds {
            fail("\(field).\(key)", .notWholeMilliseconds, ["ticks": "\(time.ticks)"])
        }
        if !isMain, segment.range.end > draft.duration, draft.duration > .zero {
            fail("\(field).d", .pastFilmEnd, ["end": "\(segment.range.end)", "film": "\(draft.duration)"])
        }
    }

    private mutating func checkSource(of picture: PictureContent, _ segment: Segment, _ field: FieldPath) {
        if let lut = picture.grade.lut, checkThere(lut, "\(field).grade.lut"), let facts = media?[lut],
            facts.kind != .lut
        {
            fail("\(field).grade.lut", .notColourTable, ["name": .text(facts.name)])
        }
        if let map = picture.transition?.map, checkThere(map, "\(field).tr.map"), let facts = media?[map],
            facts.kind != .image
        {
            fail("\(field).tr.map", .notPhoto, ["name": .text(facts.name)])
        }
        guard let id = picture.assetID, checkThere(id, "\(field).src"), let facts = media?[id] else { return }
        switch picture.source {
        case .image where facts.kind != .image:
            fail("\(field).src", .notPhoto, ["name": .text(facts.name)])
        case .video(_, let start):
            guard facts.kind == .video else { return fail("\(field).src", .notClip, ["name": .text(facts.name)]) }
            let end = start + segment.range.duration.scaled(by: picture.speed)
            checkEnd(end, facts, "\(field).d")
        default: break
        }
    }

    private mutating func checkSource(of sound: SoundContent, _ segment: Segment, _ field: FieldPath) {
        guard case .asset(let id, let start) = sound.source, checkThere(id, "\(field).src"), let facts = media?[id]
        else { return }
        guard facts.kind == .audio || facts.hasSound else {
            return fail("\(field).src", .noSound, ["name": .text(facts.name)])
        }
        if sound.loops {
            if let length = facts.duration, start >= length {
                fail("\(field).ss", .startsPastEnd, ["name": .text(facts.name)])
            }
        } else {
            checkEnd(start + segment.range.duration, facts, "\(field).d")
        }
    }

    /// Whether `id` may be looked up: false, and a violation, where media are known and it is not among them.
    @discardableResult
    private mutating func checkThere(_ id: String, _ field: @autoclosure () -> String) -> Bool {
        guard let media, media[id] == nil else { return true }
        fail(field(), .noAsset, ["id": .text(String(id.prefix(60)))])
        return false
    }

    private mutating func checkEnd(_ end: MediaTime, _ facts: MediaFacts, _ field: @autoclosure () -> String) {
        // The draft counts milliseconds: half of one may stand over.
        guard let length = facts.duration, end - MediaTime(milliseconds: 1) > length else { return }
        fail(field(), .readsPastEnd, ["name": .text(facts.name), "end": "\(end)", "length": "\(length)"])
    }

    private mutating func checkMain(_ segment: Segment, after previous: Segment?, next: Segment?, _ field: FieldPath) {
        let overlap = previous?.picture?.transition?.duration ?? .zero
        let expected = previous.map { $0.range.end - overlap } ?? .zero
        if segment.range.start != expected {
            fail(
                "\(field).s", segment.range.start > expected ? .gap : .overlap,
                ["expected": "\(expected)", "start": "\(segment.range.start)"])
        }
        guard let transition = segment.picture?.transition else { return }
        guard let next else { return fail("\(field).tr", .lastTransition) }
        let most = min(segment.range.duration, next.range.duration) / 2
        if transition.duration <= .zero { fail("\(field).tr.d", .emptyTransition) }
        if transition.duration > most {
            fail("\(field).tr.d", .transitionTooLong, ["length": "\(transition.duration)", "most": "\(most)"])
        }
        if TransitionCatalog.named(transition.name.rawValue) == nil {
            fail("\(field).tr.type", .noTransition, ["name": "\(transition.name)"])
        }
    }

    private mutating func checkOrder(_ segment: Segment, after previous: Segment?, _ field: FieldPath) {
        guard let previous, segment.range.start < previous.range.end else { return }
        fail(
            "\(field).s", .beforePrevious,
            ["start": "\(segment.range.start)", "end": "\(previous.range.end)"])
    }
}

extension Array {
    /// The element at `index`, or nil outside the array.
    subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

extension MediaTime {
    /// Whether the draft's JSON can hold this time exactly.
    var isWholeMilliseconds: Bool { ticks % Self.ticksPerMillisecond == 0 }
}
