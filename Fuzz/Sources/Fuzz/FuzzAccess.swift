import KubernetesAPI

@testable import EmbeddedAPI

private struct NoObjects: ObjectReading {
    func object(_ resource: GroupResource, namespace: String, name: String) -> JSONObject? { nil }
    func objects(_ resource: GroupResource, namespace: String?) -> [JSONObject] { [] }
    func version(of resources: [GroupResource]) -> Int64 { 0 }
}

private let signingKey = SigningKey()
private let authenticator = Authenticator(administratorToken: "secret", issuer: TokenIssuer(key: signingKey), reading: NoObjects(), now: { 1_800_000_000 })

/// The input is an `Authorization` header, a token, and what a well signed token says: none of them gives anyone any rights.
@Sendable func fuzzTokens(_ bytes: UnsafeRawBufferPointer) {
    let text = String(decoding: bytes, as: UTF8.self)
    let payload = Base64URL.text(of: Array(#"{"alg":"ES256"}"#.utf8)) + "." + Base64URL.text(of: Array(bytes))
    let signed = signingKey.signature(of: payload).map { payload + "." + Base64URL.text(of: $0) } ?? ""
    for header in [text, "Bearer \(text)", "Bearer \(signed)"] where !header.hasSuffix("secret") {
        guard let identity = try? authenticator.identity(authorization: header) else { continue }
        expect(identity == .anonymous, "\(header) is \(identity.name)")
    }
    if let claims = try? authenticator.issuer.claims(in: signed) {
        expect(TokenClaims(json: .object(claims.json)) == claims, "claims are read otherwise the second time: \(claims)")
    }
    expect(Base64URL.bytes(of: Base64URL.text(of: Array(bytes))) == Array(bytes), "base64 does not come back")
}

/// The input is an `Accept` header, the parameter `pretty`, a user agent and a body's type, on lines of their own.
@Sendable func fuzzAccept(_ bytes: UnsafeRawBufferPointer) {
    var choices = Choices(bytes)
    let (accept, pretty, agent, type) = (choices.line(), choices.line(), choices.line(), choices.line())
    let pod = GroupKind(group: "", kind: "Pod")
    var places: [Representation.Place] = [.discovery, .version, .object(pod, isBuiltIn: true, others: ["text/plain"])]
    for isBuiltIn in [true, false] { places += [.object(pod, isBuiltIn: isBuiltIn), .list(pod, isBuiltIn: isBuiltIn), .watch(isBuiltIn: isBuiltIn)] }
    for place in places {
        do throws(Status) {
            let found = try Representation.negotiated(accept: accept, pretty: pretty, userAgent: agent, for: place)
            expect(!found.bytes(of: ["a": [1, nil]]).isEmpty && !found.contentType.isEmpty, "no bytes")
        } catch {
            expect(error.code == 406, "refused with \(error.code ?? 0)")
        }
    }
    expect(Representation.ofError(accept: accept, pretty: pretty, userAgent: agent).shape == .object, "an error in another shape")
    _ = try? RequestBody.encoding(of: type)
    for isBuiltIn in [true, false] { _ = try? Patching.kind(of: type, isBuiltIn: isBuiltIn) }
    _ = FieldManagerName.of(userAgent: agent)
}

/// The input is a method, a path, a query and a body, on lines of their own.
@Sendable func fuzzOptions(_ bytes: UnsafeRawBufferPointer) {
    var choices = Choices(bytes)
    let (method, path, query) = (choices.line(), choices.line(), QueryParameters(parsing: choices.line()))
    func refusal(_ read: () throws(Status) -> Void) {
        do throws(Status) {
            try read()
        } catch {
            expect([400, 415, 422, 500].contains(error.code), "refused with \(error.code ?? 0)")
        }
    }
    refusal { () throws(Status) in
        let options = try ListOptions(query)
        _ = (try options.listVersion(), options.beginsWithInitialEvents, options.fields.exactValue(of: "metadata.name"))
        try options.checkFields(supported: ["spec.nodeName"], hasOwnFields: true)
    }
    refusal { () throws(Status) in _ = try ListOptions(query, isWatch: true) }
    refusal { () throws(Status) in _ = try WriteOptions.create(query) }
    refusal { () throws(Status) in _ = try WriteOptions.update(query) }
    for kind in [Patching.Kind.json, .apply] { refusal { () throws(Status) in _ = try PatchOptions(query, kind: kind) } }
    let body = Array(choices.rest().utf8)
    for type in [nil, "application/yaml"] { refusal { () throws(Status) in _ = try DeletionOptions(body: body, contentType: type, query: query) } }
    let target = RequestTarget(method: method, path: path, query: query)
    expect(!target.isResource || !target.version.isEmpty || path.contains("%"), "a resource of no version: \(path)")
    _ = try? JSONPath(parsing: path)
}
