#pragma once
#include <stdint.h>
#include <sys/types.h>

/// The most descriptors that a program is given.
#define RB_SANDBOX_DESCRIPTORS 8

/// A program and what it may take.
struct rb_sandbox {
  /// The program's path; it is found again at the same path inside.
  const char *program;
  /// The folder whose `bin` and `lib` hold the program and its libraries; null where /usr does.
  const char *prefix;
  const char *const *arguments;
  const char *const *environment;
  /// Descriptors that become 0, 1, 2 and so on inside; nothing else stays open.
  const int *descriptors;
  int descriptor_count;
  uint64_t cpu_seconds;
  uint64_t memory_bytes;
  uint64_t processes;
  uint64_t file_bytes;
  uint64_t scratch_bytes;
};

/// Which step was refused, as words that live for ever, and the error's number.
struct rb_sandbox_fault {
  const char *step;
  int code;
};

/// Makes a pipe that no other program inherits; -1 with errno set where there is none.
int rb_sandbox_pipe(int ends[2]);

/// Starts the program in namespaces of its own; its process id, or -1 with the fault set.
pid_t rb_sandbox_start(const struct rb_sandbox *box, struct rb_sandbox_fault *fault);
