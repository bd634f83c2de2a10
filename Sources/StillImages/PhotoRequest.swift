// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
public import PixelBuffers

/// What is wanted of a photo: which part of it, how turned, how large.
public struct PhotoRequest: Hashable, Sendable, Codable {
    /// How large the finished picture shall be. It is never larger than the part of the photo it shows: nothing is enlarged.
    public enum Size: Hashable, Sendable, Codable {
        /// All the pixels there are.
        case full
        /// The largest of the photo's shape that fits inside.
        case within(PixelSize)
        /// The smallest of the photo's shape that covers it.
        case covering(PixelSize)
        /// These sides, whatever that does to the shape; a side that would be enlarged stays as it is.
        case exactly(PixelSize)
    }

    /// The part of the upright photo that is used.
    public var crop: UnitRect
    /// How that part is then turned.
    public var turn: PhotoTurn
    /// How large it shall be, once turned.
    public var size: Size
    /// Whether a file that ends too early gives what it has (the rest grey) instead of an error.
    public var acceptsTruncated: Bool

    public init(
        crop: UnitRect = .whole, turn: PhotoTurn = .none, size: Size = .full, acceptsTruncated: Bool = false
    ) {
        self.crop = crop
        self.turn = turn
        self.size = size
        self.acceptsTruncated = acceptsTruncated
    }

    /// As a draft says it: turned by `rotate` degrees clockwise (0, 90, 180, 270), then flipped.
    public init(
        crop: UnitRect = .whole, rotate degrees: Int, flipsHorizontally: Bool = false, flipsVertically: Bool = false,
        size: Size = .full, acceptsTruncated: Bool = false
    ) {
        // Upside down is left to right and half a turn.
        let flip = PhotoTurn(isMirrored: flipsHorizontally != flipsVertically, quarters: flipsVertically ? 2 : 0)
        self.init(
            crop: crop, turn: PhotoTurn(quarters: degrees / 90).then(flip), size: size,
            acceptsTruncated: acceptsTruncated)
    }
}

extension PhotoRequest.Size {
    /// The finished size of a part of a photo that has `part` pixels, once turned.
    func fitted(_ part: PixelSize) -> PixelSize {
        func scaled(_ scale: Double) -> PixelSize {
            guard scale < 1 else { return part }
            return PixelSize(
                width: max(1, Int((Double(part.width) * scale).rounded())),
                height: max(1, Int((Double(part.height) * scale).rounded())))
        }
        switch self {
        case .full: return part
        case .within(let box):
            return scaled(
                min(Double(max(1, box.width)) / Double(part.width), Double(max(1, box.height)) / Double(part.height)))
        case .covering(let box):
            return scaled(max(Double(box.width) / Double(part.width), Double(box.height) / Double(part.height)))
        case .exactly(let box):
            return PixelSize(
                width: max(1, min(box.width, part.width)), height: max(1, min(box.height, part.height)))
        }
    }
}

/// A photo as asked for.
public struct LoadedPhoto: Sendable {
    public var picture: Picture
    /// Of the whole upright photo in its file, in pixels.
    public var sourceSize: PixelSize
    /// The file ended too early: the lower part is grey.
    public var isTruncated: Bool
}
