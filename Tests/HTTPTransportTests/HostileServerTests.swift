import HTTPTestServer
import Testing

@testable import HTTPTransport

/// A server may send anything: the answer to it is an error, not a hang, and never more memory than the limits say.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct HostileServerTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        let kinds: [HTTPTransportError.Kind]
        var staysOpen = false

        init(_ name: String, _ text: String, _ kinds: HTTPTransportError.Kind..., staysOpen: Bool = false) {
            (testDescription, bytes, self.kinds, self.staysOpen) = (name, Array(text.utf8), kinds, staysOpen)
        }

        init(_ name: String, bytes: [UInt8], _ kinds: HTTPTransportError.Kind...) {
            (testDescription, self.bytes, self.kinds) = (name, bytes, kinds)
        }
    }

    private static let overHTTP1: [Case] = [
        Case("closed before the head", "", .connectionClosed),
        Case("garbage", "\u{0}\u{1}\u{2}nonsense\r\n\r\n", .protocolViolation, .other),
        Case("another protocol", "SSH-2.0-OpenSSH_9.2\r\n", .protocolViolation, .other),
        Case("half a head", "HTTP/1.1 200 OK\r\nContent-Le", .connectionClosed, .protocolViolation),
        Case("a status out of range", "HTTP/1.1 99999 OK\r\nContent-Length: 0\r\n\r\n", .protocolViolation, .other),
        Case("a truncated body", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", .connectionClosed),
        Case("a truncated chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf", .connectionClosed),
        Case("a chunk size that is none", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", .connectionClosed, .protocolViolation),
        Case(
            "a chunk size that overflows", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffffffff\r\n", .connectionClosed,
            .protocolViolation),
        Case("a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", .protocolViolation, .other),
        Case("a huge header", "HTTP/1.1 200 OK\r\nX: " + String(repeating: "a", count: 90_000) + "\r\n\r\n", .tooLarge(.headerBytes)),
        Case("a header line without end", "HTTP/1.1 200 OK\r\nX: " + String(repeating: "a", count: 2_000_000), .tooLarge(.headerBytes), .other),
        Case("many headers", "HTTP/1.1 200 OK\r\n" + String(repeating: "X: a\r\n", count: 1000), .tooLarge(.headerCount)),
        Case("many interim responses", String(repeating: "HTTP/1.1 103 Early Hints\r\n\r\n", count: 1000), .tooLarge(.headerCount)),
        Case(
            "many trailers", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + String(repeating: "X: a\r\n", count: 1000),
            .tooLarge(.headerCount)),
        Case("a body that is not gzip", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello", .protocolViolation),
        Case("an unknown encoding", "HTTP/1.1 200 OK\r\nContent-Encoding: rot13\r\nContent-Length: 5\r\n\r\nhello", .protocolViolation),
        Case("a stall before the head", "HTTP/1.1 200", .timeout(.responseHead), staysOpen: true),
        Case("a stall in the head", "HTTP/1.1 200 OK\r\nX: a\r\n", .timeout(.responseHead), staysOpen: true),
        Case("a stall in the body", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", .timeout(.idle), staysOpen: true),
        Case("a body over the limit", "HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "a", count: 200_000), .tooLarge(.bodyBytes)),
    ]

    @Test(arguments: overHTTP1)
    func badHTTP1IsAnError(_ test: Case) async throws {
        try await withRawTestServer { connection in
            try await connection.read(through: "\r\n\r\n")
            try await connection.write(test.bytes)
            if test.staysOpen { try await connection.readToEnd() }
        } body: { server in
            try await check(test, server.url, .init(proxy: .none))
        }
    }

    /// A SETTINGS frame, empty: the server's part of the preface.
    private static let settings: [UInt8] = [0, 0, 0, 4, 0, 0, 0, 0, 0]

    private static let overHTTP2: [Case] = [
        Case("closed before the preface", "", .connectionClosed, .protocolViolation, .other),
        Case("garbage", "HTTP/1.1 200 OK\r\n\r\n", .protocolViolation, .connectionClosed),
        Case("half a frame", bytes: settings + [0, 0, 50, 1, 4], .protocolViolation, .connectionClosed),
        Case("a frame larger than allowed", bytes: settings + [0xFF, 0xFF, 0xFF, 1, 4, 0, 0, 0, 1], .protocolViolation, .connectionClosed),
        Case("headers that are not HPACK", bytes: settings + [0, 0, 3, 1, 4, 0, 0, 0, 1, 0xFF, 0xFF, 0xFF], .protocolViolation, .connectionClosed),
        Case("a body before its head", bytes: settings + [0, 0, 1, 0, 0, 0, 0, 0, 1, 0x61], .protocolViolation, .connectionClosed),
        Case("RST_STREAM before the head", bytes: settings + [0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 2], .connectionClosed, .protocolViolation),
        // :status 200 is HPACK's static entry 8.
        Case(
            "RST_STREAM in the body", bytes: settings + [0, 0, 1, 1, 4, 0, 0, 0, 1, 0x88] + [0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 2], .connectionClosed,
            .protocolViolation),
        Case("GOAWAY for all", bytes: settings + [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2], .connectionClosed, .protocolViolation),
        Case(
            "closed in the body", bytes: settings + [0, 0, 1, 1, 4, 0, 0, 0, 1, 0x88] + [0, 0, 1, 0, 0, 0, 0, 0, 1, 0x61], .connectionClosed, .protocolViolation
        ),
        Case(
            "endless CONTINUATION",
            bytes: settings + [0, 0, 1, 1, 0, 0, 0, 0, 1, 0x88] + (0..<2000).flatMap { _ in [0, 0, 4, 9, 0, 0, 0, 0, 1, 0, 1, 0x61, 0] as [UInt8] },
            .protocolViolation, .connectionClosed, .tooLarge(.headerCount)),
    ]

    @Test(arguments: overHTTP2)
    func badHTTP2IsAnError(_ test: Case) async throws {
        try await withRawTestServer(tls: .selfSigned(), alpn: [.http2]) { connection in
            _ = try await connection.read(count: 24)
            try await connection.write(test.bytes)
        } body: { server in
            try await check(test, server.url, .trusting(server.caPEM))
        }
    }

    private func check(_ test: Case, _ url: String, _ configuration: HTTPTransportConfiguration) async throws {
        try await withTransport(configuration) { transport in
            let patience: Duration = test.staysOpen ? .milliseconds(300) : .seconds(30)
            let request = HTTPRequest(
                method: "POST", url: url, timeouts: .init(responseHead: patience, idle: patience), acceptsCompression: true, limits: .init(bodyBytes: 100_000))
            let error = await transportError { try await exchange(transport, request) }
            if let error { #expect(test.kinds.contains(error.kind), "\(error)") }
            #expect(error?.requestMayHaveBeenSent == true)
            await transport.settle()
            #expect(transport.statistics.openTransfers == 0)
        }
    }

    @Test func aRequestThatMayHaveBeenCarriedOutIsNotRepeated() async throws {
        try await withRawTestServer { connection in
            // Answers one request properly and leaves at the second, which it has read.
            try await connection.read(through: "\r\n\r\n")
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            try await connection.read(through: "\r\n\r\n")
        } body: { server in
            try await withTransport { transport in
                let first = try await transport.send(HTTPRequest(url: server.url)).text
                #expect(first == "ok")
                let error = await transportError { try await exchange(transport, HTTPRequest(method: "POST", url: server.url)) }
                #expect(error?.kind == .connectionClosed && error?.requestMayHaveBeenSent == true, "\(String(describing: error))")
                let second = try await transport.send(HTTPRequest(url: server.url)).text
                let third = try await transport.send(HTTPRequest(url: server.url)).text
                #expect(second == "ok" && third == "ok", "a GET is sent again on a new connection")
            }
        }
    }

    @Test(arguments: [
        ("GET", "http://user:secret@host/"), ("GET", "ftp://host/"), ("GET", "nonsense"), ("GET", ""), ("GET", "http://"), ("GET", "http://host:99999/"),
        ("get", "http://host/"),
        ("G T", "http://host/"), ("CONNECT", "http://host/"),
    ])
    func whatCannotBeSentIsRefused(_ method: String, _ url: String) async throws {
        try await withTransport { transport in
            let error = await transportError { try await exchange(transport, HTTPRequest(method: method, url: url)) }
            #expect(error?.kind == .invalidRequest)
            #expect(error?.description.contains("secret") == false)
        }
    }

    @Test func nothingSmugglesAHeader() async throws {
        try await withTransport { transport in
            #expect(await transportError { try await exchange(transport, HTTPRequest(url: "http://host/\u{0}")) }?.kind == .invalidRequest)
            for value in ["a\r\nb: c", "a\nb", "a\u{0}b"] {
                #expect(await transportError { try await exchange(transport, HTTPRequest(url: "http://host", headers: ["x": value])) }?.kind == .invalidRequest)
                #expect(await transportError { try await exchange(transport, HTTPRequest(url: "http://host", headers: [value: "x"])) }?.kind == .invalidRequest)
            }
        }
    }
}
