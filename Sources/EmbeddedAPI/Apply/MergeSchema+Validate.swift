public import KubernetesAPI

extension MergeSchema {
    /// Checks that a value fits: the types, no undeclared fields, and list elements that can be told apart.
    ///
    /// - Parameter allowingDuplicates: whether elements of sets and maps may occur twice, as in live objects; in what is applied they may not.
    public func validate(_ value: JSONValue, allowingDuplicates: Bool = false) throws(MergeError) {
        var problems = MergeProblems()
        MergeValidation(allowsDuplicates: allowingDuplicates).validate(value, self, &problems)
        try problems.check()
    }
}

private struct MergeValidation {
    let allowsDuplicates: Bool

    func validate(_ value: JSONValue, _ schema: MergeSchema?, _ problems: inout MergeProblems) {
        guard !problems.isFull else { return }
        switch schema.atom.shape(of: value) {
        case .none: problems.add("schema error: invalid atom: inlined")
        case .scalar(let scalar): if let problem = scalar.problem(of: value) { problems.add(problem) }
        case .list(let list):
            switch value {
            case .null: break
            case .array(let items): validate(items, list, &problems)
            default: problems.add("expected list, got \(GoText.wrapped(value))")
            }
        case .map(let map):
            switch value {
            case .null: break
            case .object(let members): validate(members, map, &problems)
            default: problems.add("expected map, got \(GoText.wrapped(value))")
            }
        }
    }

    private func validate(_ items: [JSONValue], _ list: MergeAtom.List, _ problems: inout MergeProblems) {
        var seen: Set<PathElement> = []
        for (position, item) in items.enumerated() {
            var element = PathElement.index(position)
            if !list.isAtomic {
                do throws(ElementProblem) {
                    element = try list.identity(of: item)
                } catch {
                    return problems.add("element \(position): \(error.message)")
                }
                if !seen.insert(element).inserted, !allowsDuplicates { problems.add("duplicate entries for key \(element)") }
            }
            problems.inside(element) { validate(item, list.element, &$0) }
        }
    }

    private func validate(_ members: JSONObject, _ map: MergeAtom.Map, _ problems: inout MergeProblems) {
        for (key, value) in members {
            guard let schema = map.schema(of: key) else {
                // One is enough, as in Kubernetes: the rest of the map is not looked at.
                return problems.inside(.field(key)) { $0.add("field not declared in schema") }
            }
            problems.inside(.field(key)) { validate(value, schema, &$0) }
        }
    }
}

extension MergeAtom.Scalar {
    /// What is wrong with a value; nil where it is of this type, null or absent.
    func problem(of value: JSONValue?) -> String? {
        guard let value, !value.isNull else { return nil }
        switch (self, value) {
        case (.numeric, .integer), (.numeric, .double), (.string, .string), (.boolean, .bool): return nil
        case (.untyped, .integer), (.untyped, .double), (.untyped, .string), (.untyped, .bool): return nil
        case (.numeric, _): return "expected numeric (int or float), got \(GoText.typeName(value))"
        case (.string, _): return "expected string, got \(GoText.wrappedSyntax(value))"
        case (.boolean, _): return "expected boolean, got \(GoText.wrapped(value))"
        case (.untyped, _): return "expected any scalar, got \(GoText.wrapped(value))"
        }
    }
}
