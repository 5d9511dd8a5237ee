import Construction
import Embedding
import Files
import ForeignRouters
import Foundation
import Matrices
import Outcomes
import Pickle
import Prompts
import Providers
import Reporting
import RouterBenchTesting
import Routers
import Routing
import Transport

extension FuzzTarget {
  static let all: [FuzzTarget] = [
    pickle, outcomes, packed, features, predictions, plan, router, report, prices, replies, usage,
    answers, texts, tokenizers, poolings,
  ]

  private static let fixture = Fixture(
    prompts: 12, models: 3, seed: 1, hasEvidence: true, hasLatency: true)

  private static let pickle = FuzzTarget(
    "pickle", seeds: ["Tests/PickleTests/Fixtures"], made: { [] }
  ) { bytes in
    let bytes = Array(bytes)
    let frame = try DataFrame.read(bytes)
    for column in frame.columns {
      precondition(column.values.count == frame.rowCount, "A column has the wrong length.")
      let text = column.values.asText
      for row in text.indices { precondition(text.isMissing(row) == (text[row] == nil)) }
    }
    _ = try DataFrame.read(bytes, columns: { $0.utf8.count < 2 })
  }

  /// CSV, JSON Lines, pickles and the native form, compressed or not; answers make no difference to numbers.
  private static let outcomes = FuzzTarget(
    "outcomes", file: "outcomes", seeds: ["Tests/PickleTests/Fixtures"],
    made: {
      try ["csv", "jsonl", "rbt"].flatMap { ending in
        try OutcomeShape.allCases.map { shape in
          try written(ending) { path in
            try OutcomeWriter.write(
              fixture.table, to: path, format: OutcomeFormat(fileName: path) ?? .csv, shape: shape)
          }
        }
      }
    }
  ) { path in
    let plain = try OutcomeReading.read(path)
    let whole = try OutcomeReading.read(path, options: ReadingOptions(includeResponses: true))
    let bits: (OutcomeTable) -> [UInt64] = { table in
      (table.quality.values + table.cost.values).map(\.bitPattern)
    }
    precondition(plain.table.models == whole.table.models, "Answers changed the models.")
    precondition(bits(plain.table) == bits(whole.table), "Answers changed numbers.")
    precondition(plain.table.prompts.count == plain.table.count, "Prompts are missing.")
    // Texts are decoded when they are asked for.
    for row in 0..<whole.table.count {
      precondition(whole.table.prompts[row] == plain.table.prompts[row], "A prompt changed.")
      for model in whole.table.models.indices { _ = whole.table.responses?[row, model] }
    }
    for options in [
      ReadingOptions(duplicateRule: .mergeDuplicates, evalName: "task", generatesSampleIDs: true),
      ReadingOptions(duplicateRule: .keepFirst),
    ] { _ = try OutcomeReading.read(path, options: options) }
  }

  private static let features = FuzzTarget(
    "features", file: "features.npy", seeds: ["Tests/EmbeddingTests/Fixtures/tiny-bert-l12"],
    made: {
      try [written("npy") { try FeatureFile.write(fixture.features, to: $0) }]
        + ["(9223372036854775807, 0)", "(0, 4)", "(2147483648, 2147483648)"].map(array)
    }
  ) { path in
    let matrix = try FeatureFile.read(path)
    guard matrix.columns > 0 else { return }
    // Every value is read: what is viewed in place must lie in the file.
    let hasNaN = matrix.withUnsafeBufferPointer { $0.contains(where: \.isNaN) }
    let copy = matrix.selecting(rows: Array(0..<matrix.rows))
    precondition(hasNaN || copy == matrix, "A copy differs.")
  }

