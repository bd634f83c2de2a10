// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON

/// A first film: what the wishes say of all of it goes into `create`.
extension EditPlan {
    /// Makes the film, with what the wishes say of all of it; takes those wishes out. False where none can be made.
    mutating func create(_ wishes: inout [Wish]) -> Bool {
        var arguments: [String: JSONValue] = ["order": "given"]
        var rest: [Wish] = []
        let selects = wishes.contains {
            ["keep", "remove", "insert", "trim", "duplicate", "keep-best"].contains($0.name)
        }
        for wish in wishes {
            if !fold(wish, into: &arguments) { rest.append(wish) }
            // A length that other wishes would undo is asked for again once they are done.
            if wish.name == "length", wish["length"] != nil, selects { rest.append(wish) }
        }
        // What is put over the film is none of its pictures.
        let logos = Set(wishes.compactMap { $0.name == "logo" ? $0["media"]?.string : nil })
        let others = context.media.map(\.id).filter { !logos.contains($0) }
        if !logos.isEmpty, context.media.contains(where: { $0.kind != .audio && !logos.contains($0.id) }) {
            arguments["media"] = strings(others)
        }
        let before = obstacles.count
        call("create", arguments)
        wishes = rest
        return obstacles.count == before
    }

    /// Whether `create` takes the wish into account.
    func fold(_ wish: Wish, into arguments: inout [String: JSONValue]) -> Bool {
        switch (wish.name, wish.target) {
        case ("canvas", _):
            for key in ["preset", "ratio", "width", "height", "shortSide"] {
                if let value = wish[key] { arguments[key] = value }
            }
        case ("fps", _): arguments["fps"] = wish["fps"]
        case ("length", _):
            guard let length = wish["length"] else { return false }
            arguments["length"] = length
        case ("pace", nil):
            guard let each = wish["each"] else { return false }
            arguments["each"] = each
        case ("order", _):
            guard let by = wish["by"]?.string, ["name", "time", "given"].contains(by) else { return false }
            arguments["order"] = .string(by)
        case ("transition", nil):
            if let type = wish["type"], type != "auto", type != "another" { arguments["transition"] = type }
            if let length = wish["length"] { arguments["transitionLength"] = length }
            return wish["factor"] == nil
        case ("motion", nil):
            guard wish["amount"] == nil, wish["type"] != "auto" else { return wish["amount"] == nil }
            arguments["motion"] = wish["type"]
        case ("fit", nil): arguments["fit"] = wish["fit"]
        case ("grade", nil):
            guard wish.arguments.count == 1, let look = wish["look"] else { return false }
            arguments["look"] = look
        case ("use-all", _): arguments["keepAll"] = true
        case ("beats", _): arguments["beats"] = wish["on"] == true ? "on" : "off"
        case ("remove-sound", _):
            guard wish["role"] == "music" else { return true }
            arguments["music"] = "none"
        case ("music", _):
            if let media = wish["media"] {
                arguments["music"] = media
            } else if let compose = wish["compose"]?.object {
                arguments["music"] = "compose"
                if let style = compose["style"] { arguments["musicStyle"] = style }
                if let mood = compose["mood"] { arguments["musicMood"] = mood }
                if let bpm = compose["bpm"] { arguments["bpm"] = bpm }
            }
            if let volume = wish["volume"] { arguments["musicVolume"] = volume }
            return ["start", "fadeIn", "fadeOut", "loop", "duck"].allSatisfy { wish[$0] == nil }
        case ("voice-over", _):
            guard let media = wish["media"] else { return false }
            arguments["voice"] = media
        case ("captions", nil):
            guard let script = wish["script"]?.string, scene.facts(script) == nil else { return false }
            arguments["script"] = .string(script)
        default: return false
        }
        return true
    }
}
