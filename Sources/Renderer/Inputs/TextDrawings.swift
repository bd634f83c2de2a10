// SPDX-License-Identifier: GPL-3.0-or-later
import Compositor
import ContentHash
import EditModel
import FileStore
import Foundation
import PixelBuffers
import RenderPlanning
import Titles

/// Draws the texts of a draft, once each, and keeps the drawings in the cache.
struct TextDrawings: Sendable {
    static let kind = CacheFolder.Kind("texts")
    static let bitmapKind = CacheFolder.Kind("bitmaps")

    let pictures: PictureStore

    /// By segment id, every text of `draft` as it lies on the draft's canvas.
    func drawn(_ draft: Draft) throws -> [String: DrawnText] {
        var drawings: [String: DrawnText] = [:]
        for track in draft.tracks where track.kind == .text && !track.muted {
            for segment in track.segments {
                guard let text = segment.text else { continue }
                drawings[segment.id] = try drawn(text, film: draft.film)
            }
        }
        return drawings
    }

    private struct Key: Encodable {
        let request: TitleRequest
        let revealsParts: Bool
        let lit: TitleColor?
        let stage: String
    }

    private func drawn(_ text: TextContent, film: FilmSettings) throws -> DrawnText? {
        let request = TitleRequest(text, film: film)
        let revealsParts = text.entrance?.kind == .typewriter || text.entrance?.kind == .words
        let lit = text.words.isEmpty ? nil : request.litColor
        let key = try ContentHash(
            canonical: Key(request: request, revealsParts: revealsParts, lit: lit, stage: Stages.titles))
        if let kept = pictures.cache.load(Self.kind, key),
            let drawing = try? JSONDecoder().decode(DrawnText.self, from: Data(kept.copy)), isThere(drawing)
        {
            return drawing
        }
        guard let drawing = try draw(request, revealsParts: revealsParts, lit: lit) else { return nil }
        let encoded = [UInt8](try JSONEncoder().encode(drawing))
        try encoded.withUnsafeBytes { _ = try pictures.cache.store(Self.kind, key, [$0]) }
        return drawing
    }

    private func isThere(_ drawing: DrawnText) -> Bool {
        [drawing.bitmap, drawing.plate, drawing.lit].compactMap(\.self).allSatisfy { hex in
            ContentHash(hex: hex).flatMap { pictures.load(Self.bitmapKind, $0) } != nil
        }
    }

    private func draw(_ request: TitleRequest, revealsParts: Bool, lit: TitleColor?) throws -> DrawnText? {
        guard let drawing = try TitlePainter.draw(request) else { return nil }
        let partsPlate = revealsParts ? drawing.plate : nil
        let letters = partsPlate == nil ? drawing.bitmap : drawing.letters
        var lighted: Bitmap?
        if let lit {
            var request = request
            request.color = lit
            let other = try TitlePainter.draw(request)
            // In one place with the letters it lies over, or not at all.
            if let other, other.x == drawing.x, other.y == drawing.y, other.letters.width == letters.width,
                other.letters.height == letters.height
            {
                lighted = other.letters
            }
        }
        return DrawnText(
            bitmap: try keep(letters), plate: try partsPlate.map(keep), lit: try lighted.map(keep),
            missing: drawing.missing,
            size: PixelSize(width: letters.width, height: letters.height), x: drawing.x, y: drawing.y,
            words: drawing.words.map { $0.boxes.map(DrawnText.Box.init) },
            characters: drawing.characters.map { $0.boxes.map(DrawnText.Box.init) })
    }

    /// Keeps a bitmap as the picture that the compositor lays over the film; returns its name.
    private func keep(_ bitmap: Bitmap) throws -> String {
        var hasher = ContentHasher()
        hasher.update(Array("\(bitmap.width)x\(bitmap.height)\n".utf8))
        bitmap.pixels.withUnsafeBytes { hasher.update($0) }
        let hash = hasher.finish()
        if pictures.load(Self.bitmapKind, hash) == nil {
            _ = try pictures.store(Picture(bitmap), Self.bitmapKind, hash)
        }
        return hash.hex
    }
}

extension DrawnText.Box {
    init(_ box: TitleBox) { self.init(x: box.x, y: box.y, width: box.width, height: box.height) }
}
