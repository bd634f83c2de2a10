// SPDX-License-Identifier: GPL-3.0-or-later
package import HTTPWire

extension StudioService {
    /// Starts a server of this service; it listens when this returns.
    package func start(_ address: HTTPAddress) throws(HTTPServerError) -> HTTPServer {
        let routes = routes
        return try HTTPServer(configuration(address), responder: { routes.answer($0) })
    }
}
