// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel
import EditTime
import FileStore
import Foundation
import MediaIO
import StillImages
import Wording

/// One file, looked at.
struct Intake: Sendable, Codable {
    var facts: MediaFacts
    /// A clip that a phone took with a photo.
    var isLivePhotoHalf = false

    var sortTime: String { facts.captureTime ?? facts.fileTime ?? "" }
}

extension MediaLibrary {
    /// Sniffs, hashes, and finds in the cache or measures.
    func look(at path: String) throws(Refusal) -> Intake {
        let url = URL(fileURLWithPath: path)
        guard let sniffed = try MediaSniffer.sniff(url) else {
            throw Self.unknown(url)
        }
        if sniffed.kind == .text, Self.namesOfOtherKinds.contains(url.pathExtension.lowercased()) {
            throw Refusal(
                .notTaken, path, .textByAnotherName, .renameText, ["extension": .text(url.pathExtension)])
        }
        let hash: ContentHash
        do throws(ContentHashError) { hash = try ContentHash(ofFile: url) } catch { throw Refusal(error) }

        let key = cacheKey(hash)
        var intake: Intake
        if let kept = kept(key) {
            intake = kept
        } else {
            intake = try measure(url, sniffed, hash)
            keep(intake, key)
        }
        // What depends on this file rather than on its content.
        intake.facts.isAnimated = sniffed.isAnimated && intake.facts.kind == .image
        intake.facts.name = url.lastPathComponent
        intake.facts.id = String(hash.hex.prefix(16))
        intake.facts.fileTime = Self.fileTime(path, timeZone)
        return intake
    }

    /// A text with such a name is a download gone wrong, no script that a person wrote.
    private static let namesOfOtherKinds: Set<String> = [
        "jpg", "jpeg", "png", "webp", "heic", "heif", "avif", "gif", "tif", "tiff", "bmp",
        "mp4", "m4v", "mov", "mkv", "webm", "avi", "mts", "3gp",
        "mp3", "wav", "m4a", "aac", "flac", "ogg", "oga", "opus", "aiff",
    ]

    private func measure(_ url: URL, _ sniffed: SniffedMedia, _ hash: ContentHash) throws(Refusal) -> Intake {
        var facts = MediaFacts(
            id: "", name: "", kind: sniffed.kind, format: sniffed.format, contentHash: hash.hex,
            byteCount: Int64(Self.size(url.path)))
        switch sniffed.kind {
        case .image:
            do throws(StillError) { try measurePhoto(url, &facts) } catch { throw Refusal(error) }
            return Intake(facts: facts)
        case .text:
            facts.text = try ScriptText.read(url)
            return Intake(facts: facts)
        case .lut:
            try ColourTableFile.check(url)
            return Intake(facts: facts)
        case .video where sniffed.format == StillFormat.webp.rawValue:
            do throws(StillError) {
                try measureMovingPicture(url, &facts)
            } catch {
                throw Refusal(error)
            }
            return Intake(facts: facts)
        case .video, .audio:
            do throws(MediaError) {
                return try measureClip(url, facts)
            } catch {
                throw Refusal(error, path: url.path)
            }
        }
    }

    private func measurePhoto(_ url: URL, _ facts: inout MediaFacts) throws(StillError) {
        let photo = try StillImages.probe(url)
        facts.size = photo.size
        facts.hasAlpha = photo.hasAlpha
        facts.captureTime = photo.captureTime
        let look = try StillImages.analyse(url, acceptsTruncated: acceptsTruncated)
        facts.focus = look.focus
        facts.faces = look.faces
        facts.sharpness = look.sharpness
        facts.perceptualHash = look.perceptualHash
        facts.meanLuma = look.meanLuma
    }

    /// A webp that moves is a clip; one that says it does but holds a single picture is a photo.
    private func measureMovingPicture(_ url: URL, _ facts: inout MediaFacts) throws(StillError) {
        let clip = try MovingPicture(url)
        guard clip.starts.count > 1 else {
            facts.kind = .image
            return try measurePhoto(url, &facts)
        }
        facts.size = clip.size
        facts.duration = clip.duration
        facts.frameRate = Double(clip.starts.count) / clip.duration.seconds
        let scale = min(1, 640 / Double(max(clip.size.width, clip.size.height)))
        let small = PixelSize(
            width: max(1, Int(Double(clip.size.width) * scale)), height: max(1, Int(Double(clip.size.height) * scale)))
        // One frame stands for the clip; where not even that can be decoded, it is no use.
        let frame = try MovingPicture(url, targetSize: small).frame(at: MediaTime(ticks: clip.duration.ticks / 3))
        let look = StillImages.analyse(frame, turn: PhotoTurn(isMirrored: false, quarters: 0))
        facts.focus = look.focus
        facts.faces = look.faces
        facts.perceptualHash = look.perceptualHash
        facts.meanLuma = look.meanLuma
    }

