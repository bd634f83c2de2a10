// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Wording

extension EditError {
    /// What was tried, why it cannot be, and what to do, in a sentence.
    public func words(in words: OperationWords) -> String {
        let chinese = words.isChinese
        let sentence = sentence(in: words)
        let place = [operation, field].compactMap(\.self).joined(separator: ": ")
        return place.isEmpty ? sentence : place + (chinese ? "：" : ": ") + sentence
    }
}

extension EditError {
    /// Why it cannot be and what to do, for people: without the operation's and field's names.
    public func sentence(in words: OperationWords) -> String { reason.words(words, words.isChinese, field) }
}

extension EditError.Reason {
    /// The reason alone, without the operation's and field's names.
    fileprivate func words(_ words: OperationWords, _ zh: Bool, _ field: String?) -> String {
        func say(_ key: String, _ blanks: [String: String] = [:]) -> String {
            let pair = EditErrorSentences.all[key]
            return ((zh ? pair?.chinese : pair?.english) ?? key).filling(blanks)
        }
        func things(_ wanted: EditError.Wanted) -> String {
            let pair = EditErrorSentences.things[wanted]
            return (zh ? pair?.chinese : pair?.english) ?? wanted.rawValue
        }
        let list = zh ? "、" : ", "
        switch self {
        case .notAnObject(let found): return say("not-an-object", ["found": found])
        case .unknownOperation(let name): return say("unknown-operation", ["name": String(name.prefix(60))])
        case .unknownParameter(let known):
            return known.isEmpty
                ? say("no-parameters") : say("unknown-parameter", ["names": known.joined(separator: list)])
        case .missing: return say("missing")
        case .needsOneOf(let names): return say("needs-one-of", ["names": names.joined(separator: list)])
        case .wrongValue(let wanted, let found):
            return say("wrong-value", ["wanted": words.values(of: wanted), "found": found])
        case .clash(let other): return say("clash", ["other": other])
        case .tooMany(let most): return say("too-many", ["most": "\(most)"])
        case .noFilm: return say("no-film")
        case .noMedia: return say("no-media")
        case .noSuchSegment(let id): return say("no-such-segment", ["id": String(id.prefix(60))])
        case .noSuchPlace(let place, let count):
            return say("no-such-place", ["place": "\(place)", "count": "\(count)"])
        case .noSuchAsset(let id): return say("no-such-asset", ["id": String(id.prefix(60))])
        case .notOfKind(let name, let wanted): return say("not-of-kind", ["name": name, "wanted": things(wanted)])
        case .none(let wanted): return say("none", ["wanted": things(wanted)])
        case .lastPicture: return say("last-picture")
        case .tooShort(let least): return say("too-short", ["least": "\(least)"])
        case .tooLong(let most): return say("too-long", ["most": "\(most)"])
        case .outside(let from, let to): return say("outside", ["from": "\(from)", "to": "\(to)"])
        case .noBeats: return say("no-beats")
        case .wordsNotFound(let sought): return say("words-not-found", ["words": String(sought.prefix(60))])
        case .planner(let error): return error.words(say)
        case .nothingToUndo: return say("nothing-to-undo")
        case .nothingToRedo: return say("nothing-to-redo")
        case .noSuchVersion(let name): return say("no-such-version", ["name": String(name.prefix(60))])
        case .needsHistory: return say("needs-history")
        case .brokenRules(let error):
            return say("broken-rules", ["problems": error.text(in: zh ? FaultWords.chinese : FaultWords.english)])
        }
    }
}

extension AutoEditError {
    fileprivate func words(_ say: (String, [String: String]) -> String) -> String {
        switch self {
        case .noPictures, .onlyText: return say("no-media", [:])
        case .tooShort(_, let least): return say("too-short", ["least": "\(least)"])
        case .tooLong(_, let most): return say("too-long", ["most": "\(most)"])
        case .noSuchCanvas(let size): return say("no-such-canvas", ["size": "\(size.width)x\(size.height)"])
        case .noSuchAspect(let aspect): return say("no-such-aspect", ["ratio": "\(aspect.width):\(aspect.height)"])
        case .noSuchFrameRate(let rate): return say("no-such-frame-rate", ["fps": "\(rate.framesPerSecond)"])
        case .noSuchTransition(let name): return say("no-such-transition", ["name": name.rawValue])
        case .tooLittleToShow(let asked): return say("too-little-to-show", ["asked": "\(asked)"])
        }
    }
}

