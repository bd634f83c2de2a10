// SPDX-License-Identifier: GPL-3.0-or-later
import ColourTables
public import EditModel
public import Foundation
import MediaIO
import StillImages

/// What a file is, told by its content; its name says nothing.
public struct SniffedMedia: Hashable, Sendable {
    /// As far as the first bytes tell: an mp4, webm or ogg without a picture is found to be sound when it is probed.
    public var kind: MediaKind
    /// `jpeg`, `mp4`, `mp3`, `srt`, …
    public var format: String
    /// A gif or webp of several frames.
    public var isAnimated = false
}

/// Tells photos, clips, songs and scripts apart by their first 64 KiB.
public enum MediaSniffer {
    /// Bytes from the start of a file that are looked at, at most.
    public static let length = 64 << 10

    /// nil for a file of no kind that Kinora takes. Throws `Refusal` when it cannot be read, is empty or is no file.
    public static func sniff(_ url: URL) throws(Refusal) -> SniffedMedia? {
        let path = url.path
        if let refusal = Refusal.unlessFile(path) { throw refusal }
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw Refusal(path, errno: errno) }
        defer { close(file) }
        var facts = stat()
        guard fstat(file, &facts) == 0 else { throw Refusal(path, errno: errno) }
        // Something else may have taken its place meanwhile.
        if let refusal = Refusal.ofKind(facts.st_mode, path) { throw refusal }
        var bytes = [UInt8](repeating: 0, count: min(length, Int(facts.st_size)))
        let count = pread(file, &bytes, bytes.count, 0)
        guard count >= 0 else { throw Refusal(path, errno: errno) }
        guard count > 0 else { throw Refusal(.empty, path, .empty, .copyAgain) }
        return sniff(Array(bytes.prefix(count)), isWhole: count == Int(facts.st_size)) { offset, wanted in
            var more = [UInt8](repeating: 0, count: wanted)
            let got = pread(file, &more, wanted, off_t(offset))
            return Array(more.prefix(max(0, got)))
        }
    }

    /// Tells by bytes alone.
    ///
    /// - Parameters:
    ///   - start: the file's first bytes, up to `length`.
    ///   - isWhole: they are all there are.
    ///   - read: more bytes of the file, at an offset; asked only to look behind a song's tags.
    public static func sniff(
        _ start: [UInt8], isWhole: Bool, read: (_ offset: Int64, _ count: Int) -> [UInt8] = { _, _ in [] }
    ) -> SniffedMedia? {
        if let format = StillFormat(sniffing: start) {
            let isAnimated = Animation.isAnimated(start, isWhole: isWhole, format)
            return SniffedMedia(
                kind: isAnimated ? .video : .image, format: format.rawValue, isAnimated: isAnimated)
        }
        if StillFormat.nameOfUnsupported(start) != nil { return nil }
        if CubeTable.isOne(start) { return SniffedMedia(kind: .lut, format: "cube") }
        if let text = TextFormat.sniff(start, isWhole: isWhole) { return SniffedMedia(kind: .text, format: text) }
        if let container = ContainerKind(sniffing: start, read: read) {
            return SniffedMedia(kind: container.isUsuallySound ? .audio : .video, format: container.rawValue)
        }
        return nil
    }
}

extension ContainerKind {
    var isUsuallySound: Bool {
        switch self {
        case .m4a, .mp3, .wav, .flac, .ogg, .aac, .aiff, .caf: true
        case .mp4, .mov, .matroska, .webm, .avi, .mpegts, .gif: false
        }
    }
}
