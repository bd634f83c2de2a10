// SPDX-License-Identifier: GPL-3.0-or-later
/// One command: what it takes and the order that comes of it; or a group of commands.
///
/// Declared once, as data. Parsing, help, shell completions and the manual all come from it; its words are in a `Catalogue`.
///
/// ```swift
/// Command("make", from: MakeOrder(), to: Order.make, examples: [Example("trip", "kinora make photos/ song.mp3 -o trip.mp4")]) {
///     Argument("INPUT", \.inputs, .path, isRequired: true)
///     Option("output", short: "o", \.output, .file(["mp4"]))
///     Section("picture") {
///         Option("fps", \.fps, .decimal(in: 1...60))
///         Flag("no-cache", \.usesCache, to: false)
///     }
/// }
/// ```
///
/// - `Order`: what the program carries out, usually an enumeration with a case for each command.
public struct Command<Order: Sendable>: Sendable {
    public let name: String
    /// In declared order; a group has none.
    public let parameters: [ParameterFacts]
    public let subcommands: [Command]
    public let examples: [Example]
    /// Understood but not shown.
    public let isHidden: Bool
    /// Makes the order from what was given; nil for a group.
    let order: (@Sendable ([Given]) throws(UsageError) -> Order)?

    /// A command of facts and a way to make its order; what the declarations below and `mapped` end in.
    init(
        name: String, parameters: [ParameterFacts], subcommands: [Command], examples: [Example], isHidden: Bool,
        order: (@Sendable ([Given]) throws(UsageError) -> Order)?
    ) {
        self.name = name
        self.parameters = parameters
        self.subcommands = subcommands
        self.examples = examples
        self.isHidden = isHidden
        self.order = order
    }

    /// A command that can be carried out.
    ///
    /// - Parameters:
    ///   - defaults: the values when nothing is given.
    ///   - order: the order made from the values; it may refuse what does not go together.
    public init<Values: Sendable>(
        _ name: String, from defaults: Values, to order: @escaping @Sendable (Values) throws(UsageError) -> Order,
        examples: [Example] = [], hidden: Bool = false,
        @ParameterList<Values> parameters: () -> [Parameter<Values>]
    ) {
        let declared = parameters()
        self.init(
            name: name,
            parameters: declared.map { parameter in
                var facts = parameter.facts
                if !facts.isRequired { facts.defaultText = parameter.write(defaults) }
                return facts
            }, subcommands: [], examples: examples, isHidden: hidden
        ) { given throws(UsageError) in
            var values = defaults
            var begun: Set<Int> = []
            for one in given {
                let parameter = declared[one.parameter]
                if begun.insert(one.parameter).inserted { parameter.begin(&values) }
                do throws(ValueProblem) {
                    try parameter.store(&values, one.text)
                } catch {
                    throw UsageError(
                        .badValue, subject: one.label, given: one.text, reason: error.reason,
                        allowed: parameter.facts.allowed, nearest: error.nearest)
                }
            }
            return try order(values)
        }
    }

    /// A command without options or arguments.
    public init(_ name: String, to order: Order, examples: [Example] = [], hidden: Bool = false) {
        self.init(name, from: (), to: { _ in order }, examples: examples, hidden: hidden) {}
    }

    /// A group of commands.
    public init(_ name: String, examples: [Example] = [], hidden: Bool = false, subcommands: [Command]) {
        self.init(
            name: name, parameters: [], subcommands: subcommands, examples: examples, isHidden: hidden, order: nil)
    }
}

/// A parameter by its index in a command's `parameters`, the name it was called by and the text given for it.
struct Given: Sendable {
    var parameter: Int
    var label: String
    var text: String
}

/// A command line to learn from; what it shows is the catalogue's `‹command› example ‹name›`.
public struct Example: Sendable, Equatable {
    public var name: String
    public var line: String

    public init(_ name: String, _ line: String) {
        self.name = name
        self.line = line
    }
}
