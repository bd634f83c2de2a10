// SPDX-License-Identifier: GPL-3.0-or-later
/// An option with a value: `--fps 30`, `--fps=30`, `-o film.mp4`, `-ofilm.mp4`. Given twice, the last one counts.
public struct Option<Values: Sendable>: Sendable {
    let parameter: Parameter<Values>

    /// An option whose default is what the property holds.
    public init<Value: Sendable>(
        _ name: String, short: Character? = nil, _ path: WritableKeyPath<Values, Value> & Sendable,
        _ kind: ValueKind<Value>, aliases: [String] = [], hidden: Bool = false
    ) {
        parameter = Parameter(Self.facts(name, short, aliases, hidden), path, kind)
    }

    /// An option that is nil when it is not given.
    public init<Value: Sendable>(
        _ name: String, short: Character? = nil, _ path: WritableKeyPath<Values, Value?> & Sendable,
        _ kind: ValueKind<Value>, aliases: [String] = [], hidden: Bool = false
    ) {
        parameter = Parameter(Self.facts(name, short, aliases, hidden), path, kind)
    }

    /// An option that may be repeated; with a separator, `--preset tiktok,reels` is two values. The first one given replaces
    /// the default list.
    public init<Value: Sendable>(
        _ name: String, short: Character? = nil, _ path: WritableKeyPath<Values, [Value]> & Sendable,
        _ kind: ValueKind<Value>, separator: Character? = nil, aliases: [String] = [], hidden: Bool = false
    ) {
        parameter = Parameter(Self.facts(name, short, aliases, hidden), path, kind, separator: separator)
    }

    private static func facts(
        _ name: String, _ short: Character?, _ aliases: [String], _ hidden: Bool
    ) -> ParameterFacts {
        ParameterFacts(shape: .option, name: name, short: short, aliases: aliases, isHidden: hidden)
    }
}

/// An option without a value: `--verify`, `-v`; several short ones may be joined, `-vq`.
public struct Flag<Values: Sendable>: Sendable {
    let parameter: Parameter<Values>

    /// A flag that sets a property: `Flag("no-cache", \.usesCache, to: false)`.
    public init<Value: Sendable>(
        _ name: String, short: Character? = nil, _ path: WritableKeyPath<Values, Value> & Sendable, to value: Value,
        aliases: [String] = [], hidden: Bool = false
    ) {
        let facts = ParameterFacts(shape: .flag, name: name, short: short, aliases: aliases, isHidden: hidden)
        parameter = Parameter(facts: facts) { _ in
        } store: { values, _ throws(ValueProblem) in
            values[keyPath: path] = value
        } write: { _ in
            nil
        }
    }

    /// A flag that turns a property on.
    public init(
        _ name: String, short: Character? = nil, _ path: WritableKeyPath<Values, Bool> & Sendable,
        aliases: [String] = [], hidden: Bool = false
    ) {
        self.init(name, short: short, path, to: true, aliases: aliases, hidden: hidden)
    }
}

/// A value known by its place: `kinora frame DRAFT SECONDS`. Arguments fill in the order they are declared; a list takes all
/// that is left and comes last.
public struct Argument<Values: Sendable>: Sendable {
    let parameter: Parameter<Values>

    /// An argument that must be given; the property's own value is never used.
    public init<Value: Sendable>(
        _ name: String, _ path: WritableKeyPath<Values, Value> & Sendable, _ kind: ValueKind<Value>
    ) {
        parameter = Parameter(Self.facts(name, isRequired: true), path, kind)
    }

    /// An argument that may be left out.
    public init<Value: Sendable>(
        _ name: String, _ path: WritableKeyPath<Values, Value?> & Sendable, _ kind: ValueKind<Value>
    ) {
        parameter = Parameter(Self.facts(name, isRequired: false), path, kind)
    }

    /// All arguments that are left; with `isRequired`, at least one.
    public init<Value: Sendable>(
        _ name: String, _ path: WritableKeyPath<Values, [Value]> & Sendable, _ kind: ValueKind<Value>, isRequired: Bool
    ) {
        parameter = Parameter(Self.facts(name, isRequired: isRequired), path, kind, separator: nil)
    }

    private static func facts(_ name: String, isRequired: Bool) -> ParameterFacts {
        ParameterFacts(shape: .argument, name: name, isRequired: isRequired)
    }
}

/// Options under one heading; the heading's words are the catalogue's `heading ‹name›`.
public struct Section<Values: Sendable>: Sendable {
    let parameters: [Parameter<Values>]

    public init(_ name: String, @ParameterList<Values> _ parameters: () -> [Parameter<Values>]) {
        self.parameters = parameters().map { parameter in
            var parameter = parameter
            parameter.facts.heading = name
            return parameter
        }
    }
}

/// Parameters that several commands share, filled into a part of the values: `Shared(\.reporting, Reporting.parameters)`.
public struct Shared<Values: Sendable>: Sendable {
    let parameters: [Parameter<Values>]

    public init<Part: Sendable>(_ part: WritableKeyPath<Values, Part> & Sendable, _ parameters: [Parameter<Part>]) {
        self.parameters = parameters.map { $0.lifted(to: part) }
    }
}

/// Collects the declarations of a command.
@resultBuilder
public enum ParameterList<Values: Sendable> {
    public static func buildExpression(_ option: Option<Values>) -> [Parameter<Values>] { [option.parameter] }
    public static func buildExpression(_ flag: Flag<Values>) -> [Parameter<Values>] { [flag.parameter] }
    public static func buildExpression(_ argument: Argument<Values>) -> [Parameter<Values>] { [argument.parameter] }
    public static func buildExpression(_ section: Section<Values>) -> [Parameter<Values>] { section.parameters }
    public static func buildExpression(_ shared: Shared<Values>) -> [Parameter<Values>] { shared.parameters }
    public static func buildBlock(_ parts: [Parameter<Values>]...) -> [Parameter<Values>] { parts.flatMap(\.self) }

    /// A list of parameters on its own, to be shared by commands.
    public static func of(@ParameterList<Values> _ parameters: () -> [Parameter<Values>]) -> [Parameter<Values>] {
        parameters()
    }
}
