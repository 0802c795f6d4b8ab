/// A strategic merge patch of a declared type: fields merge as their `@patch` annotations say.
extension StructDefinition: PatchSchema {
    public func field(_ name: String) -> PatchField? { field(named: name)?.schema.patchField }
}

extension Schema {
    /// How a field of this schema is merged.
    var patchField: PatchField {
        PatchField(patchValue, strategies: PatchStrategies(parsing: patchStrategies.joined(separator: ",")) ?? [], mergeKey: patchMergeKey)
    }

    private var patchValue: PatchValue {
        switch type {
        case .structure(let type): .object(type.definition)
        case .array(let element): .list(element.patchValue)
        case .map(let element): .map(element.patchField)
        default: .plain
        }
    }
}
