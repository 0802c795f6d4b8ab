import KubernetesAPI

/// Subresources that are no part of the object: what is done to it, or asked of it.
extension ResourceRequest {
    func answerAction() async throws -> APIResponse {
        throw methodNotAllowed
    }
}
