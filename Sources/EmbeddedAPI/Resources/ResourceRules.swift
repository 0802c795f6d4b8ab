import KubernetesAPI

/// What the server knows about the objects of one version of a resource. Two kinds of resources have it: built-in ones and those of custom resource definitions.
protocol ResourceRules: Sendable {
    var kind: GroupVersionKind { get }
    var allowsUnconditionalUpdate: Bool { get }

    /// Brings a body, or a patched object, into the form that is checked: unknown fields are gone, defaults filled in.
    func decoded(_ body: JSONObject) throws(ObjectDecodingError) -> JSONObject
    /// The same for what server-side apply made.
    func decodedAfterApply(_ object: JSONObject) throws(ObjectDecodingError) -> JSONObject
    /// The object in the body of a request, decoded.
    ///
    /// - Throws: 400.
    func object(in body: RequestBody, validation: FieldValidation) throws(Status) -> RequestBody.Decoded
    /// An object after a patch, decoded.
    func patched(_ live: JSONObject, by patching: Patching) throws(Status) -> RequestBody.Decoded
    /// An object as clients of this version read it.
    func read(_ stored: JSONObject) -> JSONObject
    /// The bytes that clients read are the stored ones.
    var readsStoredBytes: Bool { get }
    /// The form in which an object of this version is stored.
    func stored(_ object: JSONObject) -> JSONObject

    func preparedForCreation(_ object: JSONObject) -> JSONObject
    func preparedForUpdate(_ object: JSONObject, replacing old: JSONObject) -> JSONObject
    func preparedForStatusUpdate(_ object: JSONObject, replacing old: JSONObject) -> JSONObject

    func creationFindings(in object: JSONObject) -> ValidationRuleFindings
    func updateFindings(in object: JSONObject, replacing old: JSONObject) -> ValidationRuleFindings
    func statusFindings(in object: JSONObject, replacing old: JSONObject) -> ValidationRuleFindings

    /// The values of the fields that field selectors may use, besides name and namespace.
    func selectableValues(of object: JSONObject) -> [String: String]
    /// The names of these fields.
    var selectableFields: Set<String> { get }

    /// What clients of a deprecated version are warned of.
    var deprecationWarning: String? { get }
}
