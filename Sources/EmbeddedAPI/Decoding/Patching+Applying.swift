import KubernetesAPI

extension Patching {
    /// The patched object, and what is to be said about duplicate and unknown fields of the patch itself.
    func applied(to live: JSONObject, schema: (any PatchSchema)?) throws(Status) -> (result: JSONObject, problems: [String]) {
        let (patch, duplicates) = try readContent()
        let duplicateProblems = duplicates.map { "duplicate field \($0.path.quotedAsGo)" }
        switch kind {
        case .json: return try jsonPatched(live, patch, duplicateProblems)
        case .merge:
            guard let changes = patch.object else {
                if validation == .ignore || patch.isNull { throw .badRequest("Invalid JSON Patch") }
                throw .badRequest("error decoding patch: \(Self.typeError(patch, "map[string]interface {}"))")
            }
            let result = try attempt { () throws(PatchError) in try MergePatch(.object(changes)).applied(to: .object(live)) }
            return (result.object ?? JSONObject(), duplicateProblems)
        case .strategic, .apply:
            guard let changes = patch.object ?? (patch.isNull ? JSONObject() : nil) else {
                throw .badRequest(Self.typeError(patch, "map[string]interface {}"))
            }
            let result = try attempt { () throws(PatchError) in try StrategicMergePatch(changes).applied(to: live, schema: schema) }
            return (result, duplicateProblems)
        }
    }

    private func readContent() throws(Status) -> (patch: JSONValue, duplicates: [JSONFindings.Place]) {
        switch content {
        case .success(let content): return content
        case .failure(let error):
            switch (kind, validation) {
            case (.merge, .ignore): throw .badRequest("Invalid JSON Patch")
            case (.json, .ignore), (.strategic, _), (.apply, _): throw .badRequest(error.reason)
            case (.json, _), (.merge, _): throw .badRequest("error decoding patch: \(error.reason)")
            }
        }
    }

    private func jsonPatched(
        _ live: JSONObject, _ patch: JSONValue, _ duplicateProblems: [String]
    ) throws(Status) -> (result: JSONObject, problems: [String]) {
        let problems = try operationProblems(patch, duplicateProblems)
        let limits = JSONPatch.Limits()
        let operations = patch.array ?? []
        guard patch.isNull || patch.array != nil else { throw .badRequest(Self.typeError(patch, "jsonpatch.Patch")) }
        for operation in operations where operation.object == nil && !operation.isNull {
            throw .badRequest(Self.typeError(operation, "jsonpatch.Operation"))
        }
        guard operations.count <= limits.operations else {
            let limit = "The allowed maximum operations in a JSON patch is \(limits.operations), got \(operations.count)"
            throw Status(failure: .requestEntityTooLarge, message: "Request entity too large: \(limit)")
        }
        let result = try attempt { () throws(PatchError) in
            try JSONPatch(parsing: .array(operations), dialect: .kubernetes, limits: limits).applied(to: .object(live), limits: limits)
        }
        if let object = result.object { return (object, problems) }
        guard result.isNull else { throw unreadable(result, "couldn't get version/kind; json parse error: \(Self.typeError(result, "struct"))") }
        return (JSONObject(), problems)
    }

    // MARK: Duplicate and unknown fields

    private static let operationFields: Set<String> = ["op", "path", "from", "value"]

    /// What Kubernetes says about operations of a JSON patch that have more than operations have.
    ///
    /// - Throws: 400 where something is of a wrong type.
    private func operationProblems(_ patch: JSONValue, _ duplicateProblems: [String]) throws(Status) -> [String] {
        if validation == .ignore { return [] }
        guard let operations = patch.array else {
            if patch.isNull { return [] }
            throw .badRequest("error decoding patch: \(Self.typeError(patch, "[]handlers.jsonPatchOp"))")
        }
        var problems = duplicateProblems
        for (index, operation) in operations.enumerated() where !operation.isNull {
            guard let object = operation.object else {
                throw .badRequest("error decoding patch: \(Self.typeError(operation, "handlers.jsonPatchOp"))")
            }
            for (name, value) in object {
                if !Self.operationFields.contains(name) {
                    problems.append("unknown field \("[\(index)].\(name)".quotedAsGo)")
                } else if name != "value", value.string == nil, !value.isNull {
                    throw .badRequest("error decoding patch: json: cannot unmarshal \(value.goKind) into Go struct field jsonPatchOp.\(name) of type string")
                }
            }
        }
        return problems.prefix(JSONFindings.limit).map { "json patch \($0)" }
    }

    private static func typeError(_ value: JSONValue, _ goType: String) -> String {
        "json: cannot unmarshal \(value.goKind) into Go value of type \(goType)"
    }

    // MARK: Answers

    private func attempt<Result>(_ work: () throws(PatchError) -> Result) throws(Status) -> Result {
        do throws(PatchError) { return try work() } catch { throw inapplicable(error) }
    }

    /// The answer to a patch that cannot be applied. Kubernetes knows no reason where a strategic merge patch is wrong.
    private func inapplicable(_ error: PatchError) -> Status {
        if kind != .strategic || error.reason == .limitExceeded { return Self.unprocessable }
        for message in Self.malformed where error.message.hasPrefix(message) { return .badRequest(message) }
        if error.message.hasPrefix("lists of lists are not supported") { return Self.unprocessable }
        return Status(failure: .unknown, message: error.message)
    }

    /// The messages of strategic merge patches that are 400.
    private static let malformed = [
        "invalid patch format of primitive list", "invalid patch format of retainKeys", "invalid patch format of setElementOrder list",
    ]

    private static var unprocessable: Status {
        var status = Status(failure: .invalid, message: "the server rejected our request due to an error in our request")
        status.details = StatusDetails()
        return status
    }

    /// The answer where the patched object cannot be read: 422 for the field `patch`.
    func unreadable(_ result: JSONObject, _ reason: String) -> Status {
        if kind == .strategic, case .success(let content) = content { return unreadable(content.patch, reason) }
        return unreadable(.object(result), reason)
    }

    private func unreadable(_ result: JSONValue, _ reason: String) -> Status {
        let error = FieldError(.invalid, at: FieldPath("patch"), value: .string("\(result)"), reason)
        return Status(
            failure: .invalid, message: " \"\" is invalid: \(error)",
            causes: [StatusCause(field: "patch", message: error.message, reason: error.kind.rawValue)])
    }
}
