// Steps on vectors and memory that Swift has no fast way to say.
#ifndef SIMD_SHIM_H
#define SIMD_SHIM_H

#include <stddef.h>
#include <stdint.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define SIMD_SHIM_INLINE static inline __attribute__((always_inline))

typedef float FloatLane4 __attribute__((ext_vector_type(4)));

/// The square roots of four numbers in one instruction; SIMD4.squareRoot() takes them one by one, with
/// a library call for negative ones.
SIMD_SHIM_INLINE FloatLane4 square_roots(FloatLane4 values) {
  return __builtin_elementwise_sqrt(values);
}

/// Asks for memory that will be read soon.
SIMD_SHIM_INLINE void prefetch(const void *place) { __builtin_prefetch(place); }

/// The place of the first value of at least a threshold, from a place on; the count where there is none.
size_t first_at_least(const float *values, size_t from, size_t count, float threshold);

/// The dot product of a row of 32 bits with weights of 64, in sixteen running sums.
///
/// The same bits on every processor, which only decides how many sums go at once.
double dense_product(const float *row, const double *weights, size_t count);

/// Adds a row, `factor` times, to weights; the same bits on every processor.
void dense_add(const float *row, double *weights, size_t count, double factor);

/// The outputs that lie side by side in packed weights.
#define PACKED_WIDTH 32

/// Whether this processor can do `packed_product`.
int has_packed_products(void);

/// Multiplies rows by packed weights and adds a bias.
///
/// Every output starts from its bias and adds input by input, so a row's outputs are the same bits
/// alone and among others.
///
/// - weights: panels of 32 outputs, in each the 32 weights of the first input, then of the second; the
///   last panel is filled up with zeros, and the bias too.
/// - from, until: the panels to compute.
void packed_product(
  const float *x, size_t x_stride, size_t rows, size_t inputs, const float *weights,
  const float *bias, size_t outputs, size_t from, size_t until, float *y, size_t y_stride);

/// Rounds numbers to bfloat16, the upper half of a float, ties to even; what lies below the smallest
/// normal number becomes zero.
void round_to_bfloats(const float *values, uint16_t *rounded, size_t count);

/// Multiplies rows by packed weights as `packed_product` does, both rounded to bfloat16, and adds a bias.
///
/// Sums are of 32 bits. Each output starts from its bias and takes inputs by pairs, the second of a pair
/// first: so the instruction for it does, and so processors without it do here, to the same bits (the
/// smallest of sums apart, below 1e-38, which the instruction takes for zero).
///
/// - x: rows of `2 * pairs` inputs.
/// - weights: panels of 32 outputs, in each the 32 pairs of weights of the first pair of inputs, then of
///   the second.
void bfloat_product(
  const uint16_t *x, size_t rows, size_t pairs, const uint16_t *weights, const float *bias,
  size_t outputs, size_t from, size_t until, float *y, size_t y_stride);

/// `bfloat_product` without the instruction for it, to be compared with.
void plain_bfloat_product(
  const uint16_t *x, size_t rows, size_t pairs, const uint16_t *weights, const float *bias,
  size_t outputs, size_t from, size_t until, float *y, size_t y_stride);

/// Which of 64 bytes are what a parser looks for, the first byte's bit lowest.
typedef struct {
  uint64_t quotes;
  uint64_t others;
} ByteMasks;

#ifdef __SSE2__
SIMD_SHIM_INLINE uint64_t mask_of(__m128i equal, int part) {
  return (uint64_t)(uint16_t)_mm_movemask_epi8(equal) << (16 * part);
}
#endif

/// In CSV: quotes, and delimiters with line ends.
SIMD_SHIM_INLINE ByteMasks csv_masks(const void *bytes, uint8_t delimiter) {
  ByteMasks masks = {0, 0};
#ifdef __SSE2__
  for (int part = 0; part < 4; part++) {
    __m128i found = _mm_loadu_si128((const __m128i *)bytes + part);
    __m128i ends = _mm_or_si128(
      _mm_or_si128(
        _mm_cmpeq_epi8(found, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(found, _mm_set1_epi8('\r'))),
      _mm_cmpeq_epi8(found, _mm_set1_epi8((char)delimiter)));
    masks.quotes |= mask_of(_mm_cmpeq_epi8(found, _mm_set1_epi8('"')), part);
    masks.others |= mask_of(ends, part);
  }
#else
  for (int place = 0; place < 64; place++) {
    uint8_t byte = ((const uint8_t *)bytes)[place];
    masks.quotes |= (uint64_t)(byte == '"') << place;
    masks.others |= (uint64_t)(byte == '\n' || byte == '\r' || byte == delimiter) << place;
  }
#endif
  return masks;
}

/// In JSON strings: quotes, and what does not stand for itself, backslashes and controls.
SIMD_SHIM_INLINE ByteMasks json_masks(const void *bytes) {
  ByteMasks masks = {0, 0};
#ifdef __SSE2__
  for (int part = 0; part < 4; part++) {
    __m128i found = _mm_loadu_si128((const __m128i *)bytes + part);
    __m128i controls = _mm_cmpeq_epi8(_mm_min_epu8(found, _mm_set1_epi8(0x1F)), found);
    masks.quotes |= mask_of(_mm_cmpeq_epi8(found, _mm_set1_epi8('"')), part);
    masks.others |= mask_of(
      _mm_or_si128(controls, _mm_cmpeq_epi8(found, _mm_set1_epi8('\\'))), part);
  }
#else
  for (int place = 0; place < 64; place++) {
    uint8_t byte = ((const uint8_t *)bytes)[place];
    masks.quotes |= (uint64_t)(byte == '"') << place;
    masks.others |= (uint64_t)(byte < 0x20 || byte == '\\') << place;
  }
#endif
  return masks;
}

#endif
