// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import StillImages

/// Which of the files found are used, and in which order.
enum Selection {
    struct Candidate {
        var file: InputExpansion.File
        var intake: Intake

        var name: String { intake.facts.name }
        var folder: String { URL(fileURLWithPath: file.path).deletingLastPathComponent().path }
        /// The path without what follows the name's last point, in small letters: what belongs together is called alike.
        var stem: String { URL(fileURLWithPath: file.path).deletingPathExtension().path.lowercased() }
    }

    static func fill(_ taken: inout TakenIn, from candidates: [Candidate], order: InputOrder) {
        let photos = Dictionary(
            candidates.filter { $0.intake.facts.kind == .image }.map { ($0.stem, $0.name) },
            uniquingKeysWith: { a, _ in a })
        dropRawTwins(&taken, photos)

        var used: [Candidate] = []
        var byHash: [String: String] = [:]
        for candidate in sorted(candidates, order) {
            let facts = candidate.intake.facts
            let reason: (TakenIn.PassedOver.Reason, String)?
            if let twin = byHash[facts.contentHash] {
                reason = (.sameFile, twin)
            } else if !candidate.file.isNamed, candidate.intake.isLivePhotoHalf, let photo = photos[candidate.stem] {
                reason = (.movingHalf, photo)
            } else if !candidate.file.isNamed, facts.kind == .text {
                reason = (.textInFolder, "")
            } else {
                reason = nil
            }
            if let reason {
                taken.passedOver.append(.init(path: candidate.file.path, why: reason.0, other: reason.1))
            } else {
                byHash[facts.contentHash] = facts.name
                used.append(candidate)
            }
        }
        taken.assets = used.map(\.intake.facts)
        taken.paths = Dictionary(used.map { ($0.intake.facts.id, $0.file.path) }, uniquingKeysWith: { a, _ in a })
    }

    /// A raw picture whose finished photo lies beside it is no loss.
    private static func dropRawTwins(_ taken: inout TakenIn, _ photos: [String: String]) {
        let raw = ["cr2", "cr3", "nef", "arw", "dng", "raf", "orf", "rw2", "pef", "srw"]
        taken.refused.removeAll { refusal in
            let url = URL(fileURLWithPath: refusal.path)
            guard refusal.code == .notTaken, raw.contains(url.pathExtension.lowercased()),
                let photo = photos[url.deletingPathExtension().path.lowercased()]
            else { return false }
            taken.passedOver.append(.init(path: refusal.path, why: .rawTwin, other: photo))
            return true
        }
    }

    private static func sorted(_ candidates: [Candidate], _ order: InputOrder) -> [Candidate] {
        switch order {
        case .given: return candidates
        case .name:
            // Folders keep the order in which they came.
            var rank: [String: Int] = [:]
            for candidate in candidates where rank[candidate.folder] == nil { rank[candidate.folder] = rank.count }
            return candidates.sorted { a, b in
                let (left, right) = (rank[a.folder] ?? 0, rank[b.folder] ?? 0)
                return left != right ? left < right : NaturalOrder.isBefore(a.name, b.name)
            }
        case .time:
            return candidates.sorted { a, b in
                let (left, right) = (a.intake.sortTime, b.intake.sortTime)
                return left != right ? left < right : NaturalOrder.isBefore(a.name, b.name)
            }
        }
    }
}
