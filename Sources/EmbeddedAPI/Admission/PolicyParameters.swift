import KubernetesAPI

/// Finds the objects that a binding names as parameters of its policy.
struct PolicyParameters {
    /// Why there are none, in Kubernetes' words.
    struct Failure: Error { let reason: String }

    let reading: any ObjectReading

    /// The parameters, each of which the policy is evaluated with; one nil where it is evaluated without any.
    ///
    /// - Parameters:
    ///   - kind: the policy's `paramKind`.
    ///   - reference: the binding's `paramRef`.
    ///   - namespace: the request's.
    func objects(kind: JSONValue?, reference: JSONValue?, namespace: String) throws(Failure) -> [JSONObject?] {
        guard let kind, kind.object != nil, let reference, reference.object != nil else { return [nil] }
        let (version, name) = (kind["apiVersion"]?.string ?? "", kind["kind"]?.string ?? "")
        let found = try resource(of: kind)
        let place = try self.namespace(of: reference, isNamespaced: found.isNamespaced, request: namespace)
        var objects: [JSONObject] = []
        if let name = reference["name"]?.string, !name.isEmpty {
            objects = [reading.object(found.resource, namespace: place, name: name)].compactMap { $0 }
        } else if let json = reference["selector"]?.object {
            let selector: Selector
            do { selector = try Selector(structured: json) } catch { throw Failure(reason: "\(error)") }
            objects = reading.objects(found.resource, namespace: found.isNamespaced ? place : nil)
                .filter { selector.matches($0["metadata"]?["labels"]?.object) }
        }
        if objects.isEmpty, reference["parameterNotFoundAction"]?.string == "Deny" {
            throw Failure(reason: "no params found for policy binding with `Deny` parameterNotFoundAction")
        }
        return objects.map { object in
            var object = object
            // Stored in another version, perhaps.
            object["apiVersion"] = .string(version)
            object["kind"] = .string(name)
            return object
        }
    }

    /// The resource that `paramKind` names.
    func resource(of kind: JSONValue) throws(Failure) -> (resource: GroupResource, isNamespaced: Bool) {
        let (version, name) = (kind["apiVersion"]?.string ?? "", kind["kind"]?.string ?? "")
        let parsed = try? GroupVersionKind(apiVersion: version, kind: name)
        guard let parsed, let found = ServedKinds(reading: reading).resource(of: parsed) else {
            throw Failure(reason: "failed to find resource referenced by paramKind: '\(parsed?.description ?? "\(version), Kind=\(name)")'")
        }
        return found
    }

    private func namespace(of reference: JSONValue, isNamespaced: Bool, request: String) throws(Failure) -> String {
        let named = reference["namespace"]?.string ?? ""
        guard isNamespaced else {
            if !named.isEmpty { throw Failure(reason: "paramRef.namespace must not be provided for a cluster-scoped `paramKind`") }
            return ""
        }
        if !named.isEmpty { return named }
        if request.isEmpty { throw Failure(reason: "cannot use namespaced paramRef in policy binding that matches cluster-scoped resources") }
        return request
    }
}
