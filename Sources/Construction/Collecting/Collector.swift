import Outcomes
public import Providers

/// Asks every model every question of a plan, as far as limits and the store's answers allow.
public struct Collector: Sendable {
  /// What ended a run before all was asked.
  public enum Ending: Sendable, Hashable {
    /// All was asked.
    case done
    /// The next call could have passed the limit on dollars.
    case noDollars
    /// The next call would have passed the limit on calls.
    case noCalls
    /// It was told to stop.
    case stopped
  }

  /// What a run came to.
  public struct Summary: Sendable, Hashable {
    /// What ended it.
    public let ending: Ending
    /// How far it came.
    public let progress: CollectionProgress
  }

  private let plan: CollectionPlan
  private let items: [PromptItem]
  private let store: AnswerStore
  private let providers: [any ChatProvider]
  private let judges: [any ChatProvider]
  private let clock: CollectionClock

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - providers: One a model, in the plan's order.
  ///   - judges: One a judge, in the plan's order.
  /// - Throws: Where a limit on dollars cannot be kept, because a price or a longest answer is unknown.
  public init(
    _ plan: CollectionPlan, items: [PromptItem], store: AnswerStore,
    providers: [any ChatProvider], judges: [any ChatProvider] = [],
    clock: CollectionClock = .machine
  ) throws(ConstructionError) {
    precondition(
      providers.count == plan.models.count && judges.count == plan.judges.count,
      "Each model and each judge needs its provider.")
    if plan.maxCost != nil { try plan.requireBounds() }
    self.plan = plan
    self.items = items
    self.store = store
    self.providers = providers
    self.judges = judges
    self.clock = clock
  }

  /// Asks what is not answered yet.
  ///
  /// - Parameters:
  ///   - retriesErrors: Whether calls that were given up before are made again.
  ///   - progress: Told twice a second how far it is.
  /// - Throws: Where the store cannot be written to.
  public func run(
    retriesErrors: Bool = false, stop: StopSignal = StopSignal(),
    progress: @escaping @Sendable (CollectionProgress) -> Void = { _ in }
  ) async throws(ConstructionError) -> Summary {
    try store.settleEarlierRuns()
    let enrolment = try store.enrol(plan, items)
    let cap = SpendingCap(
      dollars: plan.maxCost, calls: plan.maxCalls, charged: try store.charged())
    let courses = plan.models.enumerated().map { place, model in
      ModelCourse(model, place: place, enrolment: enrolment, retriesErrors: retriesErrors)
    }
    let run = CollectionRun(store: store, cap: cap, clock: clock, stop: stop)
    let start = clock.now()
    func standing() -> CollectionProgress {
      CollectionProgress(
        models: (courses + run.judging).map(\.progress), seconds: clock.now() - start,
        charged: cap.totals.charged)
    }
    var failure: ConstructionError?
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        while !run.isOver {
          progress(standing())
          // For eyes: not by the clock that waits go by.
          try? await Task.sleep(for: .milliseconds(500))
        }
      }
      await perform(Array(zip(courses, providers)), run) { [items] _, index in items[index] }
      do throws(ConstructionError) {
        if !run.isEnding {
          try await judge(enrolment, run, retriesErrors: retriesErrors)
        }
      } catch { failure = error }
      run.finish()
      group.cancelAll()
    }
    if let failure { throw failure }
    if let error = run.failure { throw error }
    try store.settleThisRun()
    let last = standing()
    progress(last)
    return Summary(ending: run.ending, progress: last)
  }

  /// Asks all that some courses have left, each as many times at once as its model may be asked.
  private func perform(
    _ courses: [(ModelCourse, any ChatProvider)], _ run: CollectionRun,
    item: @escaping @Sendable (Int, Int) throws(ConstructionError) -> PromptItem
  ) async {
    await withTaskGroup(of: Void.self) { workers in
      for (place, (course, provider)) in courses.enumerated() {
        let most = course.progress.left
        for _ in 0..<min(course.model.limits.concurrency, most) {
          workers.addTask {
            while let call = course.next(), !run.isEnding {
              await run.perform(
                { () throws(ConstructionError) in try item(place, call.item) },
                at: course.spot(item: call.item, repeat: call.repeat), course: course,
                provider: provider)
            }
          }
        }
      }
    }
  }

  /// Asks the judges about the answers that there are now.
  private func judge(
    _ enrolment: AnswerStore.Enrolment, _ run: CollectionRun, retriesErrors: Bool
  ) async throws(ConstructionError) {
    var stage: [JudgingCourse] = []
    for judge in plan.judges {
      stage.append(
        try store.enrol(judge, of: items, in: enrolment, models: plan.models.map(\.id.name)))
    }
    let courses = stage.map {
      ModelCourse(
        $0.judge.model, place: 0, enrolment: $0.enrolment, retriesErrors: retriesErrors,
        isJudge: true)
    }
    run.beginJudging(courses)
    await perform(Array(zip(courses, judges)), run) {
      [stage, items, store] place, index throws(ConstructionError) in
      try stage[place].item(index, items: items, store: store)
    }
  }
}

extension CollectionPlan {
  /// Refuses a limit on dollars that nothing can be compared with.
  func requireBounds() throws(ConstructionError) {
    for model in models + judges.map(\.model) {
      if model.prices == nil {
        throw ConstructionError(
          "A limit on cost needs the price of every model, and that of \(model.id) is unknown "
            + "(\(file), line \(model.line)); give its 'prices', or leave the limit out.")
      }
      if model.mostOutputTokens == nil {
        throw ConstructionError(
          "A limit on cost needs the longest answer of every model, and nothing limits that of "
            + "\(model.id) (\(file), line \(model.line)); give 'max_tokens' under 'sampling', or "
            + "leave the limit out.")
      }
    }
  }
}
