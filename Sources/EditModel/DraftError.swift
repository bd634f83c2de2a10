// SPDX-License-Identifier: GPL-3.0-or-later
public import Wording

/// What is wrong with a draft, field by field.
public struct DraftError: Error, Hashable, CustomStringConvertible {
    public struct Problem: Hashable, Sendable, CustomStringConvertible {
        /// The field as a path in the JSON: `t[0].sg[2].tr.type`; empty for the draft as a whole.
        public var field: String
        public var fault: DraftFault
        /// What the fault's words have blanks for.
        public var values: [String: Wording.Value]

        public init(field: String, _ fault: DraftFault, _ values: [String: Wording.Value] = [:]) {
            self.field = field
            self.fault = fault
            self.values = values
        }

        /// What it must be and what it is.
        public var wording: Wording { Wording("draft \(fault.rawValue)", values) }

        /// In English.
        public var message: String { wording.text(in: FaultWords.english) }

        public func text(in words: [String: String]) -> String {
            field.isEmpty ? wording.text(in: words) : "\(field): \(wording.text(in: words))"
        }

        public var description: String { text(in: FaultWords.english) }
    }

    /// At least one, in the order of the draft.
    public var problems: [Problem]

    public init(_ problems: [Problem]) { self.problems = problems }

    public init(field: String, _ fault: DraftFault, _ values: [String: Wording.Value] = [:]) {
        problems = [Problem(field: field, fault, values)]
    }

    public var description: String { text(in: FaultWords.english) }
}

extension DraftError: Worded {
    public func text(in words: [String: String]) -> String {
        problems.map { $0.text(in: words) }.joined(separator: "\n")
    }
}

/// What can be wrong with a field of a draft; its words are under `draft ‹name›`.
public enum DraftFault: String, CaseIterable, Hashable, Sendable, Codable {
    // Its JSON
    case notJSON, tooManyBytes, tooNew, tooManyEntries, missing
    case notObject, notText, notFlag, notWhole, notNumber, notTime, notColor, notColors, notOneOf, notList
    case notNumbers, numbersOutside, notRect, notTrackKind, notLength, notTurn, notGenerated, notPosition
    case notWords, notWord, textTooLong
    // What holds between fields
    case wrongEnd, tooManyTracks, tooManySegments, emptyID, doubleID, oddSide, sideOutside, frameRateTooHigh, tooLong
    case negative, notPositive, negativeFade, fadesTooLong, wrongTrack, notWholeMilliseconds, pastFilmEnd
    case gap, overlap, beforePrevious, transitionElsewhere, lastTransition, emptyTransition, transitionTooLong
    case noTransition, unknownTransition, unknownPattern
    // Its media
    case noAsset, missingAsset, changedFile, refused, notPhoto, notClip, notColourTable, noSound, startsPastEnd,
        readsPastEnd
    // Its pictures
    case noPictures, underOneFrame, nothingCovers, notPicture, notDrawn, notMade
    // Its history
    case notLine, wrongCalls
}

/// What a missing field stands for; its words are under `field ‹name›`.
enum FieldMeaning: String, CaseIterable {
    case filePlace, trackKind, trackID, segmentID, segmentStart, pictureKind, assetID, assetOrGenerated, color
    case pattern, motion, transition, words, animation, revision
}
