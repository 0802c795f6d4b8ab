// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Fuzzing",
    dependencies: [.package(name: "martlet", path: "..")],
    targets: [
        .systemLibrary(name: "CLibFuzzer"),
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                "CLibFuzzer",
                .product(name: "KubernetesAPI", package: "martlet"),
                .product(name: "KubernetesClient", package: "martlet"),
                .product(name: "EmbeddedAPI", package: "martlet"),
                .product(name: "Expressions", package: "martlet"),
            ],
            swiftSettings: [.unsafeFlags(["-parse-as-library"])]),
    ],
    swiftLanguageModes: [.v6]
)
