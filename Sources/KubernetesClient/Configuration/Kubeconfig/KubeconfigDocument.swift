import KubernetesAPI

/// Reads the one document of a kubeconfig. JSON is the part of YAML that is read so far.
///
/// - Returns: null for a file without any content, which kubectl takes as an empty kubeconfig.
func kubeconfigDocument(from bytes: [UInt8], file: String?) throws(ClientConfigurationError) -> JSONValue {
    if bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) { return .null }
    do {
        return try JSONValue(parsing: bytes, limits: JSONLimits(depth: 64, sizeBytes: ConfigurationFile.kubeconfigLimit))
    } catch {
        throw .invalid(file: file, field: nil, reason: "\(error)")
    }
}

/// The bytes of a file for ``Kubeconfig/json``.
func kubeconfigBytes(of value: JSONValue) -> [UInt8] { value.serialized() + [UInt8(ascii: "\n")] }
