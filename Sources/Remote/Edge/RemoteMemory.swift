// SPDX-License-Identifier: GPL-3.0-or-later
package import FileStore
import Glibc
import JSON

/// What the client keeps in the person's configuration folder: its id, a token for each server, a note for each film.
///
/// Only the person may read it: folders have mode 700, files 600, each written whole or not at all.
package struct RemoteMemory: Sendable {
    package let folder: String

    /// - Parameter environment: `XDG_CONFIG_HOME`, else `~/.config`, has the folder `kinora/remote`.
    package init(environment: [String: String]) {
        let named = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        folder = "\(named ?? "\(home)/.config")/kinora/remote"
    }

    /// A token that a server gave.
    package struct Token: Hashable, Sendable {
        package var text: String
        package var user: String?
        /// As the server writes it.
        package var expires: String?
    }

    // MARK: Tokens

    func token(of server: String) -> Token? {
        guard let json = read("tokens/\(Self.name(server)).json"), json["server"]?.string == server,
            let text = json["token"]?.string
        else { return nil }
        return Token(text: text, user: json["user_id"]?.string, expires: json["expires_at"]?.string)
    }

    func keep(_ token: Token, of server: String) throws(FileError) {
        var members: [String: JSONValue] = ["server": .string(server), "token": .string(token.text)]
        members["user_id"] = token.user.map { .string($0) }
        members["expires_at"] = token.expires.map { .string($0) }
        try write(.object(members), "tokens", Self.name(server) + ".json")
    }

    func forgetToken(of server: String) { unlink("\(folder)/tokens/\(Self.name(server)).json") }

    /// This person's id as a client: any stable text. Made on first use.
    func clientID() throws(FileError) -> String {
        if let known = read("client.json")?["id"]?.string, (1...64).contains(known.utf8.count) { return known }
        return try newClientID()
    }

    func newClientID() throws(FileError) -> String {
        let id = "kinora-" + randomName(16)
        try write(["id": .string(id)], nil, "client.json")
        return id
    }

    // MARK: Films

    /// The note of a film, by the name that the person gives it.
    package func note(of film: String) -> SessionNote? {
        read("films/\(Self.name(film)).json").flatMap(SessionNote.init)
    }

    package func keep(_ note: SessionNote, of film: String) throws(FileError) {
        try write(note.json, "films", Self.name(film) + ".json")
    }

    // MARK: Files

    private func read(_ name: String) -> JSONValue? {
        let descriptor = open("\(folder)/\(name)", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count < 16 << 20 {
            let count = Glibc.read(descriptor, &part, part.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += part[..<count]
        }
        return try? JSONValue(parsing: bytes)
    }

    private func write(_ value: JSONValue, _ inside: String?, _ name: String) throws(FileError) {
        let place = inside.map { "\(folder)/\($0)" } ?? folder
        try Folders.make(place)
        for path in [folder, place] { chmod(path, 0o700) }
        let file = try AtomicFile(replacing: "\(place)/\(name)")
        // Before the first byte is in it, and before it has a name.
        guard chmod(file.path, 0o600) == 0 else { throw FileError("create", "\(place)/\(name)", errno: errno) }
        try file.write(Array(value.text().utf8))
        try file.commit(durable: false)
    }

    /// A name for a file, different for different texts.
    static func name(_ text: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let plain = text.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(40)
        return "\(plain)-\(String(hash, radix: 36))"
    }
}

/// Letters and digits from the system's randomness.
func randomName(_ length: Int) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
    var random = SystemRandomNumberGenerator()
    return String((0..<length).map { _ in letters[Int.random(in: letters.indices, using: &random)] })
}
