// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

extension OperationDeclaration {
    /// The film exactly so long, every picture in proportion.
    ///
    ///     |–– A ––|– B –|–– C ––|  →  |––– A –––|–– B ––|––– C –––|
    static let length = OperationDeclaration(
        "length", .film,
        [
            OperationParameter("length", .length),
            OperationParameter("factor", .factor),
            OperationParameter("as", .choice(["music", "voice"])),
        ], needsOneOf: ["length", "factor", "as"], apply: apply)

    @Sendable private static func apply(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let reel = try bench.reel()
        let total: Int64
        let field: String
        if let asked = arguments.milliseconds("length") {
            (total, field) = (asked, "length")
        } else if let factor = arguments.number("factor") {
            (total, field) = (Int64((Double(reel.total) * factor).rounded()), "factor")
        } else {
            (total, field) = (try bench.soundLength(arguments.text("as") == "voice" ? .voice : .music), "as")
        }
        try bench.setLength(total, field)
    }
}

extension Workbench {
    /// When the music, or the last voice, ends if nothing cuts it off.
    func soundLength(_ role: SoundContent.Role) throws(EditError) -> Int64 {
        var end: Int64 = 0
        for segment in draft.tracks.filter({ $0.kind == .audio }).flatMap(\.segments) {
            guard let sound = segment.sound, sound.role == role else { continue }
            let start = segment.range.start.milliseconds
            switch sound.source {
            case .asset(let id, let from):
                let played = media[id]?.duration.map { ($0 - from).ticks / MediaTime.ticksPerMillisecond }
                end = max(end, start + (played ?? segment.range.duration.milliseconds))
            case .generated:
                // Music that is made is as long as the film wants it.
                if role != .music { end = max(end, segment.range.end.milliseconds) }
            }
        }
        guard end > 0 else { throw EditError(.none(role == .music ? .music : .voice), field: "as") }
        return end
    }

    /// Makes the film `total` milliseconds long.
    mutating func setLength(_ total: Int64, _ field: String) throws(EditError) {
        var reel = try reel()
        let least = Int64(reel.shots.count) * frame
        guard total >= least else { throw EditError(.tooShort(least: MediaTime(milliseconds: least)), field: field) }
        guard total <= DraftLimits.longest.milliseconds else {
            throw EditError(.tooLong(most: DraftLimits.longest), field: field)
        }
        try repeatClips(in: &reel, toFill: total, field)
        lay(reel, .exactly(total))
    }

    /// Where there are only clips and they are too short for `total`, shows them again.
    private mutating func repeatClips(in reel: inout Reel, toFill total: Int64, _ field: String) throws(EditError) {
        let rooms = rooms(of: reel)
        var room: Int64 = 0
        for index in reel.shots.indices where !reel.shots[index].segment.isCard {
            guard let most = rooms[index]?.most else { return }
            let overlap = reel.overlap(index)
            room += max(1, most - overlap.before - overlap.after)
        }
        let cards = reel.shots.filter(\.segment.isCard).reduce(0) { $0 + $1.width }
        let wanted = total - cards
        let end = reel.endOfPictures
        guard end > 0, room < wanted else { return }
        let once = Array(reel.shots[..<end])
        // Each further round has a joint more, to the one before it.
        let more = max(1, room - (reel.usualJoint?.duration.milliseconds ?? 0))
        let rounds = Int(wanted / more) + 1
        guard reel.shots.count + once.count * rounds <= ShotPlan.mostPictures else {
            throw EditError(.tooLong(most: MediaTime(milliseconds: room + cards)), field: field)
        }
        var copies: [Reel.Shot] = []
        var filled = more
        var times = 1
        while filled < wanted, times <= rounds {
            for shot in once {
                var copy = shot
                copy.segment.id = ids.next("s")
                copies.append(copy)
            }
            filled += more
            times += 1
        }
        reel.insert(copies, at: end)
        note(.clipsRepeated(times: times))
    }
}