/// The sentences of errors, in each language.
enum EditErrorSentences {
    typealias Pair = (english: String, chinese: String)

    static let all: [String: Pair] = [
        "not-an-object": ("an operation is an object with an `op`, not {found}", "操作必须是带 op 的对象，而不是 {found}"),
        "unknown-operation": ("there is no operation “{name}”", "没有“{name}”这个操作"),
        "unknown-parameter": ("is not a parameter of it; there are: {names}", "没有这个参数；有：{names}"),
        "no-parameters": ("is not a parameter of it; it has none", "没有这个参数；这个操作不带参数"),
        "missing": ("is missing", "缺少这个参数"),
        "needs-one-of": ("one of these is needed: {names}", "至少需要其中之一：{names}"),
        "wrong-value": ("must be {wanted}, not {found}", "必须是{wanted}，而不是 {found}"),
        "clash": ("does not go together with {other}", "不能和 {other} 一起使用"),
        "too-many": ("at most {most} are possible", "最多只能有 {most} 个"),
        "no-film": ("there is no film yet: make one first", "还没有影片：请先生成一部"),
        "no-media": (
            "there is nothing to make a film of: add a photo, a clip or a text", "没有可以做成影片的素材：请添加照片、片段或文字"
        ),
        "no-such-segment": ("there is no segment “{id}” in the film", "影片里没有片段“{id}”"),
        "no-such-place": ("there is no picture {place}: the film has {count}", "没有第 {place} 个画面：影片只有 {count} 个"),
        "no-such-asset": ("there is no asset “{id}” in the project", "项目里没有素材“{id}”"),
        "not-of-kind": ("“{name}” is not {wanted}", "“{name}”不是{wanted}"),
        "none": ("the film has not got {wanted}", "影片里没有{wanted}"),
        "last-picture": ("a film needs at least one picture: keep one", "影片至少要有一个画面：请保留一个"),
        "too-short": ("is too short: at least {least}", "太短了：至少 {least}"),
        "too-long": ("is too long: at most {most}", "太长了：最多 {most}"),
        "outside": ("must lie from {from} to {to}", "必须在 {from} 到 {to} 之间"),
        "no-beats": ("no beats are known of the music", "这段音乐没有可用的节拍"),
        "words-not-found": ("no text says “{words}”", "没有哪段文字里有“{words}”"),
        "no-such-canvas": (
            "a canvas of {size} is not possible: both sides must be even, from 16 to 4096",
            "画布不能是 {size}：两边都必须是 16 到 4096 的偶数"
        ),
        "no-such-aspect": (
            "a shape of {ratio} is not possible: try 16:9, 9:16 or 1:1", "不能用 {ratio} 的比例：试试 16:9、9:16 或 1:1"
        ),
        "no-such-frame-rate": ("{fps} frames a second are not possible: choose 1 to 60", "不能是每秒 {fps} 帧：请选 1 到 60"),
        "no-such-transition": ("there is no transition “{name}”", "没有“{name}”这个转场"),
        "too-little-to-show": (
            "the clips are too short to fill {asked}: add pictures or ask for a shorter film",
            "片段太短，填不满 {asked}：请添加画面或缩短影片"
        ),
        "nothing-to-undo": ("there is nothing to undo", "没有可以撤销的修改"),
        "nothing-to-redo": ("there is nothing to redo", "没有可以重做的修改"),
        "no-such-version": ("there is no version “{name}”", "没有“{name}”这个版本"),
        "needs-history": ("works on the film's history, not on a draft alone", "只能用于影片的历史，不能单独用于草稿"),
        "broken-rules": ("would break the draft's rules: {problems}", "会破坏草稿的规则：{problems}"),
    ]

    static let things: [EditError.Wanted: Pair] = [
        .picture: ("a picture", "画面"), .photo: ("a photo", "照片"), .clip: ("a clip", "片段"),
        .sound: ("anything that can be heard", "声音"), .music: ("any music", "音乐"), .voice: ("a voice", "人声"),
        .effect: ("a sound effect", "音效"), .text: ("a text", "文字"), .title: ("a title", "标题"),
        .script: ("any words", "文案"), .clipSound: ("clips with sound", "有声音的片段"), .card: ("cards with words", "文字卡"),
        .colourTable: ("a colour table (.cube)", "色彩表（.cube）"),
    ]
}
