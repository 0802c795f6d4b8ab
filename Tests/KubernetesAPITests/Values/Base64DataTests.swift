import Foundation
import TestSupport
import Testing

@testable import KubernetesAPI

struct Base64DataTests {
    @Test(arguments: [
        ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"), ("Zm9vYmE=", "fooba"), ("Zm9vYmFy", "foobar"),
        // Line ends are skipped, wherever they are.
        ("Zm9v\nYmFy", "foobar"), ("Zm9v\r\nYmFy\r\n", "foobar"), ("Z\ng=\n=\n", "f"), ("\n", ""),
        // The unused bits of the last character do not count.
        ("Zh==", "f"), ("Zm9=", "fo"),
    ])
    func readsAsGoDoes(_ text: String, _ decoded: String) throws {
        #expect(try Base64Data(base64: text).utf8 == decoded)
        #expect(Base64Data(json: .string(text)) == Base64Data(utf8: decoded))
    }

    @Test(arguments: [
        ("Zg", 2), ("Zg=", 3), ("Zm9", 3), ("Z===", 1), ("=", 0), ("====", 0), ("Zg==Zg==", 4), ("Zg===", 4), ("Zm9v=", 4), ("Zm 9v", 2), ("Zm-v", 2),
        ("Zm_v", 2), ("Zm9v\t", 4),
        ("Zg=v", 3), ("Zmé9", 2), ("Zm9v\u{0}", 4),
    ])
    func refusesAnythingElse(_ text: String, _ offset: Int) {
        let error = #expect(throws: ValueError.self) { try Base64Data(base64: text) }
        #expect(error?.offset == offset)
        #expect(error?.description == "base64 data: illegal base64 data at input byte \(offset) (at byte \(offset))")
        #expect(Base64Data(json: .string(text)) == nil)
    }

    @Test func whatIsWrittenIsWhatFoundationWrites() throws {
        var generator = SeededGenerator(seed: 5)
        for count in 0..<300 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let data = Base64Data(bytes)
            #expect(data.base64 == Data(bytes).base64EncodedString())
            #expect(try Base64Data(base64: data.base64) == data)
        }
    }

    @Test func aDescriptionKeepsSecrets() {
        #expect("\(Base64Data(utf8: "hunter2"))" == "7 bytes")
        #expect(Base64Data([0xFF]).utf8 == nil)
        #expect(Base64Data(json: [1, 2]) == nil)
        #expect(Base64Data(json: .null) == nil)
    }
}
