// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import JSON
import JobQueue
import Synchronization
import TestMedia
import Testing

@testable import Studio

/// A kind of stores that the tests of their protocols are put to. Another implementation is one more line of `all`.
struct StoreKind: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Opens what lies at a place, and gives the way to close it.
    let open: @Sendable (URL) throws -> OpenStores

    static let all = [
        StoreKind(testDescription: "data folder") { place in
            let data = try DataFolder(path: place.path)
            kept.withLock { $0.append(data) }
            return OpenStores(stores: Studio.Stores(data)) { data.release() }
        }
    ]

    /// Folders stay open until they are closed: a test may hold on to one store alone.
    private static let kept = Mutex<[DataFolder]>([])

    /// New, empty stores.
    func stores() throws -> Studio.Stores { try open(TestMedia.scratchFolder()).stores }
}

struct OpenStores {
    let stores: Studio.Stores
    let close: () -> Void
}

func at(_ seconds: Double) -> Moment { Moment(seconds: seconds) }

extension AccountID {
    static let other = AccountID(rawValue: "usr_other")
}

/// A project with one file, whose id is its own.
func sampleProject(
    _ name: String = "p", of account: AccountID = .localOwner, id: ProjectID = ProjectID(.system)
) throws -> Project {
    var project = Project(
        id: id, account: account, name: name, language: "en", createdSeconds: 1_800_000_000.25)
    _ = project.add(Examined(facts: sampleFacts()), named: "海滩 \"beach\" 🏖.jpg")
    return project
}

func sampleFacts(_ hash: String = String(repeating: "ab", count: 32)) -> MediaFacts {
    var facts = MediaFacts(
        id: "", name: "", kind: .image, format: "jpeg", contentHash: hash, byteCount: 12,
        size: PixelSize(width: 4, height: 3))
    facts.perceptualHash = 0xFEDC_BA98_7654_3210
    facts.focus = UnitPoint(x: 0.25, y: 1.0 / 3)
    return facts
}

func sampleTurn(_ number: Int) -> ConversationTurn {
    ConversationTurn(
        id: "e-\(number)", said: "say \(number) 你好", answer: "done \(number)", saidSeconds: Double(number),
        answeredSeconds: Double(number) + 0.125, revisionBefore: number, revisionAfter: number + 1)
}

extension Project {
    /// A turn that names the film.
    mutating func turn(_ number: Int, keeping kept: Int = .max) throws {
        _ = try history.apply(
            [OperationCall("title-name", ["title": .string("film \(number)")])], in: EditContext(), who: "test",
            words: "say \(number)")
        turns.append(sampleTurn(number))
        if turns.count > kept { turns.removeFirst(turns.count - kept) }
        changedSeconds += 1
    }
}

/// All of a project that can be told apart.
func expectSame(_ a: Project?, _ b: Project, _ comment: Comment? = nil, _ place: SourceLocation = #_sourceLocation) {
    guard let a else {
        Issue.record("there is no project", sourceLocation: place)
        return
    }
    #expect(a.id == b.id && a.account == b.account && a.name == b.name, comment, sourceLocation: place)
    #expect(a.language == b.language && a.assetsNamed == b.assetsNamed, comment, sourceLocation: place)
    #expect(a.createdSeconds == b.createdSeconds, comment, sourceLocation: place)
    #expect(a.changedSeconds == b.changedSeconds, comment, sourceLocation: place)
    #expect(a.media == b.media && a.beats == b.beats, comment, sourceLocation: place)
    #expect(a.history == b.history, comment, sourceLocation: place)
    #expect(a.turns == b.turns, comment, sourceLocation: place)
    #expect(a.notes == b.notes, comment, sourceLocation: place)
    #expect(a.memory == b.memory, comment, sourceLocation: place)
}
