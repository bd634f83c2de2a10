// SPDX-License-Identifier: GPL-3.0-or-later
package import Director
package import EditModel
package import JSON

/// One film in the making: its media, its edit, what was said. A value; on the wire it is a session.
package struct Project: Sendable {
    package let id: ProjectID
    package let account: AccountID
    package var name: String
    /// Of the person, as a tag such as `zh-CN`; nil where nobody said.
    package var language: String?
    /// Seconds since 1970.
    package var createdSeconds: Double
    package var changedSeconds: Double
    /// In the order in which they came. Their bytes are in the media store under their content hash.
    package var media: [MediaFacts] = []
    /// Of songs that have beats, by asset id.
    package var beats: [String: BeatGrid] = [:]
    /// Numbers given to assets so far.
    package var assetsNamed = 0
    package var history = EditHistory()
    package var turns: [ConversationTurn] = []
    /// What the director keeps in mind from turn to turn.
    package var memory = Memory()
    /// What an agent keeps in the session besides, by its own names.
    package private(set) var notes: [String: JSONValue] = [:]

    package init(id: ProjectID, account: AccountID, name: String, language: String?, createdSeconds: Double) {
        self.id = id
        self.account = account
        self.name = name
        self.language = language
        self.createdSeconds = createdSeconds
        changedSeconds = createdSeconds
    }

    package var draft: Draft { history.draft }
    package var revision: Int { history.current.number }

    /// On the wire a task stands beside each session.
    package var taskID: String { "task_\(stem)" }

    /// The id without its prefix.
    private var stem: Substring { id.text.dropFirst(ProjectID.prefix.count) }

    /// Takes media in; the asset gets an id of its own, unique among all projects, from which the project can be told.
    ///
    /// - Parameter place: among files that were brought together: it comes before those at the end that have a greater one.
    package mutating func add(_ examined: Examined, named name: String, place: Int? = nil) -> MediaFacts {
        assetsNamed += 1
        var facts = examined.facts
        facts.id = assetID(String(assetsNamed))
        facts.name = name
        facts.place = place
        var index = media.count
        if let place {
            while index > 0, let other = media[index - 1].place, other > place { index -= 1 }
        }
        media.insert(facts, at: index)
        beats[facts.id] = examined.beats
        return facts
    }

    /// A project of its own with the same media and the same film. What was said and done in this one stays here.
    func copy(as id: ProjectID, named name: String, at seconds: Double) -> Project {
        var copy = Project(id: id, account: account, name: name, language: language, createdSeconds: seconds)
        var names: [String: String] = [:]
        for var facts in media {
            let new = copy.assetID(assetNumber(facts.id))
            names[facts.id] = new
            copy.beats[new] = beats[facts.id]
            facts.id = new
            copy.media.append(facts)
        }
        copy.assetsNamed = assetsNamed
        let film = draft.renamingAssets(names)
        copy.history = revision == 0 ? EditHistory(film) : EditHistory(goingOnFrom: film)
        return copy
    }

    private func assetID(_ number: some StringProtocol) -> String { "\(stem)-\(number)" }

    /// What stands behind the project's part of an asset's id.
    private func assetNumber(_ id: String) -> Substring {
        id[(id.lastIndex(of: "-").map(id.index(after:)) ?? id.startIndex)...]
    }

    /// Puts notes in; null takes out. Nothing is put in where all notes together would be over `mostBytes`.
    mutating func note(_ delta: [String: JSONValue], upTo mostBytes: Int) throws(StudioError) {
        guard !delta.isEmpty else { return }
        var next = notes
        for (name, value) in delta { next[name] = value == .null ? nil : value }
        guard JSONValue.object(next).text().utf8.count <= mostBytes else {
            throw .tooManyNotes(mostBytes: mostBytes)
        }
        notes = next
    }
}
