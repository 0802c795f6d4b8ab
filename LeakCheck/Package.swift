// swift-tools-version: 6.2
import PackageDescription

/// A package of its own, so that only what it checks is built under the sanitizer.
let package = Package(
    name: "leak-check",
    dependencies: [.package(name: "martlet", path: "..")],
    targets: [.executableTarget(name: "LeakCheck", dependencies: [.product(name: "HTTPTransport", package: "martlet")])],
    swiftLanguageModes: [.v6]
)
