// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

/// Which pictures stand how long: the cuts of a film and the transitions round them, in whole milliseconds.
struct ShotPlan {
    /// More would not fit a draft.
    static let mostPictures = 4000
    static let photo: Int64 = 3000
    /// A film of one photo.
    static let onlyPhoto: Int64 = 5000
    /// On beats the opening photo stands so many times as long as the others at most.
    static let mostOpening = 1.75
    /// The opening photo holds so much longer, the closing one a little.
    static let opening = 1.35
    static let closing = 1.15
    /// Shorter shots are flicker.
    static let shortestPhoto: Int64 = 400
    static let shortestClip: Int64 = 700
    static let transition: Int64 = 600
    /// Below this pace transitions are cuts, unless asked for.
    static let tooFastForTransitions: Int64 = 900

    /// In film order; a clip may come again.
    private(set) var pictures: [MediaFacts]
    /// `pictures.count + 1` film times; a cut is the middle of the transition there.
    private(set) var cuts: [Int64] = []
    /// Between each picture and the next: the transition's length, 0 for a cut.
    private(set) var joints: [Int64] = []

    var total: Int64 { cuts.last ?? 0 }
    var count: Int { pictures.count }

    /// The film time in which picture `index` is on screen, with its transitions.
    func range(_ index: Int) -> Range<Int64> {
        let before = index > 0 ? joints[index - 1] / 2 : 0
        let after = index < joints.count ? joints[index] - joints[index] / 2 : 0
        return cuts[index] - before..<cuts[index + 1] + after
    }

    private let wishes: EditWishes
    private let canvas: PixelSize
    private let rate: FrameRate

    /// - Parameters: `reading`: milliseconds that the script and title take to read; 0 without a script.
    init(
        pictures: [MediaFacts], wishes: EditWishes, canvas: PixelSize, rate: FrameRate, preset: PlatformPreset?,
        song: MediaFacts?, beats: BeatGrid?, reading: Int64, notes: inout [EditNote]
    ) throws(AutoEditError) {
        self.pictures = pictures
        self.wishes = wishes
        self.canvas = canvas
        self.rate = rate
        try check(wishes.duration)
        try check(wishes.perPhoto)

        let asked = wishes.duration?.milliseconds
        let songLength = song?.duration?.milliseconds
        let limit = [preset?.longestAdvised, preset?.longest].compactMap { $0?.milliseconds }.min()
        choose(within: asked ?? (wishes.perPhoto == nil ? limit : nil), &notes)

        let clear = usableBeats(beats, song, &notes)
        let longest = DraftLimits.longest.milliseconds
        var grid = clear.flatMap { CutGrid($0, songLength: songLength, until: min(longest, horizon(asked, reading))) }
        if clear != nil, grid == nil { notes.append(.cutsWithoutBeats(.noBeats)) }

        let photo = photoTime(grid)
        var claims = claims(photo)
        let length: Int64
        if let asked {
            length = asked
            try fill(asked, &claims, photo, &notes)
        } else {
            length = naturalLength(
                claims, reading: reading, song: song, grid: grid, limit: limit, preset: preset, &notes)
            let spare = Double(length) - claims.reduce(0) { $0 + $1.wanted }
            if let grid, spare > 0, spare < grid.interval * Double(grid.beatsInBar),
                claims[claims.count - 1].most == nil
            {
                claims[claims.count - 1].wanted += spare
            }
        }
        guard length <= longest else {
            throw .tooLong(asked: MediaTime(milliseconds: length), most: DraftLimits.longest)
        }
        if let grid, wishes.perPhoto == nil { pace(&claims, to: grid, length) }
        soften(&claims, for: length)
        if let whole = grid {
            grid?.refine(for: count - 1, between: claims.first?.least ?? 0, and: length - (claims.last?.least ?? 0))
            if grid?.places.count != whole.places.count {
                // Between beats there is room for quick double cuts only.
                for index in claims.indices {
                    claims[index].least = min(claims[index].least, Int64(whole.interval / 2))
                }
            }
        }
        let frames = rate
        let plan = ShotLengths(claims, total: length, grid: grid) { milliseconds in
            frames.time(ofFrame: frames.frame(at: MediaTime(seconds: milliseconds / 1000))).milliseconds
        }
        cuts = plan.cuts
        if let clear, grid != nil, count > 1 {
            notes.append(.cutsOnBeats(count: plan.onGrid, of: count - 1, tempo: clear.tempo))
        }
        join(&notes)
        noteTimePerPhoto(&notes)
    }
}

