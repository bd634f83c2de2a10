// SPDX-License-Identifier: GPL-3.0-or-later
import JSON

/// Every revision of a project's draft, and where in them it stands: undo, redo, named versions, and a log of who asked
/// for what.
///
/// A value; nothing of it is ever lost: an edit after an undo leaves the undone revisions in the log, out of reach of redo.
///
///     0 – 1 – 2 – 3        undo 2, then an edit        0 – 1 – 4
///                 ↑                                        ↑ (2 and 3 stay in the log)
public struct EditHistory: Hashable, Sendable {
    public struct Revision: Hashable, Sendable {
        /// Unique and ascending; 0 is the empty draft.
        public var number: Int
        public var draft: Draft
        /// The revision that it was made of.
        public var parent: Int?
        /// What a person called it.
        public var name: String?

        public init(number: Int, draft: Draft, parent: Int? = nil, name: String? = nil) {
            self.number = number
            self.draft = draft
            self.parent = parent
            self.name = name
        }
    }

    /// One step of the log: an edit, or a move through the revisions.
    public struct Entry: Hashable, Sendable {
        public var calls: [OperationCall]
        /// Who asked: a person, an agent, the studio.
        public var who: String
        /// In which words.
        public var words: String
        /// The revisions before and after.
        public var from: Int
        public var to: Int
    }

    /// All there ever were, ascending.
    public private(set) var revisions: [Revision]
    /// In order of time.
    public private(set) var log: [Entry] = []
    /// Numbers of the revisions on the present line, oldest first.
    package private(set) var line: [Int]
    /// Index in `line` of the present one.
    package private(set) var position: Int

    public static let longestName = 100

    /// A history that begins with `draft`.
    public init(_ draft: Draft = Draft()) {
        revisions = [Revision(number: 0, draft: draft)]
        line = [0]
        position = 0
    }

    /// A history that goes on from a film that was made elsewhere: revision 0 is empty as ever, the film is revision 1, and
    /// undo ends there.
    public init(goingOnFrom draft: Draft) {
        revisions = [Revision(number: 0, draft: Draft()), Revision(number: 1, draft: draft, parent: 0)]
        line = [1]
        position = 0
    }

    /// Puts a stored history together again; nil where its parts do not fit.
    init?(revisions: [Revision], log: [Entry], line: [Int], position: Int) {
        guard !revisions.isEmpty, line.indices.contains(position),
            zip(revisions, revisions.dropFirst()).allSatisfy({ $0.number < $1.number })
        else { return nil }
        let known = Set(revisions.map(\.number))
        guard line.allSatisfy(known.contains), Set(line).count == line.count else { return nil }
        self.revisions = revisions
        self.log = log
        self.line = line
        self.position = position
    }

    public var current: Revision { revision(line[position]) ?? revisions[0] }
    public var draft: Draft { current.draft }
    /// The draft before the present one; nil at the beginning.
    public var previousDraft: Draft? { position > 0 ? revision(line[position - 1])?.draft : nil }
    /// How many edits can be undone and redone.
    public var undoCount: Int { position }
    public var redoCount: Int { line.count - 1 - position }

    public func revision(_ number: Int) -> Revision? {
        var (low, high) = (0, revisions.count)
        while low < high {
            let middle = (low + high) / 2
            if revisions[middle].number < number { low = middle + 1 } else { high = middle }
        }
        guard low < revisions.count, revisions[low].number == number else { return nil }
        return revisions[low]
    }

    /// The latest revision of that name, whatever its case.
    public func version(named name: String) -> Revision? {
        let sought = name.lowercased()
        return revisions.last { $0.name?.lowercased() == sought }
    }

    /// Applies `calls` as one revision, all or none: where one is refused nothing has changed. Undo and redo among them
    /// move through the revisions; edits behind them make a new one.
    ///
    /// - Returns: what the draft has otherwise afterwards; the draft is `draft`.
    public mutating func apply(
        _ calls: [OperationCall], in context: EditContext, who: String = "", words: String = ""
    ) throws(EditError) -> EditOutcome {
        let before = draft
        var next = self
        var edits: [OperationCall] = []
        var notes: [EditNote] = []
        for (index, call) in calls.enumerated() {
            guard call.declaration?.isOfHistory == true else {
                edits.append(call)
                continue
            }
            do {
                notes += try next.commit(&edits, in: context, startingAt: index)
                try next.move(call)
            } catch {
                var error = error
                error.operation = error.operation ?? call.name
                error.index = max(error.index, index - edits.count)
                throw error
            }
        }
        notes += try next.commit(&edits, in: context, startingAt: calls.count)
        next.log.append(
            Entry(calls: calls, who: who, words: words, from: current.number, to: next.current.number))
        self = next
        return EditOutcome(draft: draft, notes: notes, changes: draft.changes(from: before, media: context.media))
    }

    /// Makes a revision of the edits so far. A run that changes nothing makes none.
    private mutating func commit(
        _ edits: inout [OperationCall], in context: EditContext, startingAt end: Int
    ) throws(EditError) -> [EditNote] {
        guard !edits.isEmpty else { return [] }
        let outcome: EditOutcome
        do {
            outcome = try draft.applying(edits, in: context)
        } catch {
            var error = error
            error.index += end - edits.count
            throw error
        }
        edits = []
        if outcome.draft != draft { push(outcome.draft) }
        return outcome.notes
    }

    private mutating func push(_ draft: Draft) {
        let number = (revisions.last?.number ?? -1) + 1
        revisions.append(Revision(number: number, draft: draft, parent: current.number))
        line.removeSubrange((position + 1)...)
        line.append(number)
        position += 1
    }

    private mutating func move(_ call: OperationCall) throws(EditError) {
        let arguments = call.arguments
        switch call.name {
        case "undo":
            guard position > 0 else { throw EditError(.nothingToUndo) }
            position -= min(position, Int(arguments.integer("count") ?? 1))
        case "redo":
            guard redoCount > 0 else { throw EditError(.nothingToRedo) }
            position += min(redoCount, Int(arguments.integer("count") ?? 1))
        case "go-back":
            let target: Revision?
            if let name = arguments.text("version") {
                target = version(named: name)
                if target == nil { throw EditError(.noSuchVersion(name), field: "version") }
            } else {
                let number = Int(arguments.integer("revision") ?? 0)
                target = revision(number)
                if target == nil { throw EditError(.noSuchVersion("\(number)"), field: "revision") }
            }
            if let target, target.draft != draft { push(target.draft) }
        case "name-version":
            let name = arguments.text("name") ?? ""
            guard name.contains(where: { !$0.isWhitespace }) else { throw EditError(.missing, field: "name") }
            if let index = revisions.firstIndex(where: { $0.number == line[position] }) { revisions[index].name = name }
        default: throw EditError(.needsHistory)
        }
    }
}
