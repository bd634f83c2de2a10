// SPDX-License-Identifier: GPL-3.0-or-later

/// Where what a person says goes: to an export, the balance, the state, an upload, or into the conversation.
package enum Router {
    package enum Destination: String, CaseIterable, Hashable, Sendable {
        case export, credits, status, upload, chat
    }

    /// Phrases that a message may be made of to mean a destination, in the order in which they are looked for.
    ///
    /// A message means it only when nothing else is left but words that carry no wish of their own (`fillers`) and, for
    /// an export, what file it is to be: "export" and "please send me the video as a gif" do, "add a title that says
    /// Download now" does not.
    package static let table: [(destination: Destination, phrases: [String])] = [
        (
            .export,
            [
                "send me the video", "send me the film", "send it to me", "send me the file", "save the video",
                "give me the video", "give me the file", "render", "export", "download", "把视频发给我", "发给我", "导出",
                "下载", "生成成片",
            ]
        ),
        (.credits, ["how many credits", "credits", "credit", "balance", "quota", "积分", "余额", "额度"]),
        (
            .status,
            [
                "show tracks", "show the tracks", "show me the tracks", "show timeline", "show the timeline", "status",
                "progress", "what is in it", "轨道", "时间线", "状态", "进度",
            ]
        ),
        (.upload, ["upload", "add files", "send files", "上传"]),
    ]

    private static let fillers: Set<String> = [
        "a", "an", "and", "are", "as", "at", "can", "check", "could", "current", "do", "file", "film", "final",
        "finished",
        "for", "get", "have", "high", "highest", "how", "i", "in", "is", "it", "left", "let", "lets", "many", "me",
        "much",
        "my", "now", "of", "ok", "okay", "please", "quality", "ready", "remaining", "result", "s", "see", "show",
        "some",
        "tell", "the", "then", "this", "to", "us", "video", "want", "what", "whats", "with", "would", "you", "your",
        "do",
        "format", "version", "account", "these", "photos", "pictures", "files", "resolution",
    ]
    /// Chinese is not spaced: these are taken out wherever they stand.
    private static let chineseFillers = [
        "视频", "影片", "成片", "文件", "请", "一下", "现在", "我的", "我想", "我要", "帮我", "给我", "还有", "还剩", "剩余", "剩下", "多少", "查询",
        "查看", "看看", "看", "显示", "是", "成", "为", "出来", "吧", "了", "吗", "呢", "的", "把", "个", "格式", "高清", "照片", "素材", "什么",
        "怎么样", "当前", "我", "你", "这些", "这个",
    ]
    /// What a file is to be; these are for `ExportWish`.
    private static let fileWords: Set<String> = [
        "mp4", "mov", "webm", "gif", "480p", "720p", "1080p", "1440p", "2160p", "4k", "2k", "hd", "draft", "standard",
    ]

    /// - Parameter hasFiles: files or links were given with the message; without words of their own they mean an upload.
    package static func destination(of message: String, hasFiles: Bool = false) -> Destination {
        let words = plainWords(of: message)
        if words.isEmpty { return hasFiles ? .upload : .chat }
        // What is quoted is a text for the film.
        guard !message.contains(where: { "\"“”「」『』".contains($0) }) else { return .chat }
        let line = " \(words.joined(separator: " ")) "
        for (destination, phrases) in table {
            for phrase in phrases where contains(line, phrase) {
                let rest = removing(phrase, from: line)
                if isEmptyOfWishes(rest, for: destination) { return destination }
            }
        }
        return .chat
    }

    private static func contains(_ line: String, _ phrase: String) -> Bool {
        line.contains(isChinese(phrase) ? phrase : " \(phrase) ")
    }

    private static func removing(_ phrase: String, from line: String) -> String {
        line.replacing(isChinese(phrase) ? phrase : " \(phrase) ", with: " ")
    }

    private static func isEmptyOfWishes(_ rest: String, for destination: Destination) -> Bool {
        var rest = rest
        for filler in chineseFillers { rest = rest.replacing(filler, with: " ") }
        let phrases = table.first { $0.destination == destination }?.phrases ?? []
        return rest.split(separator: " ").map(String.init).allSatisfy { word in
            fillers.contains(word) || phrases.contains(word)
                || (destination == .export && (fileWords.contains(word) || word.hasSuffix("fps") || Int(word) != nil))
        }
    }

    private static func isChinese(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }

    /// In lower case, without punctuation.
    static func plainWords(of message: String) -> [String] {
        message.lowercased().replacing("’", with: "").replacing("'", with: "")
            .split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }
}

/// What file an export is to be, as a person says it beside "export": `1080p`, `as a gif`, `60 fps`, `draft quality`.
package struct ExportWish: Hashable, Sendable {
    package var format: String?
    package var quality: String?
    package var resolution: String?
    package var fps: Int?

    package init(format: String? = nil, quality: String? = nil, resolution: String? = nil, fps: Int? = nil) {
        self.format = format
        self.quality = quality
        self.resolution = resolution
        self.fps = fps
    }

    package init(words message: String) {
        let words = Router.plainWords(of: message)
        format = ["mp4", "mov", "webm", "gif"].first(where: words.contains)
        quality = ["draft", "standard", "high"].first(where: words.contains)
        if words.contains("highest") { quality = "high" }
        resolution =
            ["480p", "720p", "1080p", "1440p", "2160p"].first(where: words.contains)
            ?? ["4k": "2160p", "2k": "1440p", "hd": "1080p"].first { words.contains($0.key) }?.value
        for (word, next) in zip(words, words.dropFirst() + [""]) {
            if word.hasSuffix("fps"), let rate = Int(word.dropLast(3)) { fps = rate }
            if next == "fps", let rate = Int(word) { fps = rate }
        }
    }
}
