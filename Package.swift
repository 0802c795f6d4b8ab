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
        .library(name: "Expressions", targets: ["Expressions"]),
        .library(name: "HTTPTransport", targets: ["HTTPTransport"]),
        .library(name: "KubernetesClient", targets: ["KubernetesClient"]),
        .library(name: "ControllerKit", targets: ["ControllerKit"]),
        .library(name: "EmbeddedAPI", targets: ["EmbeddedAPI"]),
    ],
    dependencies: [
        // Without the trait that brings in Foundation.
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    ],
    targets: [
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .target(name: "KubernetesAPI", dependencies: ["CLibYAML"], exclude: ["Declarations"], swiftSettings: settings),
        .target(name: "Expressions", swiftSettings: settings),
        .target(name: "HTTPTransport", dependencies: ["CCurl"], swiftSettings: settings),
        .target(
            name: "KubernetesClient",
            dependencies: [
                "KubernetesAPI", "HTTPTransport",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: settings),
        .target(
            name: "ControllerKit", dependencies: ["KubernetesClient", "KubernetesAPI", .product(name: "Metrics", package: "swift-metrics")],
            swiftSettings: settings),
        .target(
            name: "EmbeddedAPI",
            dependencies: [
                "KubernetesAPI", "Expressions", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdHTTP2", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ], swiftSettings: settings),
        .target(name: "NodeAgent", dependencies: ["KubernetesAPI"], swiftSettings: settings),

        .target(name: "BuiltInControllers", dependencies: ["KubernetesAPI"], swiftSettings: settings),
        .executableTarget(
            name: "martlet",
            dependencies: [
                "EmbeddedAPI", "KubernetesAPI",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),

        .testTarget(name: "KubernetesAPITests", dependencies: ["KubernetesAPI", "TestSupport"], exclude: ["Declarations"], swiftSettings: settings),
        .testTarget(name: "ExpressionsTests", dependencies: ["Expressions", "KubernetesAPI", "TestSupport"], swiftSettings: settings),
        .testTarget(name: "HTTPTransportTests", dependencies: ["HTTPTransport", "HTTPTestServer", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "KubernetesClientTests",
            dependencies: [
                "KubernetesClient", "KubernetesAPI", "HTTPTransport", "HTTPTestServer", "TestSupport",
                .product(name: "MetricsTestKit", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: settings),
        .testTarget(name: "BuiltInControllersTests", dependencies: ["BuiltInControllers", "KubernetesAPI", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "ControllerKitTests",
            dependencies: ["ControllerKit", "KubernetesClient", "KubernetesAPI", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "EmbeddedAPITests",
            dependencies: ["EmbeddedAPI", "KubernetesAPI", "TestSupport", "StorageCrashWriter", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: settings),
        .testTarget(name: "NodeAgentTests", dependencies: ["NodeAgent", "KubernetesAPI"], swiftSettings: settings),
        .testTarget(
            name: "EmbeddedClusterTests",
            dependencies: [
                "EmbeddedAPI", "KubernetesAPI", "KubernetesClient", "ControllerKit", "HTTPTestServer", "TestSupport", "martlet",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            exclude: ["Python"], swiftSettings: settings),
        // A process of its own, for a test to kill.
        .executableTarget(
            name: "StorageCrashWriter", dependencies: ["EmbeddedAPI", "KubernetesAPI"], path: "Tests/StorageCrashWriter", swiftSettings: settings),
        .target(name: "TestSupport", dependencies: ["KubernetesAPI"], path: "Tests/TestSupport", swiftSettings: settings),
        .target(
            name: "HTTPTestServer",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "NIOHPACK", package: "swift-nio-http2"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
            ],
            path: "Tests/HTTPTestServer",
            swiftSettings: settings),
        .testTarget(name: "HTTPTestServerTests", dependencies: ["HTTPTestServer"], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
