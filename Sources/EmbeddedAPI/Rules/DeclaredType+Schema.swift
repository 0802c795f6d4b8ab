import Expressions
import KubernetesAPI

extension DeclaredType {
    /// The type of a schema's values; nil where expressions cannot see them, since nothing is said about what they are.
    ///
    /// - Parameters:
    ///   - name: the name of the type, where it is an object; types inside have names that begin with it.
    ///   - isResource: whether `apiVersion`, `kind` and parts of `metadata` are there without being declared.
    static func of(_ schema: StructuralSchema, named name: String, isResource: Bool) -> DeclaredType? {
        if schema.isIntOrString { return DeclaredType(.dyn, maxElements: UInt64(requestLimit - 2), minSerializedSize: 1) }
        switch schema.type {
        case "array":
            guard let items = schema.items, let element = of(items, named: name + ".@idx", isResource: items.isEmbeddedResource) else { return nil }
            return list(of: element, maxItems: schema.maxItems)
        case "object":
            if !isResource, let values = schema.additionalProperties?.schema {
                return of(values, named: name + ".@elem", isResource: values.isEmbeddedResource).map { map(of: $0, maxProperties: schema.maxProperties) }
            }
            return object(schema, name, isResource)
        case "string": return text(schema)
        case "boolean": return bool
        case "number": return double
        case "integer": return int
        default: return nil
        }
    }

    private static func object(_ schema: StructuralSchema, _ name: String, _ isResource: Bool) -> DeclaredType {
        let required = Set(schema.requiredProperties)
        var fields: [String: DeclaredType] = [:]
        var size: Int64 = 2
        func add(_ property: String, _ type: DeclaredType?, hasDefault: Bool) {
            guard let type else { return }
            if let identifier = PropertyName.escaped(property) { fields[identifier] = type }
            if required.contains(property), !hasDefault { size += Int64(property.utf8.count) + type.minSerializedSize + 4 }
        }
        for property in schema.propertyNames {
            if isResource, ["apiVersion", "kind", "metadata"].contains(property) { continue }
            guard let field = schema.properties[property] else { continue }
            let type = of(field, named: "\(name).\(PropertyName.escaped(property) ?? property)", isResource: field.isEmbeddedResource)
            add(property, type, hasDefault: field.defaultValue != nil)
        }
        if isResource {
            let text = unlimitedText
            add("apiVersion", text, hasDefault: false)
            add("kind", text, hasDefault: false)
            add("metadata", .object("\(name).metadata", ["name": text, "generateName": text]), hasDefault: false)
        }
        return .object(name, fields, minSerializedSize: size)
    }

    private static let unlimitedText = DeclaredType(.string, maxElements: UInt64(requestLimit - 2), minSerializedSize: 2)

    private static func text(_ schema: StructuralSchema) -> DeclaredType {
        let limit = schema.maxLength.map { UInt64(max(0, $0)) }
        switch schema.format {
        case "byte": return DeclaredType(.bytes, maxElements: limit ?? UInt64(requestLimit - 2), minSerializedSize: 2)
        case "duration": return DeclaredType(.duration, maxElements: 32, minSerializedSize: 3)
        case "date": return DeclaredType(.timestamp, maxElements: 12, minSerializedSize: 12)
        case "date-time": return DeclaredType(.timestamp, maxElements: 32, minSerializedSize: 21)
        default: break
        }
        // Limits count characters, of up to four bytes each.
        if let limit { return DeclaredType(.string, maxElements: limit.multipliedOrMaximum(by: 4), minSerializedSize: 2) }
        if let longest = schema.enumeration.compactMap({ $0.string?.utf8.count }).max() {
            return DeclaredType(.string, maxElements: UInt64(longest), minSerializedSize: 2)
        }
        return unlimitedText
    }
}