  /// A `.npy` file of some shape and the values of another.
  private static func array(shape: String) -> [UInt8] {
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape), }\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0]
      + Array(header.utf8) + [UInt8](repeating: 0, count: 64)
  }

  /// Every form of compression, unpacked within a limit.
  private static let packed = FuzzTarget(
    "packed",
    made: {
      // An empty member of gzip, and the first bytes of the others.
      [
        [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [0x42, 0x5A, 0x68, 0x39, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, 0, 0, 0, 0],
        [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0, 4, 0xE6, 0xD6, 0xB4, 0x46],
        [0x28, 0xB5, 0x2F, 0xFD, 0x04, 0, 1, 0, 0, 0x99, 0xE9, 0xD8, 0x51],
      ]
    }
  ) { bytes in
    let limit = 1 << 20
    for form in Compression.allCases {
      guard let unpacked = try? Decompression.decompress(bytes, as: form, limit: limit) else {
        continue
      }
      precondition(unpacked.count <= limit, "More was unpacked than may be.")
    }
  }

  private static let predictions = FuzzTarget(
    "predictions", file: "predictions",
    made: {
      [
        "sample_id,model,parameter\n" + choices(","), "sample_id,model,score\n" + choices(","),
        "{\"sample_id\": \"a\", \"model\": \"m\", \"score\": 0.5}\n",
      ].map { Array($0.utf8) }
    }
  ) { path in
    let table = fixture.table
    let known = KnownPrompts(
      data: "data", models: table.models, allModels: Set(table.models.map(\.name)),
      sampleIDs: Set(table.sampleIDs))
    let file = try PredictionsFile(contentsOf: path, named: "mine", seeds: [1], known: known)
    try file.requireTest(Array(table.sampleIDs.prefix(3)), task: "task", seed: 1)
  }

  private static func choices(_ separator: String) -> String {
    fixture.table.sampleIDs.map {
      [$0, fixture.table.models[0].name, "0.5"].joined(separator: separator) + "\n"
    }.joined()
  }

  private static let plan = FuzzTarget(
    "plan", made: { [Array(CollectionPlan.example.utf8)] }
  ) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    _ = try CollectionPlan.parse(
      text, file: "plan.yaml", folder: URL(fileURLWithPath: "/"),
      scorers: Scorers.cards.map(\.name))
  }

  /// Saved routers under a checksum that is right whatever they hold; sound ones must route.
  private static let router = FuzzTarget(
    "router",
    made: {
      let lessons = Lessons(fixture.table, features: fixture.features)
      return try [
        saved(NearestNeighborsRouter(neighbors: 2), lessons), saved(ZeroRouter(), lessons),
        saved(LinearSupportVectorRouter(), lessons),
        saved(CascadeRouter(judge: .quality(error: 0.1), threshold: 1), lessons),
        saved(RerankRouter(judge: .confidence), lessons),
      ]
    }
  ) { bytes in
    guard bytes.count > 8 else { return }
    var mended = Array(bytes.dropLast(8))
    let checksum = mended.withUnsafeBytes { Checksum.of($0) }
    withUnsafeBytes(of: checksum.littleEndian) { mended.append(contentsOf: $0) }
    let saved = try SavedRouter(mended, name: "it")
    let router = try RouterCatalogue.router(in: saved, name: "it")
    // Whoever routes takes memory for so many before anything else.
    precondition(saved.header.dimensions <= 1 << 24, "Dimensions were not bounded.")
    guard saved.header.dimensions <= 4096 else { return }
    let prompts = Matrix(rows: 2, columns: saved.header.dimensions) {
      $0.initialize(repeating: 0.5)
    }
    for setting in router.settings.isEmpty ? [0, 1, .infinity] : Array(router.settings.prefix(3)) {
      let plans = try router.plans(for: prompts, at: setting)
      precondition(plans.count == 2, "Every prompt needs a plan.")
    }
  }

  private static func saved<Recipe: Router>(
    _ recipe: Recipe, _ lessons: Lessons
  ) throws -> [UInt8] {
    try SavedRouter(
      header: SavedRouter.Header(
        router: recipe.name, kind: Recipe.card.name, models: lessons.table.models.map(\.name),
        encoderName: "builtin", encoder: "hashed", view: "question",
        dimensions: lessons.features.columns, operatingPoints: [], version: "0.1.0", data: "abc"),
      payload: RouterCatalogue.payload(of: recipe.fit(lessons))
    ).bytes()
  }

  private static let report = FuzzTarget(
    "report", file: "report.json",
    made: { [Array("{\"schema\": 1, \"version\": \"0.1.0\", \"inputs\": []}".utf8)] }
  ) { path in
    for read: (String) throws -> Void in [
      { _ = try ReportDocument.read($0) }, { _ = try Manifest.read($0) },
      { _ = try TaskGroups(contentsOf: $0) },
    ] {
      do { try read(path) } catch { precondition("\(error)".contains { $0.isLetter }) }
    }
  }

  private static let prices = FuzzTarget(
    "prices", file: "prices.json",
    made: {
      [
        Array(
          """
          {"gpt-4o": {"input_cost_per_token": 2.5e-06, "output_cost_per_token": 1e-05,
           "litellm_provider": "openai", "mode": "chat"}}
          """.utf8)
      ]
    }
  ) { path in _ = try PriceList.importing(liteLLM: path, date: "2026-01-01") }

  /// What providers answer, to every wire.
  private static let replies = FuzzTarget(
    "replies",
    made: {
      [
        """
        {"model": "m", "choices": [{"message": {"content": "B"}, "finish_reason": "stop"}],
         "usage": {"prompt_tokens": 10, "completion_tokens": 2}}
        """,
        """
        {"model": "m", "content": [{"type": "text", "text": "B"}], "stop_reason": "end_turn",
         "usage": {"input_tokens": 10, "output_tokens": 2, "cache_read_input_tokens": 1}}
        """,
        """
        data: {"choices": [{"delta": {"content": "B\\ud83d"}, "finish_reason": "stop"}]}

        data: {"choices": [], "usage": {"prompt_tokens": 10, "completion_tokens": 2}}

        data: [DONE]
        """,
        """
        data: {"type": "message_start", "message": {"usage": {"input_tokens": 5}}}

        data: {"type": "content_block_delta", "delta": {"text": "B\\u0000"}}

        data: {"type": "message_delta", "delta": {"stop_reason": "end_turn"}}
        """,
        "{\"answer\": \"B\", \"hits\": []}", "{\"error\": {\"message\": \"no\"}}",
      ].map { Array($0.utf8) }
    }
  ) { bytes in
    let request = ChatRequest(model: "m", messages: [ChatMessage(.user, "Which?")])
    let response = HTTPResponse(status: 200, body: Array(bytes))
    for kind in ProviderKind.allCases {
      switch kind.wire.reply(to: request, from: response) {
      case .success(let reply):
        precondition(reply.usage.input >= 0 && reply.usage.output >= 0, "Tokens are negative.")
      case .failure(let fault): precondition("\(fault)".contains { $0.isLetter })
      }
      for status in [200, 400, 403, 429, 500] {
        let answer = HTTPResponse(status: status, body: Array(bytes))
        if case .failure(let fault) = kind.wire.outcome(of: request, answer) {
          precondition(fault.retryAfter.map { $0.isFinite && $0 >= 0 } ?? true, "A wait is none.")
        }
      }
    }
  }

  /// Models' answers, to every scorer that needs nothing else: scores are in [0, 1] and always the same.
  private static let answers = FuzzTarget(
    "answers",
    made: {
      ["The answer is (B).", "\\boxed{42}", "It costs $1,234.50.", "3/4 or 75%", "five"]
        .map { Array($0.utf8) }
    }
  ) { bytes in
    let answer = String(decoding: bytes, as: UTF8.self)
    let choices = zip("ABCD", ["Paris", "42", "the river", "B"]).map {
      Choice(label: String($0), text: $1)
    }
    for reference in [Reference.choice("B"), .number("42"), .text("Paris"), .alternatives(["x"])] {
      let item = PromptItem(
        sampleID: "a", task: "t", turns: ["Which?"], reference: reference, choices: choices)
      for scorer in Scorers.builtIn {
        let score = scorer.score(answer: answer, item: item)
        precondition(score == scorer.score(answer: answer, item: item), "A score changed.")
      }
    }
    _ = Refusal.kind(of: answer)
  }

  /// Texts, to two kinds of tokenizers, and the views of prompts.
  private static let texts = FuzzTarget(
    "texts", made: { [Array("['How far is it?', 'Ω\u{301}🙂 <mask>']".utf8)] }
  ) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    for view in PromptView.allCases {
      let shown = view.text(of: text)
      for encoder in encoders {
        let tokens = encoder.tokens(of: shown, keepsEnd: view.keepsEnd)
        precondition(tokens == encoder.tokens(of: shown, keepsEnd: view.keepsEnd))
        precondition(tokens.count >= 2, "The marks of beginning and end are missing.")
      }
    }
  }

  private static let encoders: [SentenceEncoder] = ["tiny-bert-l12", "tiny-roberta"].compactMap {
    try? SentenceEncoder(directory: "Tests/EmbeddingTests/Fixtures/" + $0)
  }

  /// The bytes of a file that something writes.
  private static func written(
    _ ending: String, _ write: (String) throws -> Void
  ) throws -> [UInt8] {
    let path = FileManager.default.temporaryDirectory.path + "/fuzz-seed-\(getpid()).\(ending)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try write(path)
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }
}
