// SPDX-License-Identifier: GPL-3.0-or-later
import CCurl
import Glibc

/// A transfer while libcurl has it: the easy handle, its lists, and what its callbacks gather. Of libcurl's thread alone.
final class RunningTransfer {
    let transfer: Transfer
    let easy: UnsafeMutableRawPointer
    private var fields: UnsafeMutablePointer<curl_slist>?
    private let host: String
    private let began = monotonicNanoseconds()
    private var lastByte = monotonicNanoseconds()
    private var sentAll = 0
    private var bodyError: Int32 = 0
    private var isAddressRefused = false
    private var status = 0
    private var lines: [(String, String)] = []
    private var hasHead = false

    init(_ transfer: Transfer) throws(HTTPClientError) {
        let request = transfer.request
        guard let host = request.host else { throw .badURL }
        guard let easy = curl_easy_init() else { throw .stopped }
        self.transfer = transfer
        self.easy = easy
        self.host = host
        for field in request.headers.fields {
            // An empty value needs a semicolon, or libcurl would leave the field out.
            fields = curl_slist_append(fields, field.value.isEmpty ? field.name + ";" : "\(field.name): \(field.value)")
        }
        setUp(request)
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(fields)
    }

    private func setUp(_ request: HTTPClientRequest) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        kinora_curl_text(easy, CURLOPT_URL, request.url)
        kinora_curl_text(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        kinora_curl_text(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        kinora_curl_number(easy, CURLOPT_NOSIGNAL, 1)
        kinora_curl_number(easy, CURLOPT_FOLLOWLOCATION, request.redirects > 0 ? 1 : 0)
        kinora_curl_number(easy, CURLOPT_MAXREDIRS, request.redirects)
        kinora_curl_number(easy, CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(request.times.connect))
        kinora_curl_number(easy, CURLOPT_BUFFERSIZE, 64 << 10)
        if request.decompresses { kinora_curl_text(easy, CURLOPT_ACCEPT_ENCODING, "gzip") }
        if !request.usesProxy || request.unixSocket != nil { kinora_curl_text(easy, CURLOPT_PROXY, "") }
        if let path = request.unixSocket { kinora_curl_text(easy, CURLOPT_UNIX_SOCKET_PATH, path) }

        if request.allowsAddress != nil {
            kinora_curl_on_open(easy, socketWanted)
            kinora_curl_pointer(easy, CURLOPT_OPENSOCKETDATA, context)
        }
        kinora_curl_callback(easy, CURLOPT_HEADERFUNCTION, headerLineCame)
        kinora_curl_pointer(easy, CURLOPT_HEADERDATA, context)
        kinora_curl_callback(easy, CURLOPT_WRITEFUNCTION, answerBytesCame)
        kinora_curl_pointer(easy, CURLOPT_WRITEDATA, context)
        let size = request.body.reduce(0) { $0 + $1.count }
        if request.method == .head {
            kinora_curl_number(easy, CURLOPT_NOBODY, 1)
        } else if size > 0 || request.method == .post || request.method == .put || request.method == .patch {
            kinora_curl_number(easy, CURLOPT_UPLOAD, 1)
            kinora_curl_size(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(size))
            kinora_curl_callback(easy, CURLOPT_READFUNCTION, bodyBytesWanted)
            kinora_curl_pointer(easy, CURLOPT_READDATA, context)
            kinora_curl_on_seek(easy, bodySought)
            kinora_curl_pointer(easy, CURLOPT_SEEKDATA, context)
        }
        if request.method != .head { kinora_curl_text(easy, CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
        kinora_curl_pointer(easy, CURLOPT_HTTPHEADER, fields)
    }

    private static func milliseconds(_ time: Duration) -> Int { Int(clamping: max(1, time.nanoseconds / 1_000_000)) }

    // MARK: The thread's loop

    func goOn() {
        lastByte = monotonicNanoseconds()
        curl_easy_pause(easy, CURLPAUSE_CONT)
    }

    /// Nanoseconds of the shortest time it has.
    var shortestTime: UInt64 {
        let times = transfer.request.times
        return min(times.idle.nanoseconds, times.total?.nanoseconds ?? .max)
    }

    /// Which time has run out, if one has.
    func lateness(_ now: UInt64) -> HTTPClientError? {
        let times = transfer.request.times
        if let total = times.total, now - began > total.nanoseconds { return .totalTimeout(host: host) }
        if now > lastByte,
            now - lastByte > max(times.idle, status == 0 && sentAll == 0 ? times.connect : .zero).nanoseconds,
            !transfer.isPaused
        {
            return .idleTimeout(host: host)
        }
        return nil
    }

    func finish(_ code: CURLcode) {
        if code == CURLE_OK {
            deliverHead()
            transfer.finish(.success(()))
        } else {
            transfer.finish(.failure(error(code)))
        }
    }

    private func error(_ code: CURLcode) -> HTTPClientError {
        if isAddressRefused { return .addressRefused(host: host) }
        let reason = String(cString: curl_easy_strerror(code))
        switch code {
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: return .badURL
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: return .resolve(host: host)
        case CURLE_COULDNT_CONNECT: return .connect(host: host, reason: reason)
        case CURLE_OPERATION_TIMEDOUT: return .connectTimeout(host: host)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE:
            return .tls(host: host, reason: reason)
        case CURLE_TOO_MANY_REDIRECTS: return .tooManyRedirects(host: host)
        case CURLE_ABORTED_BY_CALLBACK where bodyError != 0: return .unreadableBody(errno: bodyError)
        default: return .brokenOff(host: host, reason: reason)
        }
    }

    // MARK: libcurl's callbacks

    /// Whether that address may be connected to.
    func allows(_ address: IPAddress?) -> Bool {
        let isAllowed = address.map { transfer.request.allowsAddress?($0) ?? true } ?? false
        // Another address of the same name may still be fine.
        isAddressRefused = !isAllowed
        return isAllowed
    }

    func headerLine(_ line: String) {
        lastByte = monotonicNanoseconds()
        if line.hasPrefix("HTTP/") {
            // A new block: after 100 Continue, or behind a redirect.
            status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            lines = []
        } else if let colon = line.firstIndex(of: ":") {
            lines.append((String(line[..<colon]), String(line[line.index(after: colon)...].trimmed)))
        } else if line.isEmpty {
            let isFollowed =
                transfer.request.redirects > 0 && [301, 302, 303, 307, 308].contains(status)
                && lines.contains { $0.0.isSameToken("Location") }
            if status >= 200, !isFollowed { deliverHead() }
        }
    }

    private func deliverHead() {
        guard !hasHead, status > 0 else { return }
        hasHead = true
        var headers = HTTPHeaders(lines)
        if transfer.request.decompresses, headers["Content-Encoding"]?.isSameToken("gzip") == true {
            // Of the packed bytes, which nobody sees.
            headers["Content-Encoding"] = nil
            headers["Content-Length"] = nil
        }
        transfer.came(.init(status: HTTPStatus(status), headers: headers))
    }

    func answerBytes(_ bytes: UnsafeRawBufferPointer) -> Bool {
        lastByte = monotonicNanoseconds()
        // The body of a redirect that is followed is nobody's.
        return !hasHead || bytes.isEmpty || transfer.came(bytes)
    }

    /// Fills in what comes next of the body; nil if it cannot be read.
    func nextBodyBytes(_ room: UnsafeMutableRawBufferPointer) -> Int? {
        lastByte = monotonicNanoseconds()
        var offset = sentAll
        for segment in transfer.request.body {
            guard offset >= segment.count else {
                let count = min(room.count, segment.count - offset)
                switch segment {
                case .bytes(let bytes):
                    bytes.withUnsafeBytes {
                        room.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count]))
                    }
                    sentAll += count
                    return count
                case .file(let file, let range):
                    let got = pread(file.descriptor, room.baseAddress, count, off_t(range.lowerBound + offset))
                    guard got > 0 else {
                        bodyError = got < 0 ? errno : EIO
                        return nil
                    }
                    sentAll += got
                    return got
                }
            }
            offset -= segment.count
        }
        return 0
    }

