import Testing

@testable import HTTPTransport

struct HTTPURLTests {
    @Test(arguments: [
        ("http://Host/a?b#c", "http://host:80", "http://Host/a"), ("https://host", "https://host:443", "https://host/"),
        ("https://host:8443/x", "https://host:8443", "https://host:8443/x"),
        ("http://[::1]:80/", "http://[::1]:80", "http://[::1]/"), ("https://host/a/../b", "https://host:443", "https://host/a/../b"),
    ])
    func itsOriginAndItsFormForMessages(_ text: String, _ origin: String, _ shown: String) throws {
        let url = try HTTPURL(text)
        #expect(url.origin == origin)
        #expect(url.withoutQuery == shown)
    }

    @Test(arguments: [
        ("https://a/b/c?d", "e", "https://a/b/e"), ("https://a/b/c", "/e", "https://a/e"), ("https://a/b/c", "//x/y", "https://x/y"),
        ("https://a/b", "?q", "https://a/b?q"),
        ("https://a/b", "http://c/d", "http://c/d"), ("https://a/b", "/with space", "https://a/with%20space"),
    ])
    func aLocationIsRelativeToItsRequest(_ base: String, _ location: String, _ expected: String) throws {
        #expect(try HTTPURL(location, relativeTo: try HTTPURL(base)).string == expected)
    }

    @Test(arguments: ["", "host", "ftp://host", "http://user@host/", "http://:p@host/", "http:///", "http://host:0x/", "http://a b/"])
    func whatIsNotPlainHTTPIsRefused(_ text: String) { #expect(throws: HTTPURL.Invalid.self) { try HTTPURL(text) } }
}
