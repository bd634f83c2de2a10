// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel

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
        public var path: String
        /// "it is the same as IMG_1.jpg"
        public var reason: String
    }
}
