import Foundation
import Words

/// Reads versioned JSON files: the schema first, so that another one is refused by its number.
enum SchemaCheck {
  private struct Header: Decodable {
    let schema: Int
  }

  static func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: [UInt8], path: String, kind: String, known: Int
  ) throws(ReportingError) -> Value {
    let data = Data(bytes)
    do {
      let header = try JSONDecoder().decode(Header.self, from: data)
      guard header.schema == known else {
        throw ReportingError.unknownSchema(path, kind: kind, found: header.schema, known: known)
      }
      return try JSONDecoder().decode(type, from: data)
    } catch let error as ReportingError {
      throw error
    } catch {
      throw .notJSON(path, kind: kind, detail: detail(of: error))
    }
  }

  private static func detail(of error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      "\(place(context.codingPath)) has no \"\(PlainText.line(key.stringValue))\""
    case DecodingError.typeMismatch(let type, let context):
      "\(place(context.codingPath)) is no \(type)"
    case DecodingError.valueNotFound(_, let context):
      "\(place(context.codingPath)) is null"
    case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
      "\(place(context.codingPath)) has an unusable value"
    default: "it is not JSON"
    }
  }

  private static func place(_ path: [any CodingKey]) -> String {
    guard !path.isEmpty else { return "its top" }
    let parts = path.map { key in
      key.intValue.map { "[\($0)]" } ?? ".\(PlainText.line(key.stringValue))"
    }
    return String(parts.joined().drop { $0 == "." })
  }
}
