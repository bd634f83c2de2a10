// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import PixelBuffers
import RenderPlanning
import Synchronization

@testable import Compositor

/// Pictures drawn by arithmetic, in place of opened files.
final class DrawnSources: ChunkSources {
    var asked: [PreparedPhoto] = []
    var frameTimes: [MediaTime] = []
    var clipSize: PixelSize?

    func photo(_ photo: PreparedPhoto) throws -> Picture {
        asked.append(photo)
        return TestPictures.scene(photo.photo.hash, width: photo.size.width, height: photo.size.height)
    }

    func frame(of clip: ClipSource, at time: MediaTime) throws -> Picture {
        frameTimes.append(time)
        let size = clipSize ?? clip.size
        return TestPictures.scene(clip.hash, width: size.width, height: size.height)
    }

    func bitmap(of text: TextOverlay) throws -> Picture {
        Picture(TestPictures.letters(width: text.size.width, height: text.size.height))
    }

    func cube(_ hash: String) throws -> String { hash }

    func map(_ photo: PhotoSource) throws -> Picture {
        TestPictures.scene("map", width: photo.size.width, height: photo.size.height)
    }
}

enum TestPictures {
    /// A sky over hills with a sun, in colours of the name: smooth parts, edges and fine grain, at any size.
    static func scene(_ name: String, width: Int, height: Int, hasAlpha: Bool = false) -> Picture {
        drawnScenes.withLock { scenes in
            let key = "\(name) \(width) \(height) \(hasAlpha)"
            if let known = scenes[key] { return known }
            let made = drawScene(name, width: width, height: height, hasAlpha: hasAlpha)
            scenes[key] = made
            return made
        }
    }

    /// Drawing is slow in a debug build; scenes are only read.
    private static let drawnScenes = Mutex<[String: Picture]>([:])

    private static func drawScene(_ name: String, width: Int, height: Int, hasAlpha: Bool) -> Picture {
        let picture = Picture(width: width, height: height, hasAlpha: hasAlpha)
        let seed = name.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
        func sample(_ u: Double, _ v: Double) -> (UInt8, UInt8, UInt8) {
            let sun = (u - 0.3 - Double(seed % 5) / 10) * (u - 0.3 - Double(seed % 5) / 10) * 3 + (v - 0.3) * (v - 0.3)
            let hill = 0.6 + 0.12 * ((u * 3 + Double(seed % 7)) - (u * 3 + Double(seed % 7)).rounded())
            var y = 90 + 120 * (1 - v)
            var (cb, cr) = (140.0 - Double(seed % 30), 110.0 + Double(seed % 40))
            if v > hill {
                let grain = Noise.hash(UInt32(u * 97), UInt32(v * 89), UInt32(seed)) & 63
                y = 50 + Double(grain)
                (cb, cr) = (110, 120 + Double(seed % 9))
            } else if sun < 0.012 {
                (y, cb, cr) = (225, 100, 150)
            }
            return (UInt8(min(max(y, 16), 235)), UInt8(cb), UInt8(cr))
        }
        for row in 0..<height {
            for x in 0..<width {
                picture.mutableY.row(row)[x] =
                    sample((Double(x) + 0.5) / Double(width), (Double(row) + 0.5) / Double(height)).0
            }
        }
        for row in 0..<picture.layout.chromaHeight {
            for x in 0..<picture.layout.chromaWidth {
                let (_, cb, cr) = sample(
                    min(1, Double(2 * x) / Double(width)), min(1, Double(2 * row + 1) / Double(height)))
                picture.mutableU.row(row)[x] = cb
                picture.mutableV.row(row)[x] = cr
            }
        }
        picture.mutableAlpha?.fill(255)
        return picture
    }

    /// Bars like letters, white and yellow, with soft edges, on clear ground.
    static func letters(width: Int, height: Int) -> Bitmap {
        var bitmap = Bitmap(width: width, height: height)
        for y in 0..<height {
            for x in 0..<width {
                let inside = x % 24 < 14 && y > height / 8 && y < height - height / 8
                let soft = x % 24 == 14 || x % 24 == 23
                let alpha = inside ? 255 : soft && y > height / 8 && y < height - height / 8 ? 96 : 0
                let at = (y * width + x) * 4
                bitmap.pixels[at] = UInt8(alpha)
                bitmap.pixels[at + 1] = UInt8(alpha)
                bitmap.pixels[at + 2] = UInt8(x > width / 2 ? 0 : alpha)
                bitmap.pixels[at + 3] = UInt8(alpha)
            }
        }
        return bitmap
    }

    static func photo(_ name: String, _ width: Int, _ height: Int) -> PhotoSource {
        PhotoSource(hash: name, size: PixelSize(width: width, height: height))
    }

    static func shot(
        _ name: String, size: (Int, Int) = (640, 480), window: FrameWindow = FrameWindow(first: 0, total: 30),
        fit: Fit = .cover, motion: Motion = .none
    ) -> Shot {
        Shot(source: .photo(photo(name, size.0, size.1)), window: window, fit: fit, motion: motion)
    }

    static func chunk(
        _ main: MainLayer, frames: Int = 30, canvas: (Int, Int) = (320, 180), overlays: [Overlay] = [],
        fade: FilmFade? = nil
    ) -> ChunkSpec {
        ChunkSpec(
            canvas: PixelSize(width: canvas.0, height: canvas.1), frameRate: FrameRate(30),
            spans: [Span(frames: frames, main: main, overlays: overlays, fade: fade)])
    }

    static func drawn(_ chunk: ChunkSpec, _ frame: Int, variant: PlaneSampler.Variant = .best) throws -> Picture {
        let picture = Picture(width: chunk.canvas.width, height: chunk.canvas.height)
        try FrameComposer(chunk, sources: DrawnSources(), variant: variant).draw(frame, into: picture)
        return picture
    }
}

extension Picture {
    /// All colour samples, without the padding of rows.
    var samples: [UInt8] { y.samples + u.samples + v.samples }

    /// Those of luma. (A plane does not keep its picture alive, so none is taken from a picture that nobody holds.)
    var luma: [UInt8] { y.samples }
}
