// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

extension OperationDeclaration {
    /// Time per picture, from cut to cut; the film's length follows.
    static let pace = OperationDeclaration(
        "pace", .pictures,
        [
            OperationParameter("each", .length),
            OperationParameter("factor", .factor),
            OperationParameter("segments", .segments),
        ], needsOneOf: ["each", "factor"], apply: apply)

    @Sendable private static func apply(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let places = try bench.pictures(arguments)
        var reel = try bench.reel()
        let rooms = bench.rooms(of: reel)
        for place in places {
            if let each = arguments.milliseconds("each") {
                guard each >= bench.frame else {
                    throw EditError(.tooShort(least: bench.draft.film.frameRate.time(ofFrame: 1)), field: "each")
                }
                reel.shots[place].width = each
            } else if let factor = arguments.number("factor") {
                let width = Int64((Double(reel.shots[place].width) * factor).rounded())
                reel.shots[place].width = max(bench.frame, width)
            }
        }
        try bench.checkLength(reel, arguments.has("each") ? "each" : "factor")
        // A time that was asked for goes before the beats.
        if arguments.has("each") { bench.draft.film.cutsOnBeats = false }
        let capped = places.filter { index in rooms[index].map { reel.shots[index].width > $0.most } ?? false }
        if !capped.isEmpty { bench.note(.clipsAtTheirEnd(count: capped.count)) }
        bench.lay(reel, snaps: arguments.has("factor"))
    }
}

extension Workbench {
    /// Throws where `reel` is longer than a film may be, or has more shots than a draft may hold.
    func checkLength(_ reel: Reel, _ field: String) throws(EditError) {
        guard reel.total <= DraftLimits.longest.milliseconds else {
            throw EditError(.tooLong(most: DraftLimits.longest), field: field)
        }
        guard reel.shots.count <= ShotPlan.mostPictures else {
            throw EditError(.tooMany(most: ShotPlan.mostPictures), field: field)
        }
    }
}
