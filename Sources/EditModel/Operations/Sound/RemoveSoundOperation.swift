// SPDX-License-Identifier: GPL-3.0-or-later
import JSON

extension OperationDeclaration {
    /// Takes all sounds of a kind out.
    static let removeSound = OperationDeclaration(
        "remove-sound", .sound,
        [OperationParameter("role", .choice(of: SoundContent.Role.self), required: true)], apply: applyRemoveSound)

    @Sendable private static func applyRemoveSound(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let role = arguments.choice("role", SoundContent.Role.self) ?? .music
        guard bench.firstSound(role) != nil else {
            throw EditError(.none(role == .music ? .music : role == .voice ? .voice : .effect), field: "role")
        }
        for track in bench.draft.tracks.indices where bench.draft.tracks[track].kind == .audio {
            bench.draft.tracks[track].segments.removeAll { $0.sound?.role == role }
        }
        bench.dropEmptyTracks()
        if role == .music { bench.draft.film.cutsOnBeats = false }
        bench.restoreMusicLevel()
    }

    /// Cuts on the music's beats, from now on; or no longer.
    static let beats = OperationDeclaration(
        "beats", .sound, [OperationParameter("on", .flag, usual: true)], apply: applyBeats)

    @Sendable private static func applyBeats(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let reel = try bench.reel()
        guard arguments.flag("on") ?? true else {
            bench.draft.film.cutsOnBeats = false
            return
        }
        guard bench.musicPath != nil else { throw EditError(.none(.music)) }
        guard let grid = bench.grid(until: reel.total) else { throw EditError(.noBeats) }
        bench.draft.film.cutsOnBeats = true
        bench.lay(reel, .kept(reel.total))
        let beats = Set(grid.places.map(\.time))
        let cuts = (try bench.reel()).cuts.dropFirst().dropLast()
        bench.note(
            .cutsOnBeats(count: cuts.count { beats.contains($0) }, of: cuts.count, tempo: 60_000 / grid.interval))
    }
}
