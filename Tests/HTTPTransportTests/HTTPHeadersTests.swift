import Testing

@testable import HTTPTransport

struct HTTPHeadersTests {
    @Test func namesAreComparedWithoutCaseAndKeepTheirOrder() {
        var headers: HTTPHeaders = ["Accept": "a", "X": "1"]
        headers.add("accept", "b")
        #expect(headers["ACCEPT"] == "a")
        #expect(headers.values(of: "Accept") == ["a", "b"])
        headers["aCCEPT"] = "c"
        #expect(headers.map(\.name) == ["aCCEPT", "X"])
        headers["accept"] = nil
        #expect(headers == ["X": "1"])
        #expect(headers.contains(name: "x") && !headers.contains(name: "Y"))
    }
}
