import Foundation
public import Routing

/// The routers that can be saved and read again, by the names on their cards.
public enum RouterCatalogue {
  private static let readers: [String: @Sendable (Data) throws -> any LoadableRouter] = [
    NullRouter.card.name: reader(NullRouter.self),
    SingleModelRouter.card.name: reader(SingleModelRouter.self),
    RandomRouter.card.name: reader(RandomRouter.self),
    ZeroRouter.card.name: reader(ZeroRouter.self),
    NearestNeighborsRouter.card.name: reader(NearestNeighborsRouter.self),
    MultilayerPerceptronRouter.card.name: reader(MultilayerPerceptronRouter.self),
    LinearSupportVectorRouter.card.name: reader(LinearSupportVectorRouter.self),
    CascadeRouter.card.name: reader(CascadeRouter.self),
    RerankRouter.card.name: reader(RerankRouter.self),
  ]

  /// The kinds, in order of name.
  public static var kinds: [String] { readers.keys.sorted() }

  /// What a fitted router learned, as bytes.
  public static func payload(of fitted: some FittedRouter) throws -> [UInt8] {
    let encoder = PropertyListEncoder()
    encoder.outputFormat = .binary
    return [UInt8](try encoder.encode(fitted))
  }

  /// The fitted router in a saved one.
  ///
  /// - Throws: When its kind is not known, its payload is not one of that kind, or what it holds does
  ///   not fit its models and features.
  public static func router(
    in saved: SavedRouter, name: String
  ) throws(RoutingError) -> any FittedRouter {
    guard let read = readers[saved.header.kind] else {
      throw .unknownKind(saved.header.kind, known: kinds)
    }
    guard saved.header.isSound, PropertyListBounds.isSmall(saved.payload),
      let router = try? read(Data(saved.payload)),
      router.isSound(models: saved.header.models.count, dimensions: saved.header.dimensions)
    else { throw .damagedRouter(name) }
    return router
  }

  private static func reader<Recipe: Router>(
    _ recipe: Recipe.Type
  ) -> @Sendable (Data) throws -> any LoadableRouter where Recipe.Fitted: LoadableRouter {
    { try PropertyListDecoder().decode(Recipe.Fitted.self, from: $0) }
  }
}
