import Glibc
import HTTPTransport

/// Ends exchanges in every way there is, many times, and exits; the sanitizer then reports what was not freed.
///
/// `LeakCheck URL CA-FILE COUNT`: a server that speaks HTTP/2 and has a large file at `/large` and a small one at `/small`.
@main
struct LeakCheck {
    let url: String
    let configuration: HTTPTransportConfiguration
    let count: Int

    static func main() async throws {
        guard CommandLine.arguments.count == 4, let count = Int(CommandLine.arguments[3]), let authority = read(CommandLine.arguments[2]) else {
            print("usage: LeakCheck URL CA-FILE COUNT")
            exit(2)
        }
        let configuration = HTTPTransportConfiguration(tls: .init(certificateAuthorities: authority), proxy: .none)
        let check = LeakCheck(url: CommandLine.arguments[1], configuration: configuration, count: count)
        try await check.cancelledCalls()
        try await check.otherEnds()
        try await check.droppedTransports()
        // For a leak checker that has never been seen to find anything.
        if getenv("LEAK_ON_PURPOSE") != nil { _ = Unmanaged.passRetained(Leaked()) }
    }

    private final class Leaked {}

    /// A third after some steps, most of them before the head; a third at the head; a third in the middle of a large body.
    private func cancelledCalls() async throws {
        let transport = try HTTPTransport(configuration)
        for batch in 0..<count / 100 {
            await withTaskGroup(of: Void.self) { group in
                for index in 0..<100 {
                    group.addTask {
                        let call = Task {
                            let response = try await transport.send(HTTPRequest(url: url + "/large"))
                            if index % 3 == 1 { withUnsafeCurrentTask { $0?.cancel() } }
                            var chunks = 0
                            for try await _ in response.body {
                                chunks += 1
                                if chunks == index % 7 + 1 { withUnsafeCurrentTask { $0?.cancel() } }
                            }
                        }
                        if index % 3 == 0 {
                            for _ in 0..<(index * 7 + batch) % 200 { await Task.yield() }
                            call.cancel()
                        }
                        _ = await call.result
                    }
                }
            }
        }
        await transport.shutdown()
        print("cancelled calls:", transport.statistics)
    }

    private func otherEnds() async throws {
        let transport = try HTTPTransport(configuration)
        for index in 0..<count / 10 {
            // A dropped body, a whole body, a limit, a timeout, a refused connection, an upload given up.
            _ = try await transport.send(HTTPRequest(url: url + "/large"))
            _ = try await transport.send(HTTPRequest(url: url + "/small", headers: ["x-index": "\(index)"])).body.collect(upTo: 1 << 20)
            _ = try? await transport.send(HTTPRequest(url: url + "/large", limits: .init(bodyBytes: 1000))).body.collect(upTo: 1 << 30)
            _ = try? await transport.send(HTTPRequest(url: url + "/large", timeouts: .init(total: .milliseconds(1)))).body.collect(upTo: 1 << 30)
            _ = try? await transport.send(HTTPRequest(url: "https://127.0.0.1:1/"))
            let (chunks, producer) = AsyncStream.makeStream(of: [UInt8].self)
            producer.yield([1, 2, 3])
            let upload = Task { try await transport.send(HTTPRequest(method: "PUT", url: url + "/small", body: .stream(chunks))) }
            for _ in 0..<index % 100 { await Task.yield() }
            upload.cancel()
            _ = await upload.result
        }
        await transport.shutdown()
        print("other ends:", transport.statistics)
    }

    /// Half shut down with exchanges open, half just dropped.
    private func droppedTransports() async throws {
        let threadsBefore = Self.threadCount()
        for index in 0..<50 {
            let transport = try HTTPTransport(configuration)
            let body = try await transport.send(HTTPRequest(url: url + "/large")).body
            let waiting = Task { try await transport.send(HTTPRequest(url: url + "/large")) }
            if index % 2 == 0 { await transport.shutdown() } else { waiting.cancel() }
            _ = await waiting.result
            withExtendedLifetime(body) {}
        }
        try await waitForThreads(atMost: threadsBefore)
        print("transports: 50 made and gone")
    }

    /// Waits for the threads of dropped transports: what one has not freed yet is no leak.
    private func waitForThreads(atMost count: Int) async throws {
        for _ in 0..<1000 {
            if Self.threadCount() <= count { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        print("a dropped transport's thread has not ended within 10 seconds")
        exit(1)
    }

    private static func threadCount() -> Int {
        guard let folder = opendir("/proc/self/task") else { return 0 }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        return count
    }

    private static func read(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes.prefix(count))
    }
}
