import KubernetesAPI
import Testing

@testable import EmbeddedAPI

struct FieldManagerNameTests {
    @Test(arguments: [
        ("kubectl/v1.36 (linux/amd64) kubernetes/abc", "kubectl"), ("", ""), ("/x", ""), ("a\u{0}\tb c/1", "ab c"),
        (String(repeating: "m", count: 200), String(repeating: "m", count: 128)),
        (String(repeating: "é", count: 100), String(repeating: "é", count: 64)),
    ])
    func clientsWithoutAManagerGetOneFromTheirUserAgent(_ userAgent: String, manager: String) {
        #expect(FieldManagerName.of(userAgent: userAgent) == manager)
    }

    @Test(arguments: [
        ("", nil), ("my controller", nil), (String(repeating: "m", count: 128), nil), ("größe", nil),
        (String(repeating: "m", count: 129), "fieldManager: Too long: may not be more than 128 bytes"),
        ("é\t", #"fieldManager: Invalid value: "é\t": invalid character U+0009 (at position 2)"#),
    ])
    func aNameIsShortAndPrintable(_ name: String, problem: String?) { #expect(FieldManagerName.errors(of: name)?.description == problem) }
}
