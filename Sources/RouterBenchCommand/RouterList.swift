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
    "knn:K, mlp:WIDTH or mlp:WIDTH,WIDTH, svr (with settings such as mlp:100,alpha=0.01 or svr:C=10, and "
    + "with another estimate of cost, such as knn:40@predicted), cascade and rerank (with settings such "
    + "as cascade:e=0.1,t=0.5,judge=confidence), random, model:NAME, null, zero (which is always there); "
    + "braces make a grid: knn:{5,10,40}"

  private static let names = [
    "knn", "mlp", "svr", "cascade", "rerank", "random", "model", "null", "zero",
  ]

  /// Names out of the pieces between commas, grids in braces written out.
  ///
  /// A bare number is one more layer of the `mlp` before it, and `e=0.1` one more setting of its router.
  static func names(joining pieces: [String]) -> [String] {
    var names: [String] = []
    for piece in whole(pieces) {
      let isSetting = piece.prefix { $0 != ":" }.contains("=")
      let isWidth = !piece.isEmpty && parts(of: piece).name.allSatisfy(\.isWholeNumber)
      guard let last = names.last, let kind = kind(last),
        isSetting && settable.contains(kind) || isWidth && kind == "mlp"
      else {
        names.append(piece)
        continue
      }
      names[names.count - 1] = last + (last.contains(":") ? "," : ":") + piece
    }
    return names.flatMap(expanded)
  }

  /// The kinds that take settings by name.
  private static let settable = ["mlp", "svr", "cascade", "rerank"]

  private static func kind(_ name: String) -> String? {
    name.split(separator: ":", maxSplits: 1).first.map(String.init)
  }

  /// Pieces with the commas inside braces put back.
  private static func whole(_ pieces: [String]) -> [String] {
    var whole: [String] = []
    var isOpen = false
    for piece in pieces {
      if isOpen { whole[whole.count - 1] += "," + piece } else { whole.append(piece) }
      for character in piece where "{}".contains(character) { isOpen = character == "{" }
    }
    return whole
  }

  /// Every name that a grid stands for: `svr:C={1,10}` is `svr:C=1` and `svr:C=10`.
  private static func expanded(_ name: String) -> [String] {
    guard let open = name.firstIndex(of: "{"),
      let close = name[open...].firstIndex(of: "}")
    else { return [name] }
    let (before, after) = (name[..<open], name[name.index(after: close)...])
    return name[name.index(after: open)..<close]
      .split(separator: ",", omittingEmptySubsequences: false)
      .flatMap { expanded("\(before)\($0)\(after)") }
  }

  /// A name such as `knn:40@predicted` without and with its estimate of cost.
  static func parts(of typed: String) -> (name: String, estimate: EvaluationSettings.CostChoice?) {
    guard let sign = typed.lastIndex(of: "@"),
      let estimate = EvaluationSettings.CostChoice(
        rawValue: String(typed[typed.index(after: sign)...]))
    else { return (typed, nil) }
    return (String(typed[..<sign]), estimate)
  }

  /// The recipe behind a name such as `knn:40`; nil for `zero`, which every exam draws by itself.
  ///
  /// - Parameters:
  ///   - estimate: How costs are estimated where the name does not say.
  ///   - prices: Dollars per token by model; nil to take those of the recorded tokens.
  ///   - judging: What a judge takes for each answer, where the name does not say.
  static func router(
    _ typed: String, estimate: EvaluationSettings.CostChoice = .trainingMean,
    prices: [String: Double]? = nil, judging: Overhead = .none
  ) throws(ArgumentsError) -> (any Router)? {
    let (name, own) = parts(of: typed)
    let recipe = try recipe(name, judging: judging)
    guard let predictive = recipe as? any PredictiveRouter else {
      guard own == nil else {
        throw ArgumentsError(
          "\(name) makes no estimates, so it takes none of cost; '\(typed)' was given, and knn, mlp "
            + "and svr take one.")
      }
      return recipe
    }
    switch own ?? estimate {
    case .trainingMean: return predictive
    case .predicted: return predictive.estimatingCosts(by: .predicted)
    case .tokenPrice: return predictive.estimatingCosts(by: .tokenPrice(prices: prices))
    }
  }

  private static func recipe(
    _ typed: String, judging: Overhead
  ) throws(ArgumentsError) -> (any Router)? {
    let parts = typed.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let setting = parts.count == 2 ? String(parts[1]) : nil
    let items = setting?.split(separator: ",", omittingEmptySubsequences: false) ?? []
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
    case ("mlp", _): return try LearnerSpelling.perceptron(typed, items)
    case ("model", let setting?): return SingleModelRouter(model: setting)
    case ("model", nil):
      throw ArgumentsError("model needs a name, such as model:gpt-4-1106-preview.")
    case ("svr", _): return try LearnerSpelling.supportVectors(typed, items)
    case ("cascade", _): return try CascadeSpelling.cascade(typed, items, judging: judging)
    case ("rerank", _): return try CascadeSpelling.rerank(typed, items, judging: judging)
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

  /// Refuses models in routers' names that the data does not have.
  static func check(_ names: [String], models: [String], file: String) throws(ArgumentsError) {
    for name in names where name.hasPrefix("model:") {
      let model = String(name.dropFirst("model:".count))
      if models.contains(model) { continue }
      let near = Suggestion.nearest(to: model, among: models).map { "; did you mean '\($0)'?" }
      throw ArgumentsError(
        "\(file) has no model '\(model)'\(near ?? "; it has \(models.joined(separator: ", ")).")")
    }
    for name in names {
      guard let router = try router(name) as? CascadeRouter, case .given(let order) = router.order
      else { continue }
      for model in order where !models.contains(model) {
        let words = order.count == 1 ? CascadeOrder.words : []
        let near = Suggestion.nearest(to: model, among: words + models).map {
          "; did you mean '\($0)'?"
        }
        throw ArgumentsError(
          "The order of '\(name)' is neither cost nor searched, and \(file) has no model '\(model)'"
            + (near ?? "; it has \(models.joined(separator: ", ")), to be parted by >."))
      }
    }
  }

  /// Sentences on words in routers' names that are also the name of a model.
  static func remarks(_ names: [String], models: [String]) -> [String] {
    names.flatMap { name -> [String] in
      guard kind(name) == "cascade" else { return [] }
      return CascadeOrder.words.filter { word in
        models.contains(word)
          && name.split(whereSeparator: { ":,".contains($0) }).contains("order=\(word)")
      }.map { word in
        "'\(name)' asks all models in the order that the word \(word) stands for; the model called "
          + "\(word) alone is order=>\(word)"
      }
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
