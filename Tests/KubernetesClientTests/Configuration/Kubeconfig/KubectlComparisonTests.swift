import Foundation
import KubernetesAPI
import Subprocess
import TestSupport
import Testing

@testable import KubernetesClient

/// Holds what we pick from several kubeconfigs against what the real kubectl picks.
@Suite struct KubectlComparisonTests {
    @Test func picksWhatKubectlPicks() async throws {
        let version = try? await Subprocess.run(.name("kubectl"), arguments: ["version", "--client"], output: .string(limit: 4096), error: .discarded)
        guard let version, version.terminationStatus.isSuccess else {
            print("kubectl comparison: skipped, no kubectl on PATH")
            return
        }
        var random = SeededGenerator(seed: 42)
        var agreed = (picked: 0, refused: 0)
        for round in 0..<80 {
            let folder = try TemporaryFolder()
            for name in ["ca.pem", "d0/ca.pem", "d1/ca.pem", "d2/ca.pem"] { try folder.write(name, "# \(name)\n" + PEM.certificate) }
            var paths: [String] = []
            for file in 0..<Int.random(in: 1...3, using: &random) {
                let path = try folder.write("d\(file)/config", Self.kubeconfig(file, &random))
                paths.append(Bool.random(using: &random) ? path : "d\(file)/config")
                if Int.random(in: 0..<4, using: &random) == 0 { paths.append("\(folder.path)/missing") }
            }
            let context = Int.random(in: 0..<4, using: &random) == 0 ? "c\(Int.random(in: 0..<3, using: &random))" : nil
            let list = paths.joined(separator: ":")
            let kubectl = try await Self.kubectl(list, context, folder)
            let ours = Self.ours(list, context, folder)
            if let kubectl, let ours {
                #expect(ours == kubectl, "round \(round): \(list) \(context ?? "")")
                agreed.picked += 1
            } else if kubectl == nil, ours == nil {
                agreed.refused += 1
            } else {
                Issue.record("round \(round) (\(list) \(context ?? "")): kubectl picks \(String(describing: kubectl)), we pick \(String(describing: ours))")
            }
        }
        print("kubectl comparison: \(agreed.picked) kubeconfigs picked alike, \(agreed.refused) refused alike")
        #expect(agreed.picked > 20 && agreed.refused > 5)
    }

    @Test func readsWhatWeWrite() async throws {
        let folder = try TemporaryFolder()
        let kubeconfig = try Kubeconfig(parsing: Array(KubeconfigReadingTests.everything.utf8))
        try kubeconfig.write(to: "\(folder.path)/config")
        let result = try? await Subprocess.run(
            .name("kubectl"), arguments: ["config", "view", "--raw", "-o", "json", "--kubeconfig", "\(folder.path)/config"],
            workingDirectory: .init(folder.path), output: .bytes(limit: 1 << 20), error: .discarded)
        guard let result, result.terminationStatus.isSuccess else {
            print("kubectl reading: skipped, no kubectl on PATH")
            return
        }
        let value = try JSONValue(parsing: result.standardOutput)
        for list in ["clusters", "users", "contexts", "current-context"] { #expect(value[list] == kubeconfig.json[list]) }
    }

    struct Picked: Equatable {
        var cluster: JSONValue
        var user: JSONValue
        var namespace: String
    }

    /// A kubeconfig whose names collide with those of the other files.
    private static func kubeconfig(_ file: Int, _ random: inout SeededGenerator) -> String {
        func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }
        func name(_ letter: String) -> String { "\(letter)\(Int.random(in: 0..<10, using: &random) % 3 % 2)" }
        var text = "apiVersion: v1\nkind: Config\n"
        text += "clusters:\n"
        for cluster in Set([name("k"), name("k")]).sorted() {
            text += "- name: \(cluster)\n  cluster:\n    server: https://f\(file)-\(cluster)\(pick([":6443", "", "/prefix", "/a/b/"]))\n"
            text += pick([
                "", "    certificate-authority: ca.pem\n", "    certificate-authority: ../ca.pem\n",
                "    certificate-authority-data: \(PEM.base64(PEM.certificate))\n",
            ])
            text += pick(["", "    tls-server-name: n\(file)\n", "    disable-compression: true\n", "    proxy-url: http://p\(file):3128\n"])
        }
        text += "users:\n"
        for user in Set([name("u"), name("u")]).sorted() {
            text += "- name: \(user)\n  user:\n"
            text += pick([
                "    token: t\(file)\n", "    username: n\(file)\n    password: \"0123\"\n", "    token: 'y'\n",
                "    as: a\(file)\n    as-groups: [g, h]\n    as-user-extra: {k: [v, w]}\n",
            ])
        }
        text += "contexts:\n"
        for context in Set([name("c"), name("c")]).sorted() {
            text += "- name: \(context)\n  context:\n    cluster: \(name("k"))\n    user: \(name("u"))\n\(pick(["", "    namespace: n\(file)\n"]))"
        }
        text += pick(["", "current-context: \(name("c"))\n", "current-context: \(name("c"))\n", "current-context: c2\n", "current-context: \"\"\n"])
        return text
    }

    private static func kubectl(_ list: String, _ context: String?, _ folder: TemporaryFolder) async throws -> Picked? {
        var arguments = ["config", "view", "--raw", "--minify", "--flatten", "-o", "json"]
        if let context { arguments += ["--context", context] }
        let result = try await Subprocess.run(
            .name("kubectl"), arguments: Arguments(arguments), environment: .inherit.updating(["KUBECONFIG": list, "HOME": folder.path]),
            workingDirectory: .init(folder.path), output: .bytes(limit: 1 << 20), error: .discarded)
        guard result.terminationStatus.isSuccess else { return nil }
        let value = try JSONValue(parsing: result.standardOutput)
        guard let cluster = value["clusters"]?[0]?["cluster"], let user = value["users"]?[0]?["user"] else { return nil }
        return Picked(cluster: cluster, user: user, namespace: value["contexts"]?[0]?["context"]?["namespace"]?.string ?? "default")
    }

    /// With the contents of the file in place of its path, as `--flatten` shows it.
    private static func flattened(_ cluster: Kubeconfig.Cluster) -> JSONValue? {
        guard let path = cluster.certificateAuthority else { return cluster.json }
        guard let bytes = try? ConfigurationFile.read(path, limit: 4096) else { return nil }
        var cluster = cluster
        cluster.certificateAuthority = nil
        cluster.certificateAuthorityData = bytes
        return cluster.json
    }

    private static func ours(_ list: String, _ context: String?, _ folder: TemporaryFolder) -> Picked? {
        let environment = folder.environment(["KUBECONFIG": list])
        let overrides = ClientConfiguration.Overrides(context: context)
        guard let configuration = try? ClientConfiguration.load(overrides, environment: environment, warn: { _ in }),
            let (kubeconfig, _) = try? Kubeconfig.load(nil, environment: environment, warn: { _ in }),
            let picked = kubeconfig.contexts.first(where: { $0.name == configuration.context })?.value,
            let cluster = kubeconfig.clusters.first(where: { $0.name == picked.cluster }).flatMap({ flattened($0.value) }),
            let user = kubeconfig.users.first(where: { $0.name == picked.user })?.value
        else { return nil }
        return Picked(cluster: cluster, user: user.json, namespace: configuration.namespace)
    }
}
