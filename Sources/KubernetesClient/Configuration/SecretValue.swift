/// A value that never shows up in descriptions, dumps and error texts: a token, a password, a private key.
///
/// Reading ``value`` is the only way to it, which is what to look for when reviewing where secrets go.
public struct SecretValue<Value: Hashable & Sendable>: Hashable, Sendable {
    public let value: Value

    public init(_ value: Value) { self.value = value }
}

extension SecretValue: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "REDACTED" }
    public var debugDescription: String { "REDACTED" }
    /// Without children, so that `dump` and test reports have nothing to print.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}

extension SecretValue: ExpressibleByUnicodeScalarLiteral, ExpressibleByExtendedGraphemeClusterLiteral, ExpressibleByStringLiteral where Value == String {
    public init(stringLiteral value: String) { self.init(value) }
}
