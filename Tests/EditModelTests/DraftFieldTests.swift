// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Foundation
import JSON
import Testing

@testable import EditModel

/// The table of the draft's fields and the draft's reader say the same.
@Suite struct DraftFieldTests {
    /// A draft that has everything a kind of segment may have.
    struct Sample: Sendable, CustomTestStringConvertible {
        var kind: Track.Kind
        /// Values other than those made from the table; null leaves a field out.
        var changes: [String: JSONValue]
        /// The only field that is looked at closely; nil = all that are read.
        var only: String?
        var testDescription: String { "\(kind) \(changes.mapValues { $0.text() })" }

        var json: JSONValue {
            var json = DraftFieldTests.object("", kind)
            for (path, value) in changes.merging(
                ["d": .null, "t[].tt": .integer(kind.rawValue)], uniquingKeysWith: { $1 })
            { json = json.setting(DraftFieldTests.place(path), to: value) }
            return json
        }
    }

    static let samples: [Sample] =
        ["image", "video", "color", "generated"].map { Sample(kind: .video, changes: ["t[].sg[].mt": .string($0)]) }
        + [
            Sample(kind: .audio, changes: [:]), Sample(kind: .audio, changes: ["t[].sg[].gen": .null]),
            Sample(kind: .text, changes: ["t[].sg[].at": .null]),
            Sample(kind: .text, changes: [:], only: "t[].sg[].at"),
        ]

    /// `t[].sg[].d` as the reader's errors have it: `t[0].sg[0].d`.
    static func place(_ path: String) -> String {
        path.replacing("[]", with: "[0]").replacing("*", with: "A")
    }

    static func sections(_ kind: Track.Kind) -> [DraftSection] {
        DraftFields.sections.filter { $0.track == nil || $0.track == kind }
    }

    static func path(_ field: DraftField, in section: DraftSection) -> String {
        section.path.isEmpty ? field.key : "\(section.path).\(field.key)"
    }

    static func object(_ path: String, _ kind: Track.Kind) -> JSONValue {
        var members: [String: JSONValue] = [:]
        for section in sections(kind) where section.path == path {
            for field in section.fields {
                let place = Self.path(field, in: section)
                switch field.values {
                case .object: members[field.key] = object(place, kind)
                case .list: members[field.key] = [object("\(place)[]", kind)]
                case .named: members[field.key] = ["A": object("\(place).*", kind)]
                default: members[field.key] = field.values.right.first ?? .null
                }
            }
        }
        return .object(members)
    }

    @Test func theReaderAsksForTheFieldsOfTheTableAndForNoOthers() throws {
        for kind in Track.Kind.allCases {
            let log = FieldLog()
            for sample in Self.samples where sample.kind == kind { _ = try Draft(sample.json, noting: log) }
            let asked = Set(log.fields.map { $0.replacing("assets.A", with: "assets.*") })
                .subtracting(["assets.*"])
            let named = Set(
                Self.sections(kind).flatMap { section in section.fields.map { Self.path($0, in: section) } })
            #expect(asked.subtracting(named) == [], "not in the table, of tracks of \(kind)")
            #expect(named.subtracting(asked) == [], "never read, of tracks of \(kind)")
        }
        #expect(DraftFields.sections.flatMap(\.fields).count > 80)
    }

    /// Values at the ends of its range are taken, those beyond refused by the field's name, and its usual value means the same as none.
    @Test(arguments: samples)
    func aFieldIsReadAsTheTableSays(sample: Sample) throws {
        let log = FieldLog()
        _ = try Draft(sample.json, noting: log)
        let asked = Set(log.fields.map { $0.replacing("assets.A", with: "assets.*") })
        for section in Self.sections(sample.kind) {
            for field in section.fields {
                let path = Self.path(field, in: section)
                guard asked.contains(path), sample.only == nil || sample.only == path else { continue }
                if path != "t[].tt", path != "t[].sg[].mt" { try look(at: field, path, in: sample) }
                try lookWithout(field, path, in: sample)
            }
        }
    }