// MARK: - How many, how long

extension ShotPlan {
    private func check(_ time: MediaTime?) throws(AutoEditError) {
        guard let time else { return }
        guard time.milliseconds > 0, rate.frame(at: time.wholeMilliseconds) > 0 else {
            throw .tooShort(asked: time, least: rate.time(ofFrame: 1))
        }
        guard time <= DraftLimits.longest else { throw .tooLong(asked: time, most: DraftLimits.longest) }
    }

    /// Leaves pictures out: over forty photos when no length is asked for; more than there is time for otherwise.
    private mutating func choose(within room: Int64?, _ notes: inout [EditNote]) {
        let photos = pictures.indices.filter { pictures[$0].kind == .image }
        var wanted = photos.count
        let noLength = wishes.duration == nil && wishes.perPhoto == nil
        if noLength, !wishes.keepsAllPhotos { wanted = min(wanted, AutoEdit.enoughPhotos) }
        var everything = Self.mostPictures
        if let room {
            let least = wishes.keepsAllPhotos ? frameTime : Self.shortestPhoto
            let clips = pictures.filter { $0.kind == .video }.reduce(0) {
                $0 + min(milliseconds(of: $1), Self.shortestClip)
            }
            let left = (room - clips) / least
            if left >= 1 || photos.isEmpty { wanted = min(wanted, max(0, Int(left))) }
            everything = min(everything, max(1, Int(room / least)))
            if photos.isEmpty { everything = min(everything, max(1, Int(room / min(Self.shortestClip, max(1, room))))) }
        }
        var reasons: [Int: EditNote.LeftOutReason] = [:]
        if wanted < photos.count, wanted > 0 {
            let selection = PhotoSelection(of: photos.map { pictures[$0] }, keeping: wanted)
            for (index, reason) in selection.leftOut { reasons[photos[index]] = reason }
        }
        let kept = pictures.indices.filter { reasons[$0] == nil }
        if kept.count > everything {
            let chosen = Set((0..<everything).map { kept[kept.count * $0 / everything] })
            for index in kept where !chosen.contains(index) { reasons[index] = .noRoom }
        }
        guard !reasons.isEmpty else { return }
        let leftOut = reasons.keys.sorted().map { index in
            EditNote.LeftOut(id: pictures[index].id, name: pictures[index].name, reason: reasons[index] ?? .noRoom)
        }
        pictures = pictures.indices.filter { reasons[$0] == nil }.map { pictures[$0] }
        notes.append(.picturesLeftOut(leftOut, kept: pictures.count))
    }

    /// The whole milliseconds that a clip has.
    private func milliseconds(of clip: MediaFacts) -> Int64 {
        (clip.duration?.ticks ?? 0) / MediaTime.ticksPerMillisecond
    }

    private var frameTime: Int64 {
        let ticks = rate.time(ofFrame: 1).ticks
        return (ticks + MediaTime.ticksPerMillisecond - 1) / MediaTime.ticksPerMillisecond
    }

    private func usableBeats(_ beats: BeatGrid?, _ song: MediaFacts?, _ notes: inout [EditNote]) -> BeatGrid? {
        let reason: EditNote.NoBeatReason
        switch wishes.beatSync {
        case .off: return nil
        case .on, .auto:
            if song == nil {
                reason = .noSong
            } else if (beats?.beats.count ?? 0) < 2 {
                reason = .noBeats
            } else if wishes.beatSync == .auto, wishes.perPhoto != nil {
                reason = .perPhoto
            } else if wishes.beatSync == .auto, (beats?.confidence ?? 0) < 0.2 {
                reason = .unsure
            } else {
                return beats
            }
        }
        if wishes.beatSync == .on || reason == .unsure { notes.append(.cutsWithoutBeats(reason)) }
        return nil
    }

    /// A film time that lies after the film's end whatever the plan will be.
    private func horizon(_ asked: Int64?, _ reading: Int64) -> Int64 {
        if let asked { return asked }
        return (reading + pictures.reduce(0) { $0 + max(2 * Self.onlyPhoto, milliseconds(of: $1)) }) * 2
    }

