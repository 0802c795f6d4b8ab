public import KubernetesAPI
import Synchronization

/// Merge schemas of declared types.
extension MergeSchema {
    /// The type of a struct, made once for each.
    public static func declared(_ type: any APIStruct.Type) -> MergeSchema {
        declared.withLock { known in
            if let schema = known[ObjectIdentifier(type)] { return schema }
            let schema = MergeSchema(lazily: { MergeAtom(map: map(of: type.definition)) })
            known[ObjectIdentifier(type)] = schema
            return schema
        }
    }

    private static let declared = Mutex<[ObjectIdentifier: MergeSchema]>([:])

    /// The type of a field. A list without a list type merges as its patch strategy says, as in Kubernetes.
    static func declared(_ schema: Schema) -> MergeSchema {
        switch schema.type {
        case .string, .enumeration, .time, .microTime, .duration, .base64: .string
        case .boolean: .boolean
        case .int32, .int64, .double: .numeric
        case .quantity, .integerOrString: .anyScalar
        case .any: .deduced
        case .anyObject:
            MergeSchema(MergeAtom(map: .init(schema.mapType == "atomic" ? .atomic : .granular, of: .deduced)))
        case .map(let element):
            MergeSchema(MergeAtom(map: .init(schema.mapType == "atomic" ? .atomic : .granular, of: declared(element))))
        case .array(let element):
            MergeSchema(MergeAtom(list: .init(schema.listRelationship, of: declared(element))))
        case .structure(let type):
            structure(type, schema)
        }
    }

    private static func structure(_ type: any APIStruct.Type, _ schema: Schema) -> MergeSchema {
        let isAtomic = schema.mapType == "atomic"
        let ownIsAtomic = type.definition.mapType == "atomic"
        let keepsUnknown = schema.keywords.contains(.preserveUnknownFields)
        guard isAtomic != ownIsAtomic || keepsUnknown else { return declared(type) }
        return MergeSchema(lazily: {
            let map = map(of: type.definition)
            return MergeAtom(map: .init(isAtomic ? .atomic : .granular, fields: map.fields, of: keepsUnknown ? .deduced : map.element))
        })
    }

    private static func map(of definition: StructDefinition) -> MergeAtom.Map {
        var fields: [String: MergeAtom.Field] = [:]
        for field in definition.fields { fields[field.name] = MergeAtom.Field(declared(field.schema), default: field.schema.defaultValue) }
        let keepsUnknown = definition.keywords.contains(.preserveUnknownFields)
        return MergeAtom.Map(definition.mapType == "atomic" ? .atomic : .granular, fields: fields, of: keepsUnknown ? .deduced : nil)
    }
}

extension Schema {
    fileprivate var listRelationship: MergeAtom.Relationship {
        switch listType {
        case "set": .associative(keys: [])
        case "map": .associative(keys: listMapKeys)
        case nil where patchStrategies.contains("merge"): .associative(keys: patchMergeKey.map { [$0] } ?? [])
        default: .atomic
        }
    }
}
