// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV
public import EditTime
public import Foundation
public import PixelBuffers

/// Reads a clip's pictures by time: the frame that is shown at a moment, as 8-bit 4:2:0 BT.709 limited range.
///
/// Frames come with square pixels but not rotated or mirrored (see `PictureFacts.rotation`). Time 0 is the file's own
/// zero (`ContainerFacts`). Asking for times that rise costs a decode each; times that fall are served from the group
/// of pictures that is kept for them. A reader belongs to one thread at a time and blocks it.
public final class ClipReader {
    public struct Options: Hashable, Sendable {
        /// Shrink while converting to about this size, in unrotated pixels: the smallest picture of the clip's own
        /// shape that is at least this wide and this high. Never enlarges. Nil keeps the clip's size.
        public var targetSize: (width: Int, height: Int)? {
            get { target.map { ($0[0], $0[1]) } }
            set { target = newValue.map { [$0.width, $0.height] } }
        }
        private var target: [Int]?
        /// Threads that the decoder itself may use; one, because chunks run side by side.
        public var threads = 1
        /// About how many bytes of decoded frames may be kept for playing backwards.
        public var cacheBytes = 96 << 20

        public init(targetSize: (width: Int, height: Int)? = nil, threads: Int = 1) {
            self.targetSize = targetSize
            self.threads = threads
        }
    }

    /// Of every picture that `frame(at:)` returns.
    public let layout: PictureLayout
    public let rotation: Int
    public let isMirrored: Bool

    private let file: MediaFile
    private let options: Options
    private var source: StreamDecoder
    private let converter: FrameConverter
    private let origin: MediaTime
    private let tolerance: MediaTime

    /// Frames in a row as shown; the one asked for last and its neighbours.
    private var window: [ClipFrame] = []
    /// The window begins with the clip's first frame.
    private var startsAtBeginning = true
    /// Nothing comes after the window.
    private var hasEnded = false
    private var isGoingBack = false
    private var lastTime: MediaTime?

    /// Throws as `MediaProbe` does, and `noPicture` or `unsupported`.
    public convenience init(_ url: URL, options: Options = Options()) throws(MediaError) {
        try self.init(MediaFile(url), options: options)
    }

    public init(_ file: MediaFile, options: Options = Options()) throws(MediaError) {
        self.file = file
        self.options = options
        source = try Self.open(file, options)
        origin = source.demuxer.origin
        let shape = PictureShape(source.stream, frame: nil)
        try PictureShape.checkSize(shape.width, shape.height, file.name)
        layout = Self.layout(for: shape, options.targetSize)
        rotation = shape.rotation
        isMirrored = shape.isMirrored
        let parameters = source.stream.pointee.codecpar.pointee
        converter = FrameConverter(
            layout,
            fallback: .init(
                matrix: parameters.color_space, range: parameters.color_range, transfer: parameters.color_trc),
            subject: file.name)
        // A container's clock rounds; a frame that it puts a hair after the moment asked for is the one meant.
        let unit = LibAV.time(1, source.stream.pointee.time_base) ?? .zero
        tolerance = min(unit, MediaTime(milliseconds: 1))
    }

    private static func open(_ file: MediaFile, _ options: Options) throws(MediaError) -> StreamDecoder {
        let demuxer = try Demuxer(file)
        guard let stream = demuxer.pictureStream else {
            throw MediaError(.noPicture, "show", file.name, "there is no moving picture in it")
        }
        guard stream.pointee.codecpar.pointee.width > 0, stream.pointee.codecpar.pointee.height > 0 else {
            throw MediaError(.damaged, "show", file.name, "its picture has no size: it is broken or was cut short")
        }
        return try StreamDecoder(demuxer, stream, threads: options.threads)
    }

    private static func layout(for shape: PictureShape, _ target: (width: Int, height: Int)?) -> PictureLayout {
        guard let target, target.width > 0, target.height > 0 else {
            return PictureLayout(width: shape.width, height: shape.height)
        }
        let scale = min(
            1, max(Double(target.width) / Double(shape.width), Double(target.height) / Double(shape.height)))
        func scaled(_ side: Int) -> Int { max(1, Int((Double(side) * scale).rounded())) }
        return PictureLayout(width: scaled(shape.width), height: scaled(shape.height))
    }

    // MARK: Asking

    /// The picture shown at a source time: the latest frame at or before it, the first for times before it, the last for
    /// times past the end. The same frame is the same object as long as the reader stands there.
    ///
    /// Throws `damaged` where not one frame can be decoded.
    public func frame(at time: MediaTime) throws(MediaError) -> Picture { try shown(at: time).picture }

    /// As `frame(at:)`, with the source time at which that frame begins.
    public func shown(at time: MediaTime) throws(MediaError) -> (picture: Picture, start: MediaTime) {
        if index(showing: time) == nil {
            if try !moveIfFar(time) { isGoingBack = false }
            try decode(until: time)
        }
        guard let index = index(showing: time) ?? (window.isEmpty ? nil : 0) else {
            throw MediaError(.damaged, "show", file.name, "not one frame of it can be decoded")
        }
        let picture = try window[index].picture(by: converter)
        let start = window[index].time
        if !isGoingBack { window.removeFirst(index, markingIn: &startsAtBeginning) }
        return (picture, start)
    }

