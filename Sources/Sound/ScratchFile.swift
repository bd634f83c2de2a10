// SPDX-License-Identifier: GPL-3.0-or-later
internal import Foundation

/// Samples of one mix on disk, so that a three-hour film needs no gigabytes of memory.
///
/// The file has no name from the moment it is open: whatever ends the process, nothing is left behind.
final class ScratchFile {
    private let descriptor: Int32
    private let folder: String
    /// Frames written so far.
    private(set) var frames = 0
    private static let frameBytes = 2 * MemoryLayout<Float>.size
    private let buffer = UnsafeMutablePointer<Float>.allocate(capacity: 2 * FilmSound.blockFrames)

    init(in folder: URL) throws(SoundError) {
        self.folder = folder.path
        let path = folder.appendingPathComponent("kinora-sound-\(UUID().uuidString)").path
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(errno, folder.path) }
        unlink(path)
    }

    deinit {
        close(descriptor)
        buffer.deallocate()
    }

    private static func failure(_ code: Int32, _ folder: String) -> SoundError {
        let reason = String(cString: strerror(code))
        if code == ENOSPC || code == EDQUOT {
            return SoundError(
                .noSpace, "keep samples in", of: folder, because: "\(reason); free some space or set TMPDIR elsewhere")
        }
        return SoundError(.unwritable, "keep samples in", of: folder, because: reason)
    }

    /// Writes the block behind what is there.
    func append(_ block: StereoBlock) throws(SoundError) {
        block.interleave(into: buffer)
        var done = 0
        let total = block.count * Self.frameBytes
        while done < total {
            let position = off_t(frames * Self.frameBytes + done)
            let wrote = pwrite(descriptor, UnsafeRawPointer(buffer) + done, total - done, position)
            if wrote < 0 {
                if errno == EINTR { continue }
                throw Self.failure(errno, folder)
            }
            done += wrote
        }
        frames += block.count
    }

    /// Fills the first `block.count` frames of `block` from frame `start`, which must all have been written.
    func read(at start: Int, into block: StereoBlock) throws(SoundError) {
        let total = block.count * Self.frameBytes
        var done = 0
        while done < total {
            let position = off_t(start * Self.frameBytes + done)
            let got = pread(descriptor, UnsafeMutableRawPointer(buffer) + done, total - done, position)
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { throw Self.failure(got < 0 ? errno : EIO, folder) }
            done += got
        }
        block.load(interleaved: buffer, frames: block.count)
    }
}

/// One stretch of sound kept on disk: what a clip plays.
final class Take {
    private let file: ScratchFile
    private let start: Int
    let frames: Int
    private let isReversed: Bool
    /// Subtracted from every sample.
    private let offset: (left: Float, right: Float)

    /// Frames `start ..< start + frames` of `file`.
    init(file: ScratchFile, start: Int, frames: Int, offset: (left: Float, right: Float), isReversed: Bool = false) {
        self.file = file
        self.start = start
        self.frames = frames
        self.offset = offset
        self.isReversed = isReversed
    }

    /// Fills `block.count` frames from frame `position`; silence before the first and behind the last.
    func read(at position: Int, into block: StereoBlock) throws(SoundError) {
        let wanted = block.count
        let from = max(0, min(position, frames))
        let to = max(from, min(frames, position + wanted))
        guard to > from else {
            block.left.update(repeating: 0, count: wanted)
            block.right.update(repeating: 0, count: wanted)
            return
        }
        block.count = to - from
        try file.read(at: start + (isReversed ? frames - to : from), into: block)
        if isReversed {
            for channel in [block.left, block.right] {
                var samples = UnsafeMutableBufferPointer(start: channel, count: to - from)
                samples.reverse()
            }
        }
        if offset.left != 0 || offset.right != 0 {
            for i in 0..<(to - from) {
                block.left[i] -= offset.left
                block.right[i] -= offset.right
            }
        }
        let lead = from - position
        block.count = wanted
        for channel in [block.left, block.right] {
            if lead > 0 {
                (channel + lead).update(from: channel, count: to - from)
                channel.update(repeating: 0, count: lead)
            }
            let end = lead + to - from
            if end < wanted { (channel + end).update(repeating: 0, count: wanted - end) }
        }
    }
}
