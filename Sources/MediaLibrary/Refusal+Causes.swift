// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import Foundation
import MediaIO
package import StillImages
import Wording

extension Refusal {
    /// What the system says when a file is looked at or opened.
    init(_ path: String, errno number: Int32) {
        switch number {
        case ENOENT, ENOTDIR, ELOOP: self = Self.missing(path)
        case EACCES, EPERM: self.init(.noPermission, path, .notAllowed, .allowReading)
        case ENOMEM: self.init(.unreadable, path, .noMemory, .freeMemory)
        default:
            self.init(
                .unreadable, path, .systemSays, .copyAgain, ["words": .text(String(cString: strerror(number)))])
        }
    }

    /// No file is there, or only a link to none.
    private static func missing(_ path: String) -> Refusal {
        var facts = stat()
        guard lstat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFLNK else {
            return Refusal(.notFound, path, .noSuchFile, .checkPath)
        }
        let target = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) ?? "?"
        return Refusal(.notFound, path, .deadLink, .mendLink, ["target": .text(target)])
    }

    /// Looks at what lies at `path` without opening it, for opening a pipe may wait for ever, and opening a device do
    /// something: nil for a regular file.
    static func unlessFile(_ path: String) -> Refusal? {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return Refusal(path, errno: errno) }
        return ofKind(facts.st_mode, path)
    }

    /// Nil for a regular file.
    static func ofKind(_ mode: mode_t, _ path: String) -> Refusal? {
        switch mode & S_IFMT {
        case S_IFREG: nil
        case S_IFDIR: Refusal(.notTaken, path, .folder, .giveFile)
        case S_IFIFO: Refusal(.notTaken, path, .pipe, .giveFile)
        case S_IFSOCK: Refusal(.notTaken, path, .socket, .giveFile)
        case S_IFCHR, S_IFBLK: Refusal(.notTaken, path, .device, .giveFile)
        default: Refusal(.notTaken, path, .notAFile, .giveFile)
        }
    }

    package init(_ error: StillError) {
        let path = error.path
        switch error.code {
        case .notFound: self = Self.missing(path)
        case .noPermission: self.init(.noPermission, path, .notAllowed, .allowReading)
        case .unreadable, .cannotWrite: self.init(.unreadable, path, .cannotRead, .copyAgain)
        case .empty: self.init(.empty, path, .empty, .copyAgain)
        case .notAPicture: self.init(.notTaken, path, .notAPicture, .giveAPhoto)
        case .unsupported:
            self.init(.notTaken, path, .otherKind, .saveAsPhoto, ["kind": Self.kind(error.underlying)])
        case .tooLarge:
            self.init(
                .tooLarge, path, .pictureTooLarge, .shrinkPhoto,
                [
                    "size": .text(error.underlying),
                    "megapixels": "\(StillImages.largestPixelCount / 1_000_000)",
                ])
        case .truncated: self.init(.truncated, path, .cutShort, .copyAgain)
        case .damaged: self.init(.damaged, path, .damaged, .copyAgain)
        }
    }

    /// The name of a kind of file that is not taken, as StillImages gives it, in words.
    static func kind(_ name: String) -> Wording.Value { .words(Wording("kind \(name)")) }

    init(_ error: MediaError, path: String) {
        switch error.code {
        case .cannotOpen: self = Self.unlessFile(path) ?? Refusal(.unreadable, path, .cannotRead, .copyAgain)
        case .empty: self.init(.empty, path, .empty, .copyAgain)
        case .unknownKind, .misuse, .cannotWrite: self.init(.notTaken, path, .unknownKind, .convert)
        case .unsupported, .missingEncoder, .encoding:
            if let codec = error.fact {
                self.init(.notTaken, path, .unknownCodec, .convert, ["codec": .text(codec)])
            } else {
                self.init(.notTaken, path, .unknownCoding, .convert)
            }
        case .protected: self.init(.notTaken, path, .protected, .giveUnlocked)
        case .noPicture, .noSound: self.init(.notTaken, path, .neitherPictureNorSound, .convert)
        case .damaged: self.init(.damaged, path, .damaged, .copyAgain)
        case .tooLarge:
            self.init(.tooLarge, path, .clipTooLarge, .makeSmaller, ["size": .text(error.fact ?? "?")])
        case .noMemory: self.init(.unreadable, path, .noMemory, .freeMemory)
        }
    }

    init(_ error: ContentHashError) { self.init(error.path, errno: error.underlying) }
}
