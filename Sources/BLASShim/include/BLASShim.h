// What OpenBLAS must be told before its first use.
#ifndef BLAS_SHIM_H
#define BLAS_SHIM_H

/// Puts OpenBLAS on one thread, and on kernels that suit the processor where it did not know it.
///
/// An OpenBLAS that is older than its processor falls back to kernels of 2004, which are four times
/// slower than those that the processor has instructions for. OPENBLAS_CORETYPE, where set, is kept to.
/// It runs before `main`, while nobody else looks at the environment; calls after that change nothing.
__attribute__((constructor)) void prepare_blas(void);

/// The kernels that OpenBLAS uses, such as "SkylakeX".
const char *blas_kernels(void);

#endif
