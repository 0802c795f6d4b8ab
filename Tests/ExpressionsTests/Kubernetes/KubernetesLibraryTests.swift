import Testing

@testable import Expressions

/// The functions that Kubernetes adds; most rows are the examples of its documentation.
struct KubernetesLibraryTests {
    @Test(
        arguments: [
            ("[1, 2, 3].isSorted()", true), ("[3, 1].isSorted()", false), ("[].isSorted()", true), ("['a', 'b', 'b', 'c'].isSorted()", true),
            ("[2.0, 1.0].isSorted()", false), ("[1, 3].sum()", 4), ("[].sum()", 0), ("[1.5, 2.0].sum()", "3.5"), ("[1u, 2u].sum()", "3u"),
            ("[duration('1m'), duration('1s')].sum()", "duration('61s')"), ("[9223372036854775807, 1].sum()", .failure("overflow")),
            ("[1, 3].min()", 1), ("[1, 3].max()", 3), ("['a', 'c', 'b'].max()", "'c'"), ("[].max()", .failure("max called on empty list")),
            ("[1, 2, 2, 3].indexOf(2)", 1), ("[1, 2, 2, 3].lastIndexOf(2)", 2), ("['a'].indexOf('x')", -1), ("[1, 2, 3, 4].slice(1, 3)", "[2, 3]"),
            ("[1].slice(0, 2)", .failure("cannot slice(0, 2)")), ("[1].slice(-1, 1)", .failure("negative")), ("[[1], [2, 3]].flatten()", "[1, 2, 3]"),
            ("[dyn([[1]]), dyn([2])].flatten(2)", "[1, 2]"), ("[1, 2, 1].distinct()", "[1, 2]"), ("[[1], [1], [2]].distinct()", "[[1], [2]]"),
            ("[3, 1, 2].sort()", "[1, 2, 3]"), ("['b', 'a'].sort()", "['a', 'b']"), ("[1, 2, 3].reverse()", "[3, 2, 1]"), ("lists.range(3)", "[0, 1, 2]"),
            ("['ccc', 'a', 'bb'].sortBy(s, size(s))", "['a', 'bb', 'ccc']"), ("[dyn(1), dyn('a')].sort()", .failure("the same type")),
            ("[].sortBy(x, x)", "[]"),
            ("[1, 2].first().value()", 1), ("[].last().hasValue()", false),
        ] as [(String, Expected)])
    func lists(_ text: String, _ expected: Expected) { expect(text, expected) }

    @Test(
        arguments: [
            ("sets.contains([1, 2], [dyn(2.0)])", true), ("sets.contains([], [1])", false), ("sets.contains([1], [])", true),
            ("sets.equivalent([1, 1, 2], [dyn(2u), 1])", true), ("sets.equivalent([1], [1, 2])", false), ("sets.intersects([[1], [2]], [[2]])", true),
            ("sets.intersects([1], [])", false),
        ] as [(String, Expected)])
    func sets(_ text: String, _ expected: Expected) { expect(text, expected) }

    @Test(
        arguments: [
            ("'abc 123'.find('[0-9]+')", "'123'"), ("'abc'.find('[0-9]+')", "''"), ("'123 abc 456'.findAll('[0-9]+')", "['123', '456']"),
            ("'123 abc 456'.findAll('[0-9]+', 1)", "['123']"), ("'123'.findAll('[0-9]', 0)", "[]"), ("'aaa'.findAll('a*?')", "['', '', '', '']"),
            ("'abab'.find('(?:ab)+')", "'abab'"), ("'x'.find('(')", .failure("missing closing )")),
            ("'x'.matches('[b-a]')", .failure("invalid character class range")),
        ] as [(String, Expected)])
    func patterns(_ text: String, _ expected: Expected) { expect(text, expected) }

