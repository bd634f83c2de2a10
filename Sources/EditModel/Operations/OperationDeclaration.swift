// SPDX-License-Identifier: GPL-3.0-or-later

/// What operations belong together in a menu and in the documentation.
public enum OperationGroup: String, CaseIterable, Hashable, Sendable {
    case film, pictures, order, clips, look, sound, text, history
}

/// One edit operation: all that validation, schemas, tool definitions, the studio's controls and the reference page
/// know of it, and what it does.
public struct OperationDeclaration: Sendable {
    /// What it does to the draft on the workbench. Throws where it cannot; the draft is then thrown away whole.
    typealias Body = @Sendable (inout Workbench, OperationArguments) throws(EditError) -> Void

    /// Stable, hyphenated: `keep-best`.
    public let name: String
    public let group: OperationGroup
    public let parameters: [OperationParameter]
    /// Sets of parameters of which one at least must be there, by name; `[]` = none.
    public let needsOneOf: [String]
    /// Nil for operations on the history (`undo`, …), which an `EditHistory` carries out.
    let apply: Body?

    init(
        _ name: String, _ group: OperationGroup, _ parameters: [OperationParameter] = [], needsOneOf: [String] = [],
        apply: Body?
    ) {
        self.name = name
        self.group = group
        self.parameters = parameters
        self.needsOneOf = needsOneOf
        self.apply = apply
    }

    /// Whether an `EditHistory` carries it out, not a draft.
    public var isOfHistory: Bool { apply == nil }

    public func parameter(_ name: String) -> OperationParameter? { parameters.first { $0.name == name } }
}
