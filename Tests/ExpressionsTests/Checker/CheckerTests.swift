import Testing

@testable import Expressions

struct CheckerTests {
    private struct Schema: ObjectTypeProvider {
        func type(ofField field: String, in object: String) -> ExpressionType? {
            switch (object, field) {
            case ("Widget", "replicas"): .int
            case ("Widget", "name"): .string
            case ("Widget", "labels"): .map(.string, .string)
            case ("Widget", "parts"): .list(.object("Part"))
            case ("Part", "size"): .double
            default: nil
            }
        }
    }

    private static func environment() -> ExpressionEnvironment {
        var environment = ExpressionEnvironment()
        environment.objects = Schema()
        environment.declare("self", .object("Widget"))
        environment.declare("any", .dyn)
        return environment
    }

    @Test(
        arguments: [
            ("self.replicas", .int), ("self.parts.map(p, p.size)", .list(.double)), ("self.labels.all(k, k.startsWith('a'))", .bool),
            ("self.?name", .optional(.string)),
            ("self.?name.orValue('x')", .string), ("any.x + 1", .int), ("self.labels.transformMap(k, v, size(v))", .map(.string, .int)), ("[]", .list(.dyn)),
            ("any ? 1 : 2", .int),
            ("self.parts.filter(p, p.size > 1)", .list(.object("Part"))), ("optional.of(self).optMap(s, s.replicas)", .optional(.int)),
            ("type(1)", .type(.int)), ("1 < 2.0", .bool),
            ("has(self.name)", .bool), ("quantity('1')", .opaque("kubernetes.Quantity")), ("self == null", .bool), ("[1, 2][any]", .int),
            ("timestamp('x') - duration('1s')", .timestamp),
        ] as [(String, ExpressionType)])
    func derives(_ text: String, _ type: ExpressionType) throws { #expect(try Self.environment().compile(text).type == type) }

    @Test(arguments: [
        ("self.nope", "undefined field 'nope'"), ("self.replicas.x", "type 'int' does not support field selection"),
        ("self.name + 1", "found no matching overload for '_+_' applied to '(string, int)'"),
        ("self.name.size(1)", "found no matching overload for 'size' applied to 'string.(int)'"),
        ("nope(1)", "undeclared reference to 'nope' (in container '')"), ("1 == '1'", "found no matching overload for '_==_' applied to '(int, string)'"),
        ("[1, 'a']", "expected type 'int' but found 'string'"), ("{'a': 1, 'b': 'x'}", "expected type 'int' but found 'string'"),
        ("self.name.all(x, true)", "cannot be range of a comprehension"),
        ("[1].all(x, 1)", "expected type 'bool' but found 'int'"), ("{1.5: 1}", "unsupported map key type: double"), ("x + y", "undeclared reference to 'x'"),
        ("Message{a: 1}", "undeclared reference to 'Message'"), ("true && 1", "found no matching overload for '_&&_'"),
        ("[1].exists(y, y == z)", "undeclared reference to 'z'"), ("self.parts[0].nope", "undefined field 'nope'"),
        ("'a' in self.name", "found no matching overload for '@in' applied to '(string, string)'"),
    ])
    func refuses(_ text: String, _ message: String) {
        let error = #expect(throws: ExpressionError.self) { try Self.environment().compile(text) }
        #expect(error?.kind == .type)
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test func everyFindingIsReported() {
        let error = #expect(throws: ExpressionError.self) { try Self.environment().compile("x ||\n self.nope") }
        #expect(error?.issues.map(\.line) == [1, 2])
    }

    @Test func theResultMustHaveTheTypeThatIsAskedFor() {
        #expect(throws: ExpressionError.self) { try Self.environment().compile("1", result: .bool) }
        #expect(throws: Never.self) { try Self.environment().compile("any", result: .bool) }
    }

    @Test func mixedLiteralsAreDynWhereTheyAreAllowed() throws {
        var environment = Self.environment()
        environment.requiresHomogeneousLiterals = false
        #expect(try environment.compile("[1, 'a']").type == .list(.dyn))
    }
}
