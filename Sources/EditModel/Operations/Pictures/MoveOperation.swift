// SPDX-License-Identifier: GPL-3.0-or-later

extension OperationDeclaration {
    /// Some pictures to another place, in the order named.
    ///
    ///     A B C D   move C to 1   →   C A B D
    static let move = OperationDeclaration(
        "move", .pictures,
        [
            OperationParameter("segments", .segments, required: true),
            OperationParameter("to", .place),
            OperationParameter("before", .segment),
            OperationParameter("after", .segment),
        ], needsOneOf: ["to", "before", "after"], apply: applyMove)

    @Sendable private static func applyMove(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let moving = try bench.pictures(arguments)
        guard !moving.isEmpty else { return }
        var reel = try bench.reel()
        let isMoving = Set(moving)
        let rest = reel.shots.indices.filter { !isMoving.contains($0) }
        let place: Int
        if let to = arguments.integer("to") {
            let count = reel.shots.count
            guard to != 0, abs(to) <= Int64(count) else {
                throw EditError(.noSuchPlace(Int(to), of: count), field: "to")
            }
            // The last place is the one before the cards.
            let cards = rest.reversed().prefix { reel.shots[$0].segment.isCard }.count
            let last = rest.count - (moving.allSatisfy { reel.shots[$0].segment.isCard } ? 0 : cards)
            place = to > 0 ? min(Int(to) - 1, last) : max(0, last + 1 + Int(to))
        } else {
            let isBefore = arguments.has("before")
            let name = isBefore ? "before" : "after"
            let target = try bench.places(of: arguments.references(name) ?? [], name)
            guard let target = target.first else { return }
            guard let index = rest.firstIndex(of: target) else {
                throw EditError(.clash(with: "segments"), field: name)
            }
            place = isBefore ? index : index + 1
        }
        reel.reorder(Array(rest[..<place]) + moving + Array(rest[place...]))
        bench.lay(reel, .kept(reel.total))
    }

    /// Two pictures change places, with the times of their places' joints.
    static let swap = OperationDeclaration(
        "swap", .pictures,
        [
            OperationParameter("first", .segment, required: true),
            OperationParameter("second", .segment, required: true),
        ], apply: applySwap)

    @Sendable private static func applySwap(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        var reel = try bench.reel()
        let first = try bench.places(of: arguments.references("first") ?? [], "first")
        let second = try bench.places(of: arguments.references("second") ?? [], "second")
        guard let one = first.first, let other = second.first else { return }
        guard one != other else { throw EditError(.clash(with: "first"), field: "second") }
        var order = Array(reel.shots.indices)
        order.swapAt(one, other)
        reel.reorder(order)
        bench.lay(reel, .kept(reel.total))
    }
}
