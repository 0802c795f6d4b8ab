public import KubernetesAPI

extension TokenIssuer {
    private static let kind = GroupKind(group: "authentication.k8s.io", kind: "TokenRequest")
    private static let defaultSeconds: Int64 = 3600
    /// What the kubelet asks for by default (the volume of every pod): such a token is valid for a year, and only warned about after this time.
    private static let warnOnlySeconds: Int64 = 3607
    private static let extendedSeconds: Int64 = 365 * 24 * 3600

    /// Answers a TokenRequest, a POST to `serviceaccounts/NAME/token`.
    ///
    /// - Parameters:
    ///   - request: a TokenRequest of the declared types.
    ///   - now: the present time.
    /// - Returns: the request with its status: the token and when it expires.
    /// - Throws: 404 for a service account or bound object that does not exist, 422 for an invalid request, 400 and 409 for an object that cannot be bound.
    public func answer(
        _ request: JSONObject, serviceAccount name: String, namespace: String, reading: any ObjectReading, now: Time
    ) throws(Status) -> JSONObject {
        try checkPlace(request, name: name, namespace: namespace)
        guard let account = reading.object(TokenResource.serviceAccounts, namespace: namespace, name: name) else {
            throw .notFound(TokenResource.serviceAccounts, name: name)
        }
        let seconds = request["spec"]?["expirationSeconds"]?.integer ?? Self.defaultSeconds
        try checkLifetime(seconds)
        var audiences = request["spec"]?["audiences"]?.strings ?? []
        if audiences.isEmpty { audiences = self.audiences }

        let start = now.secondsSince1970
        var claims = TokenClaims(
            issuer: issuer, audiences: audiences, issuedAt: start, notBefore: start, expiresAt: start + seconds, id: UniqueIdentifier.make(),
            namespace: namespace,
            serviceAccount: TokenClaims.Reference(account))
        let bound = request["spec"]?["boundObjectRef"]?.object
        if let bound { try bind(&claims, to: bound, reading: reading) }
        if claims.pod != nil, seconds == Self.warnOnlySeconds, audiences.allSatisfy(self.audiences.contains) {
            claims.warnAfter = start + seconds
            claims.expiresAt = start + Self.extendedSeconds
        }
        guard let token = token(for: claims) else { throw Status.internalError("failed to generate token") }

        var metadata = request["metadata"]?.object ?? [:]
        metadata["name"] = .string(name)
        metadata["namespace"] = .string(namespace)
        metadata["creationTimestamp"] = now.json
        let expiration = Time(secondsSince1970: start + seconds) ?? .max
        return [
            "kind": "TokenRequest", "apiVersion": "authentication.k8s.io/v1", "metadata": .object(metadata),
            "spec": [
                "audiences": JSONValue(strings: audiences), "expirationSeconds": .integer(seconds), "boundObjectRef": bound.map { .object($0) } ?? .null,
            ],
            "status": ["token": .string(token), "expirationTimestamp": expiration.json],
        ]
    }

    /// A name or namespace in the body must be that of the path.
    private func checkPlace(_ request: JSONObject, name: String, namespace: String) throws(Status) {
        let metadata = request["metadata"]
        for (member, wanted, whose) in [("name", name, "name"), ("namespace", namespace, "namespace")] {
            guard let given = metadata?[member]?.string, !given.isEmpty, given != wanted else { continue }
            let path = FieldPath("metadata", member)
            throw .invalid(
                Self.kind, name: name,
                FieldErrors([
                    FieldError(.invalid, at: path, value: .string(given), "must match the service account \(whose) if specified")
                ]))
        }
    }

    private func checkLifetime(_ seconds: Int64) throws(Status) {
        let detail: String
        if seconds < 600 {
            detail = "may not specify a duration less than 10 minutes"
        } else if seconds > 1 << 32 {
            detail = "may not specify a duration larger than 2^32 seconds"
        } else {
            return
        }
        let path = FieldPath("spec", "expirationSeconds")
        throw .invalid(Self.kind, name: "", FieldErrors([FieldError(.invalid, at: path, value: .integer(seconds), detail)]))
    }

    private func bind(_ claims: inout TokenClaims, to bound: JSONObject, reading: any ObjectReading) throws(Status) {
        let kind = bound["kind"]?.string ?? ""
        let name = bound["name"]?.string ?? ""
        let version = bound["apiVersion"]?.string ?? ""
        let parts = version.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let group = parts.count == 2 ? parts[0] : ""
        let uid: String
        switch (group, kind) {
        case ("", "Pod"):
            let pod = try object(TokenResource.pods, claims.namespace, name, reading)
            let account = pod["spec"]?["serviceAccountName"]?.string ?? ""
            guard account == claims.serviceAccount.name else {
                throw .badRequest(
                    "cannot bind token for serviceaccount \(claims.serviceAccount.name.quotedAsGo) to pod running with different serviceaccount name.")
            }
            claims.pod = TokenClaims.Reference(pod)
            if let node = pod["spec"]?["nodeName"]?.string, !node.isEmpty {
                claims.node =
                    reading.object(TokenResource.nodes, namespace: "", name: node).map { TokenClaims.Reference($0) }
                    ?? TokenClaims.Reference(name: node, uid: "")
            }
            uid = claims.pod?.uid ?? ""
        case ("", "Secret"):
            claims.secret = TokenClaims.Reference(try object(TokenResource.secrets, claims.namespace, name, reading))
            uid = claims.secret?.uid ?? ""
        case ("", "Node"):
            claims.node = TokenClaims.Reference(try object(TokenResource.nodes, "", name, reading))
            uid = claims.node?.uid ?? ""
        default:
            // The group and version as Kubernetes prints them: "/v1, Kind=ConfigMap".
            throw .badRequest("cannot bind token to object of type \(parts.count == 2 ? version : "/\(version)"), Kind=\(kind)")
        }
        if let wanted = bound["uid"]?.string, !wanted.isEmpty, wanted != uid {
            throw .conflict(
                GroupResource(group: "", resource: kind), name: name,
                "the UID in the bound object reference (\(wanted)) does not match the UID in record. The object might have been deleted and then recreated")
        }
    }

    private func object(_ resource: GroupResource, _ namespace: String, _ name: String, _ reading: any ObjectReading) throws(Status) -> JSONObject {
        guard let object = reading.object(resource, namespace: namespace, name: name) else { throw .notFound(resource, name: name) }
        return object
    }
}