    /// What photos stand, from cut to cut, before anything is fitted, in milliseconds.
    private struct PhotoTime {
        var usual: Double
        var opening: Double
        var closing: Double
    }

    /// As asked; else about three seconds, a whole number of beats where there are any.
    private func photoTime(_ grid: CutGrid?) -> PhotoTime {
        if let perPhoto = wishes.perPhoto.map({ Double($0.milliseconds) }) {
            return PhotoTime(usual: perPhoto, opening: perPhoto, closing: perPhoto)
        }
        let usual = Double(count == 1 ? Self.onlyPhoto : Self.photo)
        guard let grid, count > 1 else {
            return PhotoTime(usual: usual, opening: usual * Self.opening, closing: usual * Self.closing)
        }
        let beats = grid.beats(near: usual)
        let time = Double(beats) * grid.interval
        // A film of three photos is not its opening with two more behind.
        let opening = min(
            Double(grid.openingBeats(others: beats)) * grid.interval + Double(grid.firstBar), time * Self.mostOpening)
        return PhotoTime(usual: time, opening: opening, closing: time)
    }

    /// What each picture asks for. Clips never ask for more than they have, less half a transition on each side.
    private func claims(_ photo: PhotoTime) -> [ShotLengths.Claim] {
        let clips = pictures.filter { $0.kind == .video }
        let clipTime = clips.reduce(0) { $0 + milliseconds(of: $1) }
        let keepsWhole = wishes.keepsWholeClips || count == 1 || (clips.count == count && clipTime <= 30_000)
        let clipMost: Int64 = keepsWhole ? .max : clips.count <= 4 ? 8000 : 5000
        let exact = wishes.perPhoto != nil && wishes.duration == nil && wishes.beatSync != .on
        return pictures.enumerated().map { index, facts in
            if facts.kind == .video {
                let most = max(1, milliseconds(of: facts) - overlap(at: index))
                return ShotLengths.Claim(
                    wanted: Double(min(most, clipMost)), least: min(most, Self.shortestClip), most: most)
            }
            if exact {
                let time = Int64(photo.usual)
                return ShotLengths.Claim(wanted: photo.usual, least: time, most: time)
            }
            let isOnly = count == 1
            let wanted =
                index == 0 && !isOnly ? photo.opening : index == count - 1 && !isOnly ? photo.closing : photo.usual
            return ShotLengths.Claim(
                wanted: max(wanted, Double(travelTime(facts))), least: Self.shortestPhoto, most: nil)
        }
    }

    /// Milliseconds for the view to come from end to end of a panorama; 0 for other photos, and where a time per photo is asked.
    private func travelTime(_ facts: MediaFacts) -> Int64 {
        guard wishes.perPhoto == nil, wishes.movesFreely else { return 0 }
        return Framing(of: facts, on: canvas, wish: wishes.fit, travels: true).panorama?.time ?? 0
    }

    /// Milliseconds by which the transitions at both ends of picture `index` may lengthen it beyond its cuts.
    private func overlap(at index: Int) -> Int64 {
        let before = index > 0 ? mostJoint(index - 1) / 2 : 0
        let after = index < count - 1 ? mostJoint(index) - mostJoint(index) / 2 : 0
        return before + after
    }

    /// The longest that the transition after picture `index` may be: as wished, and a quarter of either clip.
    private func mostJoint(_ index: Int) -> Int64 {
        if wishes.transitions == .cuts { return 0 }
        var most = max(0, wishes.transitionTime?.milliseconds ?? Self.transition)
        for facts in [pictures[index], pictures[index + 1]] where facts.kind == .video {
            most = min(most, milliseconds(of: facts) / 4)
        }
        return most
    }

    /// Brings clips again until they can fill `length`.
    private mutating func fill(
        _ length: Int64, _ claims: inout [ShotLengths.Claim], _ photo: PhotoTime, _ notes: inout [EditNote]
    ) throws(AutoEditError) {
        let once = pictures
        while let room = sum(claims.map(\.most)), room < length {
            guard pictures.count + once.count <= Self.mostPictures else {
                throw .tooLittleToShow(asked: MediaTime(milliseconds: length))
            }
            // As many rounds at once as are surely needed, so that a long film does not take many steps.
            let rounds = max(
                1, min((length - room) / max(1, 2 * room), Int64((Self.mostPictures - pictures.count) / once.count)))
            for _ in 0..<rounds { pictures += once }
            claims = self.claims(photo)
        }
        if pictures.count > once.count {
            notes.append(.clipsRepeated(times: (pictures.count + once.count - 1) / once.count))
        }
    }

