// SPDX-License-Identifier: GPL-3.0-or-later
import CVips
import EditModel

/// The way of one photo from its file to upright sRGB pixels of the size asked for.
///
/// decode (a JPEG smaller where that pays) → 8 bits a channel → shrink while rows come in → sRGB → turn.
/// Colours are managed after shrinking, when there are fewer pixels; 16-bit and unusual ones before, to keep their precision.
struct PhotoDevelopment {
    private let file: StillFile
    private let request: PhotoRequest
    private let strictness: StillFile.Strictness

    init(_ file: StillFile, _ request: PhotoRequest, _ strictness: StillFile.Strictness) {
        self.file = file
        self.request = request
        self.strictness = strictness
    }

    func run() throws(StillError) -> StillImages.Developed {
        let header = try file.picture(strictness)
        let upright = PhotoTurn(orientation: header.orientation)
        let stored = PixelSize(width: header.width, height: header.height)
        let shown = upright.swapsSides ? stored.turned : stored

        // The part wanted, of the upright photo and then of the photo as it is stored.
        let part = Self.pixels(of: request.crop, in: shown)
        let storedPart = upright.inverse.move(part, width: shown.width, height: shown.height)
        let turn = upright.then(request.turn)
        let wanted = request.size.fitted(
            request.turn.swapsSides
                ? PixelSize(width: part.height, height: part.width) : PixelSize(width: part.width, height: part.height))
        let target = turn.swapsSides ? wanted.turned : wanted

        let shrink = Self.shrink(storedPart, to: target)
        do {
            let source = shrink > 1 ? try file.picture(strictness, shrink: shrink) : header
            let area = Self.scaled(storedPart, from: stored, to: PixelSize(width: source.width, height: source.height))
            let pixels = try shrunk(source, area: area, to: target)
            return StillImages.Developed(pixels: pixels.turned(turn), sourceSize: shown, isTruncated: false)
        } catch let failure as VipsFailure {
            throw StillError(.damaged, "decode", file.path, failure.message)
        } catch let refusal as StillError {
            throw refusal
        } catch {
            throw StillError(.damaged, "decode", file.path, "\(error)")
        }
    }

    private func shrunk(_ source: VipsPicture, area: PixelRect, to target: PixelSize) throws(VipsFailure) -> Pixels {
        let profile = source.blob(VIPS_META_ICC_NAME)
        let plain = try EightBitPicture(source, profile: profile)
        let width = min(target.width, area.width)
        let height = min(target.height, area.height)
        let pixels = try Reduction.read(
            plain.picture, area: area, width: width, height: height, premultiplies: plain.content == .straightAlpha)
        return try plain.finish(pixels)
    }

    /// Whole pixels of a part given in shares; at least one, inside the picture.
    static func pixels(of crop: UnitRect, in size: PixelSize) -> PixelRect {
        func span(_ start: Double, _ length: Double, _ count: Int) -> (Int, Int) {
            guard start.isFinite, length.isFinite else { return (0, count) }
            let from = min(max(0, start), 1), to = min(max(from, start + length), 1)
            let first = min(Int((from * Double(count)).rounded()), count - 1)
            return (first, max(1, Int((to * Double(count)).rounded()) - first))
        }
        let (x, width) = span(crop.x, crop.width, size.width)
        let (y, height) = span(crop.y, crop.height, size.height)
        return PixelRect(x: x, y: y, width: width, height: height)
    }

    private static let smallSide = 1280

    /// How many times smaller a JPEG is decoded: at least twice the size wanted is left for the better filter, one and a half
    /// times for a picture that is small (a preview, a measurement), where soon counts.
    static func shrink(_ part: PixelRect, to target: PixelSize) -> Int {
        let spare = max(target.width, target.height) <= smallSide ? 1.5 : 2
        let room = min(Double(part.width) / Double(target.width), Double(part.height) / Double(target.height))
        return [8, 4, 2].first { room >= Double($0) * spare } ?? 1
    }

    /// The same part of the same picture at another size.
    static func scaled(_ part: PixelRect, from size: PixelSize, to other: PixelSize) -> PixelRect {
        guard size != other else { return part }
        func span(_ start: Int, _ length: Int, _ from: Int, _ to: Int) -> (Int, Int) {
            let first = min(Int((Double(start) * Double(to) / Double(from)).rounded()), to - 1)
            let last = Int((Double(start + length) * Double(to) / Double(from)).rounded())
            return (first, max(1, min(last, to) - first))
        }
        let (x, width) = span(part.x, part.width, size.width, other.width)
        let (y, height) = span(part.y, part.height, size.height, other.height)
        return PixelRect(x: x, y: y, width: width, height: height)
    }
}
