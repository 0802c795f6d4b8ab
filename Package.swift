// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// CI sets MARTLET_WARNINGS_AS_ERRORS=1, so that a warning in our own targets fails there and never stops someone's local build.
let strict = ProcessInfo.processInfo.environment["MARTLET_WARNINGS_AS_ERRORS"] == "1"
let settings: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny")] + (strict ? [.treatAllWarnings(as: .error)] : [])

let package = Package(
    name: "martlet",
    products: [
        .library(name: "KubernetesAPI", targets: ["KubernetesAPI"]),
        .library(name: "KubernetesClient", targets: ["KubernetesClient"]),
    ],
    dependencies: [],
    targets: [
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .target(name: "KubernetesAPI", dependencies: ["CLibYAML"], exclude: ["Declarations"], swiftSettings: settings),
        .target(name: "KubernetesClient", dependencies: ["KubernetesAPI", "CCurl"], swiftSettings: settings),
        .testTarget(name: "KubernetesAPITests", dependencies: ["KubernetesAPI"], swiftSettings: settings),
        .testTarget(name: "KubernetesClientTests", dependencies: ["KubernetesClient"], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
