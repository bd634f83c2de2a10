// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
public import Foundation
public import MediaLibrary
import Sound

extension FilmKit {
    private var library: MediaLibrary {
        var library = MediaLibrary(cache: cache)
        if let jobs { library.threads = jobs }
        return library
    }

    /// Takes in files, folders and patterns as a person wrote them; what cannot be used is named with the reason.
    public func takeIn(
        _ inputs: [String], order: EditWishes.Order = .name, isCancelled: @escaping @Sendable () -> Bool = { false }
    ) -> (material: Material, refused: [Refusal], passedOver: [TakenIn.PassedOver]) {
        let taken = library.takeIn(inputs, order: InputOrder(order), isCancelled: isCancelled)
        var material = Material()
        for facts in taken.assets {
            if let path = taken.paths[facts.id] { material.add(facts, at: URL(fileURLWithPath: path)) }
        }
        return (material, taken.refused, taken.passedOver)
    }

    /// Takes in one file. Blocks; throws what is wrong with it.
    public func takeIn(file: URL) throws(Refusal) -> MediaFacts { try library.takeIn(file: file) }

    /// Takes in these files, each with its answer.
    func takeInFiles(_ places: [URL]) -> [Result<MediaFacts, Refusal>] {
        let library = library
        return parallelMap(places, threads: library.threads) { place in
            do throws(Refusal) {
                return Result<MediaFacts, Refusal>.success(try library.takeIn(file: place))
            } catch {
                return .failure(error)
            }
        }
    }

    /// The beats of a song, from the cache where they were found before; nil where it has none that can be told. Blocks.
    public func beats(of song: MediaFacts, at place: URL) throws -> BeatGrid? {
        try BeatCache(cache: cache).beats(of: song, at: place)
    }
}

extension InputOrder {
    init(_ order: EditWishes.Order) {
        switch order {
        case .name: self = .name
        case .time: self = .time
        case .given: self = .given
        }
    }
}
