// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a request had no answer, or not all of it. Hosts are named, never a path, a query or a header.
public enum HTTPClientError: Error, Sendable, Hashable {
    /// Not a URL, or not http or https.
    case badURL
    case resolve(host: String)
    case connect(host: String, reason: String)
    /// The name came to an address that the caller does not allow.
    case addressRefused(host: String)
    case tls(host: String, reason: String)
    /// No connection within the time for it.
    case connectTimeout(host: String)
    /// Nothing came or went for too long.
    case idleTimeout(host: String)
    /// It took longer than the whole may.
    case totalTimeout(host: String)
    case tooManyRedirects(host: String)
    /// The connection ended in the middle, or what came was no HTTP.
    case brokenOff(host: String, reason: String)
    /// The answer's body is larger than the caller takes.
    case tooLarge(limit: Int)
    /// A file could not be read while it was sent.
    case unreadableBody(errno: Int32)
    /// The client was stopped.
    case stopped

    /// Whether the same request may succeed later without any change.
    public var mayPass: Bool {
        switch self {
        case .resolve, .connect, .connectTimeout, .idleTimeout, .totalTimeout, .brokenOff: true
        case .badURL, .addressRefused, .tls, .tooManyRedirects, .tooLarge, .unreadableBody, .stopped: false
        }
    }

    /// What was tried, on what, why it failed.
    public var message: String {
        switch self {
        case .badURL: "The address is not an http or https URL."
        case .resolve(let host): "Cannot find \(host): check the name and the network."
        case .connect(let host, let reason): "Cannot connect to \(host): \(reason)."
        case .addressRefused(let host): "\(host) is at an address that may not be reached."
        case .tls(let host, let reason): "Cannot talk securely to \(host): \(reason)."
        case .connectTimeout(let host): "Cannot connect to \(host): it did not answer in time."
        case .idleTimeout(let host): "\(host) sent nothing for too long."
        case .totalTimeout(let host): "\(host) took too long."
        case .tooManyRedirects(let host): "\(host) redirects too often."
        case .brokenOff(let host, let reason): "The connection to \(host) broke off: \(reason)."
        case .tooLarge(let limit): "The answer is larger than \(limit) bytes."
        case .unreadableBody(let code): "The file could not be read while it was sent (errno \(code))."
        case .stopped: "The program is stopping."
        }
    }
}
