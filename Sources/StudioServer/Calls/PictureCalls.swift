// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import FileStore
import FilmWork
import HTTPWire
import JSON
import Schemas
import Studio

extension Call {
    private static let pictures = PictureFormat.allCases.map(\.mediaType)
    private static let time = Schema.whole(0...86_400_000)

    private static let loudness = Schema.object([
        .required("duration", .number), .required("peaks", .list(.whole(0...255))),
        .required("beats", .list(.whole)), .required("downbeats", .list(.whole)),
    ])

    /// What a film and its media look like.
    static let ofPictures: [Call] = [
        Call(
            .get, "/v1/projects/{session}/frame", "getFrame", .pictures, "One exact frame of the film",
            access: .session,
            parameters: [
                .query("t", time, "Time in the film, in ms"), .query("w", .whole(16...7680), "Width in pixels"),
                .query("format", .word(PictureFormat.allCases.map(\.rawValue)), "jpeg where missing"),
                .query("r", .text(0...20), "Any text, for caches: the revision"),
            ],
            reply: .media(pictures), refusals: [.noSuchSession]
        ) { try await $0.frame($1) },
        Call(
            .post, "/v1/projects/{session}/frame", "tryFrame", .pictures,
            "One frame as the film would be after operations, which are not kept", access: .session,
            body: .json(
                .object(
                    [
                        .required(
                            "ops", .list(.component("Operation"), most: OperationCall.mostInOneRun),
                            "What to do, in order"),
                        .required("t", time, "Time in the film as it would be, in ms"),
                        .optional("w", .whole(16...7680), "Width in pixels"),
                        .optional("format", .word(PictureFormat.allCases.map(\.rawValue)), "jpeg where missing"),
                    ], open: false)),
            reply: .media(pictures), refusals: [.noSuchSession, .badRequest]
        ) { try await $0.tryFrame($1) },
        Call(
            .get, "/v1/projects/{session}/texts", "getTexts", .pictures,
            "Where the film's texts lie, in shares of the canvas, and how they are set where the draft says nothing",
            access: .session,
            reply: .envelope(
                .object([
                    .required(
                        "texts",
                        .list(
                            .object([
                                .required("id", .text), .optional("box", .list(.number), "Left, top, width, height"),
                                .required("size", .number), .required("color", .text), .required("bold", .flag),
                                .required("italic", .flag), .required("case", .text), .required("shadow", .flag),
                                .required("plate", .flag), .optional("in", .text), .optional("out", .text),
                            ])))
                ])),
            refusals: [.noSuchSession]
        ) { try await $0.texts($1) },
        Call(
            .get, "/v1/projects/{session}/preview.json", "getPreview", .pictures,
            "The film as pieces of fragmented MP4 for a browser's Media Source", access: .session,
            parameters: [.query("t", time, "The playhead in ms; pieces there are made first")],
            reply: .envelope(WireSchemas.preview), refusals: [.noSuchSession]
        ) { try await $0.preview($1) },
        Call(
            .get, "/v1/projects/{session}/preview/{piece}", "getPreviewPiece", .pictures,
            "A header or a piece of the preview: its name and .m4s", access: .session,
            reply: .media(["video/mp4", "audio/mp4"]), refusals: [.noSuchSession]
        ) { try await $0.previewPiece($1) },
        Call(
            .get, "/v1/assets/{asset}/thumb", "getThumbnail", .pictures, "A small picture of a file", access: .session,
            parameters: [
                .query("w", .whole(16...1024), "Width in pixels; 320 where missing"),
                .query("format", .word(PictureFormat.allCases.map(\.rawValue)), "jpeg where missing"),
            ],
            reply: .media(pictures), refusals: [.noSuchThing]
        ) { try await $0.thumbnail($1) },
        Call(
            .get, "/v1/assets/{asset}/waveform", "getWaveform", .pictures,
            "How loud a file is: the peaks of equal stretches, 0 to 255; and where its beats fall, in ms",
            access: .session, reply: .envelope(loudness), refusals: [.noSuchThing]
        ) { try await $0.waveform($1) },
        Call(
            .get, "/v1/projects/{session}/sounds/{sound}/waveform", "getSoundWaveform", .pictures,
            "How loud a sound is that the film describes by the segment of this id: composed music, a voice",
            access: .session, reply: .envelope(loudness), refusals: [.noSuchSession, .noSuchThing]
        ) { try await $0.soundWaveform($1) },
    ]
}

extension StudioService {
    private var previewsOrNot: any PreviewUseCases {
        get throws {
            guard let previewUseCases else { throw PreviewError.unavailable }
            return previewUseCases
        }
    }

