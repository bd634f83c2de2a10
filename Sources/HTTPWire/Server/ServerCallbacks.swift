// SPDX-License-Identifier: GPL-3.0-or-later
import CMicrohttpd

// libmicrohttpd's callbacks: free functions, so that none is tied to an actor. Contexts: the daemon's is the ServerCore
// (unretained: it outlives the daemon), a connection's its Link (retained), a request's its Exchange (retained).

func connectionChanged(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ own: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ what: MHD_ConnectionNotificationCode
) {
    guard let context, let connection, let own else { return }
    if what == .CONNECTION_NOTIFY_STARTED {
        let core = Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
        let link = core.opened(
            descriptor: kinora_mhd_socket(connection), address: ClientAddress(kinora_mhd_peer(connection)))
        own.pointee = Unmanaged.passRetained(link).toOpaque()
    } else if let link = own.pointee {
        own.pointee = nil
        Unmanaged<Link>.fromOpaque(link).takeRetainedValue().close()
    }
}

func clientCame(_ context: UnsafeMutableRawPointer?, _ address: UnsafePointer<sockaddr>?, _: socklen_t) -> MHD_Result {
    guard let context else { return .NO }
    let core = Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
    return core.admits(ClientAddress(address)) ? .YES : .NO
}

func targetCame(
    _ context: UnsafeMutableRawPointer?, _ target: UnsafePointer<CChar>?, _ connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    guard let context, let connection, let target, let own = kinora_mhd_link(connection) else { return nil }
    let core = Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
    let link = Unmanaged<Link>.fromOpaque(own).takeUnretainedValue()
    link.expect(.headers)
    let exchange = Exchange(core: core, link: link, target: String(cString: target), connection: connection)
    return Unmanaged.passRetained(exchange).toOpaque()
}

func requestCame(
    _: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _: UnsafePointer<CChar>?,
    _ method: UnsafePointer<CChar>?, _: UnsafePointer<CChar>?, _ bytes: UnsafePointer<CChar>?,
    _ count: UnsafeMutablePointer<Int>?, _ own: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let connection, let count, let context = own?.pointee else { return .NO }
    let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
    return exchange.advance(connection, method: method, bytes: bytes, count: &count.pointee) ? .YES : .NO
}

func requestEnded(
    _: UnsafeMutableRawPointer?, _: OpaquePointer?, _ own: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    _ code: MHD_RequestTerminationCode
) {
    guard let own, let context = own.pointee else { return }
    own.pointee = nil
    Unmanaged<Exchange>.fromOpaque(context).takeRetainedValue().ended(code)
}

func readAnswer(
    _ context: UnsafeMutableRawPointer?, _: UInt64, _ room: UnsafeMutablePointer<CChar>?, _ size: Int
) -> Int {
    // MHD_CONTENT_READER_END_OF_STREAM and …_END_WITH_ERROR, which are macros with casts.
    guard let context else { return -2 }
    let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
    do {
        return try exchange.read(into: UnsafeMutableRawBufferPointer(start: room, count: size)) ?? -1
    } catch {
        return -2
    }
}

func releaseExchange(_ context: UnsafeMutableRawPointer?) {
    guard let context else { return }
    Unmanaged<Exchange>.fromOpaque(context).release()
}
