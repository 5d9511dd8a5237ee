import Foundation
import Outcomes
import Providers
import Synchronization
import Transport

@testable import Construction

/// A folder that goes away with its owner.
final class Scratch {
  let path = NSTemporaryDirectory() + "routerbench-construction-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws -> String {
    try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
    return path + "/" + name
  }
}

enum Made {
  /// A model that asks an endpoint without a key and waits hardly between attempts.
  static func model(
    _ name: String = "m", endpoint: String = "http://127.0.0.1:1", concurrency: Int = 4,
    prices: TokenPrices? = TokenPrices(input: 1e-6, output: 2e-6, date: "d", source: "s"),
    attempts: Int = 4, timeouts: HTTPTimeouts = HTTPTimeouts()
  ) -> PlannedModel {
    var model = PlannedModel(
      id: ModelID(name), provider: .openAICompatible, remoteName: name, endpoint: endpoint,
      key: .none, prices: prices, line: 1)
    model.limits.concurrency = concurrency
    model.sampling.maxTokens = 10
    model.timeouts = timeouts
    model.retries = RetryPolicy(
      attempts: attempts, firstDelay: 0.001, longestDelay: 0.01, deadline: 900)
    return model
  }

  static func plan(_ models: [PlannedModel], store: String, repeats: Int = 1) -> CollectionPlan {
    CollectionPlan(
      file: "plan.yaml", store: store, models: models, tasks: [], repeats: repeats, maxCost: nil,
      maxCalls: nil)
  }

  static func items(_ count: Int, turns: Int = 1) -> [PromptItem] {
    (0..<count).map { index in
      PromptItem(
        sampleID: "t.\(index)", task: "t", turns: (0..<turns).map { "prompt \(index) turn \($0)" },
        reference: .text("\(index)"), scorer: "contains")
    }
  }

  static let reply = ChatReply(
    text: "fine", finish: .stop, usage: TokenUsage(input: 10, output: 5), version: "m-1",
    seconds: 0.5, secondsToFirstByte: 0.25)

  static func reply(saying text: String) -> ChatReply {
    var reply = reply
    reply.text = text
    return reply
  }
}

/// A provider that answers as a test tells it to.
struct MadeProvider: ChatProvider {
  let body: @Sendable (ChatRequest) async -> Result<ChatReply, ProviderFault>

  func answer(_ request: ChatRequest) async -> Result<ChatReply, ProviderFault> {
    await body(request)
  }
}

/// A clock on which waiting takes no time but counts.
final class MadeClock: Sendable {
  private let time = Mutex(1000.0)
  private let jumps = Mutex(0)

  var now: Double { time.withLock { $0 } }

  var clock: CollectionClock {
    CollectionClock(
      now: { self.now },
      // A machine's clock that someone sets again and again, by a year each way.
      date: {
        self.jumps.withLock {
          $0 += 1
          return $0.isMultiple(of: 2) ? 0 : 3e9
        }
      },
      sleep: { seconds in
        self.time.withLock { $0 += seconds }
        await Task.yield()
      })
  }
}

/// Numbers by chance that are the same at each run.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
