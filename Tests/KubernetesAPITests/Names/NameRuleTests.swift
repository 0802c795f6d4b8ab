import Foundation
import TestSupport
import Testing

@testable import KubernetesAPI

struct NameRuleTests {
    private static func text(_ count: Int) -> String { String(repeating: "a", count: count) }

    private static let allowed: [(NameRule, [String])] = [
        (.dns1123Label, ["a", "ab", "a1", "a-1", "a--1--2", "0", "01", "1-a", text(63)]),
        (.dns1123Subdomain, ["a", "a.b", "a-b.c-d", "0.0.0", "a--b.1", "example.com", text(253), text(126) + "." + text(126)]),
        (.dns1035Label, ["a", "ab", "a1", "a-1", "a--1", text(63)]),
        (.wildcardDNS1123Subdomain, ["*.a", "*.example.com", "*.a-b.c"]),
        (
            .qualifiedName,
            [
                "a", "A", "simple", "now-with-dashes", "1-starts-with-num", "with_under.dots", "example.com/x", "1.2.3.4/5678", "a/b-C_d.e", text(63),
                text(253) + "/" + text(63),
            ]
        ),
        (.labelValue, ["", "a", "A", "1", "a.b", "a_b-c", "Simple1", text(63)]),
        (.environmentVariable, ["A", "my.env-name", "1A", " ", "a b", "~!@#$%^&*()", "..", text(1_000)]),
        (.portName, ["a", "http", "http-2", "80a", "a-1-b", "telnet9", "abcdefghijklmno"]),
        (.configMapKey, ["a", "A", "_", "-", "good", "good-good", ".good", "a.b_c-d", text(253)]),
        (.percentage, ["0%", "1%", "100%", "00099%", "99999999999999999999%"]),
        (.conditionReason, ["A", "ImageNotFound", "a_b", "A,B", "A:B", "a1", "Reason_", "x:_"]),
        (.pathSegment, ["a", "...", "", "A B", "é"]),
    ]

    private static let refused: [(NameRule, [String])] = [
        (.dns1123Label, ["", "A", "a.b", "-", "a-", "-a", "a_b", "a b", "é", "a\n", "a\u{0}", "1.", text(64)]),
        (.dns1123Subdomain, ["", ".", "a.", ".a", "a..b", "a.-b", "a-.b", "-a", "a-", "A.b", "a_b", "a,b", "*.a", text(254), "a.b\n"]),
        (.dns1035Label, ["", "0", "1a", "A", "a.b", "-a", "a-", text(64)]),
        (.wildcardDNS1123Subdomain, ["", "*", "*.", "a", "*a.b", "*.*.a", "a.*.b", "*.a-"]),
        (.qualifiedName, ["", "/", "/a", "a/", "a/b/c", "-a", "a-", ".a", "a b", "A/b", "a_b/c", "é", text(64), text(254) + "/a", "a/" + text(64), "a/-"]),
        (.labelValue, ["-", "a-", "_a", ".", "a b", "a/b", "é", text(64)]),
        (.environmentVariable, ["", "a=b", "=", "a\n", "a\u{7F}", "é", "\u{0}"]),
        (.portName, ["", "-", "-a", "a-", "a--b", "A", "80", "a_b", "abcdefghijklmnop", "a.b"]),
        (.configMapKey, ["", ".", "..", "..a", "a b", "a/b", "é", text(254)]),
        (.percentage, ["", "%", "1", "-1%", "+1%", "1.5%", "1%%", "a%", "1 %"]),
        (.conditionReason, ["", "1a", "_a", "a:", "a,", "a b", "a-b"]),
        (.pathSegment, [".", "..", "a/b", "a%b", "/%"]),
    ]

    @Test(arguments: allowed)
    func allows(_ rule: NameRule, _ texts: [String]) {
        for text in texts {
            #expect(rule.allows(text), "\(rule) \(text)")
            #expect(rule.violations(in: text).isEmpty, "\(rule) \(text)")
        }
    }

    @Test(arguments: refused)
    func refuses(_ rule: NameRule, _ texts: [String]) {
        for text in texts {
            #expect(!rule.allows(text), "\(rule) \(text)")
            #expect(!rule.violations(in: text).isEmpty, "\(rule) \(text)")
        }
    }

