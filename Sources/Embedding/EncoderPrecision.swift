/// The numbers that an encoder's layers multiply.
public enum EncoderPrecision: String, Sendable, Hashable, CaseIterable {
  /// 32 bits, as the weights are.
  case float32
  /// The upper halves of weights and of what goes into layers, with sums of 32 bits: faster where the
  /// processor has an instruction for it (AVX512_BF16), and not quite the same vectors.
  case bfloat16
}
