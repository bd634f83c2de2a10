// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import Testing

@Suite("Addresses")
struct IPAddressTests {
    @Test(
        "Places in the public internet",
        arguments: [
            "1.1.1.1", "8.8.8.8", "93.184.216.34", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1",
            "192.0.1.1", "223.255.255.255", "2606:4700:4700::1111", "2a00:1450:4001::1", "2001:4860:4860::8888",
        ])
    func open(_ text: String) throws {
        #expect(try #require(IPAddress(text)).isPublic)
    }

    @Test(
        "Places that are not",
        arguments: [
            "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254",
            "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1",
            "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1",
            "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::8.8.8.8", "64:ff9b::7f00:1",
            "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::1", "3fff::1", "fc00::1", "fd12::1",
            "fe80::1", "fec0::1", "ff02::1", "4000::1",
        ])
    func closed(_ text: String) throws {
        #expect(!(try #require(IPAddress(text)).isPublic))
    }

    @Test(
        "Texts that are no address in numbers", arguments: ["", "localhost", "1.2.3", "0x7f.1", "1.2.3.4:80", "[::1]"])
    func none(_ text: String) { #expect(IPAddress(text) == nil) }

    @Test("An address is written as it is read", arguments: ["192.0.2.1", "2001:db8::1", "::1"])
    func written(_ text: String) throws { #expect(try #require(IPAddress(text)).description == text) }
}
