import Foundation
import Testing

@testable import KubernetesClient

@Suite struct ConfigurationFileTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    @Test func aFileIsWrittenForItsOwnerOnlyAndReplacesTheOldOne() throws {
        let path = try folder.write("config", "old")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        try ConfigurationFile.write(Array("new".utf8), to: path)
        #expect(try folder.read("config") == "new")
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["config"], "nothing temporary is left")
    }

    @Test func missingFoldersAreMadeAndLinksAreKept() throws {
        try ConfigurationFile.write(Array("1".utf8), to: "\(folder.path)/a/b/config")
        #expect(try folder.read("a/b/config") == "1")
        #expect(try FileManager.default.attributesOfItem(atPath: "\(folder.path)/a/b")[.posixPermissions] as? Int == 0o700)
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/link", withDestinationPath: "a/b/config")
        try ConfigurationFile.write(Array("2".utf8), to: "\(folder.path)/link")
        #expect(try folder.read("a/b/config") == "2")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder.path)/link") == "a/b/config")
    }

    @Test func aFailedWriteLeavesTheOldFileAndNothingElse() throws {
        try FileManager.default.createDirectory(atPath: "\(folder.path)/config/inner", withIntermediateDirectories: true)
        #expect(throws: ConfigurationFile.Fault.self) { try ConfigurationFile.write([1], to: "\(folder.path)/config") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["config"])
    }

    @Test func aFileIsReadUpToItsLimit() throws {
        let path = try folder.write("f", "12345")
        #expect(try ConfigurationFile.read(path, limit: 5) == Array("12345".utf8))
        let fault = #expect(throws: ConfigurationFile.Fault.self) { try ConfigurationFile.read(path, limit: 4) }
        #expect(fault?.reason == "the file is larger than 4 bytes")
        #expect(#expect(throws: ConfigurationFile.Fault.self) { try ConfigurationFile.read("\(path)/x", limit: 4) }?.isAbsence == true)
        #expect(#expect(throws: ConfigurationFile.Fault.self) { try ConfigurationFile.read(folder.path, limit: 4) }?.isAbsence == false)
        #expect(throws: ConfigurationFile.Fault.self) { try ConfigurationFile.read("a\u{0}b", limit: 4) }
        // An endless file ends at the limit.
        #expect(throws: ConfigurationFile.Fault.self) { try ConfigurationFile.read("/dev/zero", limit: 1 << 20) }
    }
}
