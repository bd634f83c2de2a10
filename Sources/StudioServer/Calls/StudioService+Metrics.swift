// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire

extension StudioService {
    /// For whoever asks on this machine: what others do here is not everybody's to know.
    func metricsPage(_ asking: Asking) throws -> HTTPResponse {
        guard let metrics else { throw HTTPFailure.notFound }
        guard isAtThisMachine(asking.request) else {
            throw WireFailure.forbidden("The server's numbers are told on its own machine only; ask there.")
        }
        return .text(metrics.text, type: Metrics.contentType)
    }
}
