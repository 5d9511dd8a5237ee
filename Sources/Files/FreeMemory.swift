import Foundation

/// How much memory this process may still take.
///
/// Foreign files decide how much is asked for, so the answer bounds them: what the machine has
/// available, what the container it runs in has left, and what the shell's limits leave.
public enum FreeMemory {
  /// Bytes, or `nil` if nothing says.
  public static var bytes: Int? {
    [machine(), group(), addressSpace()].compactMap(\.self).min()
  }

  private static func machine() -> Int? {
    text("/proc/meminfo").flatMap { available(inMachine: $0) }
  }

  /// The memory that the kernel says can be had without swapping.
  static func available(inMachine text: String) -> Int? {
    for line in text.split(separator: "\n") where line.hasPrefix("MemAvailable:") {
      let words = line.split(separator: " ")
      guard words.count == 3, let kilobytes = Int(words[1]) else { return nil }
      return bounded(kilobytes.multipliedReportingOverflow(by: 1024))
    }
    return nil
  }

  /// What the control groups of this process leave, a container's limit among them.
  private static func group() -> Int? {
    guard let groups = text("/proc/self/cgroup") else { return nil }
    var least: Int?
    for line in groups.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isSecond = parts[1].isEmpty
      guard isSecond || parts[1].split(separator: ",").contains("memory") else { continue }
      let root = isSecond ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
      let names =
        isSecond
        ? ("memory.max", "memory.current") : ("memory.limit_in_bytes", "memory.usage_in_bytes")
      // A group is bounded by those that it is in. In a container its own is shown as the root.
      var path = String(parts[2])
      while true {
        let folder = root + (path == "/" ? "" : path)
        if let limit = text("\(folder)/\(names.0)"), let used = text("\(folder)/\(names.1)"),
          let left = left(of: limit, used: used, details: text("\(folder)/memory.stat") ?? "")
        {
          least = min(least ?? left, left)
        }
        guard let slash = path.lastIndex(of: "/"), path != "/" else { break }
        path = slash == path.startIndex ? "/" : String(path[..<slash])
      }
    }
    return least
  }

  /// What is left of a group's limit; pages of files, which can be dropped, count as free.
  static func left(of limit: String, used: String, details: String) -> Int? {
    guard let limit = Int(limit.trimmingCharacters(in: .whitespacesAndNewlines)), limit >= 0,
      let used = Int(used.trimmingCharacters(in: .whitespacesAndNewlines)), used >= 0
    else { return nil }
    var cached = 0
    for line in details.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2, words[0] == "inactive_file" || words[0] == "total_inactive_file",
        let bytes = Int(words[1]), bytes >= 0
      {
        cached = max(cached, bytes)
      }
    }
    return max(0, limit - max(0, used - cached))
  }

  /// What `ulimit -v` leaves.
  private static func addressSpace() -> Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
      let bytes = Int(exactly: limit.rlim_cur), let sizes = text("/proc/self/statm"),
      let pages = sizes.split(separator: " ").first.flatMap({ Int($0) })
    else { return nil }
    let taken = bounded(pages.multipliedReportingOverflow(by: Int(sysconf(Int32(_SC_PAGESIZE)))))
    return max(0, bytes - taken)
  }

  private static func bounded(_ product: (partialValue: Int, overflow: Bool)) -> Int {
    product.overflow ? .max : product.partialValue
  }

  private static func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }
}
