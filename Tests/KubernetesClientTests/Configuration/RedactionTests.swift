import Foundation
import KubernetesAPI
import TestSupport
import Testing

@testable import KubernetesClient

/// Secrets are found by a planted word, in everything that can be printed.
@Suite struct RedactionTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    /// Long enough that no shortened or broken form is taken for something else.
    static let word = "Pl4ntedS3cretW0rd"

    private func printed(_ value: some Any) -> String {
        var text = "\(value)\n" + String(reflecting: value)
        dump(value, to: &text)
        return text
    }

    @Test func noDescriptionShowsASecret() async throws {
        let text = KubeconfigReadingTests.everything.replacing(/secret-[a-z]+/, with: Self.word)
        let kubeconfig = try Kubeconfig(parsing: Array(text.utf8))
        #expect("\(kubeconfig.json)".contains(Self.word), "it is there")
        #expect(!printed(kubeconfig).contains(Self.word))
        #expect(!printed(kubeconfig.users).contains(Self.word))
        #expect(!printed(kubeconfig).contains(Array(PEM.key.utf8).prefix(20).map(String.init).joined(separator: ", ")), "the key's bytes neither")

        for user in ["token: \(Self.word)", "username: u, password: \(Self.word)"] {
            let path = try folder.write("k", Kubeconfig.example(cluster: "server: https://h, proxy-url: http://u:\(Self.word)@p", user: user))
            let configuration = try ClientConfiguration.load(.init(kubeconfig: path), environment: folder.environment(), warn: { _ in })
            #expect(!printed(configuration).contains(Self.word))
            let credentials = try await configuration.credentials.credentials(now: Date())
            #expect(credentials.headers.count == 1)
            #expect(!printed(credentials).contains(credentials.headers[0].value))
        }
        #expect(
            !printed(ClientCertificate(certificate: [], key: SecretValue(Array(Self.word.utf8)))).contains(
                Array(Self.word.utf8).map(String.init).joined(separator: ", ")))
    }

    @Test func noErrorOrWarningShowsASecretHoweverTheFileIsBroken() throws {
        let good = Array(KubeconfigReadingTests.everything.replacing(/secret-[a-z]+/, with: Self.word).utf8)
        var random = SeededGenerator(seed: 7)
        let breakers = Array("\"'{}[]:,-*&!|>%@`#\n\t \u{0}a0~".utf8)
        var failures = 0
        for round in 0..<4000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let position = Int.random(in: 0..<bytes.count, using: &random)
                // Most breaks right before a value: that is where YAML changes its mind about what a value is.
                let place = round % 2 == 0 ? position : bytes[position...].firstRange(of: Array(Self.word.utf8))?.lowerBound ?? position
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = breakers.randomElement(using: &random) ?? 0
                case 1: bytes.insert(breakers.randomElement(using: &random) ?? 0, at: place)
                default: bytes.remove(at: max(0, place - 1))
                }
            }
            let warnings = Warnings()
            do {
                let kubeconfig = try Kubeconfig(parsing: bytes, file: "f", warn: warnings.handler)
                #expect(!printed(kubeconfig.users).contains(Self.word.dropFirst(3)))
            } catch {
                failures += 1
                #expect(!"\(error)".contains(Self.word.dropFirst(3)), "round \(round): \(error)")
            }
            for warning in warnings.all { #expect(!warning.contains(Self.word.dropFirst(3)), "round \(round): \(warning)") }
        }
        #expect(failures > 500)
    }

    @Test(arguments: [
        "password: *W", "password: !!int W", "token: {W", "token: 'W", "token: \"\\W\"", "token: [W: , *W]", "*W : a", "password: !!float &W W", "token: %W",
        "token: @W", "token: !W!x y",
    ])
    func valuesThatYAMLTakesForSomethingElseAreNotQuoted(_ line: String) throws {
        let text = "users:\n- name: a\n  user:\n    \(line.replacing("W", with: Self.word))\n"
        if let message = failure(of: { try Kubeconfig(parsing: Array(text.utf8), file: "f") }) { #expect(!message.contains(Self.word), "\(message)") }
    }
}
