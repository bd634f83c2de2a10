// SPDX-License-Identifier: GPL-3.0-or-later
internal import MediaIO

/// A file's sound as the mix takes it in.
final class FileSource: SampleSource {
    private let reader: SoundReader
    private let samples = UnsafeMutableBufferPointer<Float>.allocate(capacity: 2 * FilmSound.blockFrames)

    init(_ file: MediaFile, from frame: Int) throws(MediaError) {
        reader = try SoundReader(file, from: FilmSound.time(ofFrame: frame))
    }

    deinit { samples.deallocate() }

    func next(into block: StereoBlock) throws -> Bool {
        let count = try reader.read(into: samples)
        guard count > 0, let base = samples.baseAddress else { return false }
        block.load(interleaved: base, frames: count)
        return true
    }
}
