// swift-tools-version: 6.2
import PackageDescription

/// Every room is compiled with the same strictness; a room's imports are exactly its dependencies.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// Tests read their fixtures by path, so no fixture is a resource.
func tests(
  _ room: String, _ others: [Target.Dependency] = [], fixtures: [String] = []
) -> Target {
  .testTarget(
    name: "\(room)Tests", dependencies: [.byName(name: room)] + others, exclude: fixtures,
    swiftSettings: settings)
}

func library(_ name: String, pkgConfig: String? = nil, apt: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// Fuzzers link with libFuzzer, which only Fuzz/run.sh asks for.
let fuzzers: [Target] =
  Context.environment["ROUTERBENCH_FUZZ"] == nil
  ? []
  : [
    .executableTarget(
      name: "FuzzReaders",
      dependencies: [
        "Construction", "Embedding", "Files", "ForeignRouters", "Matrices", "Outcomes", "Pickle",
        "Prompts", "Providers", "Reporting", "RouterBenchTesting", "Routers", "Routing",
        "Transport",
      ], path: "Fuzz/Readers", swiftSettings: settings)
  ]

let package = Package(
  name: "RouterBench",
  products: [
    .library(name: "RouterBench", targets: ["RouterBench"]),
    .library(name: "RouterBenchTesting", targets: ["RouterBenchTesting"]),
    .executable(name: "routerbench", targets: ["RouterBenchCommand"]),
  ],
  targets: [
    library("COpenBLAS", pkgConfig: "openblas", apt: "libopenblas-pthread-dev"),
    library("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
    library("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
    library("CBzip2", apt: "libbz2-dev"),
    library("CLzma", pkgConfig: "liblzma", apt: "liblzma-dev"),
    library("CZstd", pkgConfig: "libzstd", apt: "libzstd-dev"),
    library("COpenSSL", pkgConfig: "libcrypto", apt: "libssl-dev"),
    library("CLibcurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
    library("CYaml", pkgConfig: "yaml-0.1", apt: "libyaml-dev"),
    .target(name: "CurlShim", dependencies: ["CLibcurl"]),
    .target(name: "SIMDShim"),
    .target(name: "BLASShim", dependencies: ["COpenBLAS"]),
    .target(name: "SandboxShim"),

    room("Matrices", ["COpenBLAS", "BLASShim", "Parallelism", "SIMDShim"]),
    room("Parallelism"),
    room("Files", ["CSQLite", "CZlib", "CBzip2", "CLzma", "CZstd", "COpenSSL"]),
    room("Transport", ["CurlShim"]),
    room("Prompts"),
    room("Words"),
    room("CostQuality"),
    room("Pickle", ["Files"]),
    room(
      "Outcomes",
      ["CostQuality", "Matrices", "Parallelism", "Files", "Pickle", "Prompts", "SIMDShim"]),
    room("StandIn", ["Outcomes", "Matrices", "Parallelism"]),
    room("Embedding", ["Matrices", "Parallelism", "Files", "Transport", "Prompts"]),
    room("Routing", ["Outcomes", "CostQuality", "Matrices"]),
    room(
      "Routers", ["Routing", "Outcomes", "CostQuality", "Matrices", "Parallelism", "SIMDShim"]),
    room("ForeignRouters", ["Routing", "Outcomes", "Matrices"]),
    room("Evaluation", ["Routing", "Outcomes", "CostQuality", "Matrices", "Parallelism"]),
    room(
      "Reporting",
      [
        "Evaluation", "Routing", "Outcomes", "CostQuality", "Matrices", "Parallelism", "Files",
        "Prompts", "Words",
      ]),
    room(
      "Providers",
      ["Outcomes", "Matrices", "Transport", "Files", "Embedding", "Parallelism", "Prompts"]),
    room(
      "Construction",
      [
        "Providers", "Outcomes", "Matrices", "Files", "Parallelism", "Transport", "Arguments",
        "Prompts", "CYaml", "SandboxShim",
      ]),
    room(
      "Reproduction",
      [
        "StandIn", "Reporting", "Evaluation", "Routers", "Routing", "Outcomes", "CostQuality",
        "Matrices", "Prompts", "Files", "Words",
      ]),
    room(
      "RouterBench",
      [
        "Matrices", "Parallelism", "Files", "Transport", "Prompts", "CostQuality", "Pickle",
        "Outcomes", "StandIn", "Embedding", "Routing", "Routers", "ForeignRouters", "Evaluation",
        "Reporting", "Reproduction", "Providers", "Construction",
      ]),
    room("RouterBenchTesting", ["Routing", "Outcomes", "Matrices", "Parallelism"]),
    room("Arguments"),
    .executableTarget(
      name: "RouterBenchCommand",
      dependencies: [
        "Arguments", "Matrices", "Parallelism", "Files", "Transport", "Prompts", "CostQuality",
        "Outcomes", "StandIn", "Embedding", "Routing", "Routers", "ForeignRouters", "Evaluation",
        "Reporting", "Reproduction", "Providers", "Construction", "Words",
      ], swiftSettings: settings),

    // Our side of `make bench`.
    .executableTarget(
      name: "RouterBenchMeasures",
      dependencies: [
        "Matrices", "Parallelism", "Files", "Prompts", "CostQuality", "Outcomes", "StandIn",
        "Embedding", "Routing", "Routers", "Evaluation",
      ], path: "Benchmarks/Measures", swiftSettings: settings),

    // What several tests share: servers on this machine and a model of a few kilobytes.
    .target(
      name: "Loopback", dependencies: ["Files", "Parallelism"], path: "Tests/Loopback",
      swiftSettings: settings),

    .executableTarget(
      name: "CollectionBenchmark", dependencies: ["Loopback"], path: "Benchmarks/Collection",
      swiftSettings: settings),

    // Our scorers beside the scores that published answers were given.
    .executableTarget(
      name: "ExtractionMeasure", dependencies: ["Construction", "Outcomes", "Matrices", "Prompts"],
      path: "Benchmarks/Extraction", swiftSettings: settings),

    tests("Matrices", ["BLASShim", "Parallelism"]),
    tests("Parallelism"),
    tests("Files"),
    tests("Transport", ["Loopback"]),
    tests("Prompts"),
    tests("Words"),
    tests("CostQuality", ["Parallelism"]),
    tests("Pickle", ["Files"], fixtures: ["Fixtures"]),
    tests("Outcomes", ["Matrices", "Parallelism", "Files", "Pickle", "Prompts"]),
    tests("StandIn", ["Outcomes", "Matrices", "Parallelism"]),
    tests(
      "Embedding", ["Matrices", "Parallelism", "Files", "Transport", "Prompts", "Loopback"],
      fixtures: ["Fixtures"]),
    tests("Routing", ["Outcomes", "CostQuality", "Matrices", "Parallelism", "RouterBenchTesting"]),
    tests(
      "Routers",
      ["Routing", "Outcomes", "CostQuality", "Matrices", "Parallelism", "RouterBenchTesting"],
      fixtures: ["Fixtures"]),
    tests("ForeignRouters", ["Routing", "Outcomes", "Matrices"]),
    tests(
      "Evaluation",
      [
        "Routing", "Routers", "Outcomes", "CostQuality", "Matrices", "Parallelism", "Embedding",
        "Prompts", "RouterBenchTesting",
      ]),
    tests(
      "Reporting",
      [
        "Evaluation", "Routing", "Routers", "Outcomes", "CostQuality", "Matrices", "Files",
        "RouterBenchTesting", "Words",
      ], fixtures: ["Snapshots"]),
    tests(
      "Reproduction",
      ["StandIn", "Evaluation", "Outcomes", "CostQuality", "Matrices", "Parallelism"]),
    tests(
      "Providers",
      ["Outcomes", "Matrices", "Transport", "Files", "Embedding", "Prompts", "Loopback"]),
    tests(
      "Construction",
      [
        "Providers", "Outcomes", "Matrices", "Files", "Parallelism", "Transport", "Prompts",
        "Loopback",
      ]),
    tests("Arguments"),
    .testTarget(
      name: "RouterBenchCommandTests", dependencies: ["Files", "Loopback"],
      swiftSettings: settings),
  ] + fuzzers,
  cxxLanguageStandard: .cxx17
)
