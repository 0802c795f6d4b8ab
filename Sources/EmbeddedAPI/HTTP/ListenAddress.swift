import Glibc

/// Where the server listens: an address of this machine's loopback and a port.
public struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    /// `127.0.0.1`, or another of 127.0.0.0/8, or `::1`.
    public let host: String
    /// 0 for any free one.
    public let port: Int

    /// Reads `127.0.0.1:7480` or `[::1]:7480`; `localhost` stands for 127.0.0.1.
    ///
    /// - Throws: ``ServerSetupError`` for anything that is not loopback: whoever reaches the API may start processes here.
    public init(parsing text: String) throws(ServerSetupError) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), (0...65535).contains(port) else {
            throw ServerSetupError("\"\(text)\" is no address to listen on: write it as 127.0.0.1:7480.")
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        if host == "localhost" { host = "127.0.0.1" }
        guard Self.isLoopback(host) else {
            throw ServerSetupError(
                "The API listens on loopback only, and \"\(host)\" is not: write 127.0.0.1:\(port). For more than one machine, use a Kubernetes cluster.")
        }
        self.host = host
        self.port = port
    }

    private static func isLoopback(_ host: String) -> Bool {
        var address = in_addr()
        if inet_pton(AF_INET, host, &address) == 1 { return UInt32(bigEndian: address.s_addr) >> 24 == 127 }
        var address6 = in6_addr()
        guard inet_pton(AF_INET6, host, &address6) == 1 else { return false }
        return withUnsafeBytes(of: &address6) { $0.dropLast().allSatisfy { $0 == 0 } && $0.last == 1 }
    }

    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
