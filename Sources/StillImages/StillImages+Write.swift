// SPDX-License-Identifier: GPL-3.0-or-later
import CVips
public import Foundation
public import PixelBuffers

extension StillImages {
    /// What a picture can be written as.
    public enum WriteFormat: String, CaseIterable, Hashable, Sendable, Codable {
        case png, jpeg, webp

        /// By a file's name; nil when it ends in none of these.
        public init?(pathExtension: String) {
            switch pathExtension.lowercased() {
            case "jpg": self = .jpeg
            case let other:
                guard let format = WriteFormat(rawValue: other) else { return nil }
                self = format
            }
        }
    }

    /// Writes a film picture as an sRGB file, whole or not at all: what stood there is replaced once the new file is complete.
    ///
    /// - Parameter quality: 1…100, for jpeg and webp; from 90 on, jpeg keeps full colour resolution. A jpeg has no alpha:
    ///   what is see-through lies on black.
    public static func write(
        _ picture: Picture, to url: URL, format: WriteFormat = .png, quality: Int = 90
    ) throws(StillError) {
        let pixels = Pixels(picture)
        let part = url.deletingLastPathComponent()
            .appendingPathComponent(".\(url.lastPathComponent).\(UUID().uuidString.prefix(8)).part")
        do {
            let image = try VipsPicture(over: pixels, interpretation: VIPS_INTERPRETATION_sRGB)
            _ = try VipsCall(
                "\(format.rawValue)save",
                [("in", .image(image)), ("filename", .string(part.path)), ("strip", .bool(true))]
                    + arguments(format, quality: max(1, min(100, quality))))
        } catch {
            unlink(part.path)
            throw StillError(.cannotWrite, "write", url.path, error.message)
        }
        guard rename(part.path, url.path) == 0 else {
            let cause = String(cString: strerror(errno))
            unlink(part.path)
            throw StillError(.cannotWrite, "write", url.path, cause)
        }
    }

    /// A film picture as the bytes of an sRGB file; `quality` as for `write`.
    public static func data(
        _ picture: Picture, format: WriteFormat, quality: Int = 90
    ) throws(StillError) -> [UInt8] {
        let pixels = Pixels(picture)
        do {
            let image = try VipsPicture(over: pixels, interpretation: VIPS_INTERPRETATION_sRGB)
            let call = try VipsCall(
                "\(format.rawValue)save_buffer",
                [("in", .image(image)), ("strip", .bool(true))]
                    + arguments(format, quality: max(1, min(100, quality))))
            return try call.bytes()
        } catch {
            throw StillError(.cannotWrite, "write", "a picture", error.message)
        }
    }

    private static func arguments(_ format: WriteFormat, quality: Int) -> [(String, VipsArgument)] {
        switch format {
        case .png: [("compression", .int(6))]
        case .jpeg:
            [("Q", .int(quality)), ("optimize_coding", .bool(true)), ("background", .doubles([0]))]
        case .webp: [("Q", .int(quality))]
        }
    }
}