    private func look(at field: DraftField, _ path: String, in sample: Sample) throws {
        let place = Self.place(path)
        for value in field.values.right {
            // The film's length is worked out: another one is refused, but not for its range.
            let fault = fault(sample.json.setting(place, to: value), at: place)
            #expect(
                fault == nil || (path == "d" && fault == .wrongEnd), "\(place): \(value.text().prefix(60)) was refused")
        }
        for value in field.values.wrong {
            let fault = fault(sample.json.setting(place, to: value), at: place)
            #expect(fault != nil, "\(place): \(value.text().prefix(60)) was taken")
        }
    }

    private func lookWithout(_ field: DraftField, _ path: String, in sample: Sample) throws {
        let place = Self.place(path)
        let without = sample.json.setting(place, to: .null)
        var isNeeded = false
        switch field.need {
        case .never: break
        case .always: isNeeded = true
        case .with(let key, let values):
            isNeeded = sample.changes["t[].sg[].\(key)"]?.string.map(values.contains) ?? false
        case .without(let key): isNeeded = sample.changes["t[].sg[].\(key)"] == .null
        }
        #expect((fault(without, at: place) != nil) == isNeeded, "\(place): whether it must be there")
        if let usual = field.usual {
            #expect(
                try Draft(sample.json.setting(place, to: usual)) == Draft(without), "\(place): \(usual.text()) is usual"
            )
        } else if case .never = field.need {
            #expect(!field.absence.isEmpty, "\(place)")
        }
    }

    /// What is wrong with the field at `place`; nil where nothing is.
    private func fault(_ json: JSONValue, at place: String) -> DraftFault? {
        do {
            _ = try Draft(json)
            return nil
        } catch {
            return error.problems.first { $0.field == place || $0.field.hasPrefix("\(place)[") }?.fault
        }
    }

    @Test func theExampleIsAFilm() throws {
        let draft = try Draft(parsing: Array(DraftFields.example.utf8))
        #expect(draft.ruleViolations() == [])
        #expect(draft.duration.milliseconds == 6000)
    }

    /// `docs/draft.md` is made of the table. After a change, write it anew: KINORA_WRITE_REFERENCE=1 swift test --filter
    /// DraftFieldTests
    @Test func theReferencePageIsInStep() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = root.appending(path: "docs/draft.md")
        let text = DraftFields.reference
        if ProcessInfo.processInfo.environment["KINORA_WRITE_REFERENCE"] != nil {
            try text.write(to: page, atomically: true, encoding: .utf8)
            Issue.record("docs/draft.md was written anew: look at it and run the tests again")
        }
        let there = try String(contentsOf: page, encoding: .utf8)
        #expect(there == text, "docs/draft.md is not what the table says; see above how to write it")
    }
}

extension DraftField.Values {
    /// Values that are taken, the first one other than a field's usual value where there is a choice.
    fileprivate var right: [JSONValue] {
        switch self {
        case .whole(let range): return [.integer(range.upperBound), .integer(range.lowerBound)]
        case .number(let range): return [.number(range.upperBound), .number(range.lowerBound)]
        case .oneOf(let numbers): return numbers.reversed().map { .integer($0) }
        case .time(let least): return [1000, .integer(least), .integer(DraftLimits.longest.milliseconds)]
        case .words(let words): return (words.dropFirst() + words.prefix(1)).map { .string($0) }
        case .text(let most): return ["x", .string(String(repeating: "长", count: most ?? 5000))]
        case .id: return ["i"]
        case .flag: return [true, false]
        case .color: return ["#102030"]
        case .colors: return [["#102030"], [], .array(Array(repeating: "#102030", count: 8))]
        case .point: return [[0.25, 0.5], [0, 1]]
        case .rect: return [[0, 0.5, 1, 0.5]]
        case .spokenWords: return [[["a", 0, 10]], []]
        case .recipe: return [["kind": "voice"]]
        case .object: return []
        case .list: return [[]]
        case .named: return [[:]]
        }
    }

    fileprivate var wrong: [JSONValue] {
        switch self {
        case .whole(let range):
            let above: [JSONValue] = range.upperBound == .max ? [] : [.integer(range.upperBound + 1)]
            return above + [.integer(range.lowerBound - 1), .number(Double(range.lowerBound) + 0.5), "1"]
        case .number(let range):
            return [.number(range.upperBound + 0.01), .number(range.lowerBound - 0.01), "1"]
        case .oneOf(let numbers): return [.integer((numbers.max() ?? 0) + 1), .integer(-1), 45, "0"]
        case .time(let least): return [.integer(least - 1), .integer(DraftLimits.longest.milliseconds + 1), "1"]
        case .words: return ["no such word", 5]
        case .text(let most): return [5] + (most.map { [.string(String(repeating: "长", count: $0 + 1))] } ?? [])
        case .id: return [5, ""]
        case .flag: return [1, "true"]
        case .color: return ["red", 5]
        case .colors: return [["red"], "#102030", .array(Array(repeating: "#102030", count: 9))]
        case .point: return [[0.5], [0.5, 1.1], "center"]
        case .rect: return [[0, 0, 1], [0.5, 0, 0.6, 1], [0, 0, 0, 1], 5]
        case .spokenWords: return [[["a", 10, 0]], [["a"]], "a"]
        case .recipe: return [5, [:]]
        case .object, .list, .named: return [5, "x"]
        }
    }
}
