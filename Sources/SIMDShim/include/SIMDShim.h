// Steps on vectors that Swift has no fast way to say.
#ifndef SIMD_SHIM_H
#define SIMD_SHIM_H

typedef float FloatLane4 __attribute__((ext_vector_type(4)));

/// The square roots of four numbers in one instruction; SIMD4.squareRoot() takes them one by one, with
/// a library call for negative ones.
static inline __attribute__((always_inline)) FloatLane4 square_roots(FloatLane4 values) {
  return __builtin_elementwise_sqrt(values);
}

#endif
