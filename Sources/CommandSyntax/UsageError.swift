// SPDX-License-Identifier: GPL-3.0-or-later
/// A command line that was not understood: which part, what was given, what is allowed, and the nearest known name.
public struct UsageError: Error, Equatable, Sendable {
    public enum Code: String, Sendable {
        case unknownCommand = "unknown-command"
        case missingCommand = "missing-command"
        case unknownOption = "unknown-option"
        case missingValue = "missing-value"
        case unexpectedValue = "unexpected-value"
        case badValue = "bad-value"
        case missingArgument = "missing-argument"
        case extraArgument = "extra-argument"
        /// Two things that do not go together: `subject` and `given`.
        case conflict
    }

    public var code: Code
    /// The option or argument it is about: `--fps`.
    public var subject: String
    public var given: String
    /// Catalogue key of what is wrong with a value is `problem ‹reason›`.
    public var reason: String
    public var allowed: AllowedValues
    public var nearest: String?
    /// The commands that were understood before, the program's name first.
    public internal(set) var path: [String] = []

    public init(
        _ code: Code, subject: String = "", given: String = "", reason: String = "", allowed: AllowedValues = .any,
        nearest: String? = nil
    ) {
        self.code = code
        self.subject = subject
        self.given = given
        self.reason = reason
        self.allowed = allowed
        self.nearest = nearest
    }

    /// What was wrong and what to do, in the catalogue's words; one line without an end.
    public func message(in catalogue: Catalogue) -> String {
        let about = allowed.text(in: catalogue, namesShown: 24).map { catalogue.text("error allowed", ["allowed": $0]) }
        var message = catalogue.text(
            "error \(code.rawValue)",
            [
                "subject": subject, "given": given, "problem": catalogue.text("problem \(reason)"),
                "allowed": about ?? "",
            ])
        if code == .missingCommand, case .names(let names) = allowed {
            message = catalogue.text(
                "error missing-command", ["allowed": names.joined(separator: catalogue.text("list and"))])
        }
        if let nearest {
            message += catalogue.text("error joint") + catalogue.text("error nearest", ["nearest": nearest])
        }
        return message
    }
}

extension UsageError: CustomStringConvertible {
    public var description: String { message(in: .syntax(.english)) }
}

extension AllowedValues {
    /// What is allowed, in words; nil when there is nothing to say. Longer lists of names than `namesShown` are cut.
    func text(in catalogue: Catalogue, namesShown: Int = .max) -> String? {
        switch self {
        case .any: return nil
        case .range(let low?, let high?): return catalogue.text("help range", ["low": low, "high": high])
        case .range(let low?, nil): return catalogue.text("help at least", ["low": low])
        case .range(nil, let high?): return catalogue.text("help at most", ["high": high])
        case .range(nil, nil): return nil
        case .described(let key): return catalogue.text(key)
        case .namesOr(let names, let placeholder):
            let value = catalogue.text("value \(placeholder)")
            let named = AllowedValues.names(names).text(in: catalogue, namesShown: namesShown) ?? ""
            return catalogue.text("help names or", ["value": value, "names": named])
        case .names(let names):
            let shown = names.prefix(namesShown).joined(separator: catalogue.text("list and"))
            guard names.count > namesShown else { return catalogue.text("help names", ["names": shown]) }
            return catalogue.text("help more names", ["names": shown, "count": String(names.count - namesShown)])
        }
    }
}
