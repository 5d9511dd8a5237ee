// Steps on vectors and memory that Swift has no fast way to say.
#ifndef SIMD_SHIM_H
#define SIMD_SHIM_H

#include <stddef.h>

#define SIMD_SHIM_INLINE static inline __attribute__((always_inline))

typedef float FloatLane2 __attribute__((ext_vector_type(2)));
typedef float FloatLane4 __attribute__((ext_vector_type(4)));
typedef double DoubleLane2 __attribute__((ext_vector_type(2)));

/// The square roots of four numbers in one instruction; SIMD4.squareRoot() takes them one by one, with
/// a library call for negative ones.
SIMD_SHIM_INLINE FloatLane4 square_roots(FloatLane4 values) {
  return __builtin_elementwise_sqrt(values);
}

/// Two numbers in 64 bits, in one instruction.
SIMD_SHIM_INLINE DoubleLane2 widened(FloatLane2 values) {
  return __builtin_convertvector(values, DoubleLane2);
}

/// Asks for memory that will be read soon.
SIMD_SHIM_INLINE void prefetch(const void *place) { __builtin_prefetch(place); }

/// The place of the first value of at least a threshold, from a place on; the count where there is none.
size_t first_at_least(const float *values, size_t from, size_t count, float threshold);

#endif
