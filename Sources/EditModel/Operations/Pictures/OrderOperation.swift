// SPDX-License-Identifier: GPL-3.0-or-later

extension OperationDeclaration {
    /// All pictures in another order. Joints keep their places; reversed, each stays between its two pictures.
    static let order = OperationDeclaration(
        "order", .pictures,
        [
            OperationParameter("by", .choice(["name", "time", "given", "reverse", "shuffle"]), required: true),
            OperationParameter("seed", .seed),
        ], apply: apply)

    @Sendable private static func apply(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        var reel = try bench.reel()
        let total = reel.total
        let opening = reel.shots.indices.prefix { reel.shots[$0].segment.isCard }
        let cards = reel.shots.indices.dropFirst(opening.count).filter { reel.shots[$0].segment.isCard }
        let pictures = reel.shots.indices.filter { !reel.shots[$0].segment.isCard }
        func facts(_ index: Int) -> MediaFacts? {
            reel.shots[index].segment.picture?.assetID.flatMap { bench.media[$0] }
        }
        let order: [Int]
        switch arguments.text("by") {
        case "reverse":
            reel.reverse()
            return bench.lay(reel, .kept(total))
        case "shuffle":
            var random = SeededRandom(seed: arguments.integer("seed").map(UInt64.init) ?? bench.context.seed)
            var shuffled = pictures.shuffled(using: &random)
            // A shuffle that changes nothing is none.
            if shuffled == pictures, pictures.count > 1 { shuffled.append(shuffled.removeFirst()) }
            order = shuffled
        case "time":
            let named = NaturalOrder.sorted(pictures) { facts($0)?.name ?? reel.shots[$0].segment.name }
            let timed = named.indices.filter { facts(named[$0])?.time != nil }
                .sorted { (facts(named[$0])?.time ?? "", $0) < (facts(named[$1])?.time ?? "", $1) }
            let untimed = named.filter { facts($0)?.time == nil }
            let byFile = named.count { facts($0).map { $0.captureTime == nil && $0.fileTime != nil } ?? false }
            if byFile > 0 { bench.note(.orderByFileTime(count: byFile)) }
            if !untimed.isEmpty { bench.note(.orderWithoutTime(count: untimed.count)) }
            order = timed.map { named[$0] } + untimed
        case "given":
            let given = Dictionary(bench.context.media.enumerated().map { ($0.element.id, $0.offset) }) { one, _ in one
            }
            func place(_ index: Int) -> Int { facts(index).flatMap { given[$0.id] } ?? Int.max }
            order = pictures.sorted { (place($0), $0) < (place($1), $1) }
        default:
            order = NaturalOrder.sorted(pictures) { facts($0)?.name ?? reel.shots[$0].segment.name }
        }
        reel.reorder(opening + order + cards)
        bench.lay(reel, .kept(total))
    }
}
