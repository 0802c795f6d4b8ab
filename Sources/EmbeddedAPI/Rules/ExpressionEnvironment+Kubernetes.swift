import Expressions

extension ExpressionEnvironment {
    /// What all expressions of Kubernetes' API share. Made once, since it holds every function.
    static let kubernetes: ExpressionEnvironment = {
        var environment = ExpressionEnvironment()
        environment.validatesLiterals = true
        return environment
    }()
}
