// swift-tools-version: 6.2
import PackageDescription

/// Reads declarations of Kubernetes kinds and writes the Swift code of their typed views; run by scripts/generate.
/// A package of its own, so that users of Martlet never build swift-syntax.
let package = Package(
    name: "api-generator",
    platforms: [.macOS(.v13)],
    dependencies: [.package(url: "https://github.com/swiftlang/swift-syntax", from: "603.0.1")],
    targets: [
        .target(
            name: "APIGenerator",
            dependencies: [.product(name: "SwiftParser", package: "swift-syntax"), .product(name: "SwiftSyntax", package: "swift-syntax")]),
        .executableTarget(name: "api-generator", dependencies: ["APIGenerator"]),
        .testTarget(name: "APIGeneratorTests", dependencies: ["APIGenerator"]),
    ],
    swiftLanguageModes: [.v6]
)
