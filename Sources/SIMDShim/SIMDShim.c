#include "SIMDShim.h"

// Whether any of 64 values is large enough: a loop without an exit, which compilers make vectors of.
static inline int any_at_least(const float *values, float threshold) {
  int found = 0;
  for (int i = 0; i < 64; i++) found |= values[i] >= threshold;
  return found;
}

size_t first_at_least(const float *values, size_t from, size_t count, float threshold) {
  while (from + 64 <= count && !any_at_least(values + from, threshold)) from += 64;
  while (from < count && !(values[from] >= threshold)) from++;
  return from;
}
