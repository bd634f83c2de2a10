// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime
public import PixelBuffers
public import RenderPlanning

/// What a chunk's frames are drawn from, opened by whoever draws them. Asked on the drawing thread only.
public protocol ChunkSources {
    /// The photo, ready as described; its picture must keep its contents for as long as it is held.
    func photo(_ photo: PreparedPhoto) throws -> Picture
    /// The clip's frame that is on at `time`, as decoded (BT.709 limited range, before rotation; of any size with the
    /// clip's proportions or its pixel aspect). May be the same picture object with new contents each time.
    func frame(of clip: ClipSource, at time: MediaTime) throws -> Picture
    /// The text's bitmap as a picture with alpha (`Picture(_: Bitmap)`), `text.size` large.
    func bitmap(of text: TextOverlay) throws -> Picture
    /// The text of the `.cube` file with this content hash.
    func cube(_ hash: String) throws -> String
    /// The grey picture of a luma-key transition, of any size.
    func map(_ photo: PhotoSource) throws -> Picture
}
