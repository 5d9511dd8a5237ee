import Foundation
import SandboxShim

/// Pipes between this process and those in sandboxes; what is still open is closed at the end.
struct SandboxPipes: ~Copyable {
  private var open: Set<Int32> = []

  /// A pipe that nothing inherits.
  mutating func make() throws(ConstructionError) -> (reading: Int32, writing: Int32) {
    var pair: [Int32] = [-1, -1]
    guard rb_sandbox_pipe(&pair) == 0 else {
      throw ConstructionError(
        "The sandbox got no pipe (\(String(cString: strerror(errno)))); close other programs.")
    }
    open.formUnion(pair)
    return (pair[0], pair[1])
  }

  /// Closes ends that went to a process.
  mutating func close(_ ends: [Int32]) {
    for end in ends where open.remove(end) != nil { Foundation.close(end) }
  }

  /// Leaves ends to someone who closes them.
  mutating func give(_ ends: [Int32]) { open.subtract(ends) }

  deinit { for end in open { Foundation.close(end) } }
}
