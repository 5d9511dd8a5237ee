// What the kernels share that is not for others.
#ifndef PROCESSORS_H
#define PROCESSORS_H

#include "SIMDShim.h"

#if defined(__x86_64__)
#include <immintrin.h>

/// One function for each width of vectors; the processor's is chosen when the program starts.
#define FOR_EACH_PROCESSOR __attribute__((target_clones("avx512f", "avx2", "default")))

/// Which of 16 outputs there are, where some are left.
static inline __mmask16 mask_of_outputs(size_t left) {
  return left >= 16 ? 0xFFFF : (__mmask16)((1u << left) - 1);
}
#else
#define FOR_EACH_PROCESSOR
#endif

#endif
