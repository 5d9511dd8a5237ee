import Providers
import Synchronization

/// What all calls of one run share, and how a single call goes.
final class CollectionRun: Sendable {
  private struct State {
    var ending = Collector.Ending.done
    var failure: ConstructionError?
    var isOver = false
    var judging: [ModelCourse] = []
  }

  private let store: AnswerStore
  private let cap: SpendingCap
  private let clock: CollectionClock
  private let stop: StopSignal
  private let state = Mutex(State())

  init(store: AnswerStore, cap: SpendingCap, clock: CollectionClock, stop: StopSignal) {
    self.store = store
    self.cap = cap
    self.clock = clock
    self.stop = stop
  }

  var ending: Collector.Ending {
    state.withLock { $0.ending == .done && stop.isStopped ? .stopped : $0.ending }
  }

  var failure: ConstructionError? { state.withLock { $0.failure } }

  var isOver: Bool { state.withLock { $0.isOver } }

  /// Whether no more calls are to be made.
  var isEnding: Bool {
    stop.isStopped || state.withLock { $0.ending != .done || $0.failure != nil }
  }

  /// The judges' part, once there is something to judge.
  var judging: [ModelCourse] { state.withLock { $0.judging } }

  func beginJudging(_ courses: [ModelCourse]) { state.withLock { $0.judging = courses } }

  func finish() { state.withLock { $0.isOver = true } }

  private func end(_ ending: Collector.Ending) {
    state.withLock { if $0.ending == .done { $0.ending = ending } }
  }

  private func fail(_ error: ConstructionError) {
    state.withLock { if $0.failure == nil { $0.failure = error } }
  }

  /// Asks one question, all turns of it, and keeps what comes of it.
  func perform(
    _ item: () throws(ConstructionError) -> PromptItem, at place: AnswerStore.Place,
    course: ModelCourse, provider: any ChatProvider
  ) async {
    do throws(ConstructionError) {
      try await ask(try item(), at: place, course: course, provider: provider)
    } catch { fail(error) }
  }

  private func ask(
    _ item: PromptItem, at place: AnswerStore.Place, course: ModelCourse,
    provider: any ChatProvider
  ) async throws(ConstructionError) {
    let model = course.model
    var answer = CollectedAnswer(
      texts: [], finish: .untold, usage: TokenUsage(input: 0, output: 0),
      cost: model.prices == nil ? nil : 0, prices: model.prices, seconds: 0,
      secondsToFirstByte: 0, attempts: 0, time: 0)
    for turn in item.turns.indices {
      let request = ChatRequest(
        model: model.remoteName, messages: item.messages(answers: answer.texts),
        sampling: model.sampling)
      let bound = Money(dollars: model.mostCost(of: request) ?? 0)
      let began = clock.now()
      var failures = 0
      while true {
        guard try await mayAsk(request, bound, course) else { return }
        let start = clock.now()
        let result = await provider.answer(request)
        course.finish(
          tokens: Self.tokens(of: request, model), result, startedAt: start, at: clock.now())
        answer.attempts += 1
        switch result {
        case .success(let reply):
          let cost = answer.add(reply, prices: model.prices)
          let charge = CallCharge(calls: 1, spent: Money(dollars: cost ?? 0))
          if turn == item.turns.count - 1 {
            answer.time = clock.date()
            try await store.keep(answer, at: place, charge: charge)
            cap.settle(bound, as: charge)
            course.tell(answer)
            return
          }
          try await store.keep(charge)
          cap.settle(bound, as: charge)
        case .failure(let fault):
          failures += 1
          let charge = CallCharge(calls: 1, possiblySpent: fault.mayBeBilled ? bound : .zero)
          let delay =
            fault.isRetryable
            ? model.retries.delay(
              afterFailures: failures, asked: fault.retryAfter, elapsed: clock.now() - began,
              chance: .random(in: 0..<1),
              // A limit that outlasts the day is borne no longer than other faults.
              isRateLimited: fault.cause == .rateLimited && !fault.stopsModel) : nil
          if let delay {
            try await store.keep(charge)
            cap.settle(bound, as: charge)
            course.tellRetry()
            await pause(delay, course)
            continue
          }
          let error = CollectedError(
            cause: fault.cause, status: fault.status, message: fault.description,
            attempts: answer.attempts, time: clock.date())
          try await store.keep(error, at: place, charge: charge)
          cap.settle(bound, as: charge)
          course.tell(fault)
          return
        }
        break
      }
    }
  }

  /// Waits until the model's limits and the cap allow a call; false where none is to be made.
  private func mayAsk(
    _ request: ChatRequest, _ bound: Money, _ course: ModelCourse
  ) async throws(ConstructionError) -> Bool {
    let tokens = Self.tokens(of: request, course.model)
    while true {
      if isEnding || course.isStopped { return false }
      if case .wait(let seconds) = course.start(tokens: tokens, at: clock.now()) {
        // Short naps, so that being told to stop is heard.
        await clock.sleep(min(seconds, 0.5))
        continue
      }
      switch cap.reserve(bound) {
      case .granted(let mark):
        if let mark {
          try await store.keep(mark: mark)
          cap.keep(mark)
        }
        return true
      case .wait:
        course.withdraw(tokens: tokens)
        await clock.sleep(0.02)
      case .noDollars:
        course.withdraw(tokens: tokens)
        end(.noDollars)
      case .noCalls:
        course.withdraw(tokens: tokens)
        end(.noCalls)
      }
    }
  }

  private func pause(_ seconds: Double, _ course: ModelCourse) async {
    let end = clock.now() + seconds
    while !isEnding, !course.isStopped {
      let left = end - clock.now()
      if left <= 0 { return }
      await clock.sleep(min(left, 0.5))
    }
  }

  /// The tokens that limits by the minute count.
  private static func tokens(of request: ChatRequest, _ model: PlannedModel) -> Int {
    request.likelyInputTokens.plus(model.mostOutputTokens ?? 0)
  }
}

extension CollectedAnswer {
  /// Adds the answer to one turn; gives its cost, where the price is known.
  fileprivate mutating func add(_ reply: ChatReply, prices: TokenPrices?) -> Double? {
    if texts.isEmpty { secondsToFirstByte = reply.secondsToFirstByte }
    texts.append(reply.text)
    finish = reply.finish
    usage += reply.usage
    remark = remark ?? reply.remark
    version = reply.version ?? version
    seconds += reply.seconds
    // A cost without bounds is no cost that a sum or an average can hold.
    let price = prices.map { prices in
      let cost = prices.cost(of: reply.usage)
      return cost.isFinite ? cost : Money(dollars: cost).dollars
    }
    cost = cost.flatMap { sum in price.map { sum + $0 } }
    return price
  }
}
