// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia

/// Small real files of every kind, each made once.
enum Samples {
    static func photo(_ name: String, size: String = "96x64", source: String = "testsrc2") throws -> URL {
        try TestMedia.ffmpeg("photo.\(name)", ["-f", "lavfi", "-i", "\(source)=s=\(size)", "-frames:v", "1"])
    }

    static func clip(_ name: String) throws -> URL {
        let codec = ["webm": "libvpx", "avi": "mpeg4"][name] ?? "libx264"
        return try TestMedia.ffmpeg(
            "clip.\(name)",
            [
                "-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=1", "-f", "lavfi", "-i", "sine=440:d=1", "-c:v", codec,
                "-pix_fmt", "yuv420p", "-c:a", name == "webm" ? "libvorbis" : name == "avi" ? "libmp3lame" : "aac",
                "-shortest",
            ])
    }

    static func song(_ name: String) throws -> URL {
        try TestMedia.ffmpeg("song.\(name)", ["-f", "lavfi", "-i", "sine=440:d=1"])
    }
}
