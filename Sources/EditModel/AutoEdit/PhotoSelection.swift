// SPDX-License-Identifier: GPL-3.0-or-later

/// Which of many photos are shown: near-duplicates go first, then blurred ones, then the rest is thinned evenly.
struct PhotoSelection {
    /// Perceptual hashes that differ in at most so many of 64 bits show nearly the same picture.
    static let nearlyTheSame = 10
    /// Below this share of the set's median sharpness a photo counts as blurred.
    static let blurred = 0.4

    /// Why a photo is left out, by its index; all others are kept.
    private(set) var leftOut: [Int: EditNote.LeftOutReason] = [:]
    private let photos: [MediaFacts]
    private let wanted: Int

    /// - Parameters: photos in film order; `wanted`, at least 1, how many to keep.
    init(of photos: [MediaFacts], keeping wanted: Int) {
        self.photos = photos
        self.wanted = max(1, wanted)
        dropNearDuplicates()
        dropBlurred()
        thin()
    }

    private var surplus: Int { photos.count - leftOut.count - wanted }
    private var left: [Int] { photos.indices.filter { leftOut[$0] == nil } }

    private func sharpness(_ index: Int) -> Double { photos[index].sharpness ?? 0 }

    /// Sharpest first; equal ones in film order.
    private func bySharpness(_ indices: [Int]) -> [Int] {
        indices.sorted { (sharpness($0), $1) > (sharpness($1), $0) }
    }

    private mutating func dropNearDuplicates() {
        guard surplus > 0 else { return }
        var kept: [UInt64] = []
        var doubles: [(index: Int, distance: Int)] = []
        for index in bySharpness(Array(photos.indices)) {
            guard let hash = photos[index].perceptualHash else { continue }
            let nearest = kept.map { ($0 ^ hash).nonzeroBitCount }.min() ?? 64
            if nearest <= Self.nearlyTheSame {
                doubles.append((index, nearest))
            } else {
                kept.append(hash)
            }
        }
        for double in doubles.sorted(by: { ($0.distance, $0.index) < ($1.distance, $1.index) }).prefix(surplus) {
            leftOut[double.index] = .nearDuplicate
        }
    }

    private mutating func dropBlurred() {
        guard surplus > 0 else { return }
        let known = left.filter { photos[$0].sharpness != nil }
        guard !known.isEmpty else { return }
        let ranked = bySharpness(known)
        let limit = sharpness(ranked[ranked.count / 2]) * Self.blurred
        for index in ranked.reversed().filter({ sharpness($0) < limit }).prefix(surplus) {
            leftOut[index] = .blurred
        }
    }

    /// Keeps the sharpest of each of `wanted` stretches of equal length, so that every part of the story stays.
    private mutating func thin() {
        guard surplus > 0 else { return }
        let left = left
        for part in 0..<wanted {
            let stretch = Array(left[left.count * part / wanted..<left.count * (part + 1) / wanted])
            let best = bySharpness(stretch).first
            for index in stretch where index != best { leftOut[index] = .noRoom }
        }
    }
}
