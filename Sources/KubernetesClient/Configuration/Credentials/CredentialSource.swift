import Foundation

/// Gives the credentials of one user for each request, and renews those that expire: tokens in files that are rotated, and what exec plugins print.
public actor CredentialSource {
    private let settings: CredentialSettings
    private let warn: ClientConfigurationWarning.Handler
    private var tokenFile: RotatingFile<String>?
    private var certificateFile: RotatingFile<[UInt8]>?
    private var keyFile: RotatingFile<[UInt8]>?
    private var generation = 0
    private var lastAuthorization: String?
    private var lastCertificate: ClientCertificate?

    /// What an exec plugin gave, and the generation that it began.
    private struct Issued: Sendable {
        let credential: ExecCredential
        let generation: Int
    }

    private var issued: Issued?
    /// The run of the exec plugin that is under way. There is never more than one: it may ask a person.
    private var run: (number: Int, task: Task<Void, Never>)?
    private var runCount = 0
    private var waiters: [Int: CheckedContinuation<Issued, any Error>] = [:]
    private var waiterCount = 0

    init(_ settings: CredentialSettings, warn: @escaping ClientConfigurationWarning.Handler) {
        self.settings = settings
        self.warn = warn
        if case .tokenFile(let path, _) = settings.authorization { tokenFile = .token(path) }
        if case .file(let path, _)? = settings.certificate?.certificate { certificateFile = .pem(path, .certificate) }
        if case .file(let path, _)? = settings.certificate?.key { keyFile = .pem(path, .privateKey) }
    }

    /// Sends nothing: for servers that know no users.
    public init() { self.init(CredentialSettings(), warn: { _ in }) }

    /// Sends a token that does not change.
    public init(bearerToken: SecretValue<String>) {
        var settings = CredentialSettings()
        settings.authorization = .token(bearerToken)
        self.init(settings, warn: { _ in })
    }

    /// What to send with a request that begins at `now`.
    ///
    /// Takes microseconds, except when an exec plugin has to run: then all callers wait for that one run. A caller that is cancelled
    /// stops waiting at once, and the plugin is stopped when nobody waits any more.
    ///
    /// - Throws: ``ClientConfigurationError/credential(_:)`` or ``ClientConfigurationError/file(path:field:reason:)``, after which another call tries again;
    ///   `CancellationError`.
    public func credentials(now: Date) async throws -> Credentials {
        if case .exec(let plugin) = settings.authorization {
            let issued = try await issued(by: plugin, now)
            return credentials(issued.credential.token.map { "Bearer \($0.value)" }, issued.credential.certificate, issued.generation)
        }
        let authorization: String? =
            switch settings.authorization {
            case .none, .exec: nil
            case .token(let token): "Bearer \(token.value)"
            case .tokenFile(let path, let fallback): "Bearer \(try fileToken(path, fallback, now))"
            case .basic(let username, let password): "Basic \(Data("\(username):\(password.value)".utf8).base64EncodedString())"
            }
        let certificate = try fileCertificate(now)
        if authorization != lastAuthorization || certificate != lastCertificate {
            (lastAuthorization, lastCertificate) = (authorization, certificate)
            generation += 1
        }
        return credentials(authorization, certificate, generation)
    }

    private func credentials(_ authorization: String?, _ certificate: ClientCertificate?, _ generation: Int) -> Credentials {
        let headers = (authorization.map { [(name: "Authorization", value: $0)] } ?? []) + settings.impersonation
        return Credentials(headers: headers, clientCertificate: certificate, generation: generation)
    }

    /// To be called when the server has answered 401 to `credentials`: makes the next ``credentials(now:)`` get new ones, once for all requests
    /// that were refused with these.
    ///
    /// - Returns: whether the request may succeed with the next credentials. False when these cannot change; repeat a request only once in any case.
    public func invalidate(_ credentials: Credentials) -> Bool {
        guard credentials.generation == generation else { return true }  // renewed since
        tokenFile?.invalidate()
        certificateFile?.invalidate()
        keyFile?.invalidate()
        issued = nil
        if case .exec = settings.authorization { return true }
        return tokenFile != nil || certificateFile != nil || keyFile != nil
    }

    // MARK: Files

    private func fileToken(_ path: String, _ fallback: SecretValue<String>?, _ now: Date) throws -> String {
        do throws(ConfigurationFile.Fault) {
            guard let token = try tokenFile?.value(now: now, warn: { warnOfFile(path, "user.tokenFile", $0) }) else { return "" }
            return token
        } catch {
            if let fallback { return fallback.value }
            throw ClientConfigurationError.file(path: path, field: "\(settings.place): user.tokenFile", reason: error.reason)
        }
    }

    private func fileCertificate(_ now: Date) throws -> ClientCertificate? {
        guard let certificate = settings.certificate else { return nil }
        return ClientCertificate(
            certificate: try bytes(of: certificate.certificate, &certificateFile, now), key: SecretValue(try bytes(of: certificate.key, &keyFile, now)))
    }

    private func bytes(of pem: CredentialSettings.PEM, _ rotating: inout RotatingFile<[UInt8]>?, _ now: Date) throws -> [UInt8] {
        switch pem {
        case .data(let data): return data.value
        case .file(let path, let field):
            do throws(ConfigurationFile.Fault) {
                return try rotating?.value(now: now, warn: { warnOfFile(path, field, $0) }) ?? []
            } catch {
                throw ClientConfigurationError.file(path: path, field: field, reason: error.reason)
            }
        }
    }

    private nonisolated func warnOfFile(_ path: String, _ field: String, _ reason: String) {
        warn(ClientConfigurationWarning(file: path, field: field, reason: reason))
    }

    // MARK: Exec plugin

    private func issued(by plugin: ExecPlugin, _ now: Date) async throws -> Issued {
        if let issued, !issued.credential.isExpired(at: now) { return issued }
        if run == nil { start(plugin, now) }
        waiterCount += 1
        let waiter = waiterCount
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiters[waiter] = $0 }
        } onCancel: {
            Task { await self.leave(waiter) }
        }
    }

    private func start(_ plugin: ExecPlugin, _ now: Date) {
        runCount += 1
        let number = runCount
        let task = Task {
            let result: Result<ExecCredential, any Error>
            do { result = .success(try await plugin.run()) } catch { result = .failure(error) }
            self.finish(number, result, now, plugin)
        }
        run = (number, task)
    }

    private func finish(_ number: Int, _ result: Result<ExecCredential, any Error>, _ now: Date, _ plugin: ExecPlugin) {
        guard run?.number == number else { return }  // everybody had left
        run = nil
        let issue = result.map { credential in
            generation += 1
            return Issued(credential: credential, generation: generation)
        }
        if case .success(let issued) = issue {
            self.issued = issued
            // As for kubectl it is tried all the same, since it may be this machine's clock that is wrong.
            if issued.credential.isExpired(at: now) {
                let reason = "the program \"\(plugin.command)\" gave a credential that has expired already; check the clock of this machine"
                warn(ClientConfigurationWarning(field: plugin.place, reason: reason))
            }
        }
        let waiting = waiters
        waiters = [:]
        for continuation in waiting.values { continuation.resume(with: issue) }
    }

    private func leave(_ waiter: Int) {
        guard let continuation = waiters.removeValue(forKey: waiter) else { return }  // has its answer already
        continuation.resume(throwing: CancellationError())
        guard waiters.isEmpty else { return }
        run?.task.cancel()
        run = nil
    }
}
