public import Providers
public import Transport

extension PlannedModel {
  /// The key from where the plan says it is; nil where none is sent.
  public func apiKey() throws(ConstructionError) -> APIKey? {
    do throws(ProvidersError) {
      switch key {
      case .none: return nil
      case .variable(let name): return try APIKey(variable: name)
      case .file(let path): return try APIKey(file: path)
      }
    } catch {
      throw ConstructionError("The model \(id) cannot be asked. \(error.description)")
    }
  }

  /// A client that asks the model.
  public func client(http: HTTPClient) throws(ConstructionError) -> ChatClient {
    ChatClient(
      http: http, wire: provider.wire, endpoint: endpoint, key: try apiKey(),
      keyHeader: keyHeader, timeouts: timeouts)
  }
}
