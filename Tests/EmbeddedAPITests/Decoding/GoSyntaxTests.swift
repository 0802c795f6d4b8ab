import EmbeddedAPI
import Foundation
import KubernetesAPI
import TestSupport
import Testing

/// What Go's scanner says about texts that are no JSON.
@Suite struct GoSyntaxTests {
    private func problem(_ bytes: [UInt8]) -> String? {
        let patching = Patching(bytes, kind: .merge, validation: .warn)
        do throws(Status) {
            _ = try patching.patched([:])
            return nil
        } catch {
            return error.message
        }
    }

    @Test(arguments: [
        ("", "unexpected end of JSON input"),
        ("[1 2]", "invalid character '2' after array element"),
        (#"{"a" 1}"#, "invalid character '1' after object key"),
        (#"{"a":1 "b"}"#, "invalid character '\"' after object key:value pair"),
        (#"{'a'}"#, #"invalid character '\'' looking for beginning of object key string"#),
        ("{}x", "invalid character 'x' after top-level value"),
        ("[01]", "invalid character '1' after array element"),
        ("-x", "invalid character 'x' in numeric literal"),
        ("1.x", "invalid character 'x' after decimal point in numeric literal"),
        ("1ex", "invalid character 'x' in exponent of numeric literal"),
        ("trux", "invalid character 'x' in literal true (expecting 'e')"),
        (#""\x""#, "invalid character 'x' in string escape code"),
        (#""\u00x0""#, #"invalid character 'x' in \u hexadecimal character escape"#),
        ("\"\n\"", #"invalid character '\n' in string literal"#),
        ("\u{1}", #"invalid character '\x01' looking for beginning of value"#),
    ]) func words(_ text: String, _ reason: String) {
        #expect(problem(Array(text.utf8)) == "error decoding patch: \(reason)")
    }

    /// The files of the JSON test suite: those that must be refused are, those that must be taken are no syntax errors.
    @Test func testSuite() throws {
        for file in try Conformance.files(in: "json-parsing") ?? [] where file.pathExtension == "json" {
            let found = problem([UInt8](try Data(contentsOf: file)))
            switch file.lastPathComponent.prefix(2) {
            case "n_":
                #expect(
                    found?.contains("invalid character") == true || found?.contains("unexpected end") == true || found?.contains("max depth") == true,
                    "\(file.lastPathComponent)")
            case "y_":
                #expect(
                    found == nil || found?.contains("cannot unmarshal") == true || found == "Invalid JSON Patch", "\(file.lastPathComponent): \(found ?? "")")
            default: break
            }
        }
    }
}
