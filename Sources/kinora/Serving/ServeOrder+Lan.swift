// SPDX-License-Identifier: GPL-3.0-or-later
import Certificates
import CommandSyntax
import Foundation
import HTTPWire
import JSON
import QRCodes
import Studio
import StudioServer

extension ServeOrder {
    /// The studio at this machine's address in the local network, and how a telephone gets there.
    struct LanServer {
        let server: HTTPServer
        let url: String
        /// Works once.
        let link: String
        /// Of the certificate that was made; nil for the person's own.
        let fingerprint: String?
    }

    /// Starts it beside the server of this machine, at the same port. Nil where there is no network.
    ///
    /// - Parameters:
    ///   - folder: the data folder, where the certificate is kept.
    ///   - makeService: makes the service for a policy.
    func startLan(
        port: Int, folder: String, tls given: HTTPServerTLS?, settings: ServerSettings,
        makeService: (AccessPolicy) -> StudioService
    ) throws -> LanServer? {
        let addresses = LocalNetwork.addresses()
        guard let address = addresses.first else { return nil }
        let name = ProcessInfo.processInfo.hostName
        let names = name.contains(".") ? [name] : [name, name + ".local"]
        var (tls, fingerprint) = (given, String?.none)
        if given == nil {
            // A machine may be named as it likes; a certificate takes names of hosts only.
            let hosts = names.filter { $0.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9.-]*/) != nil }
            let made = try CertificateFolder(path: folder + "/tls").certificate(
                for: addresses + hosts, now: Int(Date().timeIntervalSince1970))
            tls = HTTPServerTLS(certificate: made.certificate, key: made.key)
            fingerprint = made.fingerprintText
        }
        let service = makeService(AccessPolicy(boundTo: address, names: names, allowing: origins))
        let server = try service.start(.tcp(host: address, port: port)) { settings.apply(&$0, tls: tls) }
        let url = "https://\(address):\(server.port)"
        service.pairing?.open(at: url)
        return LanServer(
            server: server, url: url, link: service.pairing?.makeLink() ?? url, fingerprint: fingerprint)
    }

    func show(_ lan: LanServer, _ console: Console) {
        var fields: [String: JSONValue] = ["url": .string(lan.url), "link": .string(lan.link)]
        if let fingerprint = lan.fingerprint { fields["fingerprint"] = .string(fingerprint) }
        console.event("lan", fields)
        guard !console.isJSON else { return }
        let terminal = StandardStream.output.terminal(environment: ProcessInfo.processInfo.environment)
        if let code = QRCode(lan.link) {
            console.result(code.lines(terminal.hasColour ? .darkInColours : .light).joined(separator: "\n"))
        }
        let minutes = "\(Int(PairingCodes.lifetimeSeconds / 60))"
        console.result(
            lan.fingerprint.map {
                console.words.text("serve lan", ["link": lan.link, "minutes": minutes, "fingerprint": $0])
            } ?? console.words.text("serve lan given", ["link": lan.link, "minutes": minutes]))
    }
}
