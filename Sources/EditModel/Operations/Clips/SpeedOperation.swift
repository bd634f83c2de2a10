// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import EditTime

extension OperationDeclaration {
    /// Clips faster (above 1) or slower; the same part of the source is shown, so the film's length follows.
    static let speed = OperationDeclaration(
        "speed", .clips,
        [
            OperationParameter("speed", .number(DraftLimits.speeds, .factor), required: true),
            OperationParameter("segments", .segments),
        ], apply: applySpeed)

    @Sendable private static func applySpeed(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let speed = arguments.number("speed") ?? 1
        let places = try bench.clips(arguments)
        var reel = try bench.reel()
        for place in places {
            guard let old = reel.shots[place].segment.picture?.speed, old != speed else { continue }
            let overlap = reel.overlap(place)
            let length = Double(reel.shots[place].width + overlap.before + overlap.after) * old / speed
            reel.shots[place].segment.picture?.speed = speed
            let room = SourceRoom(reel.shots[place].segment, media: bench.media)
            if let room, Double(room.source.count) / speed < 1 {
                throw EditError(.tooShort(least: bench.draft.film.frameRate.time(ofFrame: 1)), field: "speed")
            }
            reel.shots[place].lead = overlap.before
            reel.shots[place].width = max(
                bench.frame, Int64(length.rounded(.down)) - overlap.before - overlap.after)
        }
        try bench.checkLength(reel, "speed")
        bench.lay(reel, snaps: false)
    }

    /// Clips backwards, or forwards again.
    static let playReverse = OperationDeclaration(
        "play-reverse", .clips,
        [
            OperationParameter("on", .flag, usual: true),
            OperationParameter("segments", .segments),
        ], apply: applyReverse)

    @Sendable private static func applyReverse(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let main = bench.draft.mainTrackIndex ?? 0
        for place in try bench.clips(arguments) {
            bench[SegmentPath(track: main, place: place)]?.picture?.reverse = arguments.flag("on") ?? true
        }
    }
}
