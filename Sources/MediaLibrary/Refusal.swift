// SPDX-License-Identifier: GPL-3.0-or-later
public import Wording

/// A file that was not taken in: which, why, and what to do about it.
public struct Refusal: Error, Hashable, Sendable, Codable, CustomStringConvertible {
    /// What kind of reason it is, for programs.
    public enum Code: String, CaseIterable, Hashable, Sendable, Codable {
        case notFound, noPermission, unreadable, empty
        /// Of no kind that Kinora takes.
        case notTaken
        case tooLarge
        /// The file ends before its content does.
        case truncated
        case damaged
        /// A folder or a pattern with nothing in it to take.
        case nothingFound
        /// The work was called off before this file's turn.
        case cancelled
    }

    /// The reason itself; its words are under `refusal ‹name›`.
    public enum Reason: String, CaseIterable, Hashable, Sendable, Codable {
        case noSuchFile, deadLink, notAllowed, systemSays, cannotRead, empty
        case folder, pipe, socket, device, notAFile
        case unknownKind, otherKind, notAPicture, textByAnotherName, textTooLong, notText
        case notATable, badTable, tableTooLong
        case pictureTooLarge, clipTooLarge, cutShort, damaged
        case unknownCoding, unknownCodec, neitherPictureNorSound, protected
        case noMatch, emptyFolder, calledOff, noMemory
    }

    /// What to do; its words are under `advice ‹name›`.
    public enum Advice: String, CaseIterable, Hashable, Sendable, Codable {
        case checkPath, mendLink, allowReading, copyAgain, giveFile, giveMedia, giveAPhoto, renameText, keepPart
        case saveAsUTF8, saveAsPhoto, shrinkPhoto, makeSmaller, convert, checkPattern, nameFolder, startAgain
        case freeMemory, exportTable, giveUnlocked
    }

    public var code: Code
    public var path: String
    public var why: Reason
    public var todo: Advice
    /// What the reason's and the advice's words have blanks for.
    public var values: [String: Wording.Value]

    public init(
        _ code: Code, _ path: String, _ why: Reason, _ todo: Advice, _ values: [String: Wording.Value] = [:]
    ) {
        self.code = code
        self.path = path
        self.why = why
        self.todo = todo
        self.values = values
    }

    /// "it is cut short"
    public func reason(in words: [String: String]) -> String {
        Wording("refusal \(why.rawValue)", values).text(in: words)
    }

    /// "copy it again from where it came"
    public func advice(in words: [String: String]) -> String {
        Wording("advice \(todo.rawValue)", values).text(in: words)
    }

    /// The reason in English.
    public var reason: String { reason(in: FaultWords.english) }
    /// The advice in English.
    public var advice: String { advice(in: FaultWords.english) }

    /// The whole as a message that can be part of another.
    public var wording: Wording {
        Wording(
            "refusal",
            [
                "path": .text(path), "reason": .words(Wording("refusal \(why.rawValue)", values)),
                "advice": .words(Wording("advice \(todo.rawValue)", values)),
            ])
    }

    public var description: String { text(in: FaultWords.english) }
}

extension Refusal: Phrased {}
