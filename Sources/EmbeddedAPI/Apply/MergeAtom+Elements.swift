import KubernetesAPI

/// Why an element of a list cannot be identified.
struct ElementProblem: Error {
    let message: String
}

extension MergeAtom.List {
    var isAtomic: Bool { relationship == .atomic }

    /// What identifies an element of a list that merges element by element.
    func identity(of item: JSONValue) throws(ElementProblem) -> PathElement {
        guard case .associative(let keys) = relationship else { throw ElementProblem(message: "invalid indexing of non-associative list") }
        guard !keys.isEmpty else {
            switch item {
            case .object: throw ElementProblem(message: "associative list without keys has an element that's a map type")
            case .array: throw ElementProblem(message: "not supported: associative list with lists as elements")
            case .null: throw ElementProblem(message: "associative list without keys has an element that's an explicit null")
            default: return .value(item)
            }
        }
        guard !item.isNull else { throw ElementProblem(message: "associative list with keys may not have a null element") }
        guard case .object(let members) = item else { throw ElementProblem(message: "associative list with keys may not have non-map elements") }
        var fields: [PathElement.KeyField] = []
        for key in keys {
            if let value = members[key] {
                fields.append(PathElement.KeyField(key, value))
            } else {
                guard let map = element.atom.map else {
                    throw ElementProblem(message: "couldn't find default value for \(key): associative list may not have non-map types")
                }
                if let value = map.fields[key]?.defaultValue { fields.append(PathElement.KeyField(key, value)) }
            }
        }
        guard !fields.isEmpty else {
            let names = keys.map(\.quotedAsGo).joined(separator: " ")
            throw ElementProblem(
                message:
                    "associative list with keys has an element that omits all key fields [\(names)] (and doesn't have default values for any key fields)")
        }
        return .keyed(fields)
    }

    /// What identifies each element, in the order of the list; nil, and a problem, for those that cannot be.
    func identities(of items: [JSONValue], _ problems: inout MergeProblems) -> [PathElement?] {
        var identities: [PathElement?] = []
        identities.reserveCapacity(items.count)
        for (position, item) in items.enumerated() {
            do throws(ElementProblem) {
                identities.append(try identity(of: item))
            } catch {
                problems.add("element \(position): \(error.message)")
                identities.append(nil)
            }
        }
        return identities
    }
}