    func seekBody(to offset: Int) { sentAll = offset }
}

private func running(_ context: UnsafeMutableRawPointer) -> RunningTransfer {
    Unmanaged<RunningTransfer>.fromOpaque(context).takeUnretainedValue()
}

private func headerLineCame(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
    let end = line.lastIndex { $0 != 0x0D && $0 != 0x0A }.map { $0 + 1 } ?? 0
    running(context).headerLine(String(decoding: line[..<end], as: UTF8.self))
    return size * count
}

private func answerBytesCame(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    let isTaken = running(context).answerBytes(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return isTaken ? size * count : kinora_curl_pause
}

private func bodyBytesWanted(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return kinora_curl_read_abort }
    return running(context).nextBodyBytes(UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
        ?? kinora_curl_read_abort
}

private func bodySought(_ context: UnsafeMutableRawPointer?, _ offset: curl_off_t, _ origin: Int32) -> Int32 {
    guard let context, origin == SEEK_SET else { return 1 }
    running(context).seekBody(to: Int(offset))
    return 0
}

private func socketWanted(
    _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype, _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let context, let address else { return -1 }
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = Int(kinora_curl_address(address, &bytes))
    guard running(context).allows(IPAddress(bytes: bytes.prefix(count))) else { return -1 }
    return kinora_curl_socket(address)
}
