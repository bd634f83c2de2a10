// SPDX-License-Identifier: GPL-3.0-or-later
import Compositor
import MediaIO
import Sound
import StillImages
import Titles

/// Versions of everything that decides what a film's bytes are; part of every cache key.
enum Stages {
    /// Raised when the way chunks are drawn and put together here changes.
    static let renderer = "1"

    static let photos = "\(StillImages.libraryVersion)/\(StillImages.stage)/\(FrameComposer.version)"
    /// How titles are drawn; raised when their drawing changes. Fonts that come or go change how texts look, too.
    static let titles = "4/" + FontCatalog.available().map { $0.isInstalled ? "1" : "0" }.joined()

    static let sound = "\(LibraryVersions.current.avcodec)/\(Mixdown.version)"

    /// What a chunk's picture depends on.
    static let picture: [String: String] = [
        "compositor": "\(FrameComposer.version)",
        "encoders": LibraryVersions.current.encoders.sorted { $0.key < $1.key }
            .map { "\($0.key) \($0.value)" }.joined(separator: ", "),
        "libav": "\(LibraryVersions.current.avcodec) \(LibraryVersions.current.swscale)",
        "photos": photos,
        "renderer": renderer,
    ]
}

extension FilmRenderer {
    /// Versions of everything that decides what comes of a draft, as one text: part of every name given to what is made.
    public static var stages: String {
        let picture = Stages.picture.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
        return "\(picture);titles=\(Stages.titles);sound=\(Stages.sound)"
    }
}
