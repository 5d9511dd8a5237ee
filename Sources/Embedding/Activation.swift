import Foundation

/// What is done to each number between two products.
enum Activation: Sendable, Hashable {
  case none, gelu, geluByTanh, relu, silu, sigmoid, tanh

  /// The names that `config.json` has for them.
  init?(network name: String) {
    switch name {
    case "gelu", "gelu_python": self = .gelu
    case "gelu_new", "gelu_pytorch_tanh", "gelu_fast", "gelu_python_tanh": self = .geluByTanh
    case "relu": self = .relu
    case "silu", "swish": self = .silu
    default: return nil
    }
  }

  static let networks = "gelu, gelu_new, gelu_pytorch_tanh, gelu_fast, relu and silu"

  /// The names of PyTorch's classes, which Dense modules have.
  init?(torch name: String) {
    guard name.hasPrefix("torch."), let last = name.split(separator: ".").last else { return nil }
    switch last {
    case "Identity": self = .none
    case "GELU": self = .gelu
    case "ReLU": self = .relu
    case "SiLU": self = .silu
    case "Sigmoid": self = .sigmoid
    case "Tanh": self = .tanh
    default: return nil
    }
  }

  static let modules = "torch.nn's Identity, GELU, ReLU, SiLU, Sigmoid and Tanh"

  /// Changes each number.
  func apply(_ values: inout [Float], count: Int) {
    switch self {
    case .none: break
    case .gelu: Kernels.gelu(&values, count: count)
    case .geluByTanh: Kernels.geluByTanh(&values, count: count)
    case .relu: for index in 0..<count { values[index] = max(0, values[index]) }
    case .silu: for index in 0..<count { values[index] /= 1 + exp(-values[index]) }
    case .sigmoid: for index in 0..<count { values[index] = 1 / (1 + exp(-values[index])) }
    case .tanh: for index in 0..<count { values[index] = Foundation.tanh(values[index]) }
    }
  }
}
