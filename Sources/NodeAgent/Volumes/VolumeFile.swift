/// One file of a configMap, secret, projected or downwardAPI volume.
public struct VolumeFile: Hashable, Sendable {
    /// Relative to the volume, with `/` between steps.
    public var path: String
    public var bytes: [UInt8]
    /// Permission bits.
    public var mode: Int32

    public init(_ path: String, _ bytes: [UInt8], mode: Int32 = 0o644) {
        self.path = path
        self.bytes = bytes
        self.mode = mode
    }

    public init(_ path: String, text: String, mode: Int32 = 0o644) { self.init(path, Array(text.utf8), mode: mode) }
}
