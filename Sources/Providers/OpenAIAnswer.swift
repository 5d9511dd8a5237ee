/// What a chat completion says, sent at once or as a stream.
struct OpenAIAnswer {
  /// The text.
  private(set) var text = ""
  /// What stands there in place of an answer.
  private(set) var refusal = ""
  /// Why the model stopped, by the provider's word.
  private(set) var finish: String?
  /// The account of its tokens.
  private(set) var usage: JSONValue?
  /// The model that has answered.
  private(set) var version: String?
  /// Whether there is a choice.
  private(set) var hasChoice = false
  /// Whether the choice holds a message, even an empty one.
  private(set) var hasMessage = false
  /// Whether text came piece by piece.
  private var hasPieces = false

  /// Takes in all that came.
  init(_ body: ReplyBody) {
    var pieces: [String] = []
    for event in body.events {
      version = ReplyContent.name(event["model"]) ?? version
      for account in [event["usage"], event["x_groq"]?["usage"]] { take(account: account) }
      guard let choice = Self.choice(of: event) else { continue }
      hasChoice = true
      take(account: choice["usage"])
      finish = choice["finish_reason"]?.text ?? choice["finish_details"]?["type"]?.text ?? finish
      take(choice, &pieces)
    }
    if hasPieces { text = pieces.joined() }
    (text, refusal) = (ReplyContent.clean(text), ReplyContent.clean(refusal))
  }

  /// Whether the stream ended before the answer did.
  func isCut(in body: ReplyBody) -> Bool {
    hasPieces && !body.isDone && (finish ?? "").isEmpty
  }

  private mutating func take(_ choice: JSONValue, _ pieces: inout [String]) {
    if case .object(let delta)? = choice["delta"] {
      (hasPieces, hasMessage) = (true, true)
      pieces.append(ReplyContent.text(delta["content"]))
      refusal += delta["refusal"]?.text ?? ""
      return
    }
    switch choice["message"] {
    case .object(let message):
      hasMessage = true
      // Some streams repeat all that came so far beside each piece.
      if !hasPieces { text = ReplyContent.text(message["content"]) }
      refusal = message["refusal"]?.text ?? refusal
    case .string(let message):
      hasMessage = true
      text = message
    default:
      // Completions as they were before there were chats.
      guard let old = choice["text"]?.text ?? choice["content"].map({ ReplyContent.text($0) })
      else { return }
      hasMessage = true
      text += old
    }
  }

  private mutating func take(account: JSONValue?) {
    if case .object(let members)? = account, !members.isEmpty { usage = account }
  }

  /// The first choice.
  private static func choice(of event: JSONValue) -> JSONValue? {
    switch event["choices"] {
    case .array(let choices):
      choices.first { $0["index"]?.double == 0 } ?? choices.first
    case .object: event["choices"]
    default: nil
    }
  }
}
