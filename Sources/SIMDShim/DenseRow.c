#include "Processors.h"

// The same additions in the same order whatever the processor: none may be fused.
#pragma STDC FP_CONTRACT OFF

typedef float Floats __attribute__((vector_size(32), aligned(4)));
typedef double Doubles __attribute__((vector_size(64), aligned(8)));

FOR_EACH_PROCESSOR double dense_product(const float *row, const double *weights, size_t count) {
  Doubles first = {0}, second = {0};
  size_t index = 0;
  for (; index + 16 <= count; index += 16) {
    const Floats *values = (const Floats *)(row + index);
    const Doubles *factors = (const Doubles *)(weights + index);
    const Doubles left = __builtin_convertvector(values[0], Doubles) * factors[0];
    const Doubles right = __builtin_convertvector(values[1], Doubles) * factors[1];
    first += left;
    second += right;
  }
  const double even = ((first[0] + first[2]) + (first[4] + first[6]))
    + ((second[0] + second[2]) + (second[4] + second[6]));
  const double odd = ((first[1] + first[3]) + (first[5] + first[7]))
    + ((second[1] + second[3]) + (second[5] + second[7]));
  double sum = even + odd;
  for (; index < count; index++) sum += (double)row[index] * weights[index];
  return sum;
}

FOR_EACH_PROCESSOR void dense_add(
  const float *row, double *weights, size_t count, double factor
) {
  size_t index = 0;
  for (; index + 8 <= count; index += 8) {
    Doubles *sums = (Doubles *)(weights + index);
    const Doubles moved = __builtin_convertvector(*(const Floats *)(row + index), Doubles) * factor;
    *sums += moved;
  }
  for (; index < count; index++) {
    const double moved = (double)row[index] * factor;
    weights[index] += moved;
  }
}
