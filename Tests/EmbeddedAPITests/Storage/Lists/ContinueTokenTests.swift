@testable import EmbeddedAPI
import Foundation
import Testing

@Suite struct ContinueTokenTests {
    @Test(arguments: [ContinueToken(version: 7, start: "name\0"), ContinueToken(version: nil, start: "ns/é>?\0")])
    func isReadAsItWasWritten(token: ContinueToken) throws {
        #expect(token.encoded.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
        #expect(try ContinueToken(parsing: token.encoded) == token)
    }

    @Test(arguments: [
        ("", "it holds no JSON object"), ("%%%", "it is not base64url"), (encode("[1]"), "it holds no JSON object"), (encode("{"), "it holds no JSON object"),
        (encode(#"{"v":"v2","rv":1,"start":"a"}"#), "server does not recognize this encoded version"),
        (encode(#"{"v":"meta.k8s.io/v1","rv":0,"start":"a"}"#), "incorrect encoded start resourceVersion"),
        (encode(#"{"v":"meta.k8s.io/v1","rv":-2,"start":"a"}"#), "incorrect encoded start resourceVersion"),
        (encode(#"{"v":"meta.k8s.io/v1","rv":1,"start":""}"#), "encoded start key empty"),
        (String(repeating: "A", count: 8193), "it is longer than 8192 bytes"),
    ])
    func whatIsNoTokenIsRefused(text: String, reason: String) {
        #expect(throws: StorageError.invalidContinue(reason)) { try ContinueToken(parsing: text) }
    }

    private static func encode(_ json: String) -> String { Data(json.utf8).base64EncodedString() }
}
