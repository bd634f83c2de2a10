// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
public import Foundation
public import Renderer

/// The media of one film: what is known of each file, and where it lies.
public struct Material: Sendable {
    /// In the order in which they were given.
    public private(set) var facts: [MediaFacts] = []
    /// By asset id.
    public private(set) var locations: [String: URL] = [:]
    /// Of songs whose beats were found, by asset id.
    public var beats: [String: BeatGrid] = [:]

    public init() {}

    public mutating func add(_ facts: MediaFacts, at url: URL) {
        self.facts.append(facts)
        locations[facts.id] = url
    }

    public var byID: [String: MediaFacts] { Dictionary(facts.map { ($0.id, $0) }) { first, _ in first } }

    /// The files by content, as the renderer opens them.
    public var files: SourceFiles {
        facts.reduce(into: SourceFiles()) { files, facts in
            if let url = locations[facts.id] { files.add(facts, at: url) }
        }
    }
}
