import CYaml

/// Reads YAML, and JSON as the part of YAML that it is, with libyaml.
struct YAMLParser {
  private let file: String
  // libyaml keeps pointers into the parser itself, so it must not move.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private static let depthLimit = 32

  /// Reads one document.
  static func parse(_ text: String, file: String) throws(ConstructionError) -> PlanNode {
    let isJSON = text.first { !$0.isWhitespace } == "{"
    let bytes = Array((isJSON ? joiningSurrogates(text) : text).utf8)
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) != 0 else {
      throw ConstructionError("There is no memory left to read \(file).")
    }
    defer { yaml_parser_delete(parser) }
    let result: Result<PlanNode, ConstructionError> = bytes.withUnsafeBufferPointer { bytes in
      yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
      let reader = YAMLParser(file: file, parser: parser)
      do throws(ConstructionError) { return .success(try reader.document()) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private func document() throws(ConstructionError) -> PlanNode {
    var root: PlanNode?
    while true {
      let event = try next()
      switch event.kind {
      case YAML_STREAM_START_EVENT, YAML_DOCUMENT_START_EVENT, YAML_DOCUMENT_END_EVENT: continue
      case YAML_STREAM_END_EVENT:
        guard let root else { throw ConstructionError("\(file) is empty; needed is a plan.") }
        return root
      default:
        guard root == nil else {
          throw problem(event.line, "a second document begins here; a plan is one document")
        }
        root = try node(event, depth: 0)
      }
    }
  }

  private struct Event {
    let kind: yaml_event_type_t
    let line: Int
    var text = ""
    var isPlain = false
    var isFancy = false
  }

  private func next() throws(ConstructionError) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) != 0 else {
      let reason = parser.pointee.problem.map { String(cString: $0) } ?? "it cannot be read"
      throw problem(Int(parser.pointee.problem_mark.line) + 1, reason)
    }
    defer { yaml_event_delete(&event) }
    var result = Event(kind: event.type, line: Int(event.start_mark.line) + 1)
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      if let value = scalar.value {
        result.text = String(
          decoding: UnsafeBufferPointer(start: value, count: scalar.length), as: UTF8.self)
      }
      result.isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
      result.isFancy = scalar.anchor != nil
    case YAML_ALIAS_EVENT: result.isFancy = true
    case YAML_SEQUENCE_START_EVENT: result.isFancy = event.data.sequence_start.anchor != nil
    case YAML_MAPPING_START_EVENT: result.isFancy = event.data.mapping_start.anchor != nil
    default: break
    }
    if result.isFancy {
      throw problem(
        result.line,
        "anchors and aliases (& and *) are not read; write shared settings under "
          + "'defaults'")
    }
    return result
  }

  private func node(_ event: Event, depth: Int) throws(ConstructionError) -> PlanNode {
    guard depth < Self.depthLimit else { throw problem(event.line, "it is nested too deeply") }
    switch event.kind {
    case YAML_SCALAR_EVENT:
      return PlanNode(line: event.line, content: .scalar(event.text, isPlain: event.isPlain))
    case YAML_SEQUENCE_START_EVENT:
      var items: [PlanNode] = []
      while true {
        let item = try next()
        if item.kind == YAML_SEQUENCE_END_EVENT { break }
        items.append(try node(item, depth: depth + 1))
      }
      return PlanNode(line: event.line, content: .list(items))
    case YAML_MAPPING_START_EVENT:
      var entries: [PlanNode.Entry] = []
      while true {
        let key = try next()
        if key.kind == YAML_MAPPING_END_EVENT { break }
        guard key.kind == YAML_SCALAR_EVENT else {
          throw problem(key.line, "a name was needed before the colon")
        }
        if entries.contains(where: { $0.name == key.text }) {
          throw problem(key.line, "'\(key.text)' stands here twice; remove one")
        }
        let value = try node(next(), depth: depth + 1)
        entries.append(PlanNode.Entry(name: key.text, line: key.line, value: value))
      }
      return PlanNode(line: event.line, content: .map(entries))
    default: throw problem(event.line, "it cannot be read")
    }
  }

  private func problem(_ line: Int, _ reason: String) -> ConstructionError {
    ConstructionError("\(file), line \(line): \(reason).")
  }

  /// JSON writes characters beyond U+FFFF as two escapes, which YAML does not know.
  private static func joiningSurrogates(_ text: String) -> String {
    text.replacing(#/\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})/#) { match in
      guard let high = UInt32(match.1, radix: 16), let low = UInt32(match.2, radix: 16),
        let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
      else { return String(match.0) }
      return String(Character(scalar))
    }
  }
}