    @Test(
        arguments: [
            ("isURL('https://user:pass@example.com:80/path?query=val#fragment')", true), ("isURL('/absolute-path')", true), ("isURL('https://a:b:c/')", false),
            ("isURL('../relative-path')", false), ("isURL('')", false), ("isURL('https://example.com:port/')", false), ("isURL('http://exa mple.com/')", false),
            ("url('/path').getScheme()", "''"), ("url('HTTPS://example.com/').getScheme()", "'https'"),
            ("url('https://example.com:80/').getHost()", "'example.com:80'"),
            ("url('https://[::1]:80/').getHostname()", "'::1'"), ("url('https://[::1]:80/').getPort()", "'80'"),
            ("url('https://example.com/').getPort()", "''"),
            ("url('https://[::1]/').getHost()", "'[::1]'"), ("url('https://example.com/path with spaces/').getEscapedPath()", "'/path%20with%20spaces/'"),
            ("url('/path').getEscapedPath()", "'/path'"), ("url('https://example.com/path?k1=a&k2=b&k2=c').getQuery()", "{'k1': ['a'], 'k2': ['b', 'c']}"),
            ("url('https://example.com/?a+b=%41').getQuery()", "{'a b': ['A']}"), ("url('/path').getQuery()", "{}"),
            ("url('https://a/') == url('https://a/')", true), ("url('a b')", .failure("URL parse error")), ("type(url('/a')) == kubernetes.URL", true),
        ] as [(String, Expected)])
    func urls(_ text: String, _ expected: Expected) { expect(text, expected) }

    @Test(
        arguments: [
            ("isQuantity('1.3G')", true), ("isQuantity('1.3Gig')", false), ("isQuantity('1,3G')", false), ("isQuantity('10000k')", true),
            ("isQuantity('')", false),
            ("isQuantity('.5')", true), ("isQuantity('5.')", true), ("isQuantity('.')", false), ("isQuantity('1e')", false), ("isQuantity('+1E3')", true),
            ("quantity('50000000G').isInteger()", true), ("quantity('9999999999999999999999999999999999999G').asInteger()", "9223372036854775807"),
            ("quantity('50k').asInteger()", 50000), ("quantity('0.5').asInteger()", .failure("cannot convert value to integer")),
            ("quantity('50.703k').asApproximateFloat()", "50703.0"), ("quantity('1.5Mi').asInteger()", 1_572_864), ("quantity('1n').isInteger()", false),
            ("quantity('-7').sign()", -1), ("quantity('0').sign()", 0), ("quantity('50k').add(quantity('20'))", "quantity('50020')"),
            ("quantity('50k').sub(20000)", "quantity('30k')"), ("quantity('200M').compareTo(quantity('0.2G'))", 0),
            ("quantity('50M').compareTo(quantity('50Mi'))", -1),
            ("quantity('50Mi').isGreaterThan(quantity('50M'))", true), ("quantity('50M').isLessThan(quantity('100M'))", true),
            ("quantity('0.1n') == quantity('1n')", true), ("quantity('1e3') == quantity('1k')", true),
            ("quantity('1x')", .failure("must match the regular expression")),
            ("quantity('0.0000000001Ki') == quantity('103n')", true), ("quantity('1Ei').asInteger()", "1152921504606846976"),
            ("quantity('100m') == quantity('0.1')", true),
            ("type(quantity('1')) == kubernetes.Quantity", true),
        ] as [(String, Expected)])
    func quantities(_ text: String, _ expected: Expected) { expect(text, expected) }

    @Test(
        arguments: [
            ("isIP('::1')", true), ("isIP('::1%eth0')", false), ("isIP('::ffff:1.2.3.4')", false), ("isIP('1.02.3.4')", false), ("isIP('1.2.3.256')", false),
            ("isIP('1::2::3')", false), ("ip('1.2.3.4').family()", 4), ("ip('::1').family()", 6), ("string(ip('2001:DB8:0:0:0:0:0:1'))", "'2001:db8::1'"),
            ("ip.isCanonical('2001:DB8::1')", false), ("string(ip('1:0:0:2:0:0:0:3'))", "'1:0:0:2::3'"), ("ip('224.0.0.1').isLinkLocalMulticast()", true),
            ("ip('169.254.1.1').isLinkLocalUnicast()", true), ("isCIDR('10.0.0.0/33')", false), ("isCIDR('10.0.0.0/8')", true),
            ("cidr('10.1.0.0/16').masked().ip() == ip('10.1.0.0')", true),
            ("cidr('10.0.0.0/8').containsIP('::1')", false), ("cidr('::/0').containsCIDR('2001:db8::/32')", true), ("cidr('1.2.3.4')", .failure("parse error")),
            ("ip('x')", .failure("parse error")),
        ] as [(String, Expected)])
    func networks(_ text: String, _ expected: Expected) { expect(text, expected) }

