#include "Processors.h"

#if defined(__x86_64__)
#define WIDE __attribute__((target("avx512f")))

int has_packed_products(void) { return __builtin_cpu_supports("avx512f"); }

// Up to 12 rows against one panel: 24 sums stay in registers, and each step of the loop loads two
// vectors of weights for them all.
WIDE static inline __attribute__((always_inline)) void tile(
  const int rows, const float *x, size_t x_stride, size_t inputs, const float *panel,
  const float *bias, float *y, size_t y_stride, __mmask16 low, __mmask16 high
) {
  __m512 first[12], second[12];
  const __m512 start = _mm512_loadu_ps(bias), next = _mm512_loadu_ps(bias + 16);
#pragma clang loop unroll(full)
  for (int row = 0; row < rows; row++) {
    first[row] = start;
    second[row] = next;
  }
  for (size_t input = 0; input < inputs; input++) {
    const __m512 left = _mm512_loadu_ps(panel + input * PACKED_WIDTH);
    const __m512 right = _mm512_loadu_ps(panel + input * PACKED_WIDTH + 16);
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
      const __m512 value = _mm512_set1_ps(x[row * x_stride + input]);
      first[row] = _mm512_fmadd_ps(value, left, first[row]);
      second[row] = _mm512_fmadd_ps(value, right, second[row]);
    }
  }
#pragma clang loop unroll(full)
  for (int row = 0; row < rows; row++) {
    _mm512_mask_storeu_ps(y + row * y_stride, low, first[row]);
    _mm512_mask_storeu_ps(y + row * y_stride + 16, high, second[row]);
  }
}

#define TILE(count)                                                                    \
  case count:                                                                          \
    tile(count, x, x_stride, inputs, panel, shift, y, y_stride, low, high);            \
    break;

WIDE void packed_product(
  const float *all, size_t x_stride, size_t rows, size_t inputs, const float *weights,
  const float *bias, size_t outputs, size_t from, size_t until, float *result, size_t y_stride
) {
  for (size_t index = from; index < until; index++) {
    const float *panel = weights + index * PACKED_WIDTH * inputs;
    const float *shift = bias + index * PACKED_WIDTH;
    const size_t left = outputs - index * PACKED_WIDTH;
    const __mmask16 low = mask_of_outputs(left);
    const __mmask16 high = mask_of_outputs(left <= 16 ? 0 : left - 16);
    for (size_t row = 0; row < rows; row += 12) {
      const float *x = all + row * x_stride;
      float *y = result + row * y_stride + index * PACKED_WIDTH;
      switch (rows - row) {
        TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6) TILE(7) TILE(8) TILE(9) TILE(10) TILE(11)
      default:
        tile(12, x, x_stride, inputs, panel, shift, y, y_stride, low, high);
      }
    }
  }
}

#else

int has_packed_products(void) { return 0; }

void packed_product(
  const float *x, size_t x_stride, size_t rows, size_t inputs, const float *weights,
  const float *bias, size_t outputs, size_t from, size_t until, float *y, size_t y_stride
) {}

#endif
