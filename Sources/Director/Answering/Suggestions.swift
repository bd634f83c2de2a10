// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON

/// What one might say next: wishes that the film does not have yet and that would change it.
struct Suggestions {
    private let draft: Draft
    private let context: EditContext

    init(for draft: Draft, in context: EditContext) {
        self.draft = draft
        self.context = context
    }

    /// Keys of the replies, what adds most first; two at least.
    var keys: [String] {
        let film = draft.film
        let segments = draft.mainTrack?.segments ?? []
        let photos = segments.filter { if case .image? = $0.picture?.source { true } else { false } }
        var keys: [String] = []
        if !draft.tracks.contains(where: { $0.kind == .audio && !$0.segments.isEmpty }) { keys.append("music") }
        if !draft.tracks.contains(where: { $0.kind == .text && !$0.segments.isEmpty }) { keys.append("title") }
        if segments.allSatisfy({ $0.picture?.grade == Grade.none }) { keys.append("look") }
        if film.preset == nil, film.canvas.width > film.canvas.height { keys.append("platform") }
        if keys.count < 2, beatsMoveCuts { keys.append("beats") }
        if !photos.isEmpty, photos.allSatisfy({ $0.picture?.motion.kind == Motion.Kind.none }) { keys.append("motion") }
        if segments.count > 1, segments.dropLast().allSatisfy({ $0.picture?.transition == nil }), !film.cutsOnBeats {
            keys.append("transitions")
        }
        if film.fadeOut == .zero { keys.append("fade") }
        if segments.count > 1 { keys.append(draft.duration.milliseconds >= Self.long ? "shorter" : "longer") }
        keys += ["abilities", "export"]
        return keys
    }

    /// A film that is shorter, in milliseconds, is rather to be longer.
    private static let long: Int64 = 10_000

    /// Whether cuts would lie elsewhere if they followed the music. Tried out, so that nobody is told to ask for what is
    /// so already or cannot be.
    private var beatsMoveCuts: Bool {
        guard !draft.film.cutsOnBeats, draft.mainTrack?.segments.count ?? 0 > 1,
            let call = try? OperationCall("beats", ["on": true]),
            let outcome = try? draft.applying([call], in: context)
        else { return false }
        return outcome.draft.mainTrack?.segments.map(\.range) != draft.mainTrack?.segments.map(\.range)
    }
}

extension Answerer {
    /// One line with two wishes that fit this film.
    func suggestion(for draft: Draft, in context: EditContext) -> String {
        let keys = Suggestions(for: draft, in: context).keys
        return say("suggest", ["first": say("suggest \(keys[0])"), "second": say("suggest \(keys[1])")])
    }
}
