// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import MediaLibrary
import TestMedia
import Testing

@testable import FilmWork

/// Files made to hurt whoever opens them, given to a worker as a server does. None may cost the worker its life, none may be
/// taken for what it is not, and each refusal has its reason.
@Suite(.serialized, .timeLimit(.minutes(2))) struct MediaAttackTests {
    private enum Outcome: Equatable {
        case taken(MediaKind)
        case refused(Refusal.Code)
        /// The worker died of it, or hung.
        case failed(String)
    }

    private func outcome(_ bytes: [UInt8], _ name: String, _ shop: FilmShop) async throws -> Outcome {
        let url = shop.folder.appendingPathComponent(name)
        try Data(bytes).write(to: url)
        do throws(WorkFault) {
            return .taken(try await shop.workers.examine(url).facts.kind)
        } catch {
            guard error.cause == .material, let refusal = error.refusal else { return .failed("\(error)") }
            return .refused(refusal.code)
        }
    }

    /// Asks about each file in turn, then about an honest photo.
    private func outcomes(_ files: [(name: String, bytes: [UInt8])]) async throws -> [String: Outcome] {
        let shop = try FilmShop()
        await shop.workers.warm()
        var outcomes: [String: Outcome] = [:]
        for (name, bytes) in files { outcomes[name] = try await outcome(bytes, name, shop) }
        #expect(try await shop.workers.examine(FilmShop.photo("red")).facts.kind == .image)
        await shop.workers.close()
        return outcomes
    }

    @Test func headersThatClaimMoreThanThereIsRoomForAreRefused() async throws {
        let outcomes = try await outcomes([
            ("a.png", HostileBytes.png(60000, 60000)), ("b.png", HostileBytes.png(0x7FFF_FFFF, 0x7FFF_FFFF)),
            ("c.gif", HostileBytes.gif(65535, 65535)), ("d.gif", HostileBytes.gif(65535, 65535, frames: 3)),
            ("e.webp", HostileBytes.webp), ("f.jpg", HostileBytes.jpeg), ("g.bmp", HostileBytes.bmp),
        ])
        for (name, outcome) in outcomes {
            if case .refused = outcome { continue }
            Issue.record("\(name): \(outcome)")
        }
        #expect(outcomes["a.png"] == .refused(.tooLarge))
    }

    @Test func smallFilesThatUnpackToHugeOnesHurtNobody() async throws {
        // Thirty million pixels in 200 KB are a photo, if a dull one; four hundred million are not.
        let text = Array("Comment".utf8) + [0, 0] + HostileBytes.zeros(atLeast: 64 << 20)
        let profile = Array("p".utf8) + [0, 0] + HostileBytes.zeros(atLeast: 64 << 20)
        let outcomes = try await outcomes([
            ("wide.png", HostileBytes.png(10000, 3000, pixels: 10001 * 3000)),
            ("wider.png", HostileBytes.png(20000, 20000, pixels: 1 << 20)),
            ("text.png", HostileBytes.png(16, 16, pixels: 17 * 16, more: [("zTXt", text)])),
            ("profile.png", HostileBytes.png(16, 16, pixels: 17 * 16, more: [("iCCP", profile)])),
            ("frames.gif", HostileBytes.gif(1, 1, frames: 10_000)),
        ])
        #expect(outcomes["wide.png"] == .taken(.image))
        #expect(outcomes["wider.png"] == .refused(.tooLarge))
        for (name, outcome) in outcomes {
            if case .failed(let why) = outcome { Issue.record("\(name): \(why)") }
        }
    }

    @Test func giganticMetadataIsBorne() async throws {
        let photo = try TestMedia.ffmpeg(
            "plain.jpg", ["-f", "lavfi", "-i", "color=teal:size=64x48", "-frames:v", "1"])
        let outcomes = try await outcomes([
            ("stuffed.jpg", HostileBytes.stuffed(try Data(contentsOf: photo), segments: 100))
        ])
        for (name, outcome) in outcomes {
            if case .failed(let why) = outcome { Issue.record("\(name): \(why)") }
        }
    }

    @Test func filesOfTwoKindsAreTheOneThatTheirBeginningSays() async throws {
        let script = Array("<html><script>alert(1)</script>\n<?php system('id'); ?>\n#!/bin/sh\nid\n".utf8)
        let archive = Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 0, count: 64)
        let list = Array("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n".utf8)
        let png = HostileBytes.png(16, 16, pixels: 17 * 16)
        let outcomes = try await outcomes([
            ("script.png", png + script), ("archive.png", png + archive), ("list.mp4", png + list),
            ("gif.js", HostileBytes.gif(16, 16) + Array("*/=1;alert(1)".utf8)),
            ("page.jpg", script), ("archive.mp4", archive), ("playlist.mp4", list), ("playlist.png", list),
            ("concat.mov", Array("ffconcat version 1.0\nfile /etc/passwd\n".utf8)),
            ("reference.mov", HostileBytes.reference(to: "file:///etc/passwd")),
            ("link.mov", HostileBytes.reference(to: "http://127.0.0.1:1/clip.mov")),
        ])
        #expect(outcomes["gif.js"] == .taken(.image))
        for name in ["script.png", "archive.png", "list.mp4"] { #expect(outcomes[name] == .taken(.image), "\(name)") }
        for name in [
            "page.jpg", "archive.mp4", "playlist.mp4", "playlist.png", "concat.mov", "reference.mov", "link.mov",
        ] {
            switch outcomes[name] {
            // A text is a script to be read aloud; nothing of it is followed.
            case .taken(.text), .refused: break
            case let other: Issue.record("\(name): \(String(describing: other))")
            }
        }
    }

    @Test func aNameIsNeverMoreThanAName() async throws {
        let names = [
            "a\u{202E}gpj.exe", "-rf", "$(touch owned).png", "'; rm x;'.png", "a\nb\r\u{1B}[31m.png", "100% %s%n.png",
            "file:x.png", "concat:a|b.png", "[out].png", String(repeating: "n", count: 250) + ".png",
        ]
        let photo = HostileBytes.png(16, 16, pixels: 17 * 16)
        let outcomes = try await outcomes(names.map { ($0, photo) })
        for name in names { #expect(outcomes[name] == .taken(.image), "\(name)") }
    }
}
