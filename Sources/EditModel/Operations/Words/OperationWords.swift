// SPDX-License-Identifier: GPL-3.0-or-later

/// What operations, parameters, units and errors are called in one language.
public struct OperationWords: Sendable {
    /// By operation: what it does.
    let operations: [String: String]
    /// By `operation.parameter`, or by parameter alone where it means the same everywhere.
    let parameters: [String: String]
    let groups: [OperationGroup: String]
    let units: [OperationParameter.Unit: String]
    let terms: Terms

    /// Single words and short forms of sentences; `{name}` are blanks.
    struct Terms: Sendable {
        var tableTitle: String
        var milliseconds: String
        var required: String
        var usual: String
        var oneOfThese: String
        var parameter: String
        var values: String
        var meaning: String
        var wholeNumber: String
        var number: String
        var range: String
        var text: String
        var color: String
        var ratio: String
        var flag: String
        var segments: String
        var segment: String
        var assets: String
        var asset: String
        var rect: String
        var lines: String
        var object: String
        var or: String
        var oneOf: String
        var noParameters: String
        var referenceIntroduction: String
    }

    public static let english = OperationWords(
        operations: OperationHelp.english, parameters: ParameterHelp.english, groups: englishGroups,
        units: englishUnits, terms: .english)
    public static let chinese = OperationWords(
        operations: OperationHelp.chinese, parameters: ParameterHelp.chinese, groups: chineseGroups,
        units: chineseUnits, terms: .chinese)

    /// The words for a language tag such as `zh-CN`; English for those that have none yet.
    public static func of(language: String?) -> OperationWords {
        (language ?? "").lowercased().hasPrefix("zh") ? chinese : english
    }

    var isChinese: Bool { terms.tableTitle == Terms.chinese.tableTitle }
    public var tableTitle: String { terms.tableTitle }

    /// What the operation does, in a sentence.
    public func help(of operation: OperationDeclaration) -> String { operations[operation.name] ?? operation.name }

    /// What a parameter means in an operation.
    public func help(of parameter: String, in operation: String) -> String {
        parameters["\(operation).\(parameter)"] ?? parameters[parameter] ?? parameter
    }

    public func title(of group: OperationGroup) -> String { groups[group] ?? group.rawValue }

    /// What a number counts; empty where it says so itself.
    public func unit(of kind: OperationParameter.Kind) -> String {
        switch kind {
        case .time: return terms.milliseconds
        case .number(_, let unit): return units[unit] ?? ""
        case .either(let kinds): return kinds.first.map(unit) ?? ""
        default: return ""
        }
    }
}
