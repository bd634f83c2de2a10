// SPDX-License-Identifier: GPL-3.0-or-later
/// An option, flag or argument, as help, completions and the manual see it.
public struct ParameterFacts: Sendable, Equatable {
    public enum Shape: Sendable, Equatable {
        /// `--name value`
        case option
        /// `--name`
        case flag
        /// Known by its place.
        case argument
    }

    public var shape: Shape
    /// Without dashes: `per-photo`; of an argument, its word in the usage line: `INPUT`.
    public var name: String
    public var short: Character?
    /// Other names, understood but not shown.
    public var aliases: [String] = []
    /// The placeholder's key is `value ‹placeholder›`.
    public var placeholder = ""
    public var allowed = AllowedValues.any
    public var completion = Completion.nothing
    /// The value it has when nothing is given, as a person would type it.
    public var defaultText: String?
    /// May stand more than once.
    public var repeats = false
    /// An argument that must be given.
    public var isRequired = false
    /// Understood but not shown.
    public var isHidden = false
    /// Catalogue key of the section's heading is `heading ‹heading›`.
    public var heading: String?

    /// What a person types: `--per-photo`, or `INPUT`.
    public var label: String { shape == .argument ? name : "--\(name)" }
}

/// One option, flag or argument of a command, tied to the property of `Values` that it fills.
public struct Parameter<Values: Sendable>: Sendable {
    public internal(set) var facts: ParameterFacts
    /// Forgets the default of a list when its first value comes.
    let begin: @Sendable (inout Values) -> Void
    /// Reads a text into the property; a flag is given an empty one.
    let store: @Sendable (inout Values, String) throws(ValueProblem) -> Void
    /// The property as text, when it has a value.
    let write: @Sendable (Values) -> String?

    /// The same parameter in values that hold these values as a part.
    func lifted<Whole: Sendable>(
        to part: WritableKeyPath<Whole, Values> & Sendable
    ) -> Parameter<Whole> {
        let (begin, store, write) = (begin, store, write)
        return Parameter<Whole>(facts: facts) {
            begin(&$0[keyPath: part])
        } store: { whole, text throws(ValueProblem) in
            try store(&whole[keyPath: part], text)
        } write: {
            write($0[keyPath: part])
        }
    }
}

extension Parameter {
    /// A property with a value of its own, which is the default.
    init<Value: Sendable>(
        _ facts: ParameterFacts, _ path: WritableKeyPath<Values, Value> & Sendable, _ kind: ValueKind<Value>
    ) {
        self.init(facts: facts.taking(kind)) { _ in
        } store: { values, text throws(ValueProblem) in
            values[keyPath: path] = try kind.read(text)
        } write: {
            kind.write($0[keyPath: path])
        }
    }

    /// A property that is nil when nothing is given.
    init<Value: Sendable>(
        _ facts: ParameterFacts, _ path: WritableKeyPath<Values, Value?> & Sendable, _ kind: ValueKind<Value>
    ) {
        self.init(facts: facts.taking(kind)) { _ in
        } store: { values, text throws(ValueProblem) in
            values[keyPath: path] = try kind.read(text)
        } write: {
            $0[keyPath: path].map(kind.write)
        }
    }

    /// A list; with a separator each text may hold several values.
    init<Value: Sendable>(
        _ facts: ParameterFacts, _ path: WritableKeyPath<Values, [Value]> & Sendable, _ kind: ValueKind<Value>,
        separator: Character?
    ) {
        var facts = facts.taking(kind)
        facts.repeats = true
        self.init(facts: facts) {
            $0[keyPath: path] = []
        } store: { values, text throws(ValueProblem) in
            guard let separator else {
                values[keyPath: path].append(try kind.read(text))
                return
            }
            for part in text.split(separator: separator, omittingEmptySubsequences: false) {
                values[keyPath: path].append(try kind.read(String(part)))
            }
        } write: {
            let list = $0[keyPath: path]
            return list.isEmpty ? nil : list.map(kind.write).joined(separator: separator.map { String($0) } ?? " ")
        }
    }
}

extension ParameterFacts {
    func taking<Value>(_ kind: ValueKind<Value>) -> ParameterFacts {
        var facts = self
        facts.placeholder = kind.placeholder
        facts.allowed = kind.allowed
        facts.completion = kind.completion
        return facts
    }
}
