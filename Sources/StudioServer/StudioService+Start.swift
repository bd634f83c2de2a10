// SPDX-License-Identifier: GPL-3.0-or-later
package import HTTPWire

extension StudioService {
    /// Starts a server of this service; it listens when this returns.
    ///
    /// - Parameter adjust: changes what the server is set to: TLS, logs, proxies.
    package func start(
        _ address: HTTPAddress, adjust: (inout HTTPServerConfiguration) -> Void = { _ in }
    ) throws(HTTPServerError) -> HTTPServer {
        let routes = routes
        var configuration = configuration(address)
        adjust(&configuration)
        return try HTTPServer(configuration, responder: { routes.answer($0) })
    }
}
