// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import Synchronization

/// All languages that the director speaks, each read from its folder when it is first needed, and how to tell them apart.
final class Languages: Sendable {
    /// Where the program keeps them: beside it when installed, in the build folder when not.
    static var ownFolder: URL { Bundle.module.bundleURL.appendingPathComponent("Languages") }

    private let packs: [String: LanguagePack]
    /// Readers by the language they are for, each made when it is first needed.
    private let readers = Mutex<[String: MessageReader]>([:])

    /// Reads every folder that has a lexicon.
    init(folder: URL) throws {
        var packs: [String: LanguagePack] = [:]
        for entry in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            var files: [String: String] = [:]
            for file in (try? FileManager.default.contentsOfDirectory(at: entry, includingPropertiesForKeys: nil)) ?? []
            where file.pathExtension == "txt" {
                files[file.lastPathComponent] = try String(contentsOf: file, encoding: .utf8)
            }
            if files.isEmpty { continue }
            let code = entry.lastPathComponent
            packs[code] = LanguagePack(code: code, files: files)
        }
        self.packs = packs
    }

    var codes: [String] { packs.keys.sorted() }

    func pack(_ code: String) -> LanguagePack? { packs[code] }

    /// A reader for messages in a language; English for one that there is no pack of.
    func reader(_ code: String) -> MessageReader? {
        guard let pack = packs[code] ?? packs["en"] else { return nil }
        return readers.withLock { readers in
            if let reader = readers[pack.code] { return reader }
            var pair = [pack]
            // Words of English stand in messages of every language; Chinese ones in English messages.
            if pack.code != "en", let english = packs["en"], pack.isWide { pair.insert(english, at: 0) }
            if !pack.isWide, let chinese = packs["zh"] { pair.append(chinese) }
            let reader = MessageReader(packs: pair)
            readers[pack.code] = reader
            return reader
        }
    }

    /// - Parameter tag: a code, with `-Hant` behind it for the other characters of the language.
    func answerer(_ tag: String) -> Answerer {
        let english = packs["en"]?.replies ?? Phrasebook("")
        let pack = packs[String(tag.prefix { $0 != "-" })]
        let other = tag.hasSuffix(Self.otherScript) ? pack?.otherReplies : nil
        return Answerer(
            words: other ?? pack?.replies ?? english, operations: .of(language: tag), fallback: english)
    }

    static let otherScript = "-Hant"
    /// Letters of a message by script, outside quotation marks where any stand outside.
    private struct Scripts {
        var kana = 0
        var han = 0
        var latin = 0
        /// Of scripts that no pack reads.
        var others = 0

        init(_ text: some Sequence<Character>) {
            for scalar in text.lazy.flatMap(\.unicodeScalars) {
                switch scalar.value {
                case 0x3041...0x30FF: kana += 1
                case 0x4E00...0x9FFF, 0x3400...0x4DBF: han += 1
                case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF: latin += 1
                // A syllable in one sign.
                case 0xAC00...0xD7A3: others += 3
                default: if scalar.properties.isAlphabetic, scalar.value > 0x24F { others += 1 }
                }
            }
        }

        var known: Int { kana + han + latin }
    }

    /// What a language is told by: what stands outside quotation marks, or all of it where there is nothing else.
    private struct Told {
        var tokens: [Token]
        var characters: [Character]
        var scripts: Scripts
        /// All words stand in quotation marks.
        var isQuoted = false
    }

    private static func unquoted(_ message: String) -> Told {
        let characters = Array(message.prefix(4000))
        let tokens = Tokenizer.tokens(of: characters)
        let quoted = QuoteFinder.quotes(in: tokens, characters)
        var isQuoted = [Bool](repeating: false, count: tokens.count)
        for quote in quoted { for index in quote.tokens { isQuoted[index] = true } }
        let outside = zip(tokens, isQuoted).filter { !$0.1 }.map(\.0)
        let scripts = Scripts(outside.flatMap { characters[$0.range] })
        if scripts.known + scripts.others > 0 || quoted.isEmpty {
            return Told(tokens: outside, characters: characters, scripts: scripts)
        }
        return Told(tokens: tokens, characters: characters, scripts: Scripts(characters), isQuoted: true)
    }

    /// Whether most of a message is in a script that no language here is written in.
    ///
    /// What stands in quotation marks may be in any, and so may the names of files.
    func isForeign(_ message: String, media: [MediaFacts] = []) -> Bool {
        let message = Self.unquoted(message)
        guard message.scripts.others > 2 * message.scripts.known, !message.isQuoted else { return false }
        let names = MediaNames(media).words
        return !message.tokens.prefix(400).contains { names.contains($0.text) }
    }

    /// The language a message is in: by its script, and among Latin ones by whose words it has most; the session's where
    /// nothing tells.
    func language(of message: String, session: String?) -> String {
        let spoken = String((session ?? "").lowercased().prefix(2))
        let own = packs[spoken] != nil ? spoken : "en"
        let told = Self.unquoted(message)
        let scripts = told.scripts
        let wide = scripts.kana + scripts.han
        if scripts.kana > 0, packs["ja"] != nil, wide * 4 >= scripts.latin || spoken == "ja" { return "ja" }
        if scripts.han > 0, wide * 4 >= scripts.latin {
            return spoken == "ja" && packs["ja"] != nil && wide < 6 ? "ja" : "zh"
        }
        guard scripts.latin > 0 else { return own }
        let words = told.tokens.prefix(400).filter { $0.kind == .word }
        var best = (code: "en", score: -1.0)
        for (code, pack) in packs where !pack.isWide {
            let isKnown = { (word: String) in
                pack.lexicon.vocabulary.contains(word) || pack.commonWords.contains(word)
            }
            let parts = pack.clitics.cut(words, in: told.characters, knowing: pack.isWhole)
            // Of a word in two parts each counts half.
            var score = Double(parts.count { isKnown($0.text) }) * Double(words.count) / Double(max(parts.count, 1))
            if code == spoken { score += 0.6 }
            if code == "en" { score += 0.5 }
            if score > best.score || (score == best.score && code < best.code) { best = (code, score) }
        }
        return best.code
    }
}
