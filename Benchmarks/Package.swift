// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Benchmarks",
    dependencies: [.package(name: "martlet", path: "..")],
    targets: [
        .executableTarget(
            name: "Benchmark",
            dependencies: [
                .product(name: "KubernetesAPI", package: "martlet"),
                .product(name: "KubernetesClient", package: "martlet"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
