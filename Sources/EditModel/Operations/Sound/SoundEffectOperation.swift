// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import JSON

extension OperationDeclaration {
    /// A short sound from the media at a moment of the film, beside music and voice and beside other sounds. It goes with
    /// the picture it was put over; what would sound on after the film's end is cut.
    ///
    ///     |––– A –––|––– B –––|  →  |––– A –––|––– B –––|
    ///                                      |ding|
    static let soundEffect = OperationDeclaration(
        "sound-effect", .sound,
        [
            OperationParameter("media", .asset, required: true),
            OperationParameter("at", .filmTime, usual: 0),
            OperationParameter("volume", .volume, usual: 1),
        ], apply: applySoundEffect)

    @Sendable private static func applySoundEffect(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        _ = try bench.film()
        let facts = try bench.heardAsset(arguments.text("media") ?? "", "media")
        let total = bench.draft.duration.milliseconds
        let start = arguments.milliseconds("at") ?? 0
        guard start < total else {
            throw EditError(.outside(from: .zero, to: MediaTime(milliseconds: max(0, total - 1))), field: "at")
        }
        let length = facts.duration.map { max(1, $0.ticks / MediaTime.ticksPerMillisecond) } ?? total
        var sound = SoundContent(.asset(facts.id, start: .zero), role: .effect)
        sound.volume = arguments.number("volume") ?? 1
        var segment = Segment(
            id: bench.ids.next("s"), range: TimeRange(start: .zero, duration: .zero), content: .sound(sound),
            name: String(facts.name.prefix(AutoEdit.longestName)))
        segment.milliseconds = start..<min(total, start + length)
        bench.addSound(segment, "Effects")
    }
}
