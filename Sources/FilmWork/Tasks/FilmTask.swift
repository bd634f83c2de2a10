// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel
import EditTime
import FileStore

/// What a worker may be asked to do.
enum FilmTask: Hashable, Sendable, Codable {
    /// Tell what the file is that comes as the task's one descriptor. → `ExamineAnswer`
    case examine
    /// Draw a small picture of an asset, and keep it. → nothing
    case thumbnail(ThumbnailTask)
    /// Measure how loud an asset is, and keep it. → `Waveform`
    case waveform(place: String)
    /// Measure how loud a sound is that a draft (its JSON) describes by the segment of this id. → `Waveform`, or none
    case madeWaveform(draft: String, segment: String)
    /// Draw a frame, and keep it. → nothing
    case frame(FrameTask)
    /// Draw several frames as one picture, and keep it. → nothing
    case sheet(SheetTask)
    /// Tell where the texts of a draft (its JSON) lie and how they are set. → `[ShownText]`
    case texts(draft: String)
    /// Name the pieces of a preview. → `Preview`
    case preview(FilmScene)
    /// Make a piece of a preview, and keep it. → whether there is one of that name
    case part(FilmScene, name: ContentHash)
    /// Make a photo of a preview ready for drawing, the `photo`th of its film. → whether there are so many
    case prepare(FilmScene, photo: Int)
    /// Read what a draft (its JSON) has read aloud. → lengths at the voices' own pace, by text
    case read(draft: String)
    /// Make the film. → `FilmAnswer`
    case film(FilmOrder)

    /// What is kept for looking at, in the cache.
    static let views = CacheFolder.Kind("views")
    static let pieces = CacheFolder.Kind("pieces")
    static let waves = CacheFolder.Kind("waves")
}

struct ThumbnailTask: Hashable, Sendable, Codable {
    var facts: MediaFacts
    var place: String
    var width: Int
    var format: PictureFormat
    /// Under which it is kept.
    var name: ContentHash
}

struct FrameTask: Hashable, Sendable, Codable {
    var scene: FilmScene
    var time: MediaTime
    /// What the frame is reduced to once it is drawn.
    var size: PixelSize
    var format: PictureFormat
    var name: ContentHash
}

struct SheetTask: Hashable, Sendable, Codable {
    var scene: FilmScene
    /// What each frame is reduced to once it is drawn.
    var size: PixelSize
    /// In reading order.
    var times: [MediaTime]
    var columns: Int
    var format: PictureFormat
    var name: ContentHash
}

/// What a file turned out to be.
struct ExamineAnswer: Hashable, Sendable, Codable {
    var facts: MediaFacts
    var beats: BeatGrid?
}

/// A film to be made.
package struct FilmOrder: Hashable, Sendable, Codable {
    /// Laid out for the output.
    package var scene: FilmScene
    package var output: ExportOutput
    /// Where the film is put, once it is whole; its folder is there.
    package var path: String

    package init(scene: FilmScene, output: ExportOutput, path: String) {
        self.scene = scene
        self.output = output
        self.path = path
    }
}

/// How far a film is.
struct FilmProgress: Hashable, Sendable, Codable {
    /// 0…1.
    var fraction: Double
}