    @Test(
        arguments: [
            ("format.dns1123Label().validate('my-label')", "optional.none()"), ("format.dns1123Label().validate('a.b').value()", "['must not contain dots']"),
            ("format.dns1123Label().validate('A').value()[0].startsWith('a lowercase RFC 1123 label must consist of')", true),
            ("format.dns1123Subdomain().validate('a.b-c.d').hasValue()", false), ("format.dns1123Subdomain().validate('a..b').hasValue()", true),
            ("format.dns1035Label().validate('1a').hasValue()", true), ("format.dns1123LabelPrefix().validate('pod-').hasValue()", false),
            ("format.qualifiedName().validate('example.com/My.Name').hasValue()", false),
            ("format.qualifiedName().validate('/x').value()", "['prefix part must be non-empty']"),
            ("format.qualifiedName().validate('a/b/c').hasValue()", true), ("format.labelValue().validate('').hasValue()", false),
            ("format.labelValue().validate('-').hasValue()", true),
            ("format.uri().validate('https://x/').hasValue()", false), ("format.uuid().validate('123e4567-e89b-12d3-a456-426614174000').hasValue()", false),
            ("format.uuid().validate('123').value()", "['does not match the UUID format']"), ("format.byte().validate('aGVsbG8=').hasValue()", false),
            ("format.byte().validate('aGVsbG8').value()", "['invalid base64']"), ("format.date().validate('2023-02-30').value()", "['invalid date']"),
            ("format.datetime().validate('2023-01-01T10:00:00Z').hasValue()", false), ("format.named('dns1123Label').hasValue()", true),
            ("format.named('x').hasValue()", false),
        ] as [(String, Expected)])
    func formats(_ text: String, _ expected: Expected) { expect(text, expected) }

    @Test(
        arguments: [
            ("isSemver('1.0.0')", true), ("isSemver('hello')", false), ("isSemver('v1.0')", false), ("isSemver('v1.0', true)", true),
            ("isSemver('01.0.0')", false),
            ("isSemver('1.2.3-alpha.1+b')", true), ("isSemver('1.2.3-')", false), ("semver('1.2.3').major()", 1), ("semver('1.2.3').minor()", 2),
            ("semver('1.2.3').patch()", 3),
            ("semver('1.2.3-alpha').isLessThan(semver('1.2.3'))", true), ("semver('1.0.0-alpha.9').compareTo(semver('1.0.0-alpha.10'))", -1),
            ("semver('1.0.0-1').isLessThan(semver('1.0.0-a'))", true), ("semver('2.0.0').isGreaterThan(semver('1.9.9'))", true),
            ("semver('1.0.0+a') == semver('1.0.0+b')", true), ("semver('v1', true) == semver('1.0.0')", true),
            ("semver('x')", .failure("invalid semantic version")),
        ] as [(String, Expected)])
    func semanticVersions(_ text: String, _ expected: Expected) { expect(text, expected) }

    @Test(
        arguments: [
            ("'a,b,c'.split(',')", "['a', 'b', 'c']"), ("'a,b,c'.split(',', 2)", "['a', 'b,c']"), ("'abc'.split('')", "['a', 'b', 'c']"),
            ("'abc'.split('', 2)", "['a', 'bc']"),
            ("'ab'.replace('', '-')", "'-a-b-'"), ("'aaa'.replace('a', 'b', 2)", "'bba'"), ("'é'.size()", 1), ("'\\u00e9' == 'e\\u0301'", false),
            ("'abc'.substring(2, 1)", .failure("invalid substring range")), ("'%d%%'.format([5])", "'5%'"), ("'%x'.format([-30])", "'-1e'"),
            ("'%q'.format([1])", .failure("unrecognized formatting clause")),
            ("string(1000000.0)", "'1e+06'"), ("string(0.0001)", "'0.0001'"), ("string(100000.5)", "'100000.5'"),
        ] as [(String, Expected)])
    func strings(_ text: String, _ expected: Expected) { expect(text, expected) }
}
