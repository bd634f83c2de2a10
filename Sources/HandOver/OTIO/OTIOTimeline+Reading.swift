// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import JSON

extension OTIOTimeline {
    /// Newest versions of the schemas that are read. Others are told of.
    private static let known = [
        "Timeline": 1, "Stack": 1, "Track": 1, "Clip": 2, "Gap": 1, "Transition": 1, "Marker": 2, "RationalTime": 1,
        "TimeRange": 1, "ExternalReference": 1, "GeneratorReference": 1, "MissingReference": 1, "LinearTimeWarp": 1,
        "FreezeFrame": 1, "Effect": 1, "ImageSequenceReference": 1,
    ]

    /// Reads a file's text. Throws `OTIOError`; what is not understood but can be done without goes into `losses`.
    init(parsing bytes: [UInt8], losses: inout [OTIOLoss]) throws(OTIOError) {
        let root: JSONValue
        do throws(JSONError) { root = try JSONValue(parsing: bytes) } catch { throw .notJSON(error) }
        guard let (schema, version) = Self.schema(root), schema == "Timeline", let stack = root["tracks"] else {
            throw .noTimeline(schema: root["OTIO_SCHEMA"]?.string ?? "")
        }
        try Self.check(schema, version)
        var reader = Reader(losses: losses)
        let tracks = try reader.tracks(stack)
        let markers = try reader.markers(stack, "tracks")
        losses = reader.losses
        self.init(
            name: root["name"]?.string ?? "", rate: reader.rate ?? 0, tracks: tracks, markers: markers,
            kinora: root["metadata"]?[OTIOWriter.key])
    }

    private static func schema(_ value: JSONValue) -> (String, Int)? {
        guard let parts = value["OTIO_SCHEMA"]?.string?.split(separator: "."), parts.count == 2,
            let version = Int(parts[1])
        else { return nil }
        return (String(parts[0]), version)
    }

    private static func check(_ schema: String, _ version: Int) throws(OTIOError) {
        if let most = known[schema], version > most { throw .newer(schema: "\(schema).\(version)", most: most) }
    }

    private struct Reader {
        var losses: [OTIOLoss]
        /// Of the first time that says one.
        var rate: Double?

        mutating func lose(_ kind: OTIOLoss.Kind, _ name: String) {
            let loss = OTIOLoss(kind: kind, name: name)
            if !losses.contains(loss) { losses.append(loss) }
        }

        // MARK: Times

        mutating func time(_ value: JSONValue?, _ field: String) throws(OTIOError) -> MediaTime {
            guard let value, let count = value["value"]?.number, let rate = value["rate"]?.number, rate > 0,
                count.isFinite, abs(count / rate) <= 1e6
            else { throw .wrong(field: field) }
            if self.rate == nil, rate >= 1, rate <= 240 { self.rate = rate }
            if let exact = FrameRate(framesPerSecond: rate), abs(exact.framesPerSecond - rate) < 1e-6,
                let whole = Int64(exactly: count)
            {
                return MediaTime(whole, unit: Int64(exact.denominator), over: Int64(exact.numerator))
            }
            return MediaTime(seconds: count / rate)
        }

        mutating func range(_ value: JSONValue?, _ field: String) throws(OTIOError) -> TimeRange? {
            guard let value, value != .null else { return nil }
            let start = try time(value["start_time"], "\(field).start_time")
            let duration = try time(value["duration"], "\(field).duration")
            guard duration >= .zero else { throw .wrong(field: "\(field).duration") }
            return TimeRange(start: start, duration: duration)
        }

        // MARK: Tracks

        mutating func tracks(_ stack: JSONValue) throws(OTIOError) -> [Track] {
            guard let children = stack["children"]?.array else { throw .wrong(field: "tracks.children") }
            var tracks: [Track] = []
            for (index, child) in children.enumerated() {
                let name = child["name"]?.string ?? ""
                guard let (schema, version) = schema(child), schema == "Track" else {
                    lose(.track, name.isEmpty ? child["OTIO_SCHEMA"]?.string ?? "?" : name)
                    continue
                }
                try check(schema, version)
                let kind = child["kind"]?.string ?? ""
                guard kind == "Video" || kind == "Audio" else {
                    lose(.track, name.isEmpty ? kind : name)
                    continue
                }
                tracks.append(
                    Track(
                        isVideo: kind == "Video", name: name, isEnabled: child["enabled"]?.bool ?? true,
                        children: try self.children(child, "tracks.children[\(index)]"),
                        kinora: child["metadata"]?[OTIOWriter.key]))
            }
            return tracks
        }

        private mutating func children(_ track: JSONValue, _ path: String) throws(OTIOError) -> [Child] {
            guard let values = track["children"]?.array else { throw .wrong(field: "\(path).children") }
            var children: [Child] = []
            for (index, value) in values.enumerated() {
                if let child = try child(value, "\(path).children[\(index)]") { children.append(child) }
            }
            return children
        }

