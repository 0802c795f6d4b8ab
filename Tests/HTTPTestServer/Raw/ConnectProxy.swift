import Foundation
import NIOCore
import NIOPosix

/// What a ``ConnectProxy`` has seen so far.
public struct ProxyObservations: Sendable {
    /// The targets of the tunnels that were opened, as the clients named them: `host:port`.
    public internal(set) var tunnels: [String] = []
    public internal(set) var openTunnels = 0
    /// CONNECT requests without the right credentials.
    public internal(set) var unauthorized = 0
    /// Requests that were refused for another reason: not CONNECT, or an unknown target.
    public internal(set) var refused: [String] = []
}

/// An HTTP proxy that tunnels (CONNECT, RFC 9110 section 9.3.6) to servers of the same test.
public final class ConnectProxy: Sendable {
    /// A user name and password for basic authentication.
    public struct Credentials: Sendable {
        public var user: String
        public var password: String

        public init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    /// `http://127.0.0.1:port`, without credentials.
    public let url: String
    public let observations: Observed<ProxyObservations>
    private let server: RawTestServer

    private init(server: RawTestServer, observations: Observed<ProxyObservations>) {
        url = server.url
        self.server = server
        self.observations = observations
    }

    /// Starts a proxy on a free port.
    ///
    /// - Parameters:
    ///   - credentials: what clients must present; `nil` lets everybody through.
    ///   - routes: ports on 127.0.0.1 for targets that exist only behind the proxy, by `host:port`. Other targets must be on the loopback interface:
    ///     tests reach nothing else.
    public static func start(
        tls: ServerTLS = .none, credentials: Credentials? = nil, routes: [String: Int] = [:]
    ) async throws(TestServerError) -> ConnectProxy {
        let observations = Observed(ProxyObservations())
        let work = OpenWork()
        let expected = credentials.map { "Basic " + Data("\($0.user):\($0.password)".utf8).base64EncodedString() }
        let server = try await RawTestServer.start(tls: tls, alpn: [], work: work) { client in
            while let target = try await Self.negotiate(with: client, expecting: expected, routes: routes, observations) {
                guard let upstream = try? await Self.connect(to: target.port, work: work) else {
                    try await client.write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
                    observations.update { $0.refused.append(target.name) }
                    continue
                }
                observations.update { seen in
                    seen.tunnels.append(target.name)
                    seen.openTunnels += 1
                }
                await Self.tunnel(client, upstream)
                observations.update { $0.openTunnels -= 1 }
                return
            }
        }
        return ConnectProxy(server: server, observations: observations)
    }

    /// Closes the proxy and its tunnels. May be called again.
    public func shutdown() async {
        await server.shutdown()
    }

    /// The certificate authority that clients must trust for the proxy itself, with TLS.
    public var caPEM: String { server.caPEM }

    // MARK: One connection

    private struct Target {
        var name: String
        var port: Int
    }

    /// Answers requests until one may have a tunnel; `nil` after a refusal that ends the connection.
    private static func negotiate(
        with client: RawConnection, expecting authorization: String?, routes: [String: Int], _ observations: Observed<ProxyObservations>
    ) async throws(TestServerError) -> Target? {
        while true {
            let head = try await client.read(through: "\r\n\r\n", limitBytes: 65536)
            let lines = head.split(separator: "\r\n")
            let requestLine = lines.first.map { $0.split(separator: " ").map(String.init) } ?? []
            let presented = lines.dropFirst().first { $0.lowercased().hasPrefix("proxy-authorization:") }?
                .drop { $0 != ":" }.dropFirst().trimmingCharacters(in: .whitespaces)
            if let authorization, presented != authorization {
                observations.update { $0.unauthorized += 1 }
                try await client.write(
                    "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n")
                continue
            }
            guard requestLine.count == 3, requestLine[0] == "CONNECT", let target = resolve(requestLine[1], routes) else {
                let refused = requestLine.joined(separator: " ")
                observations.update { $0.refused.append(refused) }
                try await client.write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                return nil
            }
            return target
        }
    }

    private static func resolve(_ name: String, _ routes: [String: Int]) -> Target? {
        if let port = routes[name] { return Target(name: name, port: port) }
        guard let colon = name.lastIndex(of: ":"), ["127.0.0.1", "localhost"].contains(name[..<colon]) else { return nil }
        return Int(name[name.index(after: colon)...]).map { Target(name: name, port: $0) }
    }

    private static func connect(to port: Int, work: OpenWork) async throws -> RawConnection {
        let attached = Observed<RawConnection?>(nil)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let connection = try RawConnection.attach(to: channel, id: 0)
                    attached.update { $0 = connection }
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        work.add(channel) {}
        guard let connection = attached.value else { throw TestServerError.setup("the connection to port \(port) has no handler") }
        return connection
    }

    /// Carries bytes both ways until either side ends.
    private static func tunnel(_ client: RawConnection, _ upstream: RawConnection) async {
        guard (try? await client.write("HTTP/1.1 200 Connection established\r\n\r\n")) != nil else {
            await upstream.close()
            return
        }
        await withTaskGroup(of: Void.self) { group in
            for (source, sink) in [(client, upstream), (upstream, client)] {
                group.addTask {
                    // The end of either side ends the tunnel, in order or not.
                    while let bytes = try? await source.read(), (try? await sink.write(bytes)) != nil {}
                }
            }
            await group.next()
            await client.close()
            await upstream.close()
        }
    }
}

/// Runs a proxy for the time of `body`, and closes it and its tunnels however that ends.
public func withConnectProxy<Result: Sendable>(
    tls: ServerTLS = .none, credentials: ConnectProxy.Credentials? = nil, routes: [String: Int] = [:], body: (ConnectProxy) async throws -> Result
) async throws -> Result {
    let proxy = try await ConnectProxy.start(tls: tls, credentials: credentials, routes: routes)
    do {
        let result = try await body(proxy)
        await proxy.shutdown()
        return result
    } catch {
        await proxy.shutdown()
        throw error
    }
}
