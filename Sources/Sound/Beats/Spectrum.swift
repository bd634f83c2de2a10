// SPDX-License-Identifier: GPL-3.0-or-later
internal import CAubio
internal import Foundation

/// Powers of short stretches of sound by frequency: aubio's Fourier transform under a Hann window.
///
/// A sine of full scale in the middle of a bin has a power near 0.25 there. Owned by one thread.
final class Spectrum {
    let size: Int
    private let transform: OpaquePointer
    private let input: UnsafeMutablePointer<fvec_t>
    private let output: UnsafeMutablePointer<fvec_t>
    private let shape: [Float]

    /// `size`: a power of two.
    init(size: Int) throws(SoundError) {
        func failed() -> SoundError {
            SoundError(.outOfMemory, "find the beats of", of: "a song", because: "there is no memory for it")
        }
        self.size = size
        guard let transform = new_aubio_fft(UInt32(size)) else { throw failed() }
        guard let input = new_fvec(UInt32(size)), let output = new_fvec(UInt32(size)) else {
            del_aubio_fft(transform)
            throw failed()
        }
        self.transform = transform
        self.input = input
        self.output = output
        // Half of the window's sum normalises a sine to its amplitude.
        let turn = 2 * Double.pi / Double(size)
        shape = (0..<size).map { place -> Float in
            let angle = turn * (Double(place) + 0.5)
            return Float((1 - cos(angle)) / Double(size))
        }
    }

    deinit {
        del_aubio_fft(transform)
        del_fvec(input)
        del_fvec(output)
    }

    /// Writes `size / 2` powers, from 0 Hz up, of the `size` samples at `samples`.
    func powers(of samples: UnsafePointer<Float>, into powers: UnsafeMutablePointer<Float>) {
        guard let data = input.pointee.data, let result = output.pointee.data else { return }
        for index in 0..<size { data[index] = samples[index] * shape[index] }
        aubio_fft_do_complex(transform, input, output)
        // Real parts from the front, imaginary ones from the back.
        powers[0] = result[0] * result[0]
        for bin in 1..<size / 2 {
            let (real, imaginary) = (result[bin], result[size - bin])
            powers[bin] = real * real + imaginary * imaginary
        }
    }
}
