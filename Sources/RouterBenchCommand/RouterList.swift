import Arguments
import Outcomes
import Routers
import Routing

/// The routers that the command line knows, by the names that reports show.
enum RouterList {
  /// Spellings worth completing.
  static let examples = [
    "knn:5", "knn:10", "knn:40", "knn:100", "mlp:100", "svr", "cascade:e=0.1", "rerank:e=0.1",
    "random", "null",
  ]

  /// What may be typed, for the help.
  static let known =
    "knn:K, mlp:WIDTH or mlp:WIDTH,WIDTH, svr, cascade and rerank (with settings such as "
    + "cascade:e=0.1,t=0.5,judge=confidence), random, model:NAME, null, zero (which is always there)"

  private static let layerWidths = 1...10_000

  private static let names = [
    "knn", "mlp", "svr", "cascade", "rerank", "random", "model", "null", "zero",
  ]

  /// Names out of the pieces between commas: a bare number is one more layer of the `mlp` before it,
  /// and `e=0.1` one more setting of a cascade or rerank.
  static func names(joining pieces: [String]) -> [String] {
    var names: [String] = []
    for piece in CascadeSpelling.joined(pieces) {
      if let last = names.last, last.hasPrefix("mlp:"), piece.allSatisfy(\.isWholeNumber) {
        names[names.count - 1] = last + "," + piece
      } else {
        names.append(piece)
      }
    }
    return names
  }

  /// The recipe behind a name such as `knn:40`; nil for `zero`, which every exam draws by itself.
  ///
  /// - Parameter judging: What a judge takes for each answer, where the name does not say.
  static func router(
    _ typed: String, judging: Overhead = .none
  ) throws(ArgumentsError) -> (any Router)? {
    let parts = typed.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let setting = parts.count == 2 ? String(parts[1]) : nil
    switch (String(parts.first ?? ""), setting) {
    case ("knn", let setting?):
      guard let neighbors = Int(setting), neighbors >= 1 else {
        throw ArgumentsError(
          "knn needs a whole number of neighbours of at least 1, such as knn:40; '\(typed)' was given."
        )
      }
      return NearestNeighborsRouter(neighbors: neighbors)
    case ("knn", nil):
      throw ArgumentsError("knn needs a number of neighbours, such as knn:40.")
    case ("mlp", let setting?):
      let widths = setting.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
      guard widths.allSatisfy({ $0.map(layerWidths.contains) == true }) else {
        throw ArgumentsError(
          "mlp needs hidden layers of \(layerWidths.lowerBound) to \(layerWidths.upperBound) units, "
            + "such as mlp:100 or mlp:100,100; '\(typed)' was given.")
      }
      return MultilayerPerceptronRouter(hiddenLayers: widths.compactMap { $0 })
    case ("mlp", nil):
      throw ArgumentsError(
        "mlp needs the widths of its hidden layers, such as mlp:100 or mlp:100,100.")
    case ("model", let setting?): return SingleModelRouter(model: setting)
    case ("model", nil):
      throw ArgumentsError("model needs a name, such as model:gpt-4-1106-preview.")
    case ("svr", nil): return LinearSupportVectorRouter()
    case ("cascade", let setting):
      return try CascadeSpelling.cascade(typed, setting, judging: judging)
    case ("rerank", let setting):
      return try CascadeSpelling.rerank(typed, setting, judging: judging)
    case ("random", nil): return RandomRouter()
    case ("null", nil): return NullRouter()
    case ("zero", nil): return nil
    case (let name, _) where names.contains(name):
      throw ArgumentsError("\(name) takes no setting; '\(typed)' was given.")
    case (let name, _):
      let near = Suggestion.nearest(to: name, among: names).map { "; did you mean '\($0)'?" }
      throw ArgumentsError("There is no router '\(name)'\(near ?? "; known are \(known).")")
    }
  }

  /// Refuses single models that the data does not have.
  static func check(_ names: [String], models: [String], file: String) throws(ArgumentsError) {
    for name in names where name.hasPrefix("model:") {
      let model = String(name.dropFirst("model:".count))
      if models.contains(model) { continue }
      let near = Suggestion.nearest(to: model, among: models).map { "; did you mean '\($0)'?" }
      throw ArgumentsError(
        "\(file) has no model '\(model)'\(near ?? "; it has \(models.joined(separator: ", ")).")")
    }
  }

  /// What the routers need of every outcome besides quality and cost.
  static func needs(_ names: [String]) -> Set<OutcomePart> {
    names.reduce(into: []) { needs, name in
      guard let router = try? router(name) else { return }
      needs.formUnion(router.needs)
    }
  }
}
