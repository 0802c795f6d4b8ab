import Foundation
import KubernetesAPI
import TestSupport
import Testing

@testable import EmbeddedAPI

/// The cases of structured-merge-diff, whose schema form is its own.
struct StructuredMergeTests {
    @Test func conformance() throws {
        guard let folder = Conformance.path("structured-merge") else { return }
        func yaml(_ name: String) throws -> JSONValue { try JSONValue(parsingYAML: [UInt8](Data(contentsOf: folder.appendingPathComponent(name)))) }

        var tally = ConformanceTally("structured-merge")
        var schemas: [String: SchemaDocument] = [:]
        for item in try Conformance.json(folder.appendingPathComponent("cases.json")).array ?? [] {
            func text(_ name: String) throws -> String { try #require(item[name]?.string) }
            let name = try text("schema")
            let document = try schemas[name] ?? SchemaDocument(yaml(name))
            schemas[name] = document
            try tally.check(text("id")) {
                let schema = try #require(document.type(item["type"]?.string))
                let run = { () throws -> String? in
                    switch try text("operation") {
                    case "validate":
                        try schema.validate(yaml(text("object")))
                    case "fieldset":
                        let object = try yaml(text("object"))
                        try schema.validate(object)
                        let added = try schema.compare([:], object).added
                        let expected = try Conformance.json(folder.appendingPathComponent(text("expected")))
                        if added.fieldsV1.description != expected.description { return "got \(added.fieldsV1)" }
                        if try FieldSet(fieldsV1: #require(expected.object)) != added { return "the set reads differently" }
                    case "merge":
                        let (left, right) = (try yaml(text("left")), try yaml(text("right")))
                        try schema.validate(left)
                        try schema.validate(right)
                        let merged = try schema.merge(left, applying: right)
                        if let expected = item["expected"]?.string, try merged != yaml(expected) { return "got \(merged)" }
                    case "compare":
                        let (left, right) = (try yaml(text("left")), try yaml(text("right")))
                        try schema.validate(left)
                        try schema.validate(right)
                        let changes = try schema.compare(left, right).description
                        if let expected = item["expectedText"]?.string, changes != expected { return "got \(changes)" }
                    case let other: return "unknown operation \(other)"
                    }
                    return nil
                }
                guard item["fail"]?.bool == true else { return try run() }
                do throws(MergeError) {
                    let outcome = Result { try run() }
                    if case .failure(let error as MergeError) = outcome { throw error }
                    return "should fail: \(outcome)"
                } catch {
                    return nil
                }
            }
        }
        tally.report()
    }
}

/// A schema in the form of structured-merge-diff: named types that refer to each other.
private final class SchemaDocument: Sendable {
    private let types: [String: JSONValue]
    private let first: String?

    init(_ json: JSONValue) throws {
        let list = json["types"]?.array ?? []
        first = list.first?["name"]?.string
        types = Dictionary(list.compactMap { type in type["name"]?.string.map { ($0, type) } }) { $1 }
    }

    func type(_ name: String?) -> MergeSchema? {
        guard let name = name ?? first, types[name] != nil else { return nil }
        return named(name)
    }

    private func named(_ name: String) -> MergeSchema {
        let type = types[name] ?? [:]
        return MergeSchema(lazily: { self.atom(type) })
    }

    private func reference(_ json: JSONValue) -> MergeSchema? {
        if let name = json["namedType"]?.string { return named(name) }
        return MergeSchema(lazily: { self.atom(json) })
    }

    private func atom(_ json: JSONValue) -> MergeAtom {
        var atom = MergeAtom()
        switch json["scalar"]?.string {
        case "string": atom.scalar = .string
        case "numeric": atom.scalar = .numeric
        case "boolean": atom.scalar = .boolean
        case "untyped": atom.scalar = .untyped
        default: break
        }
        if let list = json["list"] {
            let keys = list["keys"]?.array?.compactMap(\.string) ?? []
            let isAssociative = list["elementRelationship"]?.string == "associative"
            atom.list = .init(isAssociative ? .associative(keys: keys) : .atomic, of: list["elementType"].flatMap(reference))
        }
        if let map = json["map"] {
            var fields: [String: MergeAtom.Field] = [:]
            for field in map["fields"]?.array ?? [] {
                guard let name = field["name"]?.string, let type = field["type"].flatMap(reference) else { continue }
                fields[name] = .init(type, default: field["default"])
            }
            atom.map = .init(
                map["elementRelationship"]?.string == "atomic" ? .atomic : .granular, fields: fields, of: map["elementType"].flatMap(reference))
        }
        return atom
    }
}