        private mutating func child(_ value: JSONValue, _ path: String) throws(OTIOError) -> Child? {
            let name = value["name"]?.string ?? ""
            guard let (schema, version) = schema(value) else { throw .wrong(field: "\(path).OTIO_SCHEMA") }
            try check(schema, version)
            switch schema {
            case "Transition":
                return .transition(
                    Transition(
                        name: name, type: value["transition_type"]?.string ?? "",
                        before: max(.zero, try time(value["in_offset"], "\(path).in_offset")),
                        after: max(.zero, try time(value["out_offset"], "\(path).out_offset")),
                        kinora: value["metadata"]?[OTIOWriter.key]))
            case "Clip": return .item(try clip(value, name, path))
            case "Gap":
                let range = try range(value["source_range"], "\(path).source_range")
                return .item(empty(name, range?.duration ?? .zero))
            default:
                // Its place is kept open, so that what follows stays where it is.
                lose(schema == "Stack" || schema == "Track" ? .nested : .schema, name.isEmpty ? schema : name)
                let range = try range(value["source_range"], "\(path).source_range")
                var length = range?.duration ?? .zero
                if range == nil { length = try self.length(of: value, path) }
                return length > .zero ? .item(empty(name, length)) : nil
            }
        }

        /// Of something nested without a range of its own.
        private mutating func length(of value: JSONValue, _ path: String) throws(OTIOError) -> MediaTime {
            var lengths: [MediaTime] = []
            for (index, child) in (value["children"]?.array ?? []).enumerated() where lengths.count < 10_000 {
                let path = "\(path).children[\(index)]"
                if schema(child)?.0 == "Transition" { continue }
                if let range = try range(child["source_range"], "\(path).source_range") {
                    lengths.append(range.duration)
                } else {
                    lengths.append(try length(of: child, path))
                }
            }
            let isRow = schema(value)?.0 == "Track"
            return isRow ? lengths.reduce(.zero, +) : lengths.max() ?? .zero
        }

        private func empty(_ name: String, _ duration: MediaTime) -> Item {
            Item(name: name, start: .zero, duration: duration, media: .gap, speed: 1, isEnabled: true, kinora: nil)
        }

        private mutating func clip(_ value: JSONValue, _ name: String, _ path: String) throws(OTIOError) -> Item {
            // Clip.1 has one reference, Clip.2 several under keys.
            let key = value["active_media_reference_key"]?.string ?? "DEFAULT_MEDIA"
            let reference = value["media_references"]?[key] ?? value["media_reference"] ?? .null
            var available: TimeRange?
            var media = Item.Media.missing
            if let (schema, version) = schema(reference) {
                try check(schema, version)
                available = try range(reference["available_range"], "\(path).available_range")
                switch schema {
                case "ExternalReference":
                    if let url = reference["target_url"]?.string, !url.isEmpty {
                        media = .file(url: url, asset: reference["metadata"]?[OTIOWriter.key]?["asset"]?.string)
                    }
                case "GeneratorReference":
                    media = .generator(
                        kind: reference["generator_kind"]?.string ?? "", parameters: reference["parameters"] ?? [:])
                case "MissingReference": break
                default: lose(.schema, schema)
                }
            }
            guard let range = try range(value["source_range"], "\(path).source_range") ?? available else {
                throw .wrong(field: "\(path).source_range")
            }
            let speed = try speed(value, name, path)
            return Item(
                name: name, start: range.start, duration: range.duration, media: media, speed: speed,
                isEnabled: value["enabled"]?.bool ?? true, kinora: value["metadata"]?[OTIOWriter.key])
        }

        private mutating func speed(_ value: JSONValue, _ name: String, _ path: String) throws(OTIOError) -> Double {
            var speed = 1.0
            for effect in value["effects"]?.array ?? [] {
                guard let (schema, version) = schema(effect) else { continue }
                try check(schema, version)
                switch schema {
                case "LinearTimeWarp":
                    guard let scalar = effect["time_scalar"]?.number, scalar.isFinite else {
                        throw .wrong(field: "\(path).effects.time_scalar")
                    }
                    speed *= scalar
                case "FreezeFrame": lose(.freeze, name)
                default: lose(.effect, name)
                }
            }
            if speed == 0 {
                lose(.freeze, name)
                return 1
            }
            return speed
        }

        // MARK: Markers

        mutating func markers(_ stack: JSONValue, _ path: String) throws(OTIOError) -> [Marker] {
            var markers: [Marker] = []
            for (index, value) in (stack["markers"]?.array ?? []).enumerated() {
                if let (schema, version) = schema(value) { try check(schema, version) }
                guard let range = try range(value["marked_range"], "\(path).markers[\(index)].marked_range") else {
                    continue
                }
                markers.append(
                    Marker(
                        name: value["name"]?.string ?? "", range: range,
                        kinora: value["metadata"]?[OTIOWriter.key]))
            }
            return markers
        }

        private func schema(_ value: JSONValue) -> (String, Int)? { OTIOTimeline.schema(value) }
        private func check(_ schema: String, _ version: Int) throws(OTIOError) {
            try OTIOTimeline.check(schema, version)
        }
    }
}
