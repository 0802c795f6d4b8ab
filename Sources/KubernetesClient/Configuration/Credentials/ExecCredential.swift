import Foundation
import KubernetesAPI

/// What an exec plugin prints: `ExecCredential` of `client.authentication.k8s.io`.
struct ExecCredential: Sendable {
    /// The versions of the format that exist; what is configured is what the plugin must answer with.
    enum Version: String, CaseIterable, Sendable {
        case v1 = "client.authentication.k8s.io/v1"
        case v1beta1 = "client.authentication.k8s.io/v1beta1"
    }

    /// Why an output is not usable, as part of a sentence. Never quotes the output.
    struct Fault: Error { let reason: String }

    let token: SecretValue<String>?
    let certificate: ClientCertificate?
    /// From when on it is no longer valid; nil when it stays so until the server refuses it.
    let expiresAt: Date?

    init(parsing bytes: [UInt8], version: Version) throws(Fault) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes, limits: JSONLimits(depth: 32, sizeBytes: ExecPlugin.outputLimit))
        } catch {
            throw Fault(reason: bytes.isEmpty ? "it printed nothing" : "it did not print JSON (the fault is at byte \(error.offset))")
        }
        guard let object = value.object else { throw Fault(reason: "it printed \(value.typeWithArticle) instead of an ExecCredential") }
        guard object["kind"]?.string == "ExecCredential" else { throw Fault(reason: "kind is not ExecCredential") }
        guard let apiVersion = object["apiVersion"]?.string else { throw Fault(reason: "apiVersion is missing") }
        guard apiVersion == version.rawValue else {
            throw Fault(reason: "apiVersion is \"\(apiVersion.prefix(64))\", while the kubeconfig asks for \"\(version.rawValue)\"; make them the same")
        }
        guard let status = object["status"]?.object else { throw Fault(reason: "it has no status, so there is no credential in it") }
        token = try Self.string(status, "token").map { SecretValue($0) }
        if let token, let fault = headerFault(token.value) { throw Fault(reason: "status.token \(fault)") }
        let certificate = try Self.string(status, "clientCertificateData")
        let key = try Self.string(status, "clientKeyData")
        switch (certificate, key) {
        case (nil, nil): self.certificate = nil
        case (let certificate?, let key?):
            if let fault = pemFault(Array(certificate.utf8), of: .certificate) { throw Fault(reason: "status.clientCertificateData \(fault)") }
            if let fault = pemFault(Array(key.utf8), of: .privateKey) { throw Fault(reason: "status.clientKeyData \(fault)") }
            self.certificate = ClientCertificate(certificate: Array(certificate.utf8), key: SecretValue(Array(key.utf8)))
        case (nil, _): throw Fault(reason: "status has clientKeyData without clientCertificateData")
        case (_, nil): throw Fault(reason: "status has clientCertificateData without clientKeyData")
        }
        guard token != nil || self.certificate != nil else {
            throw Fault(reason: "status has neither a token nor clientCertificateData with clientKeyData")
        }
        guard let expiry = try Self.string(status, "expirationTimestamp") else {
            expiresAt = nil
            return
        }
        guard let date = Date(rfc3339: expiry) else {
            throw Fault(reason: "status.expirationTimestamp is not a time as in \"2026-01-31T12:00:00Z\" (RFC 3339)")
        }
        expiresAt = date
    }

    func isExpired(at now: Date) -> Bool { expiresAt.map { $0 <= now } ?? false }

    private static func string(_ object: JSONObject, _ key: String) throws(Fault) -> String? {
        guard let value = object[key], !value.isNull else { return nil }
        guard let string = value.string else { throw Fault(reason: "status.\(key) is \(value.typeWithArticle), not a string") }
        return string.nonEmpty
    }
}

extension Date {
    /// Reads a time of RFC 3339: `2026-01-31T12:00:00Z`, with any number of fractional digits, in any time zone.
    init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count, bytes[range].allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            return bytes[range].reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }
        guard bytes.count >= 20, bytes.count <= 64, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] | 0x20 == UInt8(ascii: "t"), bytes[13] == 0x3A,
            bytes[16] == 0x3A, let year = number(0..<4), let month = number(5..<7), (1...12).contains(month), let day = number(8..<10), day >= 1,
            let hour = number(11..<13), hour < 24, let minute = number(14..<16), minute < 60, let second = number(17..<19), second < 61
        else { return nil }
        let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        guard day <= [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] else { return nil }

        var end = 19
        var fraction = 0.0
        if bytes[end] == UInt8(ascii: ".") {
            var place = 0.1
            end += 1
            while end < bytes.count, let digit = number(end..<end + 1) {
                fraction += Double(digit) * place
                place /= 10
                end += 1
            }
            guard end > 20 else { return nil }
        }
        guard end < bytes.count else { return nil }
        var offset = 0
        if bytes[end] | 0x20 == UInt8(ascii: "z") {
            guard end + 1 == bytes.count else { return nil }
        } else {
            guard bytes[end] == UInt8(ascii: "+") || bytes[end] == UInt8(ascii: "-"), end + 6 == bytes.count, bytes[end + 3] == 0x3A,
                let hours = number(end + 1..<end + 3), hours < 24, let minutes = number(end + 4..<end + 6), minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * (bytes[end] == UInt8(ascii: "-") ? -60 : 60)
        }
        // Days since 1970-01-01 with years that begin in March (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
        let shifted = year - (month <= 2 ? 1 : 0)
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        self.init(timeIntervalSince1970: Double(days * 86_400 + hour * 3600 + minute * 60 + second - offset) + fraction)
    }
}
