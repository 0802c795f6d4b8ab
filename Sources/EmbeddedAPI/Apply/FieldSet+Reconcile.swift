import KubernetesAPI

extension FieldSet {
    /// The set as the schema has it now: where a list or map has become atomic since the set was written, what was owned in it becomes the whole.
    func reconciled(with schema: MergeSchema) -> FieldSet { reconciledUnlessAtomic(schema) ?? self }

    /// The set below a place of this type; nil where the place is owned as a whole.
    private func reconciledUnlessAtomic(_ schema: MergeSchema?) -> FieldSet? {
        switch schema.atom.shape(of: nil) {
        // Places without a schema do not say what is atomic.
        case .map(let map) where map.fields.isEmpty && (map.element === MergeSchema.deduced || map.element === MergeSchema.anyScalar): self
        case .map(let map) where map.relationship == .atomic: nil
        case .map(let map): reconciledChildren { element in if case .field(let name) = element { map.schema(of: name) } else { map.element } }
        case .list(let list) where list.isAtomic: nil
        case .list(let list): reconciledChildren { _ in list.element }
        case .scalar, .none: self
        }
    }

    private func reconciledChildren(_ schema: (PathElement) -> MergeSchema?) -> FieldSet {
        var whole: [PathElement] = []
        var kept: [Child] = []
        for child in children {
            if let set = child.set.reconciledUnlessAtomic(schema(child.element)) {
                kept.append(Child(element: child.element, set: set))
            } else {
                whole.append(child.element)
            }
        }
        return FieldSet(unordered: whole.isEmpty ? members : members + whole, children: kept)
    }
}
