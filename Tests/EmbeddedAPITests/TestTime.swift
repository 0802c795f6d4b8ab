import KubernetesAPI

/// The time of tests that need one.
enum TestTime {
    static let now = Time(secondsSince1970: 1_700_000_000) ?? .min
}
