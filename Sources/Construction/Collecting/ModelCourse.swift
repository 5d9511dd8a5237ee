import Foundation
import Providers
import Synchronization

/// What all calls of one model share while it is asked.
final class ModelCourse: Sendable {
  private struct State {
    var cursor = 0
    var limit: RateLimit
    var progress: CollectionProgress.Model
    var failuresInRow = 0
  }

  let model: PlannedModel
  /// The model's place in the plan.
  let place: Int
  private let enrolment: AnswerStore.Enrolment
  private let retriesErrors: Bool
  private let state: Mutex<State>
  /// So many calls given up one after the other are no chance.
  private static let mostFailuresInRow = 20

  private static func text(_ seconds: Double) -> String {
    seconds == seconds.rounded() && seconds < 1e9 ? "\(Int(seconds))" : "\(seconds)"
  }

  init(
    _ model: PlannedModel, place: Int, enrolment: AnswerStore.Enrolment, retriesErrors: Bool,
    isJudge: Bool = false
  ) {
    self.model = model
    self.place = place
    self.enrolment = enrolment
    self.retriesErrors = retriesErrors
    var (before, failed) = (0, 0)
    let wanted = enrolment.prompts.count * enrolment.repeats
    for index in 0..<wanted {
      switch Self.state(enrolment, place, index) {
      case .answered: before += 1
      case .failed: failed += 1
      case .missing: break
      }
    }
    state = Mutex(
      State(
        limit: RateLimit(
          requestsPerMinute: model.limits.requestsPerMinute,
          tokensPerMinute: model.limits.tokensPerMinute, concurrency: model.limits.concurrency),
        progress: CollectionProgress.Model(
          id: model.id, wanted: wanted, before: before, leftAlone: retriesErrors ? 0 : failed,
          hasPrice: model.prices != nil, isJudge: isJudge)))
  }

  private static func state(
    _ enrolment: AnswerStore.Enrolment, _ model: Int, _ index: Int
  ) -> AnswerStore.Enrolment.State {
    // All questions once, then all of them again.
    let count = enrolment.prompts.count
    return enrolment.state(model, index % count, index / count)
  }

  var progress: CollectionProgress.Model { state.withLock { $0.progress } }

  /// The next answer to ask for, as a question's place and a repeat; nil when there is none.
  func next() -> (item: Int, repeat: Int)? {
    state.withLock { state in
      guard state.progress.stopped == nil else { return nil }
      let count = enrolment.prompts.count
      while state.cursor < count * enrolment.repeats {
        defer { state.cursor += 1 }
        let index = state.cursor
        switch Self.state(enrolment, place, index) {
        case .answered: continue
        case .failed where !retriesErrors: continue
        case .failed, .missing: return (index % count, index / count)
        }
      }
      return nil
    }
  }

  func spot(item: Int, repeat repeated: Int) -> AnswerStore.Place {
    enrolment.place(place, item, repeated)
  }

  var isStopped: Bool { state.withLock { $0.progress.stopped != nil } }

  func start(tokens: Int, at now: Double) -> RateLimit.Decision {
    state.withLock { $0.limit.start(tokens: tokens, at: now) }
  }

  /// Gives a place back that was taken and not used.
  func withdraw(tokens: Int) {
    state.withLock { $0.limit.finish(reserved: tokens, used: 0) }
  }

  func finish(
    tokens: Int, _ result: Result<ChatReply, ProviderFault>, startedAt: Double, at now: Double
  ) {
    state.withLock { state in
      switch result {
      case .success(let reply):
        state.limit.finish(reserved: tokens, used: reply.usage.input.plus(reply.usage.output))
        state.limit.wentWell()
      case .failure(let fault):
        state.limit.finish(reserved: tokens, used: nil)
        if fault.cause == .rateLimited || fault.cause == .overloaded {
          state.limit.slowDown(retryAfter: fault.retryAfter, startedAt: startedAt, at: now)
        }
      }
    }
  }

  func tellRetry() { state.withLock { $0.progress.retried += 1 } }

  func tell(_ answer: CollectedAnswer) {
    state.withLock { state in
      state.progress.answered += 1
      state.progress.spent += answer.cost ?? 0
      if answer.finish == .length { state.progress.cutOff += 1 }
      state.failuresInRow = 0
    }
  }

  func tell(_ fault: ProviderFault) {
    state.withLock { state in
      state.progress.failed += 1
      state.failuresInRow += 1
      guard state.progress.stopped == nil else { return }
      if fault.stopsModel {
        state.progress.stopped = fault.description
      } else if fault.isRetryable, let wait = fault.retryAfter, wait >= model.retries.deadline {
        // All other questions would only wait as long.
        state.progress.stopped =
          "The wait is longer than 'deadline' of 'retries' allows (\(Self.text(model.retries.deadline)) s); "
          + "run collect again later. \(fault.description)"
      } else if state.failuresInRow >= Self.mostFailuresInRow {
        state.progress.stopped =
          "\(state.failuresInRow) calls in a row were given up. \(fault.description)"
      }
    }
  }
}
