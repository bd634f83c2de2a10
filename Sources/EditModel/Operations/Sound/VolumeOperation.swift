// SPDX-License-Identifier: GPL-3.0-or-later
import JSON

extension OperationDeclaration {
    private static let kinds = OperationParameter.Kind.choice(["music", "voice", "clips", "effects", "all"])

    /// How loud something is: a level, or times what it was.
    static let volume = OperationDeclaration(
        "volume", .sound,
        [
            OperationParameter("of", kinds),
            OperationParameter("segments", .segments),
            OperationParameter("level", .volume),
            OperationParameter("factor", .number(0...100, .factor)),
        ], needsOneOf: ["level", "factor"], apply: applyVolume)

    @Sendable private static func applyVolume(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let paths = try bench.heard(arguments)
        var isLimited = false
        for path in paths {
            guard var segment = bench[path] else { continue }
            func level(_ old: Double) -> Double {
                let wanted = arguments.number("level") ?? old * (arguments.number("factor") ?? 1)
                if wanted > 2 { isLimited = true }
                return (min(max(wanted, 0), 2) * 10_000).rounded() / 10_000
            }
            if let sound = segment.sound {
                segment.sound?.volume = level(sound.volume)
                segment.isLoweredForVoice = false
            } else if let picture = segment.picture {
                segment.picture?.volume = level(picture.volume)
                // A level that nobody hears is no answer.
                if level(picture.volume) > 0 { segment.picture?.muted = false }
            }
            bench[path] = segment
        }
        if isLimited { bench.note(.volumeLimited(most: 2)) }
    }

    /// Silences something, or lets it be heard again.
    static let mute = OperationDeclaration(
        "mute", .sound,
        [
            OperationParameter("of", kinds),
            OperationParameter("segments", .segments),
            OperationParameter("on", .flag, usual: true),
        ], apply: applyMute)

    @Sendable private static func applyMute(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let on = arguments.flag("on") ?? true
        var arguments = arguments
        if !arguments.has("of"), !arguments.has("segments") { arguments.set("of", "all") }
        let isWhole = !arguments.has("segments")
        for path in try bench.heard(arguments) {
            if bench[path]?.picture != nil {
                bench[path]?.picture?.muted = on
            } else if isWhole {
                bench.draft.tracks[path.track].muted = on
            } else if let sound = bench[path]?.sound {
                // One sound of a track has no switch of its own; its level does it, and comes back at 1.
                bench[path]?.sound?.volume = on ? 0 : (sound.volume == 0 ? 1 : sound.volume)
            }
        }
    }
}

extension Workbench {
    /// What `of` or `segments` names that can be heard: sounds, and clips of the main track. The music where neither is
    /// there.
    func heard(_ arguments: OperationArguments) throws(EditError) -> [SegmentPath] {
        if let references = arguments.references("segments") {
            let found = try find(references, "segments")
            for path in found where self[path]?.sound == nil && self[path]?.picture?.isClip != true {
                throw EditError(.notOfKind(name: self[path]?.name ?? "", wanted: .sound), field: "segments")
            }
            return found
        }
        let of = arguments.text("of") ?? "music"
        var found: [SegmentPath] = []
        for (track, row) in draft.tracks.enumerated() {
            for (place, segment) in row.segments.enumerated() {
                let isWanted: Bool
                switch segment.content {
                case .sound(let sound):
                    isWanted =
                        of == "all" || of == sound.role.rawValue || (of == "effects" && sound.role == .effect)
                case .picture(let picture):
                    let hasSound = picture.assetID.flatMap { media[$0]?.hasSound } ?? true
                    isWanted = (of == "all" || of == "clips") && picture.isClip && (hasSound || of == "clips")
                case .text: isWanted = false
                }
                if isWanted { found.append(SegmentPath(track: track, place: place)) }
            }
        }
        guard found.isEmpty else { return found }
        let wanted: EditError.Wanted
        switch of {
        case "music": wanted = .music
        case "voice": wanted = .voice
        case "clips": wanted = .clip
        case "effects": wanted = .effect
        default: wanted = .sound
        }
        throw EditError(.none(wanted), field: "of")
    }
}
