// SPDX-License-Identifier: GPL-3.0-or-later

/// An element of an XML document, written with its attributes in the order in which they were given.
struct XMLElement: Hashable {
    struct Attribute: Hashable {
        let name: String
        let value: String
    }

    let name: String
    private(set) var attributes: [Attribute]
    var children: [XMLElement] = []
    /// Instead of children.
    var text = ""
    /// Whether nothing may stand between its children, because space would count as text.
    var isOneRow = false

    init(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ children: [XMLElement] = []) {
        self.name = name
        self.attributes = attributes.compactMap { name, value in value.map { Attribute(name: name, value: $0) } }
        self.children = children
    }

    init(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:], text: String) {
        self.init(name, attributes)
        self.text = text
    }

    subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }

    mutating func set(_ name: String, _ value: String) {
        attributes.removeAll { $0.name == name }
        attributes.append(Attribute(name: name, value: value))
    }

    /// The whole document with this element as its root.
    func text(doctype: String? = nil) -> String {
        var rows = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
        if let doctype { rows.append("<!DOCTYPE \(doctype)>") }
        write(into: &rows, depth: 0)
        return rows.joined(separator: "\n") + "\n"
    }

    private func write(into rows: inout [String], depth: Int) {
        let space = String(repeating: "  ", count: depth)
        let tag = space + "<" + name + attributes.map { " \($0.name)=\"\(Self.escaped($0.value))\"" }.joined()
        if !text.isEmpty {
            rows.append("\(tag)>\(Self.escaped(text))</\(name)>")
        } else if children.isEmpty {
            rows.append(tag + "/>")
        } else if isOneRow {
            rows.append("\(tag)>\(children.map { $0.row() }.joined())</\(name)>")
        } else {
            rows.append(tag + ">")
            for child in children { child.write(into: &rows, depth: depth + 1) }
            rows.append("\(space)</\(name)>")
        }
    }

    private func row() -> String {
        var rows: [String] = []
        write(into: &rows, depth: 0)
        return rows.joined()
    }

    /// Text as XML 1.0 may hold it: marks written as entities, characters it cannot hold left out.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\n": result += "&#10;"
            case "\r": result += "&#13;"
            case "\t": result += "&#9;"
            default:
                let isAllowed = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
                if isAllowed { result.unicodeScalars.append(scalar) }
            }
        }
        return result
    }
}
