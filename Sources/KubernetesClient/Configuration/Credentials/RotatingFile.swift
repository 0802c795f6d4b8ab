import Foundation

/// A file that someone else replaces from time to time, as the kubelet does with tokens.
///
/// It is read again when it has changed on disk, and at the latest a minute after it was read: half of the time between when the kubelet
/// renews a token and when the old one expires (client-go, `NewCachedFileTokenSource`), should the file system not tell of the change.
struct RotatingFile<Value: Equatable & Sendable>: Sendable {
    static var period: TimeInterval { 60 }

    let path: String
    let limit: Int
    let parse: @Sendable ([UInt8]) throws(ConfigurationFile.Fault) -> Value
    private var last: (value: Value, identity: ConfigurationFile.Identity, readAt: Date)?
    private var isFailing = false

    init(_ path: String, limit: Int, parse: @escaping @Sendable ([UInt8]) throws(ConfigurationFile.Fault) -> Value) {
        self.path = path
        self.limit = limit
        self.parse = parse
    }

    /// What the file holds. While it cannot be read, what it held before; `warn` hears of that once.
    mutating func value(now: Date, warn: (String) -> Void) throws(ConfigurationFile.Fault) -> Value {
        if let last, now >= last.readAt, now < last.readAt + Self.period, (try? ConfigurationFile.identity(of: path)) == last.identity { return last.value }
        do throws(ConfigurationFile.Fault) {
            let (bytes, identity) = try ConfigurationFile.readIdentified(path, limit: limit)
            let value = try parse(bytes)
            last = (value, identity, now)
            isFailing = false
            return value
        } catch {
            guard let last else { throw error }
            if !isFailing { warn("\(error.reason); what it held before is used on") }
            isFailing = true
            return last.value
        }
    }

    /// Makes the next ``value(now:warn:)`` read the file.
    mutating func invalidate() { last?.readAt = .distantPast }
}

extension RotatingFile where Value == String {
    /// A token, without the white space around it.
    static func token(_ path: String) -> RotatingFile {
        RotatingFile(path, limit: ConfigurationFile.tokenLimit) { bytes throws(ConfigurationFile.Fault) in
            guard let text = String(validating: bytes, as: UTF8.self) else { throw ConfigurationFile.Fault("the token is not UTF-8") }
            let token = text.trimmingCharacters(in: .whitespacesAndNewlines)
            guard !token.isEmpty else { throw ConfigurationFile.Fault("the file is empty") }
            if let fault = headerFault(token) { throw ConfigurationFile.Fault("the token \(fault)") }
            return token
        }
    }
}

extension RotatingFile where Value == [UInt8] {
    static func pem(_ path: String, _ kind: PEMKind) -> RotatingFile {
        RotatingFile(path, limit: ConfigurationFile.certificateLimit) { bytes throws(ConfigurationFile.Fault) in
            if let fault = pemFault(bytes, of: kind) { throw ConfigurationFile.Fault("the file \(fault)") }
            return bytes
        }
    }
}
