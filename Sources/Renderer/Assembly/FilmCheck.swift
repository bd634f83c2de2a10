// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Foundation
import MediaIO

/// Looks at a finished film before it gets its name: packets, counts and times of the whole file, and pictures decoded
/// on both sides of some of the joints of its chunks.
struct FilmCheck {
    let frames: Int
    /// Film frames at which chunks begin.
    let joints: [Int]
    let hasSound: Bool
    let track: VideoTrack

    /// Joints that are decoded, spread over the film; every chunk's own first frame was decoded when it was made.
    private static let decodedJoints = 6

    func check(_ url: URL, stop: StopSignal) throws {
        let reader = try PacketReader(url)
        var shown = Set<Int>()
        var last: MediaTime?
        var keys = Set<Int>()
        var soundPackets = 0
        while let packet = reader.next() {
            try stop.check()
            guard packet.track == .picture else {
                soundPackets += 1
                continue
            }
            guard last.map({ $0 < packet.dts }) ?? true else { throw fault("packets are out of order") }
            last = packet.dts
            let frame = track.frameRate.frame(at: packet.pts)
            guard shown.insert(frame).inserted else { throw fault("frame \(frame) stands twice") }
            if packet.isKey { keys.insert(frame) }
        }
        guard shown.count == frames, shown.min() == 0, shown.max() == frames - 1 else {
            throw fault(
                "\(shown.count) frames from \(shown.min() ?? -1) to \(shown.max() ?? -1), \(frames) were planned")
        }
        for joint in joints where !keys.contains(joint) { throw fault("no keyframe at frame \(joint)") }
        if hasSound, soundPackets == 0 { throw fault("there is no sound in it") }
        try decodeJoints(url, stop: stop)
    }

    private func decodeJoints(_ url: URL, stop: StopSignal) throws {
        let clip = try ClipReader(url)
        let step = max(1, joints.count / Self.decodedJoints)
        for joint in stride(from: 0, to: joints.count, by: step).map({ joints[$0] }) {
            try stop.check()
            for frame in joint..<min(joint + 2, frames) {
                _ = try clip.frame(at: track.frameRate.time(ofFrame: frame))
            }
        }
    }

    private func fault(_ what: String) -> RenderError { .checkFailed(what) }
}
