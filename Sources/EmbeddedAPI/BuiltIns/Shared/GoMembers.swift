import KubernetesAPI

/// Members of an object as a Go program sees them: a zero value where there is none.
extension JSONObject {
    func goString(_ key: String) -> String { self[key]?.string ?? "" }
    func goInteger(_ key: String) -> Int64 { self[key]?.integer ?? 0 }
    func goBool(_ key: String) -> Bool { self[key]?.bool ?? false }
    func goList(_ key: String) -> [JSONValue] { self[key]?.array ?? [] }
    func goStrings(_ key: String) -> [String] { goList(key).map { $0.string ?? "" } }
    func goObject(_ key: String) -> JSONObject { self[key]?.object ?? JSONObject() }
    func goObjects(_ key: String) -> [JSONObject] { goList(key).map { $0.object ?? JSONObject() } }
    /// Whether a pointer to the member would not be nil.
    func goHas(_ key: String) -> Bool { !(self[key]?.isNull ?? true) }

    /// Sets a member that is absent, null or an empty text.
    mutating func fillIn(_ key: String, _ value: JSONValue) {
        switch self[key] {
        case nil, .null?, .string("")?: self[key] = value
        default: break
        }
    }

    /// Makes sure that a member is an object, since Kubernetes always writes it, and edits it.
    mutating func editAlwaysPresent(_ key: String, _ edit: (inout JSONObject) -> Void = { _ in }) {
        var member = goObject(key)
        edit(&member)
        self[key] = .object(member)
    }

    /// Edits a member that is an object; does nothing where there is none.
    mutating func editPresent(_ key: String, _ edit: (inout JSONObject) -> Void) {
        guard var member = self[key]?.object else { return }
        edit(&member)
        self[key] = .object(member)
    }

    /// Edits the objects in a list; does nothing where there is none.
    mutating func editElements(_ key: String, _ edit: (inout JSONObject) -> Void) {
        guard let elements = self[key]?.array, !elements.isEmpty else { return }
        self[key] = .array(
            elements.map { element in
                guard var object = element.object else { return element }
                edit(&object)
                return .object(object)
            })
    }

    /// Writes null for a time or list without a value where Kubernetes does not leave it out.
    mutating func writeNull(_ keys: String...) {
        for key in keys {
            switch self[key] {
            case nil, .null?, .array([])?: self[key] = .null
            default: break
            }
        }
    }

    /// The object's own name, annotations and so on.
    var goMetadata: JSONObject { goObject("metadata") }
}
