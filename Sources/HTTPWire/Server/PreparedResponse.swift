// SPDX-License-Identifier: GPL-3.0-or-later

/// A response as it goes out: conditions and ranges of the request applied, compressed where that pays, headers complete.
struct PreparedResponse: Sendable {
    enum Payload: Sendable {
        case bytes(ArraySlice<UInt8>)
        case file(HTTPFile, Range<Int>)
        case stream(length: Int?)
    }
    var status: HTTPStatus
    var headers: HTTPHeaders
    var payload: Payload
    /// Makes a streamed payload.
    var producer: (@Sendable (HTTPBodyWriter) async throws -> Void)?

    /// Largest body that is compressed while somebody waits.
    static let compressUpTo = 4 << 20

    init(_ response: HTTPResponse, for request: HTTPRequest?, _ core: ServerCore) {
        status = response.status
        headers = response.headers
        let isRead = request.map { $0.method == .get || $0.method == .head } ?? false
        switch response.body {
        case .empty: payload = .bytes([])
        case .bytes(let bytes): payload = .bytes(bytes[...])
        case .file(let file):
            payload = .file(file, 0..<file.size)
            headers.addIfMissing("ETag", file.entityTag)
            headers.addIfMissing("Last-Modified", HTTPDate.text(file.modified))
            headers.addIfMissing("Accept-Ranges", "bytes")
        case .stream(let length, let write):
            payload = .stream(length: length)
            producer = write
        }
        if let request, isRead, status == .ok { applyConditions(of: request) }
        if let request { compress(for: request, from: core.configuration.compressFrom) }
        if status.hasNoBody {
            payload = .bytes([])
            producer = nil
        }
        if request?.method == .head { producer = nil }
        for field in core.configuration.headers.fields { headers.addIfMissing(field.name, field.value) }
        if let request { headers["X-Request-Id"] = request.id }
    }

    /// RFC 9110, 13.2.2: If-Match or If-Unmodified-Since, then If-None-Match or If-Modified-Since, then Range with If-Range.
    private mutating func applyConditions(of request: HTTPRequest) {
        let tag = headers["ETag"]
        let matches = request.headers.values("If-Match")
        if !matches.isEmpty, !(tag.map { EntityTag.matches($0, in: matches) } ?? false) {
            status = .preconditionFailed
            return dropBody()
        }
        if matches.isEmpty, let since = request.headers["If-Unmodified-Since"].flatMap({ HTTPDate.seconds($0) }),
            let modified = headers["Last-Modified"].flatMap({ HTTPDate.seconds($0) }), modified > since
        {
            status = .preconditionFailed
            return dropBody()
        }
        let known = request.headers.values("If-None-Match")
        if !known.isEmpty {
            if let tag, EntityTag.matches(tag, in: known) {
                status = .notModified
                return dropBody()
            }
        } else if let since = request.headers["If-Modified-Since"].flatMap({ HTTPDate.seconds($0) }),
            let modified = headers["Last-Modified"].flatMap({ HTTPDate.seconds($0) }), modified <= since
        {
            status = .notModified
            return dropBody()
        }
        applyRange(of: request, tag: tag)
    }

    private mutating func applyRange(of request: HTTPRequest, tag: String?) {
        guard let range = request.headers["Range"], headers["Accept-Ranges"]?.isSameToken("bytes") == true else {
            return
        }
        if let condition = request.headers["If-Range"] {
            let isSame =
                condition.hasSuffix("\"")
                ? tag.map { EntityTag.isStrongMatch($0, condition) } ?? false : condition == headers["Last-Modified"]
            guard isSame else { return }
        }
        let size: Int
        switch payload {
        case .bytes(let bytes): size = bytes.count
        case .file(_, let whole): size = whole.count
        case .stream: return
        }
        switch ByteRange(header: range, size: size) {
        case .whole: return
        case .unsatisfiable:
            status = .rangeNotSatisfiable
            dropBody()
            headers["Content-Range"] = "bytes */\(size)"
        case .part(let part):
            status = .partialContent
            headers["Content-Range"] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(size)"
            switch payload {
            case .bytes(let bytes): payload = .bytes(bytes[part])
            case .file(let file, _): payload = .file(file, part)
            case .stream: break
            }
        }
    }

    private mutating func dropBody() {
        payload = .bytes([])
        producer = nil
        if status != .notModified { headers["Content-Type"] = nil }
    }

    private mutating func compress(for request: HTTPRequest, from least: Int?) {
        guard let least, case .bytes(let bytes) = payload, bytes.count >= least,
            bytes.count <= Self.compressUpTo, status != .partialContent, headers["Content-Encoding"] == nil,
            Gzip.isWorthwhile(type: headers["Content-Type"])
        else { return }
        headers.add("Vary", "Accept-Encoding")
        guard Gzip.isAccepted(request.headers), let smaller = Gzip.compress(bytes), smaller.count < bytes.count
        else { return }
        payload = .bytes(smaller[...])
        headers["Content-Encoding"] = "gzip"
        if let tag = headers["ETag"], !tag.hasPrefix("W/") { headers["ETag"] = "W/" + tag }
        headers["Accept-Ranges"] = nil
    }

    /// A complete HTTP/1.1 message that ends the connection, for where libmicrohttpd takes no response any more. Nil for
    /// what is not in memory.
    var closingMessage: [UInt8]? {
        guard case .bytes(let bytes) = payload else { return nil }
        var head = "HTTP/1.1 \(status.rawValue) \(status.phrase)\r\n"
        for field in headers.fields where !field.name.isSameToken("Connection") {
            head += "\(field.name): \(field.value)\r\n"
        }
        head += "Content-Length: \(bytes.count)\r\nConnection: close\r\n\r\n"
        return Array(head.utf8) + bytes
    }
}

extension HTTPStatus {
    /// The words behind the digits; clients pay no heed to them.
    var phrase: String {
        switch rawValue {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 408: "Request Timeout"
        case 413: "Content Too Large"
        case 503: "Service Unavailable"
        default: "Answer"
        }
    }
}
