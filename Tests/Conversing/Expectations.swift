// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import EditModel
import Foundation
import JSON

/// The checks of a conversation's `expect`, on the drafts it led to and the last reply. Each gives a sentence for what
/// does not hold.
package struct Expectations {
    private let drafts: [Draft]
    private let draft: Draft
    private let reply: String
    private let names: [String: String]
    private var problems: [String] = []

    package static func problems(_ conversation: ConversationCase, _ run: ConversationRun) -> [String] {
        var check = Expectations(conversation, run)
        for (key, want) in conversation.expect.sorted(by: { $0.key < $1.key }) { check.check(key, want) }
        if run.reply.allSatisfy(\.isWhitespace) { check.fail("the last turn ended without words") }
        let media = Dictionary(conversation.media.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        if let broken = check.draft.ruleViolations(media: media).first, !check.draft.tracks.isEmpty {
            check.fail("the draft breaks a rule: \(broken)")
        }
        return check.problems
    }

    private init(_ conversation: ConversationCase, _ run: ConversationRun) {
        drafts = run.drafts
        draft = run.drafts[run.drafts.count - 1]
        reply = run.reply
        names = Dictionary(conversation.media.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    private mutating func fail(_ problem: String) { problems.append(problem) }

    // MARK: The draft

    private var main: [Segment] { draft.mainTrack?.segments ?? [] }
    private var photos: [Segment] { main.filter { if case .image? = $0.picture?.source { true } else { false } } }
    private var clips: [Segment] { main.filter { if case .video? = $0.picture?.source { true } else { false } } }
    private var texts: [Segment] { draft.tracks.filter { $0.kind == .text }.flatMap(\.segments) }
    private var sounds: [Segment] { draft.tracks.filter { $0.kind == .audio }.flatMap(\.segments) }
    private func label(_ segment: Segment) -> String {
        if let id = segment.picture?.assetID { return names[id] ?? segment.name }
        if case .asset(let id, _)? = segment.sound?.source { return names[id] ?? segment.name }
        return segment.name
    }
    private func transition(_ segment: Segment) -> String? { segment.picture?.transition?.name.rawValue }
    private func seconds(_ milliseconds: Int64) -> Double { Double(milliseconds) / 1000 }

    private func within(_ value: Double?, _ span: JSONValue?) -> Bool {
        guard let value, let low = span?.array?.first?.number, let high = span?.array?.last?.number else {
            return false
        }
        return value >= low - 1e-6 && value <= high + 1e-6
    }

    private func isOne(_ value: String?, of wanted: JSONValue) -> Bool {
        if let list = wanted.array {
            return list.contains { $0 == .null ? value == nil || value == "none" : $0.string == value }
        }
        return wanted.string == value
    }

    private func pick(_ key: String, _ segments: [Segment]) -> Segment? {
        guard let place = Int(key) else { return nil }
        let index = place > 0 ? place - 1 : segments.count + place
        return segments.indices.contains(index) ? segments[index] : nil
    }

    private func isJoined(_ name: String?) -> Bool { name != nil && name != "none" && name != "cut" }

    // MARK: One key

    private mutating func check(_ key: String, _ want: JSONValue) {
        switch key {
        case "d":
            let length = seconds(draft.duration.milliseconds)
            if !within(length, want) { fail("length \(length) s, wanted \(want.text())") }
        case "canvas":
            let canvas = "\(draft.film.canvas.width)x\(draft.film.canvas.height)"
            if canvas != want.string { fail("canvas \(canvas), wanted \(want.text())") }
        case "ratio":
            let parts = (want.string ?? "").split(separator: ":").compactMap { Double($0) }
            if parts.count == 2, abs(draft.film.canvas.aspect - parts[0] / parts[1]) > 0.01 {
                fail("canvas \(draft.film.canvas), wanted \(want.text())")
            }
        case "fps":
            if draft.film.frameRate.framesPerSecond != want.number {
                fail("fps \(draft.film.frameRate.framesPerSecond)")
            }
        case "images":
            if photos.count != want.integer.map(Int.init) { fail("\(photos.count) images, wanted \(want.text())") }
        case "clips":
            if clips.count != want.integer.map(Int.init) { fail("\(clips.count) clips, wanted \(want.text())") }
        case "order":
            let order = main.map(label)
            if order != want.array?.compactMap(\.string) { fail("order \(order), wanted \(want.text())") }
        case "seg_d": checkLengths(want)
        case "tr": checkTransitions(want)
        case "motion": checkMotion(want)
        case "fit": checkAll("fit", want, main) { $0.picture?.fit.rawValue }
        case "look": checkAll("look", want, main) { $0.picture?.grade.look.rawValue }
        case "adjust": checkAdjustments(want)
        case "music": checkMusic(want)
        case "voice":
            if sounds.contains(where: { $0.sound?.role == .voice }) != want.bool {
                fail("voice: wanted \(want.text())")
            }
        case "muted", "speed", "src": checkClips(key, want)
        case "text": checkTexts(want)
        case "notext":
            if texts.contains(where: { ($0.text?.text ?? "").lowercased().contains((want.string ?? "").lowercased()) })
            {
                fail("text \(want.text()) is still there")
            }
        case "pattern":
            let grounds = (draft.mainTrack?.segments ?? []).compactMap { segment -> String? in
                guard case .generated(let pattern, _, _)? = segment.picture?.source else { return nil }
                return pattern
            }
            if !grounds.contains(where: { .string($0) == want }) { fail("patterns \(grounds), wanted \(want.text())") }
        case "texts": if !within(Double(texts.count), want) { fail("\(texts.count) texts, wanted \(want.text())") }
        case "same": if want == true, drafts.last != drafts.dropLast().last { fail("the last turn changed the draft") }
        case "changed": if want == true, drafts.last == drafts.dropLast().last { fail("the last turn changed nothing") }
        case "back":
            if let turn = want.integer.map(Int.init), drafts.indices.contains(turn), drafts.last != drafts[turn] {
                fail("the draft is not the one after turn \(turn)")
            }
        case "says", "says_not":
            let found =
                (try? NSRegularExpression(
                    pattern: want.string ?? "", options: [.caseInsensitive, .dotMatchesLineSeparators]))?
                .firstMatch(in: reply, range: NSRange(reply.startIndex..., in: reply)) != nil
            if found != (key == "says") {
                fail("reply “\(reply.prefix(160))” \(key == "says" ? "does not match" : "matches") \(want.text())")
            }
        default: fail("unknown check \(key)")
        }
    }

    private mutating func checkLengths(_ want: JSONValue) {
        for (at, span) in (want.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            for segment in at == "all" ? main.map(Optional.some) : [pick(at, main)] {
                let whole = segment.map { seconds($0.range.duration.milliseconds) }
                let alone = segment.map {
                    seconds(($0.range.duration - ($0.picture?.transition?.duration ?? .zero)).milliseconds)
                }
                if !within(whole, span), !within(alone, span) {
                    fail("segment \(at) lasts \(whole ?? -1) s (\(alone ?? -1) s alone), wanted \(span.text())")
                }
            }
        }
    }

    private mutating func checkTransitions(_ want: JSONValue) {
        let joints = main.dropLast()
        let found = joints.map { transition($0) }
        if want["none"] == true, found.contains(where: isJoined) { fail("transitions \(found), wanted none") }
        if let all = want["all"], found.isEmpty || !found.allSatisfy({ isOne($0, of: all) }) {
            fail("transitions \(found), wanted all \(all.text())")
        }
        if let any = want["any"], !found.contains(where: { isOne($0, of: any) }) {
            fail("transitions \(found), wanted some \(any.text())")
        }
        if let count = want["n"], !within(Double(found.count(where: isJoined)), count) {
            fail("transitions \(found), wanted \(count.text()) of them")
        }
        if let span = want["d"] {
            for joint in joints where isJoined(transition(joint)) {
                let length = seconds(joint.picture?.transition?.duration.milliseconds ?? 0)
                if !within(length, span) { fail("a transition of \(length) s, wanted \(span.text())") }
            }
        }
        for (at, kind) in want["at"]?.object ?? [:] {
            let segment = pick(at, main)
            if segment == nil || !isOne(segment.flatMap(transition), of: kind) {
                fail("transition after \(at) is \(segment.flatMap(transition) ?? "none"), wanted \(kind.text())")
            }
        }
    }

    private mutating func checkMotion(_ want: JSONValue) {
        let found = photos.map { $0.picture?.motion.kind.rawValue ?? "none" }
        if want["none"] == true, found.contains(where: { $0 != "none" }) { fail("motion \(found), wanted none") }
        if want["some"] == true, found.allSatisfy({ $0 == "none" }) { fail("no motion, wanted some") }
        if let all = want["all"], found.isEmpty || !found.allSatisfy({ isOne($0, of: all) }) {
            fail("motion \(found), wanted all \(all.text())")
        }
        for (at, kind) in want["at"]?.object ?? [:] {
            let segment = pick(at, main)
            if !isOne(segment?.picture?.motion.kind.rawValue, of: kind) {
                fail("motion of \(at) is \(segment?.picture?.motion.kind.rawValue ?? "-"), wanted \(kind.text())")
            }
        }
    }

    private mutating func checkAll(
        _ name: String, _ want: JSONValue, _ segments: [Segment], _ value: (Segment) -> String?
    ) {
        if let all = want["all"], segments.isEmpty || !segments.allSatisfy({ isOne(value($0), of: all) }) {
            fail("\(name) \(segments.map { value($0) ?? "-" }), wanted all \(all.text())")
        }
        for (at, kind) in want["at"]?.object ?? [:] {
            let segment = pick(at, segments)
            if !isOne(segment.flatMap(value), of: kind) {
                fail("\(name) of \(at) is \(segment.flatMap(value) ?? "-"), wanted \(kind.text())")
            }
        }
    }

    private mutating func checkAdjustments(_ want: JSONValue) {
        for (name, span) in want.object ?? [:] {
            let found = photos.map { segment -> Double in
                let grade = segment.picture?.grade ?? .none
                switch name {
                case "brightness": return grade.brightness
                case "contrast": return grade.contrast
                case "saturation": return grade.saturation
                case "temperature": return grade.temperature
                case "vignette": return grade.vignette
                default: return grade.grain
                }
            }
            if found.isEmpty || !found.allSatisfy({ within($0, span) }) {
                fail("\(name) \(found), wanted \(span.text())")
            }
        }
    }

    private mutating func checkMusic(_ want: JSONValue) {
        let music = sounds.filter { $0.sound?.role == .music }
        if want == false {
            if !music.isEmpty { fail("music, wanted none") }
            return
        }
        guard let first = music.first, let sound = first.sound, let last = music.last?.sound else {
            return fail("no music")
        }
        if let name = want["name"]?.string, label(first) != name { fail("music \(label(first)), wanted \(name)") }
        var start = 0.0
        var isUploaded = false
        if case .asset(_, let from) = sound.source {
            start = seconds(from.milliseconds)
            isUploaded = true
        }
        if let generated = want["generated"]?.bool, generated == isUploaded {
            fail("music \(label(first)): wanted generated \(generated)")
        }
        for (key, value) in [
            ("vol", sound.volume), ("fi", seconds(sound.fadeIn.milliseconds)),
            ("fo", seconds(last.fadeOut.milliseconds)), ("start", start),
        ] {
            if let span = want[key], !within(value, span) { fail("music \(key) \(value), wanted \(span.text())") }
        }
    }

    private mutating func checkClips(_ key: String, _ want: JSONValue) {
        for (name, value) in want.object ?? [:] {
            guard let segment = main.first(where: { label($0) == name }), let picture = segment.picture else {
                fail("\(name) is not on the main track")
                continue
            }
            switch key {
            case "muted":
                let muted = picture.muted || picture.volume == 0 || (draft.mainTrack?.muted ?? false)
                if muted != value.bool { fail("\(name) muted: \(muted)") }
            case "speed":
                if !within(picture.speed, value) { fail("\(name) speed \(picture.speed), wanted \(value.text())") }
            default:
                var start = 0.0
                if case .video(_, let from) = picture.source { start = seconds(from.milliseconds) }
                if !within(start, value) { fail("\(name) begins at \(start), wanted \(value.text())") }
            }
        }
    }

    private mutating func checkTexts(_ want: JSONValue) {
        for wanted in want.array ?? [] {
            let isThere = texts.contains { segment in
                guard let text = segment.text else { return false }
                let has = wanted["has"]?.string.map { text.text.lowercased().contains($0.lowercased()) } ?? true
                let position: String
                switch text.position {
                case .top: position = "top"
                case .center: position = "center"
                case .bottom: position = "bottom"
                case .lowerThird: position = "lower-third"
                case .at: position = "at"
                }
                return has && (wanted["s"].map { within(seconds(segment.range.start.milliseconds), $0) } ?? true)
                    && (wanted["e"].map { within(seconds(segment.range.end.milliseconds), $0) } ?? true)
                    && (wanted["pos"].map { isOne(position, of: $0) } ?? true)
                    && (wanted["role"].map { isOne(text.role.rawValue, of: $0) } ?? true)
                    && (wanted["color"].map { isOne((text.style.color ?? "").uppercased(), of: $0) } ?? true)
            }
            if !isThere {
                fail(
                    "no text \(wanted.text()) among \(texts.map { "\($0.text?.text ?? "") \($0.range.start)+\($0.range.duration)" })"
                )
            }
        }
    }
}
