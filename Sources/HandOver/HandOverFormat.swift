// SPDX-License-Identifier: GPL-3.0-or-later

/// A form in which other programs take an edit over.
public enum HandOverFormat: String, CaseIterable, Hashable, Sendable {
    /// OpenTimelineIO, JSON (github.com/AcademySoftwareFoundation/OpenTimelineIO).
    case otio
    /// Final Cut Pro XML 1.10.
    case fcpxml
    /// CMX 3600 edit decision list.
    case edl
    /// SubRip captions.
    case srt
    /// WebVTT captions.
    case vtt
    /// A draft folder of CapCut and JianYing.
    case capcut
    /// MLT XML, which `melt`, Kdenlive and Shotcut play.
    case mlt

    /// How its file's name ends; a draft folder's does not.
    public var pathExtension: String? { self == .capcut ? nil : rawValue }

    /// Whether it refers to media files.
    public var hasMedia: Bool { self != .srt && self != .vtt }
}
