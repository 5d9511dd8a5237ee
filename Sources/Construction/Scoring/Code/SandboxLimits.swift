/// How much a program in the sandbox may take.
public struct SandboxLimits: Sendable, Hashable {
  /// Seconds by the clock, and of the processor, for the whole program.
  public var seconds: Double
  /// Bytes of address space of each of its processes.
  public var memory: Int
  /// Processes and threads at once, the first included.
  public var processes: Int
  /// Bytes of a file, and of all files together.
  public var files: Int
  /// Bytes that it may print.
  public var output: Int

  /// Limits that a beginner's exercise never meets.
  public init(
    seconds: Double = 10, memory: Int = 512 << 20, processes: Int = 4, files: Int = 8 << 20,
    output: Int = 1 << 20
  ) {
    self.seconds = seconds
    self.memory = memory
    self.processes = processes
    self.files = files
    self.output = output
  }
}
