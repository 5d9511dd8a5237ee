/// How much a program in the sandbox may take.
public struct SandboxLimits: Sendable, Hashable {
  /// Seconds by the clock for the program and its tests together; on a busy machine a right one may
  /// need many.
  public var seconds: Double
  /// Seconds of the processor for each of its processes, and for the tests.
  public var processorSeconds: Double
  /// Bytes of address space of each of its processes, and of the tests.
  ///
  /// Nothing that belongs to no process is permitted, so that all of a program takes at most this
  /// times `processes`, and the files.
  public var memory: Int
  /// Processes and threads at once, the first included.
  public var processes: Int
  /// Bytes of a file, and of all files together.
  public var files: Int
  /// Bytes that it may print.
  public var output: Int

  /// Limits that a beginner's exercise never meets.
  public init(
    seconds: Double = 30, processorSeconds: Double = 10, memory: Int = 512 << 20,
    processes: Int = 4, files: Int = 8 << 20, output: Int = 1 << 20
  ) {
    self.seconds = seconds
    self.processorSeconds = processorSeconds
    self.memory = memory
    self.processes = processes
    self.files = files
    self.output = output
  }
}
