// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

/// Loudness as ffmpeg's own meter hears it (EBU R 128).
enum Loudness {
    /// LUFS of a film's sound after `filter`.
    static func integrated(of path: String, filter: String = "anull") throws -> Double {
        let answer = try TestMedia.answer(
            "ffmpeg",
            ["-hide_banner", "-nostats", "-nostdin", "-i", path, "-map", "0:a:0"]
                + ["-af", "\(filter),ebur128=framelog=verbose", "-f", "null", "-"]
        )
        try #require(answer.status == 0, "\(answer.errors)")
        let said = answer.errors
        // The summary is the last to name it.
        let value = try #require(said.matches(of: /I: +(-?[0-9.]+) LUFS/).last?.1, "\(said)")
        return try #require(Double(value))
    }

    /// Greatest level in dBFS between two moments, `-inf` as -200.
    static func peak(of path: String, from start: Double, to end: Double) throws -> Double {
        let answer = try TestMedia.answer(
            "ffmpeg",
            ["-hide_banner", "-nostats", "-nostdin", "-i", path, "-map", "0:a:0"]
                + ["-af", "atrim=\(start):\(end),volumedetect", "-f", "null", "-"]
        )
        try #require(answer.status == 0, "\(answer.errors)")
        let said = answer.errors
        let value = try #require(said.firstMatch(of: /max_volume: (-?[0-9.]+|-inf) dB/)?.1, "\(said)")
        return value == "-inf" ? -200 : try #require(Double(value))
    }
}
