// SPDX-License-Identifier: GPL-3.0-or-later

/// The desks that are in use, and some that were lately. There is never more than one for a project: as long as anybody
/// holds a desk, it is found.
struct Desks {
    /// Desks that stay at hand when nobody works at them.
    private static let mostAtHand = 64

    private struct Place {
        weak var desk: Desk?
    }

    private var places: [ProjectID: Place] = [:]
    /// The last one used stands last.
    private var atHand: [Desk] = []

    subscript(_ id: ProjectID) -> Desk? { places[id]?.desk }

    /// All in use or at hand.
    var all: [Desk] { places.values.compactMap(\.desk) }

    /// Lets go of a project's desk; whoever is at it stays there.
    mutating func clear(_ id: ProjectID) {
        atHand.removeAll { $0.id == id }
        places[id] = nil
    }

    mutating func use(_ desk: Desk) {
        atHand.removeAll { $0 === desk }
        atHand.append(desk)
        if atHand.count > Self.mostAtHand { atHand.removeFirst() }
        if places[desk.id]?.desk == nil { places[desk.id] = Place(desk: desk) }
        if places.count > 4 * Self.mostAtHand { places = places.filter { $0.value.desk != nil } }
    }
}
