// SPDX-License-Identifier: GPL-3.0-or-later
import FileStore
import Foundation
import MediaIO

/// Puts a film together from its coded chunks and its sound, by copying, and checks what came out before it takes the
/// place of anything.
struct FilmAssembly {
    let container: FilmContainer
    let title: String

    /// Writes the film to `path`; the file appears, or is replaced, only when the film is complete and checked.
    ///
    /// - Parameter verifiesAll: decode every frame instead of those round the joints.
    func write(
        _ chunks: [CodedChunk], sound: CodedSound?, to path: String, verifiesAll: Bool, stop: StopSignal
    ) throws {
        guard let first = chunks.first else { throw RenderError.checkFailed("there are no chunks") }
        if let other = chunks.first(where: { $0.track != first.track }) {
            throw RenderError.checkFailed(
                "chunks differ in their headers (\(other.track.header.count) and \(first.track.header.count) bytes)")
        }
        let file = try AtomicFile(replacing: path)
        let frames = chunks.reduce(0) { $0 + $1.packetCount }
        let writer = try FilmWriter(
            URL(fileURLWithPath: file.path), name: path,
            FilmWriter.Plan(
                container, video: first.track, frames: frames, audio: sound?.track,
                audioPackets: sound?.packets.count ?? 0, title: title.isEmpty ? nil : title))
        var starts: [Int] = []
        var start = 0
        var soundGiven = 0
        for chunk in chunks {
            try stop.check()
            if let sound {
                let end = sound.packetCount(beforeFrame: start + chunk.packetCount, rate: first.track.frameRate)
                try writer.writeAudio(Array(sound.packets[soundGiven..<max(soundGiven, end)]))
                soundGiven = max(soundGiven, end)
            }
            try writer.writeVideo(chunk.packets, startingAt: start)
            starts.append(start)
            start += chunk.packetCount
        }
        if let sound { try writer.writeAudio(Array(sound.packets[soundGiven...])) }
        try writer.finish()
        try FilmCheck(frames: frames, joints: starts, hasSound: sound != nil, track: first.track)
            .check(URL(fileURLWithPath: file.path), stop: stop)
        if verifiesAll {
            // The file itself, as a player reads it: what assembly made of the chunks is part of the question.
            let decoded = try FilmDecoder.decode(
                URL(fileURLWithPath: file.path), threads: ProcessInfo.processInfo.activeProcessorCount
            ) { stop.isStopped }
            try stop.check()
            guard decoded.frames == frames, decoded.failures == 0 else {
                throw RenderError.checkFailed(
                    "of \(frames) frames \(decoded.frames) can be decoded, with \(decoded.failures) failures")
            }
            guard sound == nil || decoded.soundSeconds > 0 else {
                throw RenderError.checkFailed("its sound cannot be decoded")
            }
        }
        try file.commit(durable: true)
    }
}
