import Construction
import Foundation

/// Turns the first signal that would end the program into a request to end soon; the second ends it as usual.
enum StopOnSignal {
  static func begin(_ stop: StopSignal, _ console: Console) {
    Interruption.stopping { number in
      stop.stop()
      let again =
        number == SIGHUP ? "" : "; once more ends at once, and may lose them"
      console.note("Waiting for the calls under way\(again).")
    }
  }
}
