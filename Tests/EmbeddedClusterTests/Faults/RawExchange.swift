import HTTPTestServer
import KubernetesAPI

/// What a server answered to bytes that a test has sent.
struct RawAnswer: Sendable, CustomStringConvertible {
    let code: Int
    /// By lower-case name.
    let headers: [String: String]
    let body: [UInt8]

    /// The `Status` in the body.
    var status: JSONValue? { try? JSONValue(parsing: body) }
    var reason: String { status?["reason"]?.string ?? "" }
    var message: String { status?["message"]?.string ?? String(decoding: body.prefix(500), as: UTF8.self) }

    var description: String { "\(code) \(reason): \(message.prefix(300))" }
}

extension RawConnection {
    /// Reads one answer of HTTP/1.1; nil when the server closes instead.
    func readAnswer() async throws -> RawAnswer? {
        let head: String
        do {
            head = try await read(through: "\r\n\r\n")
        } catch {
            return nil
        }
        let lines = head.split(separator: "\r\n", omittingEmptySubsequences: true)
        let code = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { headers[parts[0].lowercased()] = parts[1].trimmingPrefix(" ").description }
        }
        if (100..<200).contains(code) { return try await readAnswer() }
        let body = try await read(count: headers["content-length"].flatMap { Int($0) } ?? 0)
        return RawAnswer(code: code, headers: headers, body: body)
    }
}

/// A request of HTTP/1.1 as a test writes it.
struct RawRequest: Sendable {
    var method = "GET"
    var target: String
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    /// Sends the body in chunks instead of announcing its length.
    var isChunked = false

    /// The bytes, with the token of a user.
    func bytes(token: String) -> [UInt8] {
        var text = "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer \(token)\r\n"
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        if isChunked {
            text += "Transfer-Encoding: chunked\r\n\r\n"
        } else {
            text += body.isEmpty && method == "GET" ? "\r\n" : "Content-Length: \(body.count)\r\n\r\n"
        }
        var bytes = Array(text.utf8)
        guard isChunked else { return bytes + body }
        var rest = body[...]
        while !rest.isEmpty {
            let piece = rest.prefix(64 << 10)
            bytes += Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + Array("\r\n".utf8)
            rest = rest.dropFirst(piece.count)
        }
        return bytes + Array("0\r\n\r\n".utf8)
    }
}
