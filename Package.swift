// swift-tools-version: 6.2
import PackageDescription

// The map of the house. Targets are listed floor by floor; a target depends on lower floors only, and two rooms of one
// floor meet in Gateway alone. `make check` holds the imports against this list.

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]
/// For the modules that touch C: every unsafe expression is a word that a reviewer can see.
let bordersC = strict + [.strictMemorySafety()]

let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "switchboard",
    products: [.executable(name: "switchboard", targets: ["switchboard"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // Floor 0: C libraries of the system, and the smallest possible shims over them.
        .systemLibrary(name: "CLibwebsockets", pkgConfig: "libwebsockets"),
        .systemLibrary(name: "CLibuv", pkgConfig: "libuv"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl"),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium"),
        .target(name: "CSwitchboard", dependencies: ["CLibwebsockets", "CLibuv", "COpenSSL"]),
        .target(name: "CPhoneNumber", linkerSettings: [.linkedLibrary("phonenumber")]),

        // Floor 1: ids, time, limits, seeded randomness.
        .target(name: "Basics", swiftSettings: bordersC),

        // Floor 2: what a switchboard knows and decides; values only.
        .target(name: "Domain", dependencies: ["Basics"], swiftSettings: strict),

        // Floor 3: bytes and values, what a memory must do, proofs of origin, numbers.
        .target(name: "Wire", dependencies: ["Domain", "Basics"], swiftSettings: strict),
        .target(name: "Storage", dependencies: ["Domain", "Basics"], swiftSettings: strict),
        .target(name: "Signing", dependencies: ["Basics", "COpenSSL", "CSodium"], swiftSettings: bordersC),
        .target(name: "PhoneNumbers", dependencies: ["Domain", "Basics", "CPhoneNumber"], swiftSettings: bordersC),

        // Floor 4: the outside world, one room for each.
        .target(
            name: "Transport",
            dependencies: ["Basics", "CLibwebsockets", "CLibuv", "CSwitchboard", logging],
            swiftSettings: bordersC
        ),
        .target(
            name: "StorageSQLite",
            dependencies: ["Storage", "Wire", "Domain", "Basics", grdb, logging],
            swiftSettings: strict
        ),
        .target(
            name: "Carriers",
            dependencies: ["Signing", "PhoneNumbers", "Wire", "Domain", "Basics"],
            swiftSettings: strict
        ),
        .target(name: "WebAssets", dependencies: ["Signing", "Basics"], swiftSettings: strict),

        // Floor 5: endpoints, sessions, turns: puts the floors together.
        .target(
            name: "Gateway",
            dependencies: [
                "Transport", "Storage", "Carriers", "WebAssets", "Wire", "Signing", "PhoneNumbers", "Domain", "Basics",
                logging, metrics,
            ],
            swiftSettings: strict
        ),

        // Floor 6: the command; a library, so that tests can reach what it is made of, and the program that runs it.
        .target(
            name: "SwitchboardCommand",
            dependencies: [
                "Gateway", "Transport", "StorageSQLite", "Storage", "Carriers", "WebAssets", "Wire", "Signing",
                "PhoneNumbers", "Domain", "Basics", arguments, logging, metrics,
            ],
            swiftSettings: strict
        ),
        .executableTarget(name: "switchboard", dependencies: ["SwitchboardCommand"], swiftSettings: strict),

        // Tests mirror the sources.
        .testTarget(name: "BasicsTests", dependencies: ["Basics"], swiftSettings: strict),
        .testTarget(name: "DomainTests", dependencies: ["Domain", "Basics"], swiftSettings: strict),
        .testTarget(name: "WireTests", dependencies: ["Wire", "Domain", "Basics"], swiftSettings: strict),
        .testTarget(name: "SigningTests", dependencies: ["Signing", "Basics"], swiftSettings: strict),
        .testTarget(
            name: "PhoneNumbersTests",
            dependencies: ["PhoneNumbers", "Domain", "Basics"],
            swiftSettings: strict
        ),
        .testTarget(name: "TransportTests", dependencies: ["Transport", "Basics"], swiftSettings: strict),
        .testTarget(
            name: "StorageTests",
            dependencies: ["StorageSQLite", "Storage", "Wire", "Domain", "Basics", grdb],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CarriersTests",
            dependencies: ["Carriers", "Signing", "PhoneNumbers", "Wire", "Domain", "Basics"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "GatewayTests",
            dependencies: [
                "Gateway", "Transport", "StorageSQLite", "Storage", "Carriers", "WebAssets", "Wire", "Signing",
                "PhoneNumbers", "Domain", "Basics", logging, metrics,
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SwitchboardCommandTests",
            dependencies: [
                "SwitchboardCommand", "Gateway", "Transport", "StorageSQLite", "Storage", "Carriers", "Signing",
                "PhoneNumbers", "Domain", "Basics", logging,
            ],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
