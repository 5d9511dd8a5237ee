import Files
import Foundation
import Outcomes

/// Prices of tokens from a small CSV file, for outcomes that have their tokens recorded.
enum PriceFile {
  private struct Price {
    let input: Double
    let output: Double
    let request: Double
  }

  /// The outcomes costed at a file's prices.
  ///
  /// - Throws: When the file is not one of prices, a model has none, or no tokens were recorded.
  static func reprice(_ table: OutcomeTable, with path: String, file: String) throws -> OutcomeTable
  {
    let prices = try read(path)
    try require(table.models, in: prices, path)
    let each = table.models.map { model in
      let price = prices[model.name] ?? Price(input: 0, output: 0, request: 0)
      return (input: price.input, output: price.output, request: price.request)
    }
    guard let repriced = table.repriced(each) else {
      throw CommandError(
        "\(file) has no tokens recorded; --prices needs columns input_tokens and output_tokens for "
          + "each model.")
    }
    return repriced
  }

  /// One price a model, in dollars per token: the column `price` or the mean of `input` and `output`.
  ///
  /// - Throws: When the file is not one of prices, or a model has none.
  static func dollarsPerToken(_ path: String, models: [ModelID]) throws -> [String: Double] {
    let prices = try read(path, allowingOnePrice: true)
    try require(models, in: prices, path)
    return prices.mapValues { ($0.input + $0.output) / 2 / 1e6 }
  }

  private static func require(
    _ models: [ModelID], in prices: [String: Price], _ path: String
  ) throws {
    let missing = models.filter { prices[$0.name] == nil }.map(\.name)
    guard missing.isEmpty else {
      throw CommandError(
        "\(path) has no price for \(missing.joined(separator: ", ")); add a line for each, or leave "
          + "them out with --models.")
    }
  }

  private static func read(
    _ path: String, allowingOnePrice: Bool = false
  ) throws -> [String: Price] {
    let bytes = try MappedFile(path: path).withUnsafeBytes { [UInt8]($0) }
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    let heading = (lines.first ?? "").split(separator: ",").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    let single = allowingOnePrice ? heading.firstIndex(of: "price") : nil
    guard let model = heading.firstIndex(of: "model"),
      let input = single ?? heading.firstIndex(of: "input"),
      let output = single ?? heading.firstIndex(of: "output")
    else {
      throw CommandError(
        "\(path) has the columns \(heading.joined(separator: ", ")); needed are model, input and "
          + "output\(allowingOnePrice ? ", or model and price" : ""), in dollars per million tokens."
      )
    }
    let request = heading.firstIndex(of: "request")
    var prices: [String: Price] = [:]
    for (number, line) in lines.enumerated().dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      func price(_ column: Int?) -> Double? {
        guard let column else { return 0 }
        guard cells.count == heading.count, let value = Double(cells[column]), value.isFinite,
          value >= 0
        else { return nil }
        return value
      }
      guard let read = price(input), let written = price(output), let call = price(request) else {
        throw CommandError(
          "\(path), line \(number + 1): needed are a model and prices of at least 0 in "
            + "\(heading.count) columns; found '\(line)'.")
      }
      guard prices[cells[model]] == nil else {
        throw CommandError("\(path), line \(number + 1): \(cells[model]) has a price already.")
      }
      prices[cells[model]] = Price(input: read, output: written, request: call)
    }
    return prices
  }
}