    private func sum(_ lengths: [Int64?]) -> Int64? {
        var sum: Int64 = 0
        for length in lengths {
            guard let length else { return nil }
            sum += length
        }
        return sum
    }

    /// The film's length when nobody asks for one.
    private func naturalLength(
        _ claims: [ShotLengths.Claim], reading: Int64, song: MediaFacts?, grid: CutGrid?, limit: Int64?,
        preset: PlatformPreset?, _ notes: inout [EditNote]
    ) -> Int64 {
        let wanted = Int64(claims.reduce(0) { $0 + $1.wanted }.rounded())
        let most = min(sum(claims.map(\.most)) ?? .max, DraftLimits.longest.milliseconds)
        let least = claims.reduce(0) { $0 + $1.least }
        if wishes.perPhoto != nil { return max(wanted, 1) }
        var length = max(wanted, reading)
        if let song, let played = song.duration?.milliseconds, played >= 8000, played <= most,
            Double(played) >= 0.8 * Double(length), Double(played) <= 1.3 * Double(length), played >= reading
        {
            length = played
            notes.append(.lengthFromSong(name: song.name, length: MediaTime(milliseconds: played)))
        } else if let grid {
            // Rather a little longer than shorter: the closing photo holds until the bar is over.
            let after = max(length - Int64(grid.interval / 2), least, reading)
            let bar =
                grid.barLine(nearestTo: length, from: after, through: min(length * 5 / 4, most))
                ?? grid.barLine(
                    nearestTo: length, from: max(length * 4 / 5, least, reading), through: min(length, most))
            if let bar {
                length = bar
                if grid.hasBars { notes.append(.endsOnBar) }
            }
        }
        length = min(length, most)
        if let limit, let preset, length > limit {
            notes.append(
                .shortenedFor(
                    preset: preset.name, from: MediaTime(milliseconds: length), to: MediaTime(milliseconds: limit)))
            length = grid?.barLine(nearestTo: limit, from: limit * 4 / 5, through: limit) ?? limit
        }
        return max(length, 1)
    }

    /// Photos stand longer where the music is quiet and shorter where much goes on.
    private func pace(_ claims: inout [ShotLengths.Claim], to grid: CutGrid, _ length: Int64) {
        let all = max(1, claims.reduce(0) { $0 + $1.wanted })
        var passed = 0.0
        for index in claims.indices {
            let wanted = claims[index].wanted
            let time = Int64((passed + wanted / 2) / all * Double(length))
            passed += wanted
            if claims[index].most == nil { claims[index].wanted = wanted * grid.calm(at: time) }
        }
        meetDrops(&claims, grid.drops(until: length), length)
    }

    /// Lets a photo begin where the song breaks out, the best of those that are about to: what stands before it is stretched or
    /// pressed a little, so that nothing changes places.
    private func meetDrops(_ claims: inout [ShotLengths.Claim], _ drops: [Int64], _ length: Int64) {
        var first = 0
        var passed = 0.0
        for drop in drops.map(Double.init) {
            let rest = max(1, claims[first...].reduce(0) { $0 + $1.wanted })
            let scale = (Double(length) - passed) / rest
            // Where each later shot would begin.
            var begins: [Int: Double] = [:]
            var time = passed
            for index in first..<claims.count {
                if index > first { begins[index] = time }
                time += claims[index].wanted * scale
            }
            guard let usual = begins.min(by: { (abs($0.value - drop), $0.key) < (abs($1.value - drop), $1.key) })?.key
            else { return }
            let fits = [usual, usual - 1, usual + 1].filter { index in
                guard let begin = begins[index], pictures[index].kind == .image else { return false }
                return Self.mayStretch.contains((drop - passed) / max(1, begin - passed))
            }
            guard let hero = fits.max(by: { worth(of: $0) < worth(of: $1) }) else { continue }
            let chosen = fits.contains(usual) && worth(of: hero) < worth(of: usual) + Self.worthMore ? usual : hero
            stretch(&claims[first..<chosen], to: drop - passed)
            (first, passed) = (chosen, drop)
        }
        if first > 0 { stretch(&claims[first...], to: Double(length) - passed) }
    }

