/// What a message of Anthropic's protocol says, sent at once or as a stream.
struct AnthropicAnswer {
  /// The text of its blocks.
  private(set) var text = ""
  /// Why the model stopped, by the provider's word.
  private(set) var finish: String?
  /// The account of its tokens.
  private(set) var usage: JSONValue?
  /// The model that has answered.
  private(set) var version: String?
  /// Whether there is a block, even one without words.
  private(set) var hasContent = false
  /// Whether it began as a stream.
  private var isStream = false
  /// Whether the stream says that it is over.
  private var isOver = false

  /// Takes in all that came.
  init(_ body: ReplyBody) {
    for event in body.events {
      switch event["type"]?.text {
      case "message_start":
        isStream = true
        if let message = event["message"] { take(message: message) }
      case "content_block_start":
        (hasContent, isStream) = (true, true)
        text += ReplyContent.text(event["content_block"].map { .array([$0]) })
      case "content_block_delta":
        (hasContent, isStream) = (true, true)
        text += event["delta"]?["text"]?.text ?? ""
      case "message_delta":
        finish = event["delta"]?["stop_reason"]?.text ?? finish
        take(account: event["usage"])
      case "message_stop": isOver = true
      case "content_block_stop", "ping": break
      default:
        take(message: event)
      }
    }
    text = ReplyContent.clean(text)
  }

  /// Whether the stream ended before the answer did.
  var isCut: Bool { isStream && !isOver && finish == nil }

  private mutating func take(message: JSONValue) {
    version = ReplyContent.name(message["model"]) ?? version
    finish = message["stop_reason"]?.text ?? finish
    take(account: message["usage"])
    switch message["content"] {
    case .array(let blocks): hasContent = hasContent || !blocks.isEmpty
    case .string: hasContent = true
    default: break
    }
    text += ReplyContent.text(message["content"])
  }

  /// Later accounts state more, and not all again.
  private mutating func take(account: JSONValue?) {
    guard case .object(let members)? = account else { return }
    guard case .object(let known)? = usage else {
      usage = account
      return
    }
    usage = .object(known.merging(members) { $1 == .null ? $0 : $1 })
  }
}
