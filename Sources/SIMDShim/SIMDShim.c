#include "SIMDShim.h"