    /// How far shots before a drop may be stretched for another photo to begin on it.
    private static let mayStretch = 0.65...1.5
    /// By so much another photo has to be worth more.
    private static let worthMore = 0.1

    /// How much a photo has to show, about 0…1: sharpness beside the usual, faces.
    private func worth(of index: Int) -> Double {
        let known = pictures.compactMap(\.sharpness).sorted()
        let usual = known.isEmpty ? 0 : known[known.count / 2]
        let sharp = usual > 0 ? min(2, (pictures[index].sharpness ?? 0) / usual) / 2 : 0.5
        return 0.6 * sharp + (pictures[index].faces.isEmpty ? 0 : 0.4)
    }

    /// Makes the claims of photos add up to `time` with the rest.
    private func stretch(_ claims: inout ArraySlice<ShotLengths.Claim>, to time: Double) {
        let free = claims.filter { $0.most == nil }.reduce(0) { $0 + $1.wanted }
        let bound = claims.filter { $0.most != nil }.reduce(0) { $0 + $1.wanted }
        guard free > 0, time > bound else { return }
        for index in claims.indices where claims[index].most == nil { claims[index].wanted *= (time - bound) / free }
    }

    /// Lets shots be as short as a frame, then a millisecond, where the film has no room for what taste wants.
    private func soften(_ claims: inout [ShotLengths.Claim], for length: Int64) {
        for least in [frameTime, 1] where claims.reduce(0, { $0 + $1.least }) > length {
            for index in claims.indices { claims[index].least = min(claims[index].least, least) }
        }
    }
}

// MARK: - Transitions

extension ShotPlan {
    /// Gives each cut the transition that its neighbours have room for: at most half of either.
    private mutating func join(_ notes: inout [EditNote]) {
        guard count > 1 else { return }
        let widths = zip(cuts.dropFirst(), cuts).map { $0 - $1 }
        let usual = widths.sorted()[widths.count / 2]
        let asked = wishes.transitionTime?.milliseconds
        var least = Int64.max
        joints = (0..<count - 1).map { index in
            let shorter = min(widths[index], widths[index + 1])
            // A segment is its width and half of both transitions long, so 2/3 of the width is half of the segment.
            let room = max(0, (2 * shorter - 1) / 3)
            var length = min(mostJoint(index), room)
            if asked == nil {
                // One length through the film; only where a shot is too short for it, a shorter one.
                let calm = wishes.transitions == nil ? usual / 5 : max(usual / 5, 300)
                length = wholeFrames(min(length, calm, shorter * 2 / 5))
                if wishes.transitions == nil, usual < Self.tooFastForTransitions { length = 0 }
            }
            least = min(least, length)
            return length
        }
        if let asked, wishes.transitions != .cuts, least < asked {
            notes.append(
                .transitionsShortened(
                    asked: MediaTime(milliseconds: asked), least: MediaTime(milliseconds: least)))
        }
    }

    /// The largest length up to `length` whose half is a whole number of frames, so that every photo has as many
    /// frames wherever it stands; 0 under two frames.
    private func wholeFrames(_ length: Int64) -> Int64 {
        let half = MediaTime(milliseconds: length) / 2
        var frames = rate.frame(at: half)
        while frames > 0, rate.time(ofFrame: frames).milliseconds * 2 > length { frames -= 1 }
        return frames > 0 ? rate.time(ofFrame: frames).milliseconds * 2 : 0
    }

    private func noteTimePerPhoto(_ notes: inout [EditNote]) {
        guard let asked = wishes.perPhoto?.milliseconds else { return }
        let widths = pictures.indices.filter { pictures[$0].kind == .image }.map { cuts[$0 + 1] - cuts[$0] }
        guard let least = widths.min(), let most = widths.max() else { return }
        let slack = frameTime
        if least < asked - slack || most > asked + slack {
            let mean = widths.reduce(0, +) / Int64(widths.count)
            notes.append(
                .perPhotoChanged(asked: MediaTime(milliseconds: asked), used: MediaTime(milliseconds: mean)))
        }
    }
}