    private func measureClip(_ url: URL, _ start: MediaFacts) throws(MediaError) -> Intake {
        var facts = start
        let clip = try MediaProbe.probe(url)
        facts.duration = clip.duration
        facts.hasSound = clip.sound != nil
        facts.captureTime = ClipTime.captureTime(clip.tags, timeZone)
        guard let picture = clip.picture else {
            facts.kind = .audio
            guard clip.sound?.isDecodable == true else {
                throw MediaError(
                    .unsupported, "read", url.lastPathComponent, "its sound is coded in a way not known here")
            }
            return Intake(facts: facts)
        }
        facts.kind = .video
        guard picture.isDecodable else {
            throw MediaError(
                .unsupported, "read", url.lastPathComponent,
                "its picture is coded in a way not known here", fact: picture.codec)
        }
        facts.size = PixelSize(width: picture.displayWidth, height: picture.displayHeight)
        facts.rotation = picture.rotation
        facts.isMirrored = picture.isMirrored
        facts.frameRate = picture.frameRate?.framesPerSecond

        // One frame stands for the clip; a clip of which none can be decoded is no use.
        let scale = min(1, 640 / Double(max(picture.unrotatedWidth, picture.unrotatedHeight, 1)))
        let reader = try ClipReader(
            url,
            options: .init(
                targetSize: (
                    width: max(2, Int(Double(picture.unrotatedWidth) * scale)),
                    height: max(2, Int(Double(picture.unrotatedHeight) * scale))
                )))
        let frame = try reader.frame(at: MediaTime(ticks: clip.duration.ticks / 3))
        let turn = PhotoTurn(isMirrored: picture.isMirrored, quarters: picture.rotation / 90)
        let look = StillImages.analyse(frame, turn: turn)
        facts.focus = look.focus
        facts.faces = look.faces
        facts.perceptualHash = look.perceptualHash
        facts.meanLuma = look.meanLuma
        return Intake(facts: facts, isLivePhotoHalf: clip.tags["com.apple.quicktime.content.identifier"] != nil)
    }

    // MARK: What is kept

    private static let factsKind = CacheFolder.Kind("facts")

    func cacheKey(_ hash: ContentHash) -> ContentHash {
        var hasher = ContentHasher()
        hasher.update(field: "facts \(Self.stage) \(StillImages.analysisVersion)")
        hasher.update(field: "\(acceptsTruncated) \(timeZone.identifier)")
        hasher.update(field: hash.hex)
        return hasher.finish()
    }

    func kept(_ key: ContentHash) -> Intake? {
        guard let bytes = cache?.load(Self.factsKind, key) else { return nil }
        return try? JSONDecoder().decode(Intake.self, from: Data(bytes.bytes))
    }

    /// A cache that cannot be written costs time, not the film.
    func keep(_ intake: Intake, _ key: ContentHash) {
        guard let cache, let data = try? JSONEncoder().encode(intake) else { return }
        data.withUnsafeBytes { bytes in _ = try? cache.store(Self.factsKind, key, [bytes]) }
    }

    // MARK: Files

    private static func size(_ path: String) -> Int {
        var facts = stat()
        return stat(path, &facts) == 0 ? Int(facts.st_size) : 0
    }

    private static func fileTime(_ path: String, _ zone: TimeZone) -> String? {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return nil }
        return ClipTime.text(Date(timeIntervalSince1970: Double(facts.st_mtim.tv_sec)), zone)
    }

    /// For a file that is of no kind listed.
    private static func unknown(_ url: URL) -> Refusal {
        guard let file = try? FileHandle(forReadingFrom: url), let head = try? file.read(upToCount: 64),
            let name = StillFormat.nameOfUnsupported(head)
        else { return Refusal(.notTaken, url.path, .unknownKind, .giveMedia) }
        return Refusal(.notTaken, url.path, .otherKind, .giveMedia, ["kind": Refusal.kind(name)])
    }
}
