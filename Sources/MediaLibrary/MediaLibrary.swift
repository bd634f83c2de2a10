// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
public import FileStore
public import Foundation
import Synchronization

/// Takes files in for a film: tells what they are by their content, names them by hash, measures and looks at them.
///
/// What looking at a file told is kept in the cache under the content's hash, so that a file is looked at once, whatever it is called.
public struct MediaLibrary: Sendable {
    /// Version of what this module finds out; part of the cache key. Raised when its answers change.
    static let stage = 2

    /// Where facts are kept between runs; nil to look at everything anew.
    public var cache: CacheFolder?
    /// Files that are worked on at once.
    public var threads: Int
    /// Whether a photo that is cut short is taken, its lower part grey.
    public var acceptsTruncated: Bool
    /// The zone that clocks of clips are brought to, which count in UTC where photos count in local time.
    public var timeZone: TimeZone

    public init(
        cache: CacheFolder? = nil, threads: Int = ProcessInfo.processInfo.activeProcessorCount,
        acceptsTruncated: Bool = false, timeZone: TimeZone = .current
    ) {
        self.cache = cache
        self.threads = max(1, threads)
        self.acceptsTruncated = acceptsTruncated
        self.timeZone = timeZone
    }

    /// Takes in files, folders and patterns. Blocks; the work is done on threads of its own.
    ///
    /// - Parameters:
    ///   - inputs: as a person wrote them. Folders are not searched below their own files unless there are none.
    ///   - folder: what relative paths are relative to.
    ///   - progress: called from any of the threads as files are done, with how many are and how many there are.
    ///   - isCancelled: asked before each file; files not reached are refused as `.cancelled`.
    public func takeIn(
        _ inputs: [String], relativeTo folder: String = FileManager.default.currentDirectoryPath,
        order: InputOrder = .name, progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in },
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) -> TakenIn {
        let expansion = InputExpansion(inputs, relativeTo: folder)
        let done = Mutex(0)
        let total = expansion.files.count
        let answers = parallelMap(expansion.files.map(\.path), threads: threads) { path in
            let answer: Result<Intake, Refusal>
            if isCancelled() {
                answer = .failure(Refusal(.cancelled, path, .calledOff, .startAgain))
            } else {
                do throws(Refusal) { answer = .success(try look(at: path)) } catch { answer = .failure(error) }
            }
            let count = done.withLock { count in
                count += 1
                return count
            }
            progress(count, total)
            return answer
        }

        var taken = TakenIn(refused: expansion.refused)
        var intakes: [Selection.Candidate] = []
        for (file, answer) in zip(expansion.files, answers) {
            switch answer {
            case .success(let intake): intakes.append(Selection.Candidate(file: file, intake: intake))
            case .failure(let refusal): taken.refused.append(refusal)
            }
        }
        Selection.fill(&taken, from: intakes, order: order)
        return taken
    }

    /// Takes in one file. Blocks; throws `Refusal`.
    public func takeIn(file url: URL) throws(Refusal) -> MediaFacts { try look(at: url.path).facts }
}
