// SPDX-License-Identifier: GPL-3.0-or-later

extension OperationWords {
    static let englishGroups: [OperationGroup: String] = [
        .film: "The film", .pictures: "Pictures", .order: "Order", .clips: "Clips", .look: "Look and motion",
        .sound: "Sound", .text: "Text", .history: "History",
    ]
    static let chineseGroups: [OperationGroup: String] = [
        .film: "影片", .pictures: "画面", .order: "顺序", .clips: "片段", .look: "外观与运动", .sound: "声音", .text: "文字",
        .history: "历史",
    ]

    static let englishUnits: [OperationParameter.Unit: String] = [
        .none: "", .amplitude: "1 is 100 %", .share: "share of a whole", .factor: "factor",
        .pixels: "pixels at a short side of 1080", .framesPerSecond: "frames a second",
        .beatsPerMinute: "beats a minute", .degrees: "degrees",
    ]
    static let chineseUnits: [OperationParameter.Unit: String] = [
        .none: "", .amplitude: "1 为 100%", .share: "占整体的比例", .factor: "倍数", .pixels: "短边为 1080 时的像素",
        .framesPerSecond: "帧/秒", .beatsPerMinute: "拍/分钟", .degrees: "度",
    ]
}

extension OperationWords.Terms {
    static let english = Self(
        tableTitle: "An edit operation", milliseconds: "milliseconds", required: "required", usual: "usually {value}",
        oneOfThese: "One of these is needed: {names}.", parameter: "Parameter", values: "Values", meaning: "Meaning",
        wholeNumber: "a whole number from {low} to {high}", number: "a number from {low} to {high}",
        range: "{low} to {high}", text: "a text of at most {most} characters", color: "a colour such as #FF8800",
        ratio: "a shape such as 9:16, or landscape, portrait, square", flag: "true or false",
        segments: "a list of segment ids or places", segment: "a segment's id or place", assets: "a list of asset ids",
        asset: "an asset's id", rect: "[x, y, width, height], each 0 to 1 and within the picture",
        lines: "a list of at most {most} texts", object: "an object", or: " or ", oneOf: "one of {names}",
        noParameters: "No parameters.",
        referenceIntroduction: """
            Every edit is one of these operations: a JSON object with `op` and its parameters, for instance \
            `{"op":"length","length":15000}`. A list of them is applied all or none, as one revision.
            """)

    static let chinese = Self(
        tableTitle: "一个编辑操作", milliseconds: "毫秒", required: "必填", usual: "默认 {value}", oneOfThese: "至少需要其中之一：{names}。",
        parameter: "参数", values: "取值", meaning: "含义", wholeNumber: "{low} 到 {high} 的整数", number: "{low} 到 {high} 的数",
        range: "{low} 到 {high}", text: "最多 {most} 个字的文字", color: "颜色，例如 #FF8800",
        ratio: "比例，例如 9:16，或 landscape、portrait、square", flag: "true 或 false", segments: "片段编号或位置的列表",
        segment: "片段编号或位置",
        assets: "素材编号的列表", asset: "素材编号", rect: "[x, y, 宽, 高]，各为 0 到 1，且在画面之内", lines: "最多 {most} 条文字的列表",
        object: "对象", or: "，或", oneOf: "以下之一：{names}", noParameters: "没有参数。",
        referenceIntroduction: """
            每次编辑都是下面的一个操作：一个带 `op` 和参数的 JSON 对象，例如 `{"op":"length","length":15000}`。\
            一组操作要么全部生效，要么都不生效，算作一次修订。
            """)
}

extension OperationWords {
    /// What values a kind takes, in words.
    public func values(of kind: OperationParameter.Kind) -> String {
        func plain(_ number: Double) -> String {
            Int64(exactly: number).map(String.init) ?? "\(number)"
        }
        switch kind {
        case .time(let range), .integer(let range):
            return terms.wholeNumber.filling(["low": "\(range.lowerBound)", "high": "\(range.upperBound)"])
        case .number(let range, _):
            return terms.number.filling(["low": plain(range.lowerBound), "high": plain(range.upperBound)])
        case .choice, .name: return terms.oneOf.filling(["names": (kind.ownNames ?? []).joined(separator: ", ")])
        case .text(let most): return terms.text.filling(["most": "\(most)"])
        case .color: return terms.color
        case .ratio: return terms.ratio
        case .flag: return terms.flag
        case .segments: return terms.segments
        case .segment: return terms.segment
        case .assets: return terms.assets
        case .asset: return terms.asset
        case .rect: return terms.rect
        case .lines(let most): return terms.lines.filling(["most": "\(most)"])
        case .object(let parameters):
            return "\(terms.object): " + parameters.map(\.name).joined(separator: ", ")
        case .either(let kinds):
            let names = kinds.compactMap(\.ownNames)
            if names.count == kinds.count {
                return terms.oneOf.filling(["names": names.flatMap(\.self).joined(separator: ", ")])
            }
            return kinds.map(values).joined(separator: terms.or)
        }
    }
}

extension String {
    /// With `{name}` replaced by `blanks["name"]`; what is put in is not looked at again.
    func filling(_ blanks: [String: String]) -> String {
        var result = ""
        var rest = self[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            let after = rest.index(after: open)
            guard let close = rest[after...].firstIndex(of: "}"), let value = blanks[String(rest[after..<close])] else {
                result.append("{")
                rest = rest[after...]
                continue
            }
            result += value
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}
