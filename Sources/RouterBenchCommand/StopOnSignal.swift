import Construction
import Dispatch
import Foundation

/// Turns the first Ctrl-C into a request to end soon; the second ends the program as usual.
final class StopOnSignal {
  private var sources: [any DispatchSourceSignal] = []

  init(_ stop: StopSignal, _ console: Console) {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        stop.stop()
        console.note("Waiting for the calls under way; once more ends at once, and may lose them.")
        signal(number, SIG_DFL)
      }
      source.resume()
      sources.append(source)
    }
  }
}