    /// Which frame of the window is shown at `time`, or nil where the window cannot tell.
    private func index(showing time: MediaTime) -> Int? {
        guard let first = window.first else { return nil }
        let moment = time + tolerance
        guard first.time <= moment else { return startsAtBeginning ? 0 : nil }
        guard hasEnded || window[window.count - 1].time > moment else { return nil }
        return window.lastIndex { $0.time <= moment }
    }

    // MARK: Moving

    /// Starts from a keyframe at or before `time` where the window is past it, or so far behind that decoding on would
    /// be slower. True if it went back.
    private func moveIfFar(_ time: MediaTime) throws(MediaError) -> Bool {
        let isBehind = window.first.map { time + tolerance < $0.time } ?? false
        guard isBehind || hasKeyframe(closeBefore: time) else { return false }
        isGoingBack = isBehind
        let stream = source.stream
        let first = source.demuxer.start(of: stream) ?? origin
        for step in [0, 1, 4, 16, 64, 256] {
            let target = time + origin - MediaTime(milliseconds: Int64(step) * 1000)
            guard target > first else { break }
            guard source.seek(to: LibAV.count(target, stream.pointee.time_base)) else { break }
            restart(atBeginning: false)
            if try decodeOne(), let start = window.first?.time, start <= time + tolerance { return isBehind }
        }
        try rewind()
        return isBehind
    }

    /// Whether seeking to `time` saves decoding: a keyframe lies between the end of the window and it.
    private func hasKeyframe(closeBefore time: MediaTime) -> Bool {
        let stream = source.stream
        let base = stream.pointee.time_base
        let reached = window.last?.time ?? .zero
        guard time > reached + MediaTime(milliseconds: 400) else { return false }
        let position = av_index_search_timestamp(stream, LibAV.count(time + origin, base), AVSEEK_FLAG_BACKWARD)
        if position >= 0, let entry = avformat_index_get_entry(stream, position),
            let keyframe = LibAV.time(entry.pointee.timestamp, base)
        {
            if keyframe - origin > reached { return true }
        }
        // No index, or one that grows as the file is read: worth a try only when far.
        return time > reached + MediaTime(milliseconds: 15_000)
    }

    /// Back to the clip's first frame, by opening it anew: some containers cannot seek there, and before the first
    /// keyframe there may be frames that only a fresh start decodes.
    private func rewind() throws(MediaError) {
        source = try Self.open(file, options)
        restart(atBeginning: true)
    }

    private func restart(atBeginning: Bool) {
        window.removeAll(keepingCapacity: true)
        startsAtBeginning = atBeginning
        hasEnded = false
        lastTime = nil
    }

    // MARK: Decoding

    private func decode(until time: MediaTime) throws(MediaError) {
        while !hasEnded, (window.last?.time ?? MediaTime(ticks: .min)) <= time + tolerance {
            guard try decodeOne() else { break }
            if isGoingBack {
                trim()
            } else if window.count > 2 {
                window.removeFirst(window.count - 2, markingIn: &startsAtBeginning)
            }
        }
    }

    /// Keeps what the cache may hold, the latest of it.
    private func trim() {
        let bytes = window.last?.byteCount ?? 1
        let most = max(3, options.cacheBytes / max(1, bytes))
        if window.count > most { window.removeFirst(window.count - most, markingIn: &startsAtBeginning) }
    }

    /// Adds the next frame to the window; false at the end.
    private func decodeOne() throws(MediaError) -> Bool {
        guard let frame = try source.next() else {
            hasEnded = true
            return false
        }
        let base = source.stream.pointee.time_base
        let step = LibAV.time(max(1, frame.pointer.pointee.pkt_duration), base) ?? tolerance
        var time =
            (LibAV.time(frame.pointer.pointee.best_effort_timestamp, base) ?? (lastTime ?? .zero) + origin + step)
            - origin
        // Times that stand still or go back are a broken recorder's; frames are shown in the order they come.
        if let lastTime, time <= lastTime { time = lastTime + MediaTime(ticks: 1) }
        lastTime = time
        window.append(ClipFrame(frame, time: time))
        return true
    }
}

/// A decoded frame waiting to be asked for; converted when it is, and then only the picture is kept.
private final class ClipFrame {
    let time: MediaTime
    private var frame: FrameHandle?
    private var converted: Picture?

    init(_ frame: FrameHandle, time: MediaTime) {
        self.frame = frame
        self.time = time
    }

    var byteCount: Int {
        if let converted { return converted.layout.byteCount }
        guard let frame = frame?.pointer.pointee else { return 0 }
        return max(
            0, Int(av_image_get_buffer_size(AVPixelFormat(rawValue: frame.format), frame.width, frame.height, 64)))
    }

    func picture(by converter: FrameConverter) throws(MediaError) -> Picture {
        if let converted { return converted }
        guard let frame else {
            throw MediaError(.misuse, "show", "a frame", "it was already given away")
        }
        let picture = try converter.picture(of: frame.pointer)
        converted = picture
        self.frame = nil
        return picture
    }
}

extension [ClipFrame] {
    /// Drops the first `count`; what remains then no longer begins at the beginning.
    fileprivate mutating func removeFirst(_ count: Int, markingIn startsAtBeginning: inout Bool) {
        guard count > 0 else { return }
        removeFirst(count)
        startsAtBeginning = false
    }
}
