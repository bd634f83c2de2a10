// SPDX-License-Identifier: GPL-3.0-or-later
import JSON

extension JSONValue {
    /// This value with what stands at `path` (`m.fps`, `t[0].sg[1].tr`) set; nil takes it out.
    func setting(_ path: String, to value: JSONValue?) -> JSONValue {
        var steps: [String] = []
        for part in path.split(separator: ".") {
            for (index, piece) in part.split(whereSeparator: { $0 == "[" || $0 == "]" }).enumerated() {
                steps.append(index == 0 ? String(piece) : "#\(piece)")
            }
        }
        return setting(steps[...], to: value)
    }

    private func setting(_ steps: ArraySlice<String>, to value: JSONValue?) -> JSONValue {
        guard let step = steps.first else { return value ?? .null }
        let rest = steps.dropFirst()
        if step.hasPrefix("#"), var list = array, let index = Int(step.dropFirst()) {
            list[index] = list[index].setting(rest, to: value)
            return .array(list)
        }
        var members = object ?? [:]
        if rest.isEmpty, value == nil {
            members[step] = nil
        } else {
            members[step] = (members[step] ?? .object([:])).setting(rest, to: value)
        }
        return .object(members)
    }

}
