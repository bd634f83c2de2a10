// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
import Wording

/// What came of taking files in.
public struct TakenIn: Hashable, Sendable, Codable {
    /// Files that can be used, in the order asked for, each content once.
    public var assets: [MediaFacts] = []
    /// Where they are: absolute paths by asset id.
    public var paths: [String: String] = [:]
    /// Files that cannot be used.
    public var refused: [Refusal] = []
    /// Files left out because their like is there already: copies, the moving half of a live photo, a camera's raw twin,
    /// texts that only lay about in a folder.
    public var passedOver: [PassedOver] = []

    public struct PassedOver: Hashable, Sendable, Codable {
        /// Why; its words are under `passed over ‹name›`.
        public enum Reason: String, CaseIterable, Hashable, Sendable, Codable {
            case sameFile, movingHalf, rawTwin, textInFolder
        }

        public var path: String
        public var why: Reason
        /// The file it is like; empty where that is no reason.
        public var other = ""

        /// "it is the same as IMG_1.jpg"
        public func reason(in words: [String: String]) -> String {
            Wording("passed over \(why.rawValue)", ["other": .text(other)]).text(in: words)
        }

        /// In English.
        public var reason: String { reason(in: FaultWords.english) }
    }
}
