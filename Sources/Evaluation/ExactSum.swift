/// A running sum that carries its rounding error (Neumaier), so that long sweeps do not drift.
struct ExactSum: Sendable {
  private var sum = 0.0
  private var carry = 0.0

  var value: Double { sum + carry }

  mutating func add(_ term: Double) {
    let next = sum + term
    carry += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }
}
