// SPDX-License-Identifier: GPL-3.0-or-later
public import ContentHash
public import EditTime
import MediaIO
import RenderPlanning

/// A film as pieces of fragmented MP4 for a browser's Media Source, each made when it is asked for: drawn and coded as an
/// export's chunks are, and kept in the same cache. One thread at a time; blocks.
public final class PieceFilm {
    /// A piece, or a header, by what it is made of: the same name, the same bytes.
    public struct Piece: Hashable, Sendable {
        public var name: ContentHash
        /// In film time.
        public var range: TimeRange
    }

    /// Pieces behind one header.
    public struct Row: Hashable, Sendable {
        public var mediaType: String
        public var header: ContentHash
        public var pieces: [Piece]
    }

    /// How the pieces are coded: soon rather than small.
    public static var encoding: Encoding {
        var encoding = Encoding()
        encoding.preset = "ultrafast"
        encoding.crf = 24
        return encoding
    }

    public let picture: Row
    /// Nil for a silent film.
    public let sound: Row?
    /// The sound's times count from its priming.
    public let soundOffset: MediaTime

    private let stage: FilmStage
    private let settings: VideoEncoderSettings
    private let track: VideoTrack
    private let soundTrack: AudioTrack
    private let identities: [ChunkIdentity]
    private var mixed: CodedSound?

    /// Raised when the way pieces are put together changes.
    private static let version = "1"
    private static let soundPiece = MediaTime(milliseconds: 2000)

    /// Names all pieces; nothing is drawn yet.
    public init(_ stage: FilmStage) throws {
        self.stage = stage
        let plan = stage.plan
        let encoding = Self.encoding
        let settings = encoding.settings(canvas: plan.canvas, frameRate: plan.frameRate)
        self.settings = settings
        track = try VideoEncoder(settings).track
        soundTrack = try AudioEncoder(encoding.soundCodec, bitRate: encoding.soundBitRate).track
        let identities = try plan.chunks.map {
            try ChunkIdentity($0, encodedWith: settings, stages: Stages.picture)
        }
        self.identities = identities
        picture = Row(
            mediaType: track.mediaType,
            header: try Self.name("header", of: ContentHash(canonical: settings), at: 0),
            pieces: try plan.chunks.indices.map { index in
                let start = plan.chunkStarts[index]
                let end = start + plan.chunks[index].frameCount
                return Piece(
                    name: try Self.name("picture", of: identities[index].hash, at: start),
                    range: TimeRange(plan.frameRate.time(ofFrame: start), until: plan.frameRate.time(ofFrame: end)))
            })
        soundOffset = MediaTime(Int64(-soundTrack.priming), unit: 1, over: Int64(soundTrack.sampleRate))
        guard !plan.sound.isSilent else {
            sound = nil
            return
        }
        let key = try SoundTrack.key(plan.sound, encoding: encoding)
        var pieces: [Piece] = []
        var start = MediaTime.zero
        while start < plan.sound.duration {
            let end = min(start + Self.soundPiece, plan.sound.duration)
            pieces.append(
                Piece(name: try Self.name("sound", of: key, at: pieces.count), range: TimeRange(start, until: end)))
            start = end
        }
        sound = Row(
            mediaType: soundTrack.mediaType,
            header: try Self.name("header", of: ContentHash(canonical: soundTrack), at: 0),
            pieces: pieces)
    }

    private static func name(_ what: String, of hash: ContentHash, at place: Int) throws -> ContentHash {
        ContentHash(of: Array("piece \(version) \(what) \(hash.hex) \(place)".utf8))
    }

    /// Makes the piece or header of that name; nil where the film has none.
    public func bytes(of name: ContentHash, stop: StopSignal = StopSignal()) throws -> [UInt8]? {
        if name == picture.header { return try FragmentWriter.header(of: track) }
        if let index = picture.pieces.firstIndex(where: { $0.name == name }) {
            return FragmentWriter.fragment(
                try chunk(index, stop: stop).packets, of: track, startingAt: stage.plan.chunkStarts[index],
                sequence: index + 1)
        }
        guard let sound else { return nil }
        if name == sound.header { return try FragmentWriter.header(of: soundTrack) }
        guard let index = sound.pieces.firstIndex(where: { $0.name == name }) else { return nil }
        let mixed = try mixed(stop: stop)
        return FragmentWriter.fragment(
            mixed.packets(of: index, of: sound.pieces.count), of: mixed.track, sequence: index + 1)
    }

    private func chunk(_ index: Int, stop: StopSignal) throws -> CodedChunk {
        let cache = ChunkCache(folder: stage.renderer.cache)
        if let known = cache.chunk(identities[index]) { return known }
        let renderer = ChunkRenderer(sources: stage.sources, settings: settings, cache: cache, stop: stop)
        return try renderer.render(stage.plan.chunks[index], as: identities[index]) {}
    }

    private func mixed(stop: StopSignal) throws -> CodedSound {
        if let mixed { return mixed }
        let made = try SoundTrack(files: stage.renderer.files, cache: stage.renderer.cache, stop: stop)
            .coded(stage.plan.sound, encoding: Self.encoding)
        guard let made else { throw RenderError.checkFailed("a film with sound has none") }
        mixed = made
        return made
    }
}

extension CodedSound {
    /// The packets of the `index`th of `count` pieces: those that begin within its time; the last has the rest.
    fileprivate func packets(of index: Int, of count: Int) -> [CodedPacket] {
        let samples = Int64(2 * track.sampleRate)
        let priming = Int64(track.priming)
        let from = index == 0 ? Int64.min : Int64(index) * samples - priming
        let to = index == count - 1 ? Int64.max : Int64(index + 1) * samples - priming
        return packets.filter { $0.pts >= from && $0.pts < to }
    }
}

extension VideoTrack {
    /// RFC 6381: profile, constraints and level of the sequence parameter set (ITU-T H.264 §7.3.2.1.1).
    fileprivate var mediaType: String {
        let start = header.indices.first { index in
            index + 4 < header.count && header[index] == 0 && header[index + 1] == 0 && header[index + 2] == 1
                && header[index + 3] & 0x1F == 7
        }
        let bytes = start.map { Array(header[($0 + 4)...].prefix(3)) } ?? [0x64, 0x00, 0x1F]
        let digits = bytes.map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }
        return "video/mp4; codecs=\"avc1.\(digits.joined())\""
    }
}

extension AudioTrack {
    fileprivate var mediaType: String { "audio/mp4; codecs=\"mp4a.40.2\"" }
}
