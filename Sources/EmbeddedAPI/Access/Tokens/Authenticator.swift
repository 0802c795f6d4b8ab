import Crypto
public import KubernetesAPI

/// Tells who sends a request by its bearer token: the administrator's, or one of a service account.
public struct Authenticator: Sendable {
    /// A user whom a token belongs to.
    public struct Authenticated: Hashable, Sendable {
        public var identity: Identity
        /// Those of the asked audiences that the token is for.
        public var audiences: [String]
    }

    public let issuer: TokenIssuer
    private let reading: any ObjectReading
    private let now: @Sendable () -> Int64
    /// Of the administrator's token, so that comparing takes the same time wherever two tokens differ.
    private let administratorDigest: SHA256.Digest
    /// How far the clocks of those who make and check a token may be apart.
    private static let leewaySeconds: Int64 = 60

    /// - Parameters:
    ///   - administratorToken: the token in the kubeconfig that `martlet up` writes; not empty.
    ///   - reading: where the accounts and pods are that tokens belong to.
    ///   - now: the time in seconds since 1970.
    public init(administratorToken: String, issuer: TokenIssuer, reading: any ObjectReading, now: @escaping @Sendable () -> Int64) {
        self.issuer = issuer
        self.reading = reading
        self.now = now
        administratorDigest = SHA256.hash(data: Array(administratorToken.utf8))
    }

    /// The sender of a request with this `Authorization` header; anonymous without a bearer token.
    ///
    /// - Throws: 401 for a token that is not valid here.
    public func identity(authorization header: String?) throws(Status) -> Identity {
        // Cut as Kubernetes cuts it: two spaces before the token make it empty, which counts as none.
        let parts = (header ?? "").trimmingSpaces.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count > 1, parts[0].lowercased() == "bearer", !parts[1].isEmpty else { return .anonymous }
        return try identity(bearerToken: String(parts[1]))
    }

    /// - Throws: 401 for a token that is not valid here.
    public func identity(bearerToken token: String) throws(Status) -> Identity {
        do {
            return try authenticate(token, audiences: issuer.audiences).identity
        } catch {
            throw .unauthorized
        }
    }

    /// Whose the token is, for one of the audiences.
    func authenticate(_ token: String, audiences: [String]) throws(TokenError) -> Authenticated {
        if SHA256.hash(data: Array(token.utf8)) == administratorDigest {
            let common = audiences.filter(issuer.audiences.contains)
            if common.isEmpty { throw TokenError("invalid bearer token") }
            return Authenticated(identity: .administrator, audiences: common)
        }
        guard let claims = try issuer.claims(in: token) else { throw TokenError("invalid bearer token") }
        let common = audiences.filter(claims.audiences.contains)
        guard !common.isEmpty else {
            throw TokenError("token audiences \(claims.audiences.quotedAsGoList) is invalid for the target audiences \(audiences.quotedAsGoList)")
        }
        try checkTimes(claims)
        try checkObjects(claims)
        return Authenticated(identity: Identity(claims), audiences: common)
    }

    private func checkTimes(_ claims: TokenClaims) throws(TokenError) {
        let now = now()
        if now - Self.leewaySeconds > claims.expiresAt { throw TokenError("service account token has expired") }
        if now + Self.leewaySeconds < claims.notBefore { throw TokenError("service account token is not valid yet") }
    }

    /// The account and the objects that the token is bound to must still be the ones that it was made for.
    private func checkObjects(_ claims: TokenClaims) throws(TokenError) {
        let (namespace, account) = (claims.namespace, claims.serviceAccount)
        guard let found = reading.object(TokenResource.serviceAccounts, namespace: namespace, name: account.name) else {
            throw TokenError("serviceaccounts \(account.name.quotedAsGo) not found")
        }
        if isGone(found) { throw TokenError("service account \(namespace)/\(account.name) has been deleted") }
        let uid = TokenClaims.Reference(found).uid
        if uid != account.uid { throw TokenError("service account UID (\(uid)) does not match claim (\(account.uid))") }
        if let secret = claims.secret { try check(secret, "secret", TokenResource.secrets, namespace) }
        if let pod = claims.pod {
            try check(pod, "pod", TokenResource.pods, namespace)
        } else if let node = claims.node {
            try check(node, "node", TokenResource.nodes, "")
        }
    }

    private func check(_ reference: TokenClaims.Reference, _ noun: String, _ resource: GroupResource, _ namespace: String) throws(TokenError) {
        guard let found = reading.object(resource, namespace: namespace, name: reference.name), !isGone(found) else {
            throw TokenError("service account token has been invalidated")
        }
        let uid = TokenClaims.Reference(found).uid
        if uid != reference.uid { throw TokenError("\(noun) UID (\(uid)) does not match service account \(noun) ref claim (\(reference.uid))") }
    }

    /// Whether the object is being deleted, for longer than clocks may differ.
    private func isGone(_ object: JSONObject) -> Bool {
        guard let time = object["metadata"]?["deletionTimestamp"].flatMap(Time.init(json:)) else { return false }
        return time.secondsSince1970 < now() - Self.leewaySeconds
    }
}

extension Identity {
    /// The user of a service account token.
    fileprivate init(_ claims: TokenClaims) {
        self = .serviceAccount(namespace: claims.namespace, name: claims.serviceAccount.name, uid: claims.serviceAccount.uid)
        let prefix = "authentication.kubernetes.io/"
        if !claims.id.isEmpty { extra[prefix + "credential-id"] = ["JTI=\(claims.id)"] }
        if let pod = claims.pod {
            extra[prefix + "pod-name"] = [pod.name]
            extra[prefix + "pod-uid"] = [pod.uid]
        }
        if let node = claims.node {
            extra[prefix + "node-name"] = [node.name]
            if !node.uid.isEmpty { extra[prefix + "node-uid"] = [node.uid] }
        }
    }
}
