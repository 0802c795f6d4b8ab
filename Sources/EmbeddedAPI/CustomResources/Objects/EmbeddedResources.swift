import KubernetesAPI

/// Objects with `apiVersion`, `kind` and `metadata` inside other objects (`x-kubernetes-embedded-resource`).
enum EmbeddedResources {
    /// Brings the metadata of embedded resources into the form of an ObjectMeta.
    ///
    /// - Parameter unknown: gets the places of unknown metadata fields.
    /// - Returns: the changed value, nil when nothing changes.
    static func coerce(
        _ value: JSONValue, _ schema: StructuralSchema?, at path: FieldPath, dropsInvalid: Bool, unknown: inout [String]
    ) throws(ObjectDecodingError) -> JSONValue? {
        guard let schema, schema.reachesEmbeddedResource else { return nil }
        switch value {
        case .object(let object):
            var result: JSONObject?
            for (name, value) in object {
                var value = value
                if schema.isEmbeddedResource {
                    if name == "apiVersion" || name == "kind", value.string == nil {
                        let error = FieldError(.invalid, at: path.field(name), value: value, "must be a string")
                        guard dropsInvalid else { throw ObjectDecodingError(error.description) }
                        if result == nil { result = object }
                        result?.removeValue(forKey: name)
                        continue
                    }
                    if name == "metadata" {
                        var coercion = ObjectMetaCoercion()
                        let metadata: JSONObject
                        do {
                            metadata = try coercion.coerce(value, at: path.field(name), dropsInvalid: dropsInvalid)
                        } catch {
                            throw ObjectDecodingError(FieldError(.invalid, at: path.field(name), value: value, error.reason).description)
                        }
                        unknown += coercion.unknown
                        value = .object(metadata)
                        if result == nil { result = object }
                        result?[name] = value
                    }
                }
                let isProperty = schema.properties[name] != nil
                let childPath = isProperty ? path.field(name) : path.key(name)
                guard let changed = try coerce(value, schema.field(name), at: childPath, dropsInvalid: dropsInvalid, unknown: &unknown) else { continue }
                if result == nil { result = object }
                result?[name] = changed
            }
            return result.map { .object($0) }
        case .array(let items):
            var result: [JSONValue]?
            for (index, item) in items.enumerated() {
                guard let changed = try coerce(item, schema.items, at: path.index(index), dropsInvalid: dropsInvalid, unknown: &unknown) else { continue }
                if result == nil { result = items }
                result?[index] = changed
            }
            return result.map { .array($0) }
        default: return nil
        }
    }

    /// What is wrong with the `apiVersion`, `kind` and `metadata` of embedded resources; not with those of the object itself.
    static func errors(in value: JSONValue, _ schema: StructuralSchema?, at path: FieldPath, isResource: Bool = false) -> [FieldError] {
        guard let schema, isResource || schema.reachesEmbeddedResource else { return [] }
        var errors: [FieldError] = []
        switch value {
        case .object(let object):
            if isResource || schema.isEmbeddedResource { errors += typeErrors(object, path) }
            for (name, value) in object {
                let childPath = schema.properties[name] == nil ? path.key(name) : path.field(name)
                errors += Self.errors(in: value, schema.field(name), at: childPath)
            }
        case .array(let items):
            for (index, item) in items.enumerated() { errors += Self.errors(in: item, schema.items, at: path.index(index)) }
        default: break
        }
        return errors
    }

    private static func typeErrors(_ object: JSONObject, _ path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for name in ["apiVersion", "kind"] {
            let place = path.field(name)
            switch object[name] {
            case nil: errors.append(FieldError(.required, at: place))
            case .string(let text)?:
                if text.isEmpty {
                    errors.append(FieldError(.invalid, at: place, value: "", "must not be empty"))
                } else if name == "apiVersion" {
                    if text.utf8.filter({ $0 == UInt8(ascii: "/") }).count > 1 {
                        errors.append(FieldError(.invalid, at: place, value: .string(text), "unexpected GroupVersion string: \(text)"))
                    }
                } else {
                    let violations = NameRule.dns1035Label.violations(in: text.lowercased())
                    if !violations.isEmpty {
                        let detail = "may have mixed case, but should otherwise match: " + violations.joined(separator: ",")
                        errors.append(FieldError(.invalid, at: place, value: .string(text), detail))
                    }
                }
            case let other?: errors.append(FieldError(.invalid, at: place, value: GoNumber.shown(other), "must be a string"))
            }
        }
        if let metadata = object["metadata"] {
            var coercion = ObjectMetaCoercion()
            do {
                var meta = try coercion.coerce(metadata, at: path.field("metadata"))
                if meta["name"] == nil { meta["name"] = "fakename" }  // an embedded object needs no name
                let isNamespaced = meta["namespace"] != nil
                errors += ObjectMetaRules(nameRule: .pathSegment, isNamespaced: isNamespaced).creationErrors(in: meta, at: path.field("metadata"))
            } catch {
                errors.append(FieldError(.invalid, at: path.field("metadata"), value: metadata, error.reason))
            }
        }
        return errors
    }
}