    func frame(_ asking: Asking) async throws -> HTTPResponse {
        let (account, id) = try asking.project
        let part = try await previewsOrNot.frame(
            of: id, at: MediaTime(milliseconds: asking.whole("t", usual: 0)),
            width: asking.query("w").flatMap { Int($0) }, format: asking.pictureFormat, for: account)
        // The same address shows another frame after an edit; whoever puts the revision in may keep it.
        return response(part, asking, keeps: asking.query("r") != nil)
    }

    func tryFrame(_ asking: Asking) async throws -> HTTPResponse {
        let (account, id) = try asking.project
        // The session comes first: what is wrong with the operations is told to those who may see it.
        _ = try await studio.project(id, of: account)
        let calls = try OperationCall.list(json: asking.body["ops"] ?? [])
        let part = try await previewsOrNot.frame(
            of: id, after: calls, at: MediaTime(milliseconds: asking.body["t"]?.integer ?? 0),
            width: asking.body["w"]?.integer.map { Int($0) },
            format: asking.body["format"]?.string.flatMap { PictureFormat(rawValue: $0) } ?? .jpeg, for: account)
        return response(part, asking, keeps: false)
    }

    func texts(_ asking: Asking) async throws -> HTTPResponse {
        let (account, id) = try asking.project
        let texts = try await previewsOrNot.texts(of: id, for: account)
        return Envelope.response(data: ["texts": .array(texts.map(WireObjects.text))])
    }

    func preview(_ asking: Asking) async throws -> HTTPResponse {
        let (account, id) = try asking.project
        let preview = try await previewsOrNot.preview(
            of: id, from: MediaTime(milliseconds: asking.whole("t", usual: 0)), for: account)
        return Envelope.response(data: WireObjects.preview(preview))
    }

    func previewPiece(_ asking: Asking) async throws -> HTTPResponse {
        let (account, id) = try asking.project
        let name = asking["piece"]
        guard name.hasSuffix(".m4s") else { throw PreviewError.noSuchPart }
        let part = try await previewsOrNot.part(String(name.dropLast(4)), of: id, for: account)
        return response(part, asking, keeps: true)
    }

    func thumbnail(_ asking: Asking) async throws -> HTTPResponse {
        let part = try await previewsOrNot.thumbnail(
            of: try asset(asking), width: Int(asking.whole("w", usual: 320)), format: asking.pictureFormat,
            for: try asking.account)
        return response(part, asking, keeps: true)
    }

    func waveform(_ asking: Asking) async throws -> HTTPResponse {
        let name: String = try asset(asking)
        let account = try asking.account
        let form = try await previewsOrNot.waveform(of: name, for: account)
        return loudness(form, try await studio.beats(of: name, for: account))
    }

    func soundWaveform(_ asking: Asking) async throws -> HTTPResponse {
        let (account, id) = try asking.project
        let (form, beats) = try await previewsOrNot.waveform(ofMade: asking["sound"], in: id, for: account)
        return loudness(form, beats)
    }

    private func loudness(_ form: Waveform, _ grid: BeatGrid?) -> HTTPResponse {
        let times = { (times: [MediaTime]?) in JSONValue.array((times ?? []).map { .integer($0.milliseconds) }) }
        return Envelope.response(data: [
            "duration": .number(form.duration.seconds), "peaks": .array(form.peaks.map { .integer(Int64($0)) }),
            "beats": times(grid?.beats), "downbeats": times(grid?.downbeats),
        ])
    }

    /// The asset of the path, if the token is good for its project.
    private func asset(_ asking: Asking) throws -> String {
        let name = asking["asset"]
        guard ProjectID(ofAsset: name).map(asking.reaches) ?? false else { throw PreviewError.noSuchAsset }
        return name
    }

    private func response(_ part: PreviewPart, _ asking: Asking, keeps: Bool) -> HTTPResponse {
        let tag = "\"\(part.name)\""
        var response: HTTPResponse
        if EntityTag.matches(tag, in: asking.request.headers.values("If-None-Match")) {
            response = HTTPResponse(status: .notModified)
        } else {
            response = HTTPResponse(headers: ["Content-Type": part.mediaType], body: .bytes(part.bytes.copy))
        }
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = keeps ? "private, max-age=31536000, immutable" : "private, no-cache"
        return response
    }
}

extension Asking {
    fileprivate var pictureFormat: PictureFormat {
        query("format").flatMap { PictureFormat(rawValue: $0) } ?? .jpeg
    }
}
