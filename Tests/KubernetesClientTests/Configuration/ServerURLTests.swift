import Testing

@testable import KubernetesClient

@Suite struct ServerURLTests {
    @Test(arguments: [
        ("https://10.0.0.1:6443", "https://10.0.0.1:6443", 6443, ""),
        ("https://API.example.com", "https://api.example.com", 443, ""),
        ("https://api.example.com:443/", "https://api.example.com", 443, ""),
        ("https://rancher/k8s/clusters/c-1//", "https://rancher/k8s/clusters/c-1", 443, "/k8s/clusters/c-1"),
        ("https://proxy/a%20b", "https://proxy/a%20b", 443, "/a%20b"),
        ("https://[::1]:6443/x", "https://[::1]:6443/x", 6443, "/x"),
        ("http://localhost", "http://localhost", 80, ""),
        ("localhost:8080", "http://localhost:8080", 8080, ""),
        ("kubernetes_default.svc", "http://kubernetes_default.svc", 80, ""),
        ("HTTPS://h", "https://h", 443, ""),
    ])
    func reads(_ text: String, as description: String, port: Int, pathPrefix: String) throws {
        let url = try ServerURL(parsing: text)
        #expect(url.description == description)
        #expect(url.port == port)
        #expect(url.pathPrefix == pathPrefix)
        #expect(try ServerURL(parsing: url.description) == url)
    }

    @Test(arguments: [
        ("", "names no host"), ("https://", "names no host"), ("https://:6443", "names no host"), ("://x", "without a scheme"),
        ("ftp://h", "neither https nor http"), ("https://h:0", "from 1 to 65535"), ("https://h:65536", "from 1 to 65535"), ("https://h:", "from 1 to 65535"),
        ("https://h:6443x", "from 1 to 65535"), ("https://::1:6443", "stands in brackets"), ("https://[::1", "without \"]\""),
        ("https://[x]:1", "no IPv6 address"),
        ("https://[::1]6443", "from 1 to 65535"), ("https://h h", "a space"), ("https://bücher.example", "outside ASCII"), ("https://h/?a=b", "a query"),
        ("https://h#x", "a fragment"), ("https://h/a/../b", "\"..\""), ("https://h/%zz", "hexadecimal"), ("https://h/%2", "hexadecimal"),
        ("https://h/{x}", "percent-encoded"),
        ("h:1/path", "begin it with \"https://\""), ("https://a\u{0}b", "control character"), ("https://h$", "no DNS name"),
    ])
    func refuses(_ text: String, because reason: String) throws {
        let message = try #require(failure { try ServerURL(parsing: text) })
        #expect(message.contains(reason), "\(message)")
    }

    @Test func aPasswordInAServerURLIsRefusedWithoutShowingIt() throws {
        let message = try #require(failure { try ServerURL(parsing: "https://me:hunter2@h:6443") })
        #expect(message.contains("must not hold a user name"))
        #expect(!message.contains("hunter2"))
    }

    @Test(
        arguments: [
            ("http://proxy:3128", "http://proxy:3128", nil, nil), ("https://proxy", "https://proxy:443", nil, nil),
            ("socks5://[::1]", "socks5://[::1]:1080", nil, nil),
            ("http://u:p%40ss@proxy/", "http://proxy:80", "u", "p@ss"), ("http://u@proxy:1", "http://proxy:1", "u", nil),
        ] as [(String, String, String?, String?)])
    func readsProxies(_ text: String, as description: String, username: String?, password: String?) throws {
        let proxy = try ProxyURL(parsing: text)
        #expect(proxy.description == description)
        #expect(proxy.username == username)
        #expect(proxy.password?.value == password)
    }

    @Test(arguments: [
        ("proxy:3128", "no scheme"), ("socks4://proxy", "http, https or socks5"), ("http://proxy/path", "end after the port"),
        ("http://u:%ff@proxy", "percent-encoded"),
        ("http://u:%0a@proxy", "percent-encoded"),
    ])
    func refusesProxies(_ text: String, because reason: String) throws {
        let message = try #require(failure { try ProxyURL(parsing: text) })
        #expect(message.contains(reason), "\(message)")
    }

    @Test func theUserAgentHasTheFormOfTheEcosystem() {
        #expect(
            defaultUserAgent(program: "martlet", version: "v1.2.3", commit: "abc1234").wholeMatch(
                of: /martlet\/v1\.2\.3 \([a-z]+\/[a-z0-9]+\) kubernetes\/abc1234/)
                != nil)
    }
}
