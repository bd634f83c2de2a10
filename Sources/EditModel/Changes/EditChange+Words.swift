// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

extension EditChange {
    /// Names that a change lists; the rest is counted.
    private static let mostNames = 4

    /// The change as a short phrase: `length 15 s → 10 s`, `out: b.jpg, c.jpg`, `look none → sepia (a.jpg)`.
    public func words(in words: ChangeWords) -> String {
        var names = names
        var title = words.names[subject] ?? subject.rawValue
        if subject == .adjustment, let first = names.first {
            title = words.adjustments[first] ?? first
            names.removeFirst()
        }
        if before == nil, after == nil { return title + words.colon + listed(names, words) }
        let change = "\(said(before, words)) → \(said(after, words))"
        let which = names.isEmpty ? "" : words.open + listed(names, words) + words.close
        return "\(title) \(change)\(which)"
    }

    private func said(_ value: Value?, _ words: ChangeWords) -> String {
        switch value {
        case nil: return words.none
        case .time(let time)?: return seconds(time) + words.seconds
        case .times(let first, let second)?: return "\(seconds(first))–\(seconds(second))\(words.seconds)"
        case .number(let number)?: return plain(number)
        case .share(let share)?: return "\(plain((share * 1000).rounded() / 10))%"
        case .count(let count)?: return "\(count)"
        case .size(let size)?: return "\(size.width)×\(size.height)"
        case .word(let word)?: return words.words[word] ?? word
        case .text(let text)?: return shortened(text)
        case .flag(let flag)?: return flag ? words.on : words.off
        case .list(let list)?: return listed(list, words)
        }
    }

    private func listed(_ names: [String], _ words: ChangeWords) -> String {
        let shown = names.prefix(Self.mostNames).map(shortened)
        let rest = names.count - shown.count
        let more = rest > 0 ? [words.more.replacing("%", with: "\(rest)")] : []
        return (shown + more).joined(separator: words.comma)
    }

    private func shortened(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count > 40 ? line.prefix(39) + "…" : line
    }

    private func seconds(_ time: MediaTime) -> String { String(time.description.dropLast()) }

    private func plain(_ number: Double) -> String {
        Int64(exactly: number).map(String.init) ?? "\((number * 100).rounded() / 100)"
    }
}
