// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

extension AutoEdit {
    /// `draft` laid out anew for a platform or a canvas, instead of stretched: canvas and frame rate, how each picture
    /// fills the frame and which way it moves, and where text may stand. Cuts, sound, words and ids stay.
    ///
    /// - Parameters:
    ///   - preset: the platform; nil takes the film's own platform off it.
    ///   - canvas: nil = the platform's, in the shape that most pictures have where it takes that.
    ///   - media: facts of the draft's assets by id.
    ///   - wishes: what the person asked; a fit, motion, canvas or frame rate in it holds for every layout.
    public static func relaidOut(
        _ draft: Draft, to preset: PlatformPreset?, canvas: PixelSize? = nil, media: [String: MediaFacts],
        wishes: EditWishes = EditWishes()
    ) throws(AutoEditError) -> EditProposal {
        var draft = draft
        var wishes = wishes
        wishes.canvas = canvas ?? wishes.canvas
        let main = draft.mainTrackIndex
        let segments = main.map { draft.tracks[$0].segments } ?? []
        let pictures = segments.compactMap { $0.picture?.assetID.flatMap { media[$0] } }
        var notes: [EditNote] = []
        draft.film.canvas = try Self.canvas(for: pictures, wishes: wishes, preset: preset)
        draft.film.preset = preset?.name
        if let rate = wishes.frameRate {
            draft.film.frameRate = rate
        } else if let preset {
            draft.film.frameRate = preset.frameRates.fitted(draft.film.frameRate)
        }
        if let main {
            var motion = MotionChoice(wish: wishes.motions)
            var whole: Set<String> = []
            for (index, segment) in segments.enumerated() {
                guard var picture = segment.picture, let id = picture.assetID, let facts = media[id] else { continue }
                let shown = facts.shown(crop: picture.crop, turn: picture.turn)
                // What a person chose stays, unless they choose anew.
                let fit = wishes.fit ?? (segment.isChosen(.fit) ? picture.fit : nil)
                let isKept = segment.isChosen(.motion)
                let framing = Framing(
                    of: shown, on: draft.film.canvas, wish: fit, travels: wishes.movesFreely && !isKept)
                picture.fit = framing.fit
                if picture.crop == nil, picture.turn == .none, !segment.isChosen(.focus), let focus = framing.focus {
                    picture.focus = focus
                }
                if case .image = picture.source {
                    let fresh = motion.next(
                        over: shown, framed: framing, on: draft.film.canvas, for: segment.range.duration)
                    let suits = MotionChoice.suits(
                        picture.motion.kind, shown, framed: framing, on: draft.film.canvas)
                    // A way from end to end is of one canvas only.
                    let isTravel = framing.panorama != nil || (picture.motion.isPan && picture.motion.amount > 0.5)
                    if wishes.motions != nil || ((!suits || isTravel) && !isKept) { picture.motion = fresh }
                    if picture.motion.kind == .zoomIn || picture.motion.kind == .zoomOut {
                        picture.motion.amount = min(
                            picture.motion.amount, framing.mostZoom)
                    }
                }
                if framing.fit == .blur, fit == nil { whole.insert(id) }
                draft.tracks[main].segments[index].picture = picture
            }
            if !whole.isEmpty { notes.append(.shownWhole(count: whole.count)) }
        }
        draft.keepTextClear()
        draft.keepTitlesOffFaces(media: media, wishes: wishes)
        if let preset { notes += platformNotes(for: draft, preset) }
        return EditProposal(draft: draft, notes: notes)
    }
}

extension PlatformPreset.FrameRates {
    /// `rate` where the platform takes it; else its usual one, or the nearest end.
    func fitted(_ rate: FrameRate) -> FrameRate {
        let perSecond = rate.framesPerSecond
        if perSecond > highest.framesPerSecond + 0.001 { return usual ?? highest }
        if perSecond < lowest.framesPerSecond - 0.001 { return usual ?? lowest }
        return rate
    }
}

extension Draft {
    /// Moves text that stands at a point of its own into the safe area of the film's platform.
    mutating func keepTextClear() {
        for track in tracks.indices where tracks[track].kind == .text {
            for index in tracks[track].segments.indices {
                guard var text = tracks[track].segments[index].text, case .at(let point) = text.position else {
                    continue
                }
                // How wide the clear area is goes by the height at which the text comes to stand.
                let rows = film.safeRect(at: text.position)
                let y = min(max(point.y, rows.y), rows.y + rows.height)
                let columns = film.safeRect(at: .at(UnitPoint(x: point.x, y: y)))
                let x = min(max(point.x, columns.x), columns.x + columns.width)
                text.position = .at(UnitPoint(x: x, y: y))
                tracks[track].segments[index].text = text
            }
        }
    }
}

extension Draft {
    /// Moves a title that stands at a named place and would cover a face there to where it covers none, or least.
    mutating func keepTitlesOffFaces(media: [String: MediaFacts], wishes: EditWishes) {
        guard let main = mainTrackIndex else { return }
        for track in tracks.indices where tracks[track].kind == .text {
            for index in tracks[track].segments.indices {
                let segment = tracks[track].segments[index]
                guard var text = segment.text, text.role == .title else { continue }
                if case .at = text.position { continue }
                let heads = AutoEdit.heads(
                    in: tracks[main].segments, during: segment.range.start..<segment.range.end, film.canvas,
                    media: media, wishes: wishes)
                let place = TitlePlace(film: film, heads: heads)
                guard place.share(coveredBy: text.text, at: text.position) > 0.02 else { continue }
                text.position = place.position(for: text.text)
                tracks[track].segments[index].text = text
            }
        }
    }
}

extension MediaFacts {
    /// The facts of the picture after a crop and a turn; faces are known only of the whole, upright picture.
    func shown(crop: UnitRect?, turn: Turn) -> MediaFacts {
        guard crop != nil || turn != .none, let size else { return self }
        var facts = self
        let part = crop ?? .whole
        let cropped = PixelSize(
            width: max(1, Int(Double(size.width) * part.width)), height: max(1, Int(Double(size.height) * part.height)))
        facts.size = turn.degrees % 180 == 0 ? cropped : cropped.turned
        facts.faces = []
        facts.focus = nil
        return facts
    }
}
