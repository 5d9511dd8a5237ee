/// How long each part of an exchange may take, in seconds.
///
/// They are measured on a clock that steps of the machine's time do not move.
public struct HTTPTimeouts: Sendable, Hashable {
  /// Until there is a connection.
  public var connect: Double
  /// From the start until the first byte of the answer; a model may think for long.
  public var firstByte: Double
  /// Between two bytes of the answer.
  public var idle: Double
  /// From the start until the last byte.
  public var total: Double

  /// Timeouts; generous ones by default.
  ///
  /// - Precondition: All are above 0.
  public init(
    connect: Double = 15, firstByte: Double = 300, idle: Double = 120, total: Double = 600
  ) {
    precondition(
      min(connect, firstByte, idle, total) > 0, "A timeout is some seconds, more than none.")
    self.connect = connect
    self.firstByte = firstByte
    self.idle = idle
    self.total = total
  }
}
