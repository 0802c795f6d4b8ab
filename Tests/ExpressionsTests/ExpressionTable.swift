import Testing

@testable import Expressions

/// An expression with what it comes to: another expression's value, or the error's text.
enum Expected: Sendable, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral {
    /// The value of this expression.
    case value(String)
    /// Evaluation fails with a message that contains this.
    case failure(String)

    init(stringLiteral text: String) { self = .value(text) }
    init(booleanLiteral value: Bool) { self = .value(value ? "true" : "false") }
    init(integerLiteral value: Int) { self = .value("\(value)") }
}

func evaluate(
    _ text: String, _ bindings: [String: ExpressionValue] = [:], in environment: ExpressionEnvironment = ExpressionEnvironment(), costLimit: UInt64 = .max
) throws(ExpressionError) -> ExpressionValue {
    var environment = environment
    for name in bindings.keys where environment.variables[name] == nil { environment.declare(name, .dyn) }
    return try environment.compile(text).evaluate(bindings, costLimit: costLimit).value
}

func expect(_ text: String, _ expected: Expected, _ location: SourceLocation = #_sourceLocation) {
    do throws(ExpressionError) {
        let value = try evaluate(text)
        switch expected {
        case .value(let wanted):
            let wanted = try evaluate(wanted)
            #expect(value.isEqual(to: wanted) && value.type.runtimeName == wanted.type.runtimeName, "\(text) is \(value.displayText)", sourceLocation: location)
        case .failure(let message): Issue.record("\(text) is \(value.displayText), expected the error \(message)", sourceLocation: location)
        }
    } catch {
        guard case .failure(let message) = expected else {
            Issue.record("\(text): \(error)", sourceLocation: location)
            return
        }
        #expect(error.message.contains(message), "\(text)", sourceLocation: location)
    }
}