    @Test(
        arguments: [
            (.dns1123Label, "a.b", ["must not contain dots"]),
            (
                .dns1123Label, "A",
                [
                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
                ]
            ),
            (.dns1123Label, text(64), ["must be no more than 63 characters"]),
            (.dns1123Label, text(63) + ".b", ["must be no more than 63 characters", "must not contain dots"]),
            (
                .dns1123Subdomain, "a_b",
                [
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
                ]
            ),
            (.dns1123Subdomain, text(254), ["must be no more than 253 characters"]),
            (
                .dns1035Label, "1a",
                [
                    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"
                ]
            ),
            (
                .wildcardDNS1123Subdomain, "a",
                [
                    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
                ]
            ),
            (.qualifiedName, "/a", ["prefix part must be non-empty"]),
            (.qualifiedName, "a/" + text(64), ["name part must be no more than 63 bytes"]),
            (.qualifiedName, text(254) + "/a", ["prefix part must be no more than 253 bytes"]),
            (
                .qualifiedName, "a/b/c",
                [
                    "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
                ]
            ),
            (.labelValue, text(64), ["must be no more than 63 bytes"]),
            (.environmentVariable, "", ["environment variable name must be non-empty"]),
            (.environmentVariable, "a=", ["a valid environment variable name must consist only of printable ASCII characters other than '='"]),
            (
                .portName, "-A--very-long-name-",
                [
                    "must be no more than 15 characters", "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)",
                    "must not contain consecutive hyphens", "must not begin or end with a hyphen",
                ]
            ),
            (.portName, "", ["must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)", "must contain at least one letter (a-z)"]),
            (.configMapKey, ".", ["must not be '.'"]), (.configMapKey, "..", ["must not be '..'"]), (.configMapKey, "..a", ["must not start with '..'"]),
            (
                .configMapKey, "a b",
                [
                    "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"
                ]
            ),
            (
                .percentage, "x%",
                ["a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"]
            ),
            (
                .conditionReason, "1",
                [
                    "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or '_,:', and must end with an alphanumeric character or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or 'ReasonA,ReasonB',  or 'ReasonA:ReasonB', regex used for validation is '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?')"
                ]
            ),
            (.pathSegment, "..", ["may not be '..'"]), (.pathSegment, "a/%", ["may not contain '/'", "may not contain '%'"]),
        ] as [(NameRule, String, [String])])
    func explainsInTheWordsOfKubernetes(_ rule: NameRule, _ text: String, _ messages: [String]) {
        #expect(rule.violations(in: text) == messages)
    }

    @Test func aPrefixMayEndInADash() {
        #expect(NameRule.dns1123Label.violations(inPrefix: "job-").isEmpty)
        #expect(NameRule.dns1123Subdomain.violations(inPrefix: "a.b-").isEmpty)
        #expect(!NameRule.dns1123Label.violations(inPrefix: "-").isEmpty)
        #expect(!NameRule.dns1123Label.violations(inPrefix: "Bad_-").isEmpty)
        #expect(!NameRule.dns1123Label.violations(inPrefix: "").isEmpty)
    }

    /// Every text of up to four of these characters, against the regular expressions of the messages.
    @Test func agreesWithTheRegularExpressions() throws {
        let expressions: [(NameRule, Regex<AnyRegexOutput>)] = [
            (.dns1123Label, try Regex("[a-z0-9]([-a-z0-9]*[a-z0-9])?")),
            (.dns1123Subdomain, try Regex("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")),
            (.dns1035Label, try Regex("[a-z]([-a-z0-9]*[a-z0-9])?")), (.labelValue, try Regex("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?")),
            (.percentage, try Regex("[0-9]+%")), (.conditionReason, try Regex("[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?")),
        ]
        var texts = [""]
        var longest = [""]
        for _ in 0..<4 {
            longest = longest.flatMap { text in "aZ0-._%".map { text + String($0) } }
            texts += longest
        }
        for (rule, expression) in expressions {
            for text in texts where rule.allows(text) != (text.wholeMatch(of: expression) != nil) { Issue.record("\(rule) \(text)") }
        }
    }

    /// Recorded refusals whose words are those of a rule here: the rule must say the same of the same value.
    @Test func saysWhatAKubernetesServerSaid() throws {
        guard Conformance.path("kubernetes-api") != nil else { return }
        let known = Set(Self.refused.flatMap { rule, texts in texts.flatMap { rule.violations(in: $0) } })
        var tally = ConformanceTally("kubernetes-api names and labels")
        for area in ["crud", "builtin-validation-and-defaults", "crd-validation", "subresources", "server-side-apply", "patch"] {
            for file in try Conformance.files(in: "kubernetes-api/\(area)") ?? [] {
                for (field, message) in Self.causes(in: try Conformance.json(file)) {
                    // Invalid value: "x": what is wrong
                    let parts = message.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
                    guard parts.count == 3, parts[0] == "Invalid value: ", parts[2].hasPrefix(": ") else { continue }
                    let (value, detail) = (String(parts[1]), String(parts[2].dropFirst(2)))
                    guard known.contains(detail), !value.contains("${") else { continue }
                    tally.check("\(area)/\(file.lastPathComponent) \(field) \(value.prefix(20))") {
                        NameRule.allCases.contains { $0.violations(in: value).contains(detail) } ? nil : "no rule says \(detail)"
                    }
                }
            }
        }
        tally.report()
    }

    private static func causes(in json: JSONValue) -> [(field: String, message: String)] {
        switch json {
        case .array(let elements): return elements.flatMap(causes)
        case .object(let object):
            if let field = object["field"]?.string, let message = object["message"]?.string { return [(field, message)] }
            return object.flatMap { causes(in: $0.value) }
        default: return []
        }
    }
}
