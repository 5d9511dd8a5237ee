#include "BLASShim.h"

#include <cblas.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

// Of builds that choose their kernels when they start; absent from others.
extern void gotoblas_dynamic_quit(void) __attribute__((weak));
extern void gotoblas_dynamic_init(void) __attribute__((weak));

#if defined(__x86_64__)
static const char *suitable_kernels(void) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
    return "SkylakeX";
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return "Haswell";
  return NULL;
}
#else
static const char *suitable_kernels(void) { return NULL; }
#endif

void prepare_blas(void) {
  openblas_set_num_threads(1);
  const char *name = suitable_kernels();
  if (!name || !gotoblas_dynamic_quit || !gotoblas_dynamic_init) return;
  if (getenv("OPENBLAS_CORETYPE") || strcmp(openblas_get_corename(), "Prescott") != 0) return;
  // Not setenv, which moves the environment: Swift finds the program's arguments before it.
  char **kept = environ;
  size_t count = 0;
  while (kept && kept[count]) count++;
  char setting[64];
  snprintf(setting, sizeof setting, "OPENBLAS_CORETYPE=%s", name);
  char **extended = malloc((count + 2) * sizeof *extended);
  if (!extended) return;
  if (count) memcpy(extended, kept, count * sizeof *extended);
  extended[count] = setting;
  extended[count + 1] = NULL;
  environ = extended;
  gotoblas_dynamic_quit();
  gotoblas_dynamic_init();
  environ = kept;
  free(extended);
}

const char *blas_kernels(void) { return openblas_get_corename(); }
