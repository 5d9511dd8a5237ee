import Matrices

/// Fits one linear support vector machine for regression by coordinate descent on its dual.
///
/// The algorithm is liblinear's, with its shrinking, its order of visits and its rule to stop; features stay
/// dense and in 32 bits, so that a pass reads a sixth of the memory, while weights and gradients have 64. The
/// intercept is the weight of one more feature that is always 1, and is regularised with the others.
///
/// - Source: Ho and Lin, "Large-scale linear support vector regression", JMLR 13 (2012), algorithm 4.
final class DualCoordinateDescent {
  private let features: UnsafePointer<Float>
  private let width: Int
  private let count: Int
  private let cost: Double
  private let epsilon: Double
  private let memory: DoubleArena
  /// The weights, then the intercept.
  private let weights: UnsafeMutablePointer<Double>
  private let targets: UnsafeMutablePointer<Double>
  /// The dual variables, each in [-cost, cost].
  private let duals: UnsafeMutablePointer<Double>
  /// The squared norm of each row, its 1 for the intercept included.
  private let norms: UnsafeMutablePointer<Double>
  private var order: [Int]
  private var activeCount: Int

  /// - Parameter features: Rows of `width` numbers, which must outlive this.
  init(
    features: UnsafePointer<Float>, width: Int, targets: [Double], cost: Double, epsilon: Double
  ) {
    self.features = features
    self.width = width
    self.cost = cost
    self.epsilon = epsilon
    count = targets.count
    memory = DoubleArena(sizes: [width + 1, count, count, count])
    weights = memory.blocks[0]
    self.targets = memory.blocks[1]
    duals = memory.blocks[2]
    norms = memory.blocks[3]
    order = Array(0..<count)
    activeCount = count
    for (row, target) in targets.enumerated() {
      self.targets[row] = target
      norms[row] = DenseRow(features + row * width, width).squaredNorm() + 1
    }
  }

  /// Descends until the violations of optimality fall to a share of what they were at first.
  ///
  /// - Returns: How many passes it took.
  @discardableResult
  func solve(tolerance: Double, passes: Int, visiting order: LiblinearOrder) -> Int {
    var visits = order
    var limit = Double.infinity
    var first = 0.0
    for pass in 1...passes {
      shuffleActive(&visits)
      let (greatest, sum) = descend(limit: limit)
      if pass == 1 { first = sum }
      if sum <= tolerance * first {
        if activeCount == count { return pass }
        (activeCount, limit) = (count, .infinity)
      } else {
        limit = greatest
      }
    }
    return passes
  }

  /// The weights, then the intercept.
  var solution: [Double] { Array(UnsafeBufferPointer(start: weights, count: width + 1)) }

  /// The objective that the weights should minimise: half their squares and cost times the losses.
  var primal: Double {
    (0..<count).reduce(halfSquares) {
      $0 + cost * max(0, abs(gradient(row: $1)) - epsilon)
    }
  }

  /// The dual's value, which no primal value can be below; equal at the optimum.
  var dual: Double {
    (0..<count).reduce(-halfSquares) {
      $0 + targets[$1] * duals[$1] - epsilon * abs(duals[$1])
    }
  }

  private var halfSquares: Double {
    (0...width).reduce(0) { $0 + 0.5 * weights[$1] * weights[$1] }
  }

  private func gradient(row: Int) -> Double {
    DenseRow(features + row * width, width).product(with: weights) + weights[width] - targets[row]
  }

  private func shuffleActive(_ visits: inout LiblinearOrder) {
    let active = activeCount
    order.withUnsafeMutableBufferPointer { order in
      for place in 0..<active {
        order.swapAt(place, place + visits.integer(below: active - place))
      }
    }
  }

  /// One pass over the active rows; gives the greatest violation and the sum of all.
  private func descend(limit: Double) -> (greatest: Double, sum: Double) {
    order.withUnsafeMutableBufferPointer { order in
      var (greatest, sum) = (0.0, 0.0)
      var place = 0
      while place < activeCount {
        let row = order[place]
        if place + 2 < activeCount {
          DenseRow(features + order[place + 2] * width, width).prefetched()
        }
        let slope = gradient(row: row)
        guard let violation = violation(dual: duals[row], slope: slope, limit: limit) else {
          activeCount -= 1
          order.swapAt(place, activeCount)
          continue
        }
        greatest = max(greatest, violation)
        sum += violation
        move(row, slope: slope)
        place += 1
      }
      return (greatest, sum)
    }
  }

  /// How far a variable is from optimal, or nil when it may be left out for now: it sits at a corner
  /// with more slope against it than anything moved in the last pass.
  private func violation(dual: Double, slope: Double, limit: Double) -> Double? {
    let (up, down) = (slope + epsilon, slope - epsilon)
    if dual == 0 {
      if up < 0 { return -up }
      if down > 0 { return down }
      return up > limit && down < -limit ? nil : 0
    }
    if dual >= cost { return up > 0 ? up : up < -limit ? nil : 0 }
    if dual <= -cost { return down < 0 ? -down : down > limit ? nil : 0 }
    return dual > 0 ? abs(up) : abs(down)
  }

  /// Moves one variable to the least value along it, and the weights with it.
  private func move(_ row: Int, slope: Double) {
    let (norm, old) = (norms[row], duals[row])
    let step: Double
    if slope + epsilon < norm * old {
      step = -(slope + epsilon) / norm
    } else if slope - epsilon > norm * old {
      step = -(slope - epsilon) / norm
    } else {
      step = -old
    }
    if abs(step) < 1e-12 { return }
    duals[row] = min(max(old + step, -cost), cost)
    let moved = duals[row] - old
    if moved == 0 { return }
    DenseRow(features + row * width, width).add(to: weights, times: moved)
    weights[width] += moved
  }
}
