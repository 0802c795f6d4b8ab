import CCurl

/// The configuration in the form that handles take: the bytes that libcurl reads in place stay here, at one address, as long as the loop lives.
final class LoopSettings {
    let configuration: HTTPTransportConfiguration
    let authorities: Blob?
    let clientCertificate: Blob?
    let clientKey: Blob?
    /// Whether libcurl is of 8.1.0 or later, where HTTP/2's buffers were rewritten: before, a held-back stream is kept in memory, and the reset of a stream
    /// may stay unsent.
    let isCurrentHTTP2 = martlet_curl_version_number() >= 0x08_01_00

    init(_ configuration: HTTPTransportConfiguration) {
        self.configuration = configuration
        authorities = configuration.tls.certificateAuthorities.map { Blob($0) }
        clientCertificate = configuration.tls.client.map { Blob($0.certificateChain) }
        clientKey = configuration.tls.client.map { Blob($0.privateKey) }
    }

    final class Blob {
        private let bytes: UnsafeMutableRawBufferPointer

        init(_ source: [UInt8]) {
            bytes = .allocate(byteCount: max(source.count, 1), alignment: 1)
            bytes.copyBytes(from: source)
            length = source.count
        }

        let length: Int

        func set(_ option: CURLoption, on handle: UnsafeMutableRawPointer) -> CURLcode {
            martlet_curl_setopt_blob(handle, option, bytes.baseAddress, length)
        }

        deinit { bytes.deallocate() }
    }
}
