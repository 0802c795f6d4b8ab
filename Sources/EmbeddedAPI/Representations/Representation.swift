public import KubernetesAPI

/// The form in which a client wants an answer.
public struct Representation: Hashable, Sendable {
    public enum Format: Hashable, Sendable { case json, yaml }

    /// What the objects of an answer are turned into. A `Status` always stays as it is.
    public enum Shape: Hashable, Sendable {
        /// Objects and lists as they are.
        case object
        /// A Table, in this version of `meta.k8s.io`.
        case table(version: String)
        /// Metadata only; for one object.
        case partialMetadata(version: String)
        /// Metadata only; for a list.
        case partialMetadataList(version: String)
        /// The aggregated form of discovery.
        case aggregatedDiscovery
    }

    public var format: Format
    public var shape: Shape
    /// Whether JSON is indented by two spaces.
    public var isPretty: Bool

    public init(format: Format = .json, shape: Shape = .object, isPretty: Bool = false) {
        self.format = format
        self.shape = shape
        self.isPretty = isPretty
    }

    /// What errors are written in where the client's wishes cannot be met.
    public static let json = Representation()

    /// The value of the `Content-Type` header.
    public var contentType: String {
        if shape == .aggregatedDiscovery { return Self.aggregatedDiscoveryType }
        return format == .json ? MediaTypes.json : MediaTypes.yaml
    }

    /// Clients look at the answer's type to see which form of discovery they got.
    static let aggregatedDiscoveryType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"

    /// A value in this form. JSON that is not indented ends with a line feed, as in Kubernetes.
    public func bytes(of value: JSONValue) -> [UInt8] {
        switch format {
        case .yaml: value.yaml()
        case .json: isPretty ? value.serialized(indent: 2) : value.serialized() + [UInt8(ascii: "\n")]
        }
    }

    /// JSON that is at hand as bytes of one line, in this form; the bytes are not read where that can be avoided.
    ///
    /// - Parameter json: an object of our own making; what is no JSON is sent as it is.
    public func bytes(ofJSON json: consuming [UInt8]) -> [UInt8] {
        if format == .json, !isPretty {
            json.append(UInt8(ascii: "\n"))
            return json
        }
        guard let value = try? JSONValue(parsing: copy json) else { return json }
        return bytes(of: value)
    }

    /// One object in this form.
    ///
    /// - Parameter table: how it looks as a Table.
    func bytes(of object: JSONObject, as table: TableAnswer, including included: TableAnswer.IncludedObject, now: Time) -> [UInt8] {
        switch shape {
        case .object, .aggregatedDiscovery, .partialMetadataList: bytes(of: .object(object))
        case .table(let version): bytes(of: .object(table.table(of: object, including: included, version: version, now: now)))
        case .partialMetadata(let version): bytes(of: .object(PartialMetadata.of(object, version: version)))
        }
    }
}
