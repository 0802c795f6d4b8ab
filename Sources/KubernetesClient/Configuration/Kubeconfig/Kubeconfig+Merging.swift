extension Kubeconfig {
    /// Merges the kubeconfigs of several files as kubectl does: of a name that occurs several times the first entry counts, whole, and
    /// the first ``currentContext`` that is set.
    public init(merging kubeconfigs: [Kubeconfig]) {
        self.init()
        clusters = Self.firstOfEachName(kubeconfigs.flatMap(\.clusters))
        users = Self.firstOfEachName(kubeconfigs.flatMap(\.users))
        contexts = Self.firstOfEachName(kubeconfigs.flatMap(\.contexts))
        if let first = kubeconfigs.first(where: { $0.currentContext != nil }) {
            currentContext = first.currentContext
            currentContextOrigin = first.currentContextOrigin
        }
        for kubeconfig in kubeconfigs {
            for (key, value) in kubeconfig.otherFields where otherFields[key] == nil { otherFields[key] = value }
        }
    }

    private static func firstOfEachName<Value>(_ entries: [Named<Value>]) -> [Named<Value>] {
        var names: Set<String> = []
        return entries.filter { names.insert($0.name).inserted }
    }

    /// Makes every relative path absolute. A command without a slash is no path: it is searched in `PATH`.
    ///
    /// - Parameter directory: that of the file it was read from; absolute.
    public mutating func resolvePaths(relativeTo directory: String) {
        func resolve(_ path: inout String?) { path = path.map { absolute($0, relativeTo: directory) } }
        for index in clusters.indices { resolve(&clusters[index].value.certificateAuthority) }
        for index in users.indices {
            resolve(&users[index].value.clientCertificate)
            resolve(&users[index].value.clientKey)
            resolve(&users[index].value.tokenFile)
            guard var exec = users[index].value.exec, exec.command?.contains("/") == true else { continue }
            resolve(&exec.command)
            users[index].value.exec = exec
        }
    }
}
