// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

extension OperationDeclaration {
    /// How pictures go over into one another, at all joints or at some. The film keeps its length and its cuts.
    static let transition = OperationDeclaration(
        "transition", .pictures,
        [
            OperationParameter("type", .transition(or: ["none", "mixed", "auto"])),
            OperationParameter("length", .time(0...60_000)),
            OperationParameter("after", .segments),
            OperationParameter("seed", .seed),
        ], needsOneOf: ["type", "length"], apply: apply)

    @Sendable private static func apply(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        var reel = try bench.reel()
        let total = reel.total
        var places = Array(reel.shots.indices.dropLast())
        if let references = arguments.references("after") {
            places = try bench.places(of: references, "after")
            // Behind the last picture nothing comes.
            if places == [reel.shots.count - 1] {
                throw EditError(.noSuchPlace(reel.shots.count, of: reel.shots.count - 1), field: "after")
            }
            places.removeAll { $0 == reel.shots.count - 1 }
        }
        let asked = arguments.milliseconds("length")
        let type = arguments.text("type")
        let usual = reel.usualJoint?.duration.milliseconds
        let seed = arguments.integer("seed").map(UInt64.init) ?? bench.context.seed
        var mixed = TransitionChoice(wish: .mixed, seed: seed)
        for place in places {
            let joint = reel.shots[place].joint
            let name: Transition.Name?
            switch type {
            case "none": name = nil
            case "mixed": name = mixed.next()
            case "auto": name = .crossfade
            case nil: name = joint?.name ?? (arguments.has("after") ? .crossfade : nil)
            case let word?: name = Transition.Name(word)
            }
            let length = asked ?? joint?.duration.milliseconds ?? usual ?? taste(reel, place)
            guard let name, length > 0 else {
                reel.shots[place].setJoint(nil)
                continue
            }
            var next = Transition(name, duration: MediaTime(milliseconds: length))
            if name == joint?.name { next.map = joint?.map }
            let wish = asked == nil ? reel.shots[place].wish : 0
            reel.shots[place].setJoint(next)
            reel.shots[place].wish = wish
        }
        // A length alone, where the film has no transitions at all: it wants some.
        if type == nil, asked ?? 0 > 0, !arguments.has("after"), reel.shots.dropLast().allSatisfy({ $0.joint == nil }) {
            for place in places {
                reel.shots[place].setJoint(Transition(.crossfade, duration: MediaTime(milliseconds: asked ?? 0)))
            }
        }
        bench.lay(reel, .kept(total))
        if let asked, type != "none" {
            let joints = (try bench.reel()).joints
            let least = places.compactMap { joints[safe: $0] }.filter { $0 > 0 }.min() ?? 0
            if least < asked, !places.isEmpty {
                bench.note(
                    .transitionsShortened(
                        asked: MediaTime(milliseconds: asked), least: MediaTime(milliseconds: least)))
            }
        }
    }

    /// Calm for the shots it joins.
    private static func taste(_ reel: Reel, _ place: Int) -> Int64 {
        let shorter = min(reel.shots[place].width, reel.shots[place + 1].width)
        return max(40, min(ShotPlan.transition, shorter * 2 / 5))
    }
}
