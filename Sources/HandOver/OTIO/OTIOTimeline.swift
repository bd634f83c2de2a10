// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import JSON

/// What an OpenTimelineIO file says, as far as films need it: tracks of items and transitions, in seconds' fractions as
/// `MediaTime`. Comparable without its media's places, so that one can tell whether it is still what was written.
struct OTIOTimeline: Hashable {
    struct Track: Hashable {
        var isVideo: Bool
        var name: String
        var isEnabled: Bool
        var children: [Child]
        var kinora: JSONValue?
    }

    enum Child: Hashable {
        case item(Item)
        case transition(Transition)

        var item: Item? {
            if case .item(let item) = self { return item }
            return nil
        }
    }

    struct Item: Hashable {
        enum Media: Hashable {
            case gap
            case missing
            case file(url: String, asset: String?)
            case generator(kind: String, parameters: JSONValue)
        }

        var name: String
        var start: MediaTime
        var duration: MediaTime
        var media: Media
        /// Source time that passes a film time; negative backwards.
        var speed: Double
        var isEnabled: Bool
        var kinora: JSONValue?
    }

    struct Transition: Hashable {
        var name: String
        var type: String
        var before: MediaTime
        var after: MediaTime
        var kinora: JSONValue?
    }

    struct Marker: Hashable {
        var name: String
        var range: TimeRange
        var kinora: JSONValue?
    }

    var name: String
    var rate: Double
    var tracks: [Track]
    var markers: [Marker]
    var kinora: JSONValue?

    /// The same without what editors may not change the film by: names, places of files and fields of ours.
    var shape: OTIOTimeline {
        var shape = self
        (shape.name, shape.kinora) = ("", nil)
        for track in shape.tracks.indices {
            (shape.tracks[track].name, shape.tracks[track].kinora) = ("", nil)
            shape.tracks[track].children = shape.tracks[track].children.map { child in
                switch child {
                case .item(var item):
                    (item.name, item.kinora) = ("", nil)
                    if case .file(_, let asset) = item.media { item.media = .file(url: "", asset: asset) }
                    return .item(item)
                case .transition(var transition):
                    transition.kinora = nil
                    return .transition(transition)
                }
            }
        }
        shape.markers = shape.markers.map { Marker(name: $0.name, range: $0.range, kinora: nil) }
        return shape
    }
}
