#include "SIMDShim.h"

// The same additions in the same order whatever the processor: none may be fused.
#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

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

typedef float Lanes __attribute__((vector_size(64), aligned(4)));

// The sum of 16 lanes by halves.
static inline float lane_sum(float *sums) {
  for (int half = 8; half > 0; half /= 2) {
    for (int lane = 0; lane < half; lane++) sums[lane] += sums[lane + half];
  }
  return sums[0];
}

FOR_EACH_PROCESSOR void row_products(
  const float *query, const float *rows, size_t count, size_t width, float *products
) {
  for (size_t row = 0; row < count; row += 4) {
    // The last rows may be taken twice; memory is waited for, not arithmetic.
    const float *at[4];
    for (size_t place = 0; place < 4; place++) {
      at[place] = rows + (row + place < count ? row + place : count - 1) * width;
    }
    Lanes a = {0}, b = {0}, c = {0}, d = {0};
    size_t index = 0;
    for (; index + 16 <= width; index += 16) {
      const Lanes factor = *(const Lanes *)(query + index);
      const Lanes p = *(const Lanes *)(at[0] + index) * factor;
      const Lanes q = *(const Lanes *)(at[1] + index) * factor;
      const Lanes r = *(const Lanes *)(at[2] + index) * factor;
      const Lanes s = *(const Lanes *)(at[3] + index) * factor;
      a += p;
      b += q;
      c += r;
      d += s;
    }
    float lanes[4][16], sums[4];
    *(Lanes *)lanes[0] = a;
    *(Lanes *)lanes[1] = b;
    *(Lanes *)lanes[2] = c;
    *(Lanes *)lanes[3] = d;
    for (int place = 0; place < 4; place++) sums[place] = lane_sum(lanes[place]);
    for (; index < width; index++) {
      for (int place = 0; place < 4; place++) {
        const float product = at[place][index] * query[index];
        sums[place] += product;
      }
    }
    for (size_t place = 0; place < 4 && row + place < count; place++) {
      products[row + place] = sums[place];
    }
  }
}
