// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
public import EditTime
public import JSON
public import MediaIO
public import Renderer
import Wording

/// What kind of file a film is wanted as; everything but `format` and `quality` follows from the draft unless it is given.
public struct ExportOutput: Hashable, Sendable, Codable {
    public enum Format: String, CaseIterable, Hashable, Sendable, Codable {
        case mp4, mov, webm, gif

        public var mediaType: String {
            switch self {
            case .mp4: "video/mp4"
            case .mov: "video/quicktime"
            case .webm: "video/webm"
            case .gif: "image/gif"
            }
        }
    }

    public var format = Format.mp4
    public var quality = Encoding.Quality.standard
    /// The short side in pixels, for instance of `1080p`.
    public var shortSide: Int?
    /// Pixels; one alone keeps the draft's shape.
    public var width: Int?
    public var height: Int?
    public var frameRate: FrameRate?
    /// Nil: what the format usually holds.
    public var codec: VideoCodec?
    /// The encoder's own constant rate factor.
    public var crf: Double?
    /// Name of the platform that the film is laid out and coded for.
    public var preset: String?

    public init() {}
}

extension ExportOutput {
    /// Reads the `output` of an export call; unknown members are passed over, null ones count as missing.
    ///
    /// Throws what is wrong with which field.
    public init(json: JSONValue?) throws(OutputFault) {
        self.init()
        guard let json, json != .null else { return }
        guard let fields = json.object else { throw OutputFault(.notAnObject, "output") }
        if let value = fields.given("format") { format = try Self.named(value, "format") }
        if let value = fields.given("quality") { quality = try Self.named(value, "quality") }
        if let value = fields.given("codec") { codec = try Self.codec(value) }
        if let value = fields.given("resolution") { try read(resolution: value) }
        if let value = fields.given("width") { width = try Self.side(value, "width") }
        if let value = fields.given("height") { height = try Self.side(value, "height") }
        if let value = fields.given("fps") {
            let rate = try Self.number(value, "fps", 1...DraftLimits.highestFrameRate)
            frameRate = FrameRate(framesPerSecond: rate)
        }
        if let value = fields.given("crf") { crf = try Self.number(value, "crf", 0...63) }
        if let value = fields.given("preset") {
            guard let name = value.string, let platform = PlatformPreset.named(name) else {
                throw OutputFault(notOneOf: PlatformPreset.all.map(\.name), "preset", value)
            }
            preset = platform.name
        }
        try check()
    }

    /// Throws what does not go together.
    public func check() throws(OutputFault) {
        if let codec, !format.codecs.contains(codec) {
            throw OutputFault(
                .conflict, "codec",
                [
                    "value": .text(codec.rawValue), "format": .text(format.rawValue),
                    "names": .text(format.codecs.map(\.rawValue).joined(separator: ", ")),
                ])
        }
        if let crf, crf > 51, (codec ?? format.codecs.first) != .av1 {
            throw OutputFault(outside: 0...51, "crf", .number(crf))
        }
        if format == .gif, crf != nil {
            throw OutputFault(.conflict, "crf", ["value": "crf", "format": "gif", "names": "quality"])
        }
    }

    private mutating func read(resolution value: JSONValue) throws(OutputFault) {
        let field = "resolution"
        guard let text = value.string?.lowercased() else { throw OutputFault(.notAResolution, field, value) }
        switch text {
        case "hd": shortSide = 720
        case "fullhd", "full-hd", "fhd": shortSide = 1080
        case "2k": shortSide = 1440
        case "4k", "uhd": shortSide = 2160
        default:
            let sides = text.split(separator: "x", omittingEmptySubsequences: false)
            if sides.count == 2, let wide = Int64(sides[0]), let high = Int64(sides[1]) {
                width = try Self.side(.integer(wide), field)
                height = try Self.side(.integer(high), field)
            } else if text.last == "p", let side = Int64(text.dropLast()) {
                shortSide = try Self.side(.integer(side), field)
            } else {
                throw OutputFault(.notAResolution, field, value)
            }
        }
    }

    private static func named<Name: RawRepresentable & CaseIterable>(
        _ value: JSONValue, _ field: String
    ) throws(OutputFault) -> Name where Name.RawValue == String {
        guard let name = value.string.flatMap({ Name(rawValue: $0.lowercased()) }) else {
            throw OutputFault(notOneOf: Name.allCases.map(\.rawValue), field, value)
        }
        return name
    }

    private static func codec(_ value: JSONValue) throws(OutputFault) -> VideoCodec {
        switch value.string?.lowercased() {
        case "avc", "x264", "h.264": return .h264
        case "h265", "x265", "h.265": return .hevc
        default: return try named(value, "codec")
        }
    }

    private static func side(_ value: JSONValue, _ field: String) throws(OutputFault) -> Int {
        let allowed = DraftLimits.shortestSide...DraftLimits.longestSide
        guard let side = value.integer, allowed.contains(Int(clamping: side)) else {
            throw OutputFault(outside: Double(allowed.lowerBound)...Double(allowed.upperBound), field, value)
        }
        // Pictures are coded in whole pairs of rows and columns.
        return Int(side) / 2 * 2
    }

    private static func number(
        _ value: JSONValue, _ field: String, _ allowed: ClosedRange<Double>
    ) throws(OutputFault) -> Double {
        guard let number = value.number, allowed.contains(number) else {
            throw OutputFault(outside: allowed, field, value)
        }
        return number
    }
}

extension ExportOutput.Format {
    /// What it may hold, the usual one first; a gif has no codec to choose.
    var codecs: [VideoCodec] {
        switch self {
        case .mp4: [.h264, .hevc, .av1]
        case .mov: [.h264, .hevc]
        case .webm: [.av1]
        case .gif: []
        }
    }
}

extension [String: JSONValue] {
    fileprivate func given(_ key: String) -> JSONValue? { self[key].flatMap { $0 == .null ? nil : $0 } }
}
