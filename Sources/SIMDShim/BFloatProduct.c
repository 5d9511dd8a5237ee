#include "Processors.h"

#include <string.h>

// The same additions in the same order whatever the processor. Fused or not makes no difference, since
// the product of two bfloats is exact.
#pragma STDC FP_CONTRACT OFF

FOR_EACH_PROCESSOR void round_to_bfloats(const float *values, uint16_t *rounded, size_t count) {
  for (size_t index = 0; index < count; index++) {
    uint32_t bits;
    memcpy(&bits, values + index, 4);
    const uint32_t size = bits & 0x7FFFFFFF;
    const uint32_t near = (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;
    const uint32_t unknown = (bits >> 16) | 0x40;
    const uint32_t zero = (bits >> 16) & 0x8000;
    rounded[index] = (uint16_t)(size > 0x7F800000 ? unknown : size < 0x00800000 ? zero : near);
  }
}

static inline float widened(uint16_t value) {
  const uint32_t bits = (uint32_t)value << 16;
  float wide;
  memcpy(&wide, &bits, 4);
  return wide;
}

FOR_EACH_PROCESSOR void plain_bfloat_product(
  const uint16_t *x, size_t rows, size_t pairs, const uint16_t *weights, const float *bias,
  size_t outputs, size_t from, size_t until, float *y, size_t y_stride
) {
  for (size_t index = from; index < until; index++) {
    const size_t first = index * PACKED_WIDTH;
    const size_t count = outputs - first < PACKED_WIDTH ? outputs - first : PACKED_WIDTH;
    for (size_t row = 0; row < rows; row++) {
      float sums[PACKED_WIDTH];
      memcpy(sums, bias + first, sizeof sums);
      const uint16_t *inputs = x + row * 2 * pairs;
      const uint16_t *panel = weights + first * 2 * pairs;
      for (size_t pair = 0; pair < pairs; pair++, panel += 2 * PACKED_WIDTH) {
        const float left = widened(inputs[2 * pair]), right = widened(inputs[2 * pair + 1]);
        for (size_t output = 0; output < PACKED_WIDTH; output++) {
          sums[output] += right * widened(panel[2 * output + 1]);
          sums[output] += left * widened(panel[2 * output]);
        }
      }
      memcpy(y + row * y_stride + first, sums, count * sizeof(float));
    }
  }
}

#if defined(__x86_64__)

#define WIDE __attribute__((target("avx512f,avx512bf16")))

// As the tile of 32 bits in PackedProduct.c; each step takes two inputs.
WIDE static inline __attribute__((always_inline)) void tile(
  const int rows, const uint16_t *x, size_t pairs, const uint16_t *panel, const float *bias,
  float *y, size_t y_stride, __mmask16 low, __mmask16 high
) {
  __m512 first[12], second[12];
  const __m512 start = _mm512_loadu_ps(bias), next = _mm512_loadu_ps(bias + 16);
#pragma clang loop unroll(full)
  for (int row = 0; row < rows; row++) {
    first[row] = start;
    second[row] = next;
  }
  for (size_t pair = 0; pair < pairs; pair++) {
    const uint16_t *weights = panel + pair * 2 * PACKED_WIDTH;
    const __m512bh left = (__m512bh)_mm512_loadu_si512(weights);
    const __m512bh right = (__m512bh)_mm512_loadu_si512(weights + PACKED_WIDTH);
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++) {
      int inputs;
      memcpy(&inputs, x + (row * pairs + pair) * 2, 4);
      const __m512bh value = (__m512bh)_mm512_set1_epi32(inputs);
      first[row] = _mm512_dpbf16_ps(first[row], value, left);
      second[row] = _mm512_dpbf16_ps(second[row], value, right);
    }
  }
#pragma clang loop unroll(full)
  for (int row = 0; row < rows; row++) {
    _mm512_mask_storeu_ps(y + row * y_stride, low, first[row]);
    _mm512_mask_storeu_ps(y + row * y_stride + 16, high, second[row]);
  }
}

#define TILE(count)                                                    \
  case count:                                                          \
    tile(count, row, pairs, panel, shift, to, y_stride, low, high);    \
    break;

WIDE static void wide_bfloat_product(
  const uint16_t *x, size_t rows, size_t pairs, const uint16_t *weights, const float *bias,
  size_t outputs, size_t from, size_t until, float *y, size_t y_stride
) {
  for (size_t index = from; index < until; index++) {
    const uint16_t *panel = weights + index * 2 * PACKED_WIDTH * pairs;
    const float *shift = bias + index * PACKED_WIDTH;
    const size_t left = outputs - index * PACKED_WIDTH;
    const __mmask16 low = mask_of_outputs(left);
    const __mmask16 high = mask_of_outputs(left <= 16 ? 0 : left - 16);
    for (size_t done = 0; done < rows; done += 12) {
      const uint16_t *row = x + done * 2 * pairs;
      float *to = y + done * y_stride + index * PACKED_WIDTH;
      switch (rows - done) {
        TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6) TILE(7) TILE(8) TILE(9) TILE(10) TILE(11)
      default:
        tile(12, row, pairs, panel, shift, to, y_stride, low, high);
      }
    }
  }
}

#endif

void bfloat_product(
  const uint16_t *x, size_t rows, size_t pairs, const uint16_t *weights, const float *bias,
  size_t outputs, size_t from, size_t until, float *y, size_t y_stride
) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512bf16")) {
    wide_bfloat_product(
      x, rows, pairs, weights, bias, outputs, from, until, y, y_stride);
    return;
  }
#endif
  plain_bfloat_product(x, rows, pairs, weights, bias, outputs, from, until, y, y_stride);
}
