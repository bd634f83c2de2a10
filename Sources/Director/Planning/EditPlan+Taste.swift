// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON

/// What "make it better" comes to.
extension EditPlan {
    /// "Make it better": what a film gains from without becoming another one.
    mutating func polish(_ style: String) {
        let segments = draft.mainTrack?.segments ?? []
        let looks = Set(segments.compactMap { $0.picture?.grade.look })
        let look: String =
            switch style {
            case "professional", "cinematic": "cinematic"
            case "fun": "vivid"
            case "cozy": "warm"
            default: "vivid"
            }
        let before = draft
        if looks == [.none] {
            call("grade", ["look": .string(look)])
        } else {
            let plain = segments.filter { $0.picture?.grade.look == Grade.Look.none }.map(\.id)
            if !plain.isEmpty { call("grade", ["look": .string(look), "segments": strings(plain)]) }
        }
        if segments.count > 1, segments.dropLast().allSatisfy({ $0.picture?.transition == nil }), style != "fun" {
            call("transition", ["type": "crossfade"])
        }
        if segments.allSatisfy({ $0.picture?.motion.kind == Motion.Kind.none }) { call("motion", ["type": "auto"]) }
        if draft.film.fadeOut == .zero { call("fade-film", ["out": 500]) }
        if let music = scene.sounds(.music).last?.sound, music.fadeOut < MediaTime(milliseconds: 1000) {
            call("music", ["fadeOut": 1500])
        }
        // Where all that is there already, a little depth.
        if draft == before { call("grade", ["contrast": 0.08, "vignette": 0.15, "relative": true]) }
    }
}
