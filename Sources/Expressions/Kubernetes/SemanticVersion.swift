/// A version as <https://semver.org/spec/v2.0.0.html> has it.
public struct SemanticVersion: OpaqueValue, CustomStringConvertible {
    let major, minor, patch: UInt64
    let prerelease: [String]
    let build: String?

    public var type: ExpressionType { .opaque("kubernetes.Semver") }
    public func isEqual(to other: any OpaqueValue) -> Bool { (other as? SemanticVersion).map { compare(to: $0) == 0 } ?? false }

    public var description: String {
        "\(major).\(minor).\(patch)" + (prerelease.isEmpty ? "" : "-" + prerelease.joined(separator: ".")) + (build.map { "+" + $0 } ?? "")
    }

    /// Reads a version; `normalizing` accepts a leading `v`, missing parts and leading zeros.
    init?(parsing text: String, normalizing: Bool = false) {
        guard text.utf8.count <= 1024 else { return nil }
        var rest = text[...]
        if normalizing, rest.hasPrefix("v") { rest.removeFirst() }
        var build: String?
        if let plus = rest.firstIndex(of: "+") {
            build = String(rest[rest.index(after: plus)...])
            rest = rest[..<plus]
        }
        var prerelease: [String] = []
        if let dash = rest.firstIndex(of: "-") {
            prerelease = rest[rest.index(after: dash)...].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard prerelease.allSatisfy({ Self.isIdentifier($0) && !(Self.isNumber($0) && $0.utf8.count > 1 && $0.hasPrefix("0")) }) else { return nil }
            rest = rest[..<dash]
        }
        if let build, !build.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ Self.isIdentifier(String($0)) }) { return nil }
        var parts = rest.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if normalizing, parts.count < 3 {
            guard prerelease.isEmpty, build == nil else { return nil }
            parts += Array(repeating: "0", count: 3 - parts.count)
        }
        guard parts.count == 3, parts.allSatisfy({ Self.isNumber($0) && (normalizing || $0 == "0" || !$0.hasPrefix("0")) }),
            let major = UInt64(parts[0]), let minor = UInt64(parts[1]), let patch = UInt64(parts[2])
        else { return nil }
        (self.major, self.minor, self.patch, self.prerelease, self.build) = (major, minor, patch, prerelease, build)
    }

    private static func isNumber(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) } }
    private static func isIdentifier(_ text: String) -> Bool {
        !text.isEmpty && text.unicodeScalars.allSatisfy { ($0.isNameStart && $0 != "_") || $0.isDigit || $0 == "-" }
    }

    /// -1, 0 or 1 by precedence; the build does not count.
    func compare(to other: SemanticVersion) -> Int64 {
        for (left, right) in [(major, other.major), (minor, other.minor), (patch, other.patch)] where left != right { return left < right ? -1 : 1 }
        if prerelease.isEmpty != other.prerelease.isEmpty { return prerelease.isEmpty ? 1 : -1 }
        for (left, right) in zip(prerelease, other.prerelease) where left != right {
            switch (Self.isNumber(left), Self.isNumber(right)) {
            case (true, true):
                if left.utf8.count != right.utf8.count { return left.utf8.count < right.utf8.count ? -1 : 1 }
                return left < right ? -1 : 1
            case (true, false): return -1
            case (false, true): return 1
            case (false, false): return left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
            }
        }
        return prerelease.count == other.prerelease.count ? 0 : prerelease.count < other.prerelease.count ? -1 : 1
    }
}

extension ExpressionLibrary {
    private static let version = ExpressionType.opaque("kubernetes.Semver")

    /// <https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-semver-library>
    public static let semanticVersions = ExpressionLibrary(
        functions: [
            ExpressionFunction(
                "semver",
                [[.string], [.string, .bool]].map {
                    .function($0, version, cost: .traversal([0])) { (arguments) throws(EvaluationFailure) in
                        guard let value = try parse(arguments) else {
                            throw EvaluationFailure("invalid semantic version \(try arguments.string(0).quotedForMessage)")
                        }
                        return .opaque(value)
                    }
                }),
            ExpressionFunction(
                "isSemver",
                [[.string], [.string, .bool]].map {
                    .function($0, .bool, cost: .traversal([0])) { (arguments) throws(EvaluationFailure) in
                        .bool(try parse(arguments) != nil)
                    }
                }),
            part("major") { $0.major }, part("minor") { $0.minor }, part("patch") { $0.patch },
            comparison("compareTo", .int) { .int($0) }, comparison("isLessThan", .bool) { .bool($0 < 0) }, comparison("isGreaterThan", .bool) { .bool($0 > 0) },
        ], types: [version])

    private static func parse(_ arguments: [ExpressionValue]) throws(EvaluationFailure) -> SemanticVersion? {
        var normalizing = false
        if arguments.count > 1, case .bool(true) = arguments[1] { normalizing = true }
        return SemanticVersion(parsing: try arguments.string(0), normalizing: normalizing)
    }

    private static func part(_ name: String, _ get: @escaping @Sendable (SemanticVersion) -> UInt64) -> ExpressionFunction {
        ExpressionFunction(name, [.member([version], .int) { (arguments) throws(EvaluationFailure) in .int(Int64(clamping: get(try arguments.opaque(0)))) }])
    }

    private static func comparison(_ name: String, _ result: ExpressionType, _ make: @escaping @Sendable (Int64) -> ExpressionValue) -> ExpressionFunction {
        ExpressionFunction(
            name,
            [
                .member([version, version], result) { (arguments) throws(EvaluationFailure) in
                    make(try arguments.opaque(0, as: SemanticVersion.self).compare(to: try arguments.opaque(1)))
                }
            ])
    }
}
