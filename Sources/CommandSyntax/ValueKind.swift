// SPDX-License-Identifier: GPL-3.0-or-later
/// A kind of value that is written on a command line: how it is read, shown, limited and completed.
public struct ValueKind<Value: Sendable>: Sendable {
    /// Catalogue key of the placeholder is `value ‹placeholder›`: `seconds`, `file`, …
    public var placeholder: String
    public var allowed: AllowedValues
    public var completion: Completion
    /// Reads what a person typed.
    public var read: @Sendable (String) throws(ValueProblem) -> Value
    /// Writes a value as a person would type it; defaults are shown so.
    public var write: @Sendable (Value) -> String

    public init(
        _ placeholder: String, allowed: AllowedValues = .any, completion: Completion = .nothing,
        read: @escaping @Sendable (String) throws(ValueProblem) -> Value, write: @escaping @Sendable (Value) -> String
    ) {
        self.placeholder = placeholder
        self.allowed = allowed
        self.completion = completion
        self.read = read
        self.write = write
    }

    /// The same kind as another type: `.seconds().map(MediaTime.init(seconds:), back: \.seconds)`.
    public func map<Other>(
        _ forth: @escaping @Sendable (Value) throws(ValueProblem) -> Other, back: @escaping @Sendable (Other) -> Value
    ) -> ValueKind<Other> {
        let (read, write) = (read, write)
        return ValueKind<Other>(placeholder, allowed: allowed, completion: completion) {
            text throws(ValueProblem) in
            try forth(read(text))
        } write: {
            write(back($0))
        }
    }

    /// The same kind under another placeholder (`value ‹placeholder›` in the catalogue).
    public func shown(as placeholder: String) -> ValueKind {
        var kind = self
        kind.placeholder = placeholder
        return kind
    }

    /// The same kind with other names to complete it by.
    public func completed(by names: [String]) -> ValueKind {
        var kind = self
        kind.completion = .names(names)
        return kind
    }
}

/// What a value may be, as help, errors and completions tell it.
public enum AllowedValues: Sendable, Equatable {
    case any
    /// Ends included; nil is open.
    case range(String?, String?)
    case names([String])
    /// One of the names, or a value of the kind with this placeholder.
    case namesOr([String], placeholder: String)
    /// Words in the catalogue under this key.
    case described(String)
}

/// What a shell offers when a value is to be typed.
public enum Completion: Sendable, Equatable {
    case nothing
    case names([String])
    /// Files whose names end in one of the extensions (without dots), and folders on the way; all files when there are none.
    case files([String])
    case folders
}

/// Why a text is not a value of its kind.
public struct ValueProblem: Error, Equatable, Sendable {
    /// Catalogue key of what is wrong is `problem ‹reason›`: "is not a number".
    public var reason: String
    /// The known name most like what was given.
    public var nearest: String?

    public init(_ reason: String, nearest: String? = nil) {
        self.reason = reason
        self.nearest = nearest
    }
}
