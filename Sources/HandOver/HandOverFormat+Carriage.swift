// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel

extension HandOverFormat {
    /// What this format's writer makes of a trait. What stands in no row is not carried.
    public func carriage(of trait: FilmTrait) -> Carriage { Self.table[self]?[trait] ?? .not }

    /// Whether a transition arrives as what it is.
    func knows(_ transition: Transition) -> Bool {
        switch self {
        case .otio, .fcpxml, .mlt: transition.name == .crossfade
        case .edl: transition.name == .crossfade || EDLWriter.wipes[transition.name.rawValue] != nil
        case .capcut: CapCutTransition.table[transition.name.rawValue] != nil
        case .srt, .vtt: false
        }
    }

    private static let table: [HandOverFormat: [FilmTrait: Carriage]] = [
        .otio: FilmTrait.allCases.reduce(into: [:]) { row, trait in
            row[trait] = otioShows[trait] ?? .kept
        },
        .fcpxml: [
            .canvas: .whole, .pictures: .whole, .overlays: .whole, .sounds: .whole, .madeSounds: .whole,
            .titles: .nearly, .captions: .nearly, .textStyle: .nearly, .textPlace: .nearly,
            .framing: .whole, .motion: .nearly, .turn: .whole, .opacity: .whole, .place: .nearly, .speed: .whole,
            .reverse: .whole, .clipSound: .whole, .mutedTracks: .whole, .transitions: .whole,
            .transitionKinds: .nearly, .volume: .whole, .soundFades: .whole, .loops: .whole,
        ],
        .edl: [
            .pictures: .whole, .transitions: .whole, .transitionKinds: .nearly, .speed: .whole, .reverse: .whole,
            .sounds: .nearly, .madeSounds: .nearly, .clipSound: .whole, .loops: .nearly, .colours: .nearly,
        ],
        .srt: [.captions: .whole, .wordTimes: .nearly],
        .vtt: [.captions: .whole, .wordTimes: .whole],
        .mlt: [
            .canvas: .whole, .pictures: .whole, .overlays: .whole, .sounds: .whole, .madeSounds: .whole,
            .titles: .nearly, .captions: .nearly, .textStyle: .nearly, .textPlace: .nearly, .colours: .whole,
            .framing: .whole, .motion: .nearly, .opacity: .whole, .place: .nearly, .speed: .whole, .reverse: .whole,
            .patterns: .nearly, .textMoves: .nearly,
            .clipSound: .whole, .mutedTracks: .whole, .transitions: .whole, .transitionKinds: .nearly,
            .volume: .whole, .soundFades: .whole, .loops: .whole, .filmFades: .whole, .background: .whole,
        ],
        .capcut: [
            .canvas: .whole, .pictures: .whole, .overlays: .whole, .sounds: .whole, .madeSounds: .whole,
            .titles: .whole, .captions: .whole, .textStyle: .nearly, .textPlace: .nearly, .framing: .whole,
            .blurredGround: .whole,
            .motion: .nearly, .turn: .whole, .crop: .whole, .opacity: .whole, .place: .nearly, .speed: .whole,
            .reverse: .nearly, .clipSound: .whole, .mutedTracks: .whole, .transitions: .whole,
            .transitionKinds: .nearly, .volume: .whole, .soundFades: .whole, .loops: .whole,
        ],
    ]

    /// What OpenTimelineIO has words for; everything else is kept beside them for reading back.
    private static let otioShows: [FilmTrait: Carriage] = [
        .pictures: .whole, .overlays: .whole, .sounds: .whole, .madeSounds: .whole, .clipSound: .whole,
        .transitions: .whole, .speed: .whole, .reverse: .whole, .loops: .whole, .transitionKinds: .nearly,
        .mutedTracks: .whole, .colours: .nearly, .titles: .nearly, .captions: .nearly, .unmadeSounds: .nearly,
    ]
}
