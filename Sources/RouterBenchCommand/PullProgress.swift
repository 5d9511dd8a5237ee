import Embedding

/// Shows a bar for each file of a pull, one after the other.
final class PullProgress {
  private let console: Console
  private var file: String?
  private var bar: Progress?

  init(_ console: Console) { self.console = console }

  func tell(_ stage: ModelHub.Stage) {
    switch stage {
    case .waiting: console.note("Another process is pulling this model; waiting for its end.")
    case .fetching(let file, let bytes, let total):
      if file != self.file {
        finish()
        self.file = file
        bar = console.progress("pulling \(file)")
      }
      if let total { bar?.update(bytes, of: total) }
    }
  }

  func finish() {
    bar?.finish()
    bar = nil
  }
}
