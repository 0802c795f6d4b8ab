import Foundation
import KubernetesAPI
import TestSupport
import Testing

@testable import Expressions

/// The conformance tests of the language (google/cel-spec), as far as a Kubernetes API server's CEL has a use for them.
///
/// What does not apply: protobuf messages and what is written with them (bindings_ext, block_ext, dynamic, encoders_ext, enums, math_ext, proto2, proto2_ext,
/// proto3, wrappers; comparisons/eq_wrapper, parse/{whitespace, comments, struct_field_names}, namespace/namespace, string_ext/reverse,
/// type_deduction/{field_access, wrappers, type_parameters}) and single cases with messages or containers.
struct ConformanceTests {
    /// The case contradicts itself: it wants a backslash that its expression does not have. (The source is a text file in which `\?` stands for `?`.)
    private static let contradictory = "parse/bytes_literals/triple_single_quoted_unescaped_punctuation"

    @Test func theLanguageIsThatOfTheSpecification() throws {
        guard let files = try Conformance.files(in: "cel") else { return }
        var (total, failures) = (0, [(name: String, why: String)]())
        for file in files {
            for entry in try Conformance.json(file)["cases"]?.array ?? [] where entry["kubernetes"]?.bool == true {
                total += 1
                let name = entry["id"]?.string ?? "?"
                if let why = Self.failure(of: entry) { failures.append((name, "\(entry["expr"]?.string ?? ""): \(why)")) }
            }
        }
        print("cel: \(total - failures.count)/\(total)")
        for (name, why) in failures {
            print("  failed \(name): \(why)")
            if name != Self.contradictory { Issue.record("\(name): \(why)") }
        }
        #expect(total > 0)
    }

    /// Why a case fails, or nil.
    private static func failure(of entry: JSONValue) -> String? {
        var environment = ExpressionEnvironment()
        // The specification allows lists of mixed types, which Kubernetes refuses.
        environment.requiresHomogeneousLiterals = false
        for declaration in entry["type_env"]?.array ?? [] {
            guard let name = declaration["name"]?.string, let type = declaration["ident"].flatMap(type) else { return "unknown declaration \(declaration)" }
            environment.declare(name, type)
        }
        var bindings: [String: ExpressionValue] = [:]
        for (name, binding) in entry["bindings"]?.object?.map({ ($0.key, $0.value) }) ?? [] {
            guard let value = value(binding) else { return "unknown binding \(binding)" }
            bindings[name] = value
            if environment.variables[name] == nil { environment.declare(name, .dyn) }
        }
        guard let text = entry["expr"]?.string, let expected = entry["expected"] else { return "incomplete case" }
        let fails = expected["eval_errors"] != nil || expected["any_eval_errors"] != nil
        do throws(ExpressionError) {
            let expression = try environment.compile(
                text, checked: entry["disable_check"]?.bool != true, expandsMacros: entry["disable_macros"]?.bool != true)
            if let wanted = expected["type"].flatMap(type), expression.type != wanted { return "type \(expression.type), expected \(wanted)" }
            if entry["check_only"]?.bool == true { return nil }
            let result = try expression.evaluate(bindings).value
            if fails { return "came to \(result.displayText), expected an error" }
            let wanted = expected["value"].map { value($0) } ?? .bool(true)
            guard let wanted else { return "unknown value \(expected)" }
            return isSame(result, wanted) ? nil : "\(result.displayText) (\(result.type)), expected \(wanted.displayText)"
        } catch {
            return fails && error.kind == .evaluation ? nil : error.message
        }
    }

    private static func type(_ json: JSONValue) -> ExpressionType? {
        if let name = json.string { return name == "null" ? .null : name == "dyn" ? .dyn : ExpressionType.named[name] }
        if let element = json["list"] { return type(element).map { .list($0) } }
        if let pair = json["map"], let key = pair[0].flatMap(type), let value = pair[1].flatMap(type) { return .map(key, value) }
        if let abstract = json["abstract"], abstract["name"] == "optional_type" { return abstract["params"]?[0].flatMap(type).map { .optional($0) } }
        return nil
    }

    private static func value(_ json: JSONValue) -> ExpressionValue? {
        guard let (kind, content) = json.object?.map({ ($0.key, $0.value) }).first else { return nil }
        switch kind {
        case "null": return .null
        case "bool": return content.bool.map { .bool($0) }
        case "int64": return content.integer.map { .int($0) }
        case "uint64": return .uint(content.integer.map(UInt64.init) ?? .max)
        case "double":
            switch content.string {
            case "NaN": return .double(.nan)
            case "Infinity": return .double(.infinity)
            case "-Infinity": return .double(-.infinity)
            default: return content.double.map { .double($0) }
            }
        case "string": return content.string.map { .string($0) }
        case "bytes": return content.string.flatMap { Data(base64Encoded: $0) }.map { .bytes([UInt8]($0)) }
        case "list": return content.array.map { .list($0.compactMap(value)) }
        case "map":
            var map = DictionaryMap()
            for entry in content.array ?? [] {
                guard let key = entry["key"].flatMap(value), let value = entry["value"].flatMap(value), map.insert(value, forKey: key) else { return nil }
            }
            return .map(map)
        case "type": return content.string.map { .type(ExpressionType.named[$0] ?? .opaque($0)) }
        case "timestamp": return content["seconds"]?.integer.map { .timestamp(Timestamp(seconds: $0, nanoseconds: Int32(content["nanos"]?.integer ?? 0))) }
        case "duration": return content["seconds"]?.integer.map { .duration(nanoseconds: $0 * 1_000_000_000 + (content["nanos"]?.integer ?? 0)) }
        default: return nil
        }
    }

    /// Equal, and of the same type; a NaN is the same as another one.
    private static func isSame(_ left: ExpressionValue, _ right: ExpressionValue) -> Bool {
        if case .double(let left) = left, case .double(let right) = right, left.isNaN { return right.isNaN }
        if case .list(let left) = left, case .list(let right) = right {
            return left.count == right.count && zip(left.elements, right.elements).allSatisfy(isSame)
        }
        return left.type.runtimeName == right.type.runtimeName && left.isEqual(to: right)
    }
}
