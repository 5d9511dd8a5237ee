/// Assertions in Python that a program must pass, one by one.
public struct CodeTests: Sendable, Hashable, Codable {
  /// Python that runs once before the assertions, such as imports.
  public let setUp: String
  /// One statement each; all must pass.
  public let assertions: [String]

  /// Tests of a program.
  public init(setUp: String = "", assertions: [String]) {
    self.setUp = setUp
    self.assertions = assertions
  }
}
