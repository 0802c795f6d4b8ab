import Testing

@testable import Expressions

/// What expressions cost by the estimate, and when they are evaluated, as Kubernetes counts it:
/// <https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/cel/library/cost_test.go>.
struct CostTests {
    private struct Everything: ExpressionAuthorizing {
        func decide(_ check: AuthorizerCheck) -> AuthorizerDecision { AuthorizerDecision(isAllowed: true) }
    }

    private static let strings = "['012345678901', '012345678901', '012345678901', '012345678901', '012345678901']"
    private static let durations = "[duration('1s'), duration('2s'), duration('3s'), duration('4s'), duration('5s')]"
    private static let text = "'01234567890123456789012345678901234567890123456789'"
    private static let selector = "spec.nodeName=example-node-name.fully.qualified.domain.name.example.com"
    private static let backend = "authorizer.group('apps').resource('deployments').subresource('status').namespace('test').name('backend')"

    @Test(
        arguments: [
            ("[1, 2, 3, 4, 5].sum()", 15, 15, 15), ("[uint(1), uint(2), uint(3), uint(4), uint(5)].sum()", 20, 20, 20),
            ("[1.0, 2.0, 3.0, 4.0, 5.0].isSorted()", 15, 15, 15), ("\(durations).max()", 20, 20, 20), ("\(strings).min()", 15, .max, 15),
            ("[1, 2, 3, 4, 5].indexOf(3)", 15, 15, 15), ("\(text).indexOf('123')", 5, 5, 5), ("\(text).lastIndexOf('123')", 5, 5, 5),
            ("url('https:://kubernetes.io/') == url('https:://kubernetes.io/')", 7, 9, 7), ("url('https:://kubernetes.io/') == url('http://x.b')", 5, 5, 5),
            ("url('https:://kubernetes.io/').getHost()", 4, 4, 4), ("ip('192.168.0.1')", 2, 2, 2), ("ip('192.168.0.1').family()", 3, 3, 3),
            ("ip('2001:db8:3333:4444:5555:6666:7777:8888') == ip('192.168.0.1')", 7, 7, 7), ("ip.isCanonical('192.168.0.1')", 3, 3, 3),
            ("ip.isCanonical('2001:db8:3333:4444:5555:6666:7777:8888')", 8, 8, 8), ("cidr('192.168.0.0/16').ip()", 3, 3, 3),
            ("cidr('192.168.0.0/16').containsCIDR(cidr('192.0.0.0/30'))", 7, 11, 7), ("cidr('192.168.0.0/16').containsCIDR('192.168.0.0/16')", 7, 11, 7),
            ("cidr('192.168.0.0/16').containsIP(ip('192.0.0.1'))", 4, 7, 4), ("cidr('192.168.0.0/16').containsIP('192.169.0.1')", 5, 8, 5),
            ("cidr('2001:db8::/32').containsIP('2001:db8:3333:4444:5555:6666:7777:8888')", 7, 10, 7),
            ("'ABCDEFGHIJ abcdefghij'.lowerAscii()", 3, 3, 3),
            ("'ABCDEFGHIJ abcdefghij'.lowerAscii() == 'abcdefghij ABCDEFGHIJ'.lowerAscii()", 7, 9, 9), ("strings.quote('ABCDEFGHIJ abcdefghij')", 3, 3, 3),
            ("strings.quote('ABCDEFGHIJ abcdefghij') == strings.quote('ABCDEFGHIJ abcdefghij')", 7, 11, 9),
            ("'abc 123 def 123'.replace('123', '456')", 3, 3, 3),
            ("'abc 123 def 123'.replace('', 'x')", 3, 3, 3), ("'abc 123 def 123'.split(' ')", 3, 3, 3), ("'abc 123 def 123'.split(' ', 1)", 3, 3, 3),
            ("'abc 123 def 123'.substring(5)", 2, 2, 2), ("'  abc 123 def 123  '.trim()", 2, 2, 2),
            ("['aa', 'bb', 'cc', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].join(' ')", 11, .max, 15),
            ("['aa', 'bb', 'cc', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].join()", 10, .max, 13), ("'abc 123 def 123'.find('123')", 2, 2, 2),
            ("'abc 123 def 123'.findAll('123', 1)", 2, 2, 2), ("authorizer.path('/healthz')", 2, 2, 2), (backend, 6, 6, 6),
            ("authorizer.group('').resource('pods').fieldSelector('\(selector)')", 1821, 1821, 1821),
            ("authorizer.group('').resource('pods').labelSelector('\(selector)')", 1821, 1821, 1821),
            ("authorizer.path('/healthz').check('get').allowed()", 350_003, 350_003, 350_003),
            ("\(backend).check('create').error()", 350_007, 350_007, 350_007),
            ("quantity(\"12Mi\")", 1, 1, 1), ("quantity('200M') == quantity('0.2G') && quantity('0.2G') == quantity('200M')", 3, 6, 6),
            ("quantity('50k').sub(20) == quantity('49980')", 4, 4, 4), ("quantity('50k').add(20).sub(quantity('100k')).asInteger() > 0", 6, 6, 6),
            ("quantity('50.703k').asApproximateFloat() > 0.0", 3, 3, 3), ("format.named('dns1123subdomain')", 1, 1, 1),
            ("format.named('dns1123Subdomain').value().validate('my-name')", 34, 34, 17),
            ("format.named('dns1123Label').value().validate('my-name')", 34, 34, 10),
            ("format.named('dns1123Label').value() == format.named('dns1123Label').value()", 5, 11, 5), ("sets.contains([], [])", 21, 21, 21),
            ("sets.contains([1], [1, 1])", 23, 23, 23), ("sets.contains([1, 2, 3, 4], [2, 3])", 29, 29, 29), ("!sets.contains([1], [2])", 23, 23, 23),
            ("sets.equivalent([], [])", 21, 21, 21), ("sets.equivalent([1, 2, 3], [3, 2, 1])", 39, 39, 39), ("sets.intersects([1], [1, 1])", 23, 23, 23),
            ("semver('1.0.0').compareTo(semver('1.2.3'))", 3, 3, 3), ("isSemver('1234.56789012345.67890123456789')", 4, 4, 4),
            ("{'a': 1, 'b': 2}.all(k, v, v > 0)", 37, 41, 41), ("{'a': 1, 'b': 2}.exists(k, v, v > 0)", 39, 43, 40),
            ("{'a': 1, 'b': 2}.existsOne(k, v, v > 0)", 38, 40, 40), ("{'a': 1, 'b': 2}.transformMap(k, v, v + 1)", 71, 71, 71),
            ("{'a': 1, 'b': 2}.transformMap(k, v, v < 5, v + 1)", 67, 75, 75), ("{'a': 1, 'b': 2}.transformMapEntry(k, v, {k: v + 1})", 131, 131, 131),
            ("{'a': 1, 'b': 2}.transformMapEntry(k, v, v < 5, {k: v + 1})", 67, 135, 135), ("[1, 2].all(i, v, v > 0)", 17, 21, 21),
            ("[1, 2].exists(i, v, v > 0)", 19, 23, 20), ("[1, 2].existsOne(i, v, v > 0)", 18, 20, 20), ("[1, 2].transformList(i, v, v + 1)", 49, 49, 49),
            ("[1, 2].transformList(i, v, v < 5, v + 1)", 27, 53, 53), ("'abc'.contains('b')", 1, 1, 1),
            // Code points count, not bytes.
            ("'éééééééééé' == 'éééééééééé'", 1, 1, 1), ("'éééééééééé'.lowerAscii()", 1, 1, 1),
            ("jsonpatch.escapeKey('abc/def~ abc/def~') == 'abc~1def~0 abc~1def~0'", 3, 4, 5),
        ] as [(String, UInt64, UInt64, UInt64)])
    func counts(_ text: String, _ least: UInt64, _ most: UInt64, _ actual: UInt64) throws {
        var environment = ExpressionEnvironment()
        environment.declare("authorizer", AuthorizerValue.authorizerType)
        let compiled = try environment.compile(text)
        let estimate = compiled.estimatedCost()
        #expect(estimate.min == least, "\(text)")
        // What Kubernetes' test knows of elements' sizes is not known here.
        if most != .max { #expect(estimate.max == most, "\(text)") }
        let cost = try compiled.evaluate(["authorizer": .opaque(AuthorizerValue(Everything()))]).cost
        #expect(cost == actual, "\(text)")
    }
}
