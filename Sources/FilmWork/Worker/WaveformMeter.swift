// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Foundation
import MediaIO
import Renderer

/// Measures how loud a sound is, stretch by stretch.
enum WaveformMeter {
    private static let perSecond = 50.0
    private static let most = 6000

    static func measure(_ place: String, stop: StopSignal) throws -> Waveform {
        let url = URL(fileURLWithPath: place)
        let duration = try MediaProbe.probe(url).duration
        let reader = try SoundReader(url)
        let count = max(1, min(most, Int((duration.seconds * perSecond).rounded(.up))))
        let samples = max(1, Int((duration.seconds * Double(SoundReader.sampleRate)).rounded(.up)))
        var peaks = [Float](repeating: 0, count: count)
        var at = 0
        let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: 2 * 8192)
        defer { buffer.deallocate() }
        while true {
            if stop.isStopped { throw RenderError.stopped }
            let got = try reader.read(into: buffer)
            if got == 0 { break }
            for index in 0..<got {
                let stretch = min(count - 1, (at + index) * count / samples)
                let peak = max(abs(buffer[2 * index]), abs(buffer[2 * index + 1]))
                if peak > peaks[stretch] { peaks[stretch] = peak }
            }
            at += got
        }
        return Waveform(duration: duration, peaks: peaks.map { UInt8(min(255, ($0 * 255).rounded())) })
    }
}
