import Files
import Foundation

/// Prices of many models by the names that providers use.
public struct PriceList: Sendable, Hashable {
  /// The prices by name.
  public let prices: [String: TokenPrices]

  /// A list.
  public init(_ prices: [String: TokenPrices]) { self.prices = prices }

  /// A few prices of our own; see each one's date, and give your own where it is old.
  public static let builtIn = PriceList(
    Dictionary(
      uniqueKeysWithValues: BuiltInPrices.table.map { row in
        (
          row.name,
          TokenPrices(
            input: row.input / 1e6, output: row.output / 1e6, cached: row.cached.map { $0 / 1e6 },
            cacheWrite: row.cacheWrite.map { $0 / 1e6 },
            cacheWriteLong: row.cacheWriteLong.map { $0 / 1e6 },
            date: BuiltInPrices.date, source: BuiltInPrices.source)
        )
      }))

  /// The price of a model; nil where it is unknown.
  public subscript(_ name: String) -> TokenPrices? { prices[name] }

  /// Reads prices in the layout of LiteLLM's `model_prices_and_context_window.json`.
  ///
  /// Models without a price for tokens read and written are left out: nothing is free by default.
  ///
  /// - Parameter date: The day that the prices are of, since the file does not say.
  public static func importing(
    liteLLM path: String, date: String
  ) throws(ProvidersError) -> PriceList {
    let bytes: [UInt8]
    do { bytes = try MappedFile(path: path).withUnsafeBytes { [UInt8]($0) } } catch {
      throw ProvidersError(error.description)
    }
    guard case .object(let entries)? = JSONValue(reading: bytes) else {
      throw ProvidersError(
        "\(path) is not one JSON object of models; needed is LiteLLM's list of prices.")
    }
    let source = "LiteLLM's list, \(URL(fileURLWithPath: path).lastPathComponent)"
    var prices: [String: TokenPrices] = [:]
    // Its first entry explains the others.
    for (name, entry) in entries where name != "sample_spec" {
      prices[name] = LiteLLMEntry(entry).prices(date: date, source: source)
    }
    guard !prices.isEmpty else {
      throw ProvidersError(
        "\(path) has no model with input_cost_per_token and output_cost_per_token; needed is "
          + "LiteLLM's list of prices.")
    }
    return PriceList(prices)
  }
}
