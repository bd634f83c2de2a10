// SPDX-License-Identifier: GPL-3.0-or-later
public import JSON

/// One operation with its parameters, checked against its declaration. Written as `{"op":"length","length":15000}`.
public struct OperationCall: Hashable, Sendable {
    public let name: String
    /// Each of its declared kind; names out of tables are the tables' own.
    public let arguments: OperationArguments

    /// Reads and checks a call. Throws an error that names the field and says what it must be.
    ///
    /// - Parameter index: its place in a run of calls, for the error.
    public init(json: JSONValue, index: Int = 0) throws(EditError) {
        guard var members = json.object else { throw EditError(.notAnObject(found: json.kind), index: index) }
        guard let op = members.removeValue(forKey: "op") else {
            throw EditError(.missing, field: "op", index: index)
        }
        guard let name = op.string, let declaration = OperationTable.named(name) else {
            throw EditError(.unknownOperation(op.string ?? op.text()), field: "op", index: index)
        }
        do throws(EditError) {
            arguments = try OperationArguments(members, of: declaration.parameters, path: "")
            if !declaration.needsOneOf.isEmpty, !declaration.needsOneOf.contains(where: arguments.has) {
                throw EditError(.needsOneOf(declaration.needsOneOf), field: declaration.needsOneOf.first)
            }
        } catch {
            var error = error
            error.operation = name
            error.index = index
            throw error
        }
        self.name = name
    }

    /// A call by name and values, as the director makes them; checked the same way.
    public init(_ name: String, _ arguments: [String: JSONValue] = [:]) throws(EditError) {
        var members = arguments
        members["op"] = .string(name)
        try self.init(json: .object(members))
    }

    /// Reads a list of calls, in order; a single object counts as a list of one.
    public static func list(json: JSONValue) throws(EditError) -> [OperationCall] {
        guard let elements = json.array else { return [try OperationCall(json: json)] }
        guard elements.count <= mostInOneRun else { throw EditError(.tooMany(most: mostInOneRun)) }
        var calls: [OperationCall] = []
        for (index, element) in elements.enumerated() { calls.append(try OperationCall(json: element, index: index)) }
        return calls
    }

    /// So many operations at most are one revision.
    public static let mostInOneRun = 500

    public var json: JSONValue {
        var members = arguments.values
        members["op"] = .string(name)
        return .object(members)
    }

    public var declaration: OperationDeclaration? { OperationTable.named(name) }
}
