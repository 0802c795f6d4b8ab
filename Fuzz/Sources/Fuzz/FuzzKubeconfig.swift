import KubernetesClient

/// A kubeconfig is read or refused with a reason.
@Sendable func fuzzKubeconfig(_ bytes: UnsafeRawBufferPointer) {
    guard let kubeconfig = try? Kubeconfig(parsing: Array(bytes), file: "config", warn: { _ in }) else { return }
    _ = kubeconfig.json.serialized()
}
