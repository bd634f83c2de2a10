// SPDX-License-Identifier: GPL-3.0-or-later

/// Answers of servers that talk as if the person sat before their screen ("click Export on the right"), turned into the
/// calls that they mean.
package struct ScreenTalk: Hashable, Sendable {
    package enum Call: Hashable, Sendable {
        /// The file is to be made.
        case export
        /// The timeline is to be shown.
        case status
        /// Files are to be given.
        case upload
        /// Something is to be changed, which can only be said: what the sentence told the person to do.
        case edit(String)
    }

    /// What is left for the person to read; may be empty.
    package let shown: String
    /// In the order in which they came, each once.
    package let calls: [Call]

    /// One kind of talk: words that give it away, in a sentence without what is quoted.
    private struct Row {
        let pattern: @Sendable (String) -> Bool
        let means: @Sendable (String) -> Call
    }

    private static let table: [Row] = [
        // The Export button, wherever it is said to be.
        Row {
            has($0, /export button|(click|tap|press|hit|select|choose)\b.{0,40}\b(export|download|render)/)
        } means: { _ in
            .export
        },
        Row {
            has($0, /(点击|点一下|点按|单击|按下|选择).{0,12}(导出|下载)|导出(按钮|键|面板|菜单)|(右上角|右侧|界面|面板).{0,12}导出/)
        } means: { _ in
            .export
        },
        Row {
            has($0, /^\W*(可以|请|现在可以|现在就可以|您可以|你可以|直接)?.{0,4}导出.{0,8}$/)
        } means: { _ in
            .export
        },
        // Looking at it.
        Row {
            has($0, /preview (it |them |this |the \w+ )?(in|on) (the |your )?(timeline|editor|panel|player|screen)/)
        } means: { _ in
            .status
        },
        Row {
            has(
                $0,
                /\bopen(ing)? (up )?(the|your|a)\b.{0,30}\b(panel|tab|menu|timeline|editor|sidebar|window|inspector|library|workspace|page)/
            )
        } means: { _ in
            .status
        },
        Row {
            has($0, /打开.{0,10}(面板|时间线|时间轴|菜单|编辑器|侧边栏|窗口|素材库|页面|工作区)|在(时间线|时间轴|编辑器|面板).{0,6}(预览|查看)/)
        } means: {
            _ in
            .status
        },
        // Files.
        Row {
            has($0, /(click|tap|press|drag).{0,40}\b(upload|import|add (media|files))/)
        } means: { _ in
            .upload
        },
        Row {
            has($0, /(点击|拖拽|拖动|拖).{0,12}(上传|导入|添加素材)/)
        } means: { _ in
            .upload
        },
        // Changes by hand.
        Row {
            has($0, /\bdrag(ging)?\b|\bdrop (it|the|them|this)\b/)
        } means: {
            .edit($0)
        },
        Row {
            has($0, /拖拽|拖动|拖到|拖放/)
        } means: {
            .edit($0)
        },
        Row {
            has($0, /\b(click|tap|double-click|right-click|press)\b.{0,60}\b(play|preview|timeline)\b/)
        } means: { _ in
            .status
        },
        Row {
            has($0, /\b(click|double-click|right-click|tap)\b( on| the|ing)?/)
        } means: {
            .edit($0)
        },
        Row {
            has($0, /点击.{0,12}(播放|预览|时间线|时间轴)/)
        } means: { _ in
            .status
        },
        Row {
            has($0, /点击|双击|右键/)
        } means: {
            .edit($0)
        },
    ]

    package init(_ answer: String) {
        var shown: [String] = []
        var calls: [Call] = []
        for sentence in Self.sentences(of: answer) {
            let plain = Self.unquoted(sentence).lowercased()
            guard let row = Self.table.first(where: { $0.pattern(plain) }) else {
                shown.append(sentence)
                continue
            }
            let call = row.means(sentence.trimmed)
            if !calls.contains(call) { calls.append(call) }
        }
        self.calls = calls
        let text = calls.isEmpty ? answer : shown.joined()
        self.shown = text.trimmed
    }

    private static func has(_ sentence: String, _ pattern: some RegexComponent) -> Bool {
        sentence.firstMatch(of: pattern) != nil
    }

    /// What stands between quotation marks is a title or a name, whatever it says; but behind a word such as "click" it is
    /// what a button says.
    private static func unquoted(_ sentence: String) -> String {
        sentence.replacing(
            /(?<verb>(click|tap|press|hit|select|choose|点击|按下|选择)( on)?( the)? ?)["“「『](?<name>[^"”」』]{1,20})["”」』]/
                .ignoresCase()
        ) { "\($0.output.verb)\($0.output.name)" }
        .replacing(/"[^"]*"|“[^”]*”|「[^」]*」|『[^』]*』/, with: " ")
    }

    /// Sentences with all that stands between them, so that joined they are the text again. A full stop ends one only
    /// before a space: `1.5` and `a.jpg` are whole.
    private static func sentences(of text: String) -> [String] {
        var sentences: [String] = []
        var current = ""
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            current.append(character)
            let next = index + 1 < characters.count ? characters[index + 1] : " "
            let ends = "。！？\n".contains(character) || (".!?".contains(character) && next.isWhitespace)
            if ends {
                sentences.append(current)
                current = ""
            }
        }
        if !current.isEmpty { sentences.append(current) }
        return sentences
    }
}

extension String {
    /// Without white space at either end.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
