// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import JSON
import Schemas

extension CallTable {
    /// The reference page of all calls, in Markdown.
    static var reference: String {
        var page = """
            # The calls of `kinora serve`

            Made of the table of calls (`Sources/StudioServer/Table`); the running server describes itself at `/openapi.json`.

            Unless it is said otherwise a reply is `{"code":0,"message":"ok","data":…}`; a refusal has another code, words that \
            say what to do, and in `data` what a program needs. Calls of agents' clients are refused as `{"detail":…}`, those \
            of exports as `{"success":false,"code","error","data"}`. Every call but those for anybody needs \
            `Authorization: Bearer TOKEN`; on one's own machine programs of that machine need none.

            """
        for family in Call.Family.allCases {
            let rows = calls.filter { $0.family == family }
            guard !rows.isEmpty else { continue }
            page += "\n## \(family.words)\n"
            for call in rows { page += call.reference }
        }
        page += "\n## Codes\n\n| code | HTTP | meaning |\n|---|---|---|\n"
        for kind in WireFailure.Kind.allCases { page += "| \(kind.code) | \(kind.status) | \(kind.words) |\n" }
        return page
    }
}

extension Call {
    fileprivate var reference: String {
        var section = "\n### `\(method) \(pattern)`\n\(summary). \(access.words)\n"
        if !parameters.isEmpty {
            section += "\n| value | where | meaning |\n|---|---|---|\n"
            for parameter in parameters {
                let need = parameter.isRequired ? "; required" : ""
                section += "| `\(parameter.name)` | \(parameter.place.rawValue)\(need) | \(parameter.schema.help) |\n"
            }
        }
        switch body {
        case .none: break
        case .json(let schema, _): section += "\nTakes JSON: `\(schema.shape)`\n"
        case .streamed(let kinds):
            section += "\nTakes \(kinds.map { "`\($0.type)`" }.joined(separator: " or ")).\n"
        }
        switch reply {
        case .envelope(let schema): section += "\nReplies (`data`): `\(schema.shape)`\n"
        case .json(let schema): section += "\nReplies: `\(schema.shape)`\n"
        case .media(let types): section += "\nReplies \(types.map { "`\($0)`" }.joined(separator: " or ")).\n"
        case .nothing: section += "\nReplies \(status), without a body.\n"
        }
        return section
    }
}

extension Call.Access {
    fileprivate var words: String {
        switch self {
        case .anybody: "For anybody."
        case .session: "With a token, also one of that session alone."
        case .account: "With a token of the account."
        case .link: "With a signed link, or a token."
        case .owner: "Over the socket in the data folder only."
        }
    }
}

extension Schema {
    /// The shape in one line: `{"name","size"?}`.
    fileprivate var shape: String {
        switch kind {
        case .anything: "…"
        case .null: "null"
        case .flag: "true or false"
        case .text: "\"…\""
        case .word(let words): words.map { "\"\($0)\"" }.joined(separator: "|")
        case .whole, .number: "0"
        case .list(let element, _): "[\(element.shape)]"
        case .object(let members, _):
            members.isEmpty
                ? "{…}"
                : "{"
                    + members.map { "\"\($0.name)\"\($0.isRequired ? "" : "?")\($0.schema.inner)" }
                    .joined(separator: ",") + "}"
        case .either(let schemas): schemas.first?.shape ?? "…"
        case .component(let name): name
        }
    }

    /// As a member: only what is more than a plain value.
    private var inner: String {
        switch kind {
        case .list, .object, .component, .word: ":\(shape)"
        case .either(let schemas): schemas.first?.inner ?? ""
        default: ""
        }
    }
}
