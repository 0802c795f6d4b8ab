/// The built-in kinds that are served, the definitions of custom resources aside.
enum BuiltInKinds {
    static let all: [any BuiltInKind] = []
}
