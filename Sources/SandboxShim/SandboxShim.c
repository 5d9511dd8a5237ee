#define _GNU_SOURCE
#include "SandboxShim.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Between clone and exec only system calls are made: other threads' locks are not ours to take.

enum step {
  STEP_PIPE, STEP_CLONE, STEP_MAPPING, STEP_MOUNTS, STEP_ROOT, STEP_BIND, STEP_READ_ONLY,
  STEP_DEVICES, STEP_SCRATCH, STEP_LIMITS, STEP_USER, STEP_FILTER, STEP_DESCRIPTORS, STEP_EXEC,
};

static const char *const steps[] = {
  "making a pipe", "making namespaces", "mapping the user", "taking mounts apart",
  "making a root", "binding the system's files", "making files read-only", "binding devices",
  "making a scratch folder", "setting limits", "giving up rights", "filtering system calls",
  "arranging descriptors", "starting the program",
};

struct report { int step, code; };

static _Noreturn void fail(int channel, enum step step) {
  struct report report = {(int)step, errno};
  ssize_t ignored = write(channel, &report, sizeof report);
  (void)ignored;
  _exit(127);
}

#define CHECK(step, call) do { if ((call) < 0) fail(channel, step); } while (0)

/// mount_setattr, which older C libraries lack.
struct attributes { uint64_t set, clear, propagation, namespace; };
#define ATTRIBUTE_READ_ONLY 0x1
#define ATTRIBUTE_NO_SETUID 0x2
static int protect(const char *path) {
  struct attributes attributes = {ATTRIBUTE_READ_ONLY | ATTRIBUTE_NO_SETUID, 0, 0, 0};
  return (int)syscall(442, AT_FDCWD, path, 0x8000 /* AT_RECURSIVE */, &attributes, sizeof attributes);
}

static int join(char *out, size_t size, const char *root, const char *path) {
  size_t a = strlen(root), b = strlen(path);
  if (a + b + 1 > size) { errno = ENAMETOOLONG; return -1; }
  memcpy(out, root, a);
  memcpy(out + a, path, b + 1);
  return 0;
}

/// Makes all folders of a path below the root.
static int make_folders(const char *root, const char *path) {
  char place[4096];
  if (join(place, sizeof place, root, path) < 0) return -1;
  for (char *at = place + strlen(root) + 1; ; at++) {
    if (*at != '/' && *at != 0) continue;
    char end = *at;
    *at = 0;
    if (mkdir(place, 0755) < 0 && errno != EEXIST) return -1;
    *at = end;
    if (end == 0) return 0;
  }
}

/// Shows a folder of the system inside, read-only, or the same symbolic link; passes what is not there.
static int show(const char *root, const char *path) {
  struct stat about;
  if (lstat(path, &about) < 0) return errno == ENOENT ? 0 : -1;
  char place[4096];
  if (join(place, sizeof place, root, path) < 0) return -1;
  if (S_ISLNK(about.st_mode)) {
    char target[4096];
    ssize_t length = readlink(path, target, sizeof target - 1);
    if (length < 0) return -1;
    target[length] = 0;
    return symlink(target, place);
  }
  if (!S_ISDIR(about.st_mode)) return 0;
  if (make_folders(root, path) < 0) return -1;
  if (mount(path, place, NULL, MS_BIND | MS_REC, NULL) < 0) return -1;
  return protect(place);
}

static int show_device(const char *root, const char *path) {
  char place[4096];
  if (join(place, sizeof place, root, path) < 0) return -1;
  int file = open(place, O_CREAT | O_WRONLY | O_CLOEXEC, 0644);
  if (file < 0) return -1;
  close(file);
  return mount(path, place, NULL, MS_BIND, NULL);
}

static int limit(int what, uint64_t most) {
  struct rlimit now;
  if (getrlimit(what, &now) < 0) return -1;
  rlim_t value = most;
  if (now.rlim_max != RLIM_INFINITY && now.rlim_max < value) value = now.rlim_max;
  struct rlimit both = {value, value};
  return setrlimit(what, &both);
}

#define REFUSE(number) \
  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, 1), \
  BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)

/// Refuses the system calls by which programs have left namespaces, or the limit on memory, before.
static int filter(void) {
  struct sock_filter rules[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
#if defined(__x86_64__)
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0),
#elif defined(__aarch64__)
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_AARCH64, 1, 0),
#else
#error "The sandbox knows the system calls of x86-64 and AArch64."
#endif
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
#if defined(__x86_64__)
    // The numbers of the x32 calls.
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
#endif
    REFUSE(__NR_ptrace), REFUSE(__NR_process_vm_readv), REFUSE(__NR_process_vm_writev),
    REFUSE(__NR_mount), REFUSE(__NR_umount2), REFUSE(__NR_pivot_root), REFUSE(__NR_chroot),
    REFUSE(__NR_setns), REFUSE(__NR_unshare), REFUSE(__NR_bpf), REFUSE(__NR_perf_event_open),
    REFUSE(__NR_userfaultfd), REFUSE(__NR_keyctl), REFUSE(__NR_add_key), REFUSE(__NR_request_key),
    REFUSE(__NR_io_uring_setup), REFUSE(__NR_io_uring_enter), REFUSE(__NR_io_uring_register),
    REFUSE(__NR_open_by_handle_at), REFUSE(__NR_socket), REFUSE(__NR_kexec_load),
    REFUSE(__NR_init_module), REFUSE(__NR_finit_module), REFUSE(__NR_fsopen),
    REFUSE(__NR_fsmount), REFUSE(__NR_move_mount), REFUSE(__NR_open_tree), REFUSE(442),
    REFUSE(__NR_fsconfig), REFUSE(__NR_fspick), REFUSE(__NR_delete_module),
    REFUSE(__NR_kexec_file_load), REFUSE(__NR_fanotify_init), REFUSE(__NR_pidfd_getfd),
    // Numbers that older headers lack and all machines share: process_madvise, memfd_secret,
    // process_mrelease.
    REFUSE(440), REFUSE(447), REFUSE(448),
    // Memory that belongs to no process and so to no limit: System V's, files without a name, pages
    // lent to pipes, and rings of requests.
    REFUSE(__NR_shmget), REFUSE(__NR_shmat), REFUSE(__NR_shmctl), REFUSE(__NR_shmdt),
    REFUSE(__NR_msgget), REFUSE(__NR_msgsnd), REFUSE(__NR_msgrcv), REFUSE(__NR_msgctl),
    REFUSE(__NR_semget), REFUSE(__NR_semop), REFUSE(__NR_semctl), REFUSE(__NR_semtimedop),
    REFUSE(__NR_mq_open), REFUSE(__NR_memfd_create), REFUSE(__NR_vmsplice), REFUSE(__NR_io_setup),
    // Threads come by clone, whose flags can be seen; C libraries fall back to it.
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone3, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone, 0, 3),
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
    BPF_JUMP(
      BPF_JMP | BPF_JSET | BPF_K,
      CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS
        | CLONE_NEWCGROUP, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof rules / sizeof rules[0], rules};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

/// Becomes the one user that there is inside; the rights over the namespaces stay until given up.
static int become_nobody(void) {
  if (syscall(SYS_setresgid, 65534, 65534, 65534) < 0) return -1;
  return (int)syscall(SYS_setresuid, 65534, 65534, 65534);
}

static int give_up_rights(void) {
  for (int capability = 0; capability < 64; capability++) {
    if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0 && errno != EINVAL) return -1;
  }
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct none[2];
  memset(none, 0, sizeof none);
  if (syscall(SYS_capset, &header, none) < 0) return -1;
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static int move_above(int descriptor) { return fcntl(descriptor, F_DUPFD_CLOEXEC, 10); }

static _Noreturn void child(const struct rb_sandbox *box, int channel, int go) {
  char said;
  if (read(go, &said, 1) != 1) _exit(127);
  CHECK(STEP_USER, become_nobody());
  // After the change of user, which forgets it; a parent that died before left the pipe closed.
  CHECK(STEP_USER, prctl(PR_SET_PDEATHSIG, SIGKILL));
  CHECK(STEP_MOUNTS, mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));

  // A root in memory that holds the system's programs and libraries, and nothing else.
  const char *root = "/tmp";
  char options[64];
  CHECK(STEP_ROOT, mount("root", root, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=755"));
  static const char *const shown[] = {
    "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32",
  };
  for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
    CHECK(STEP_BIND, show(root, shown[i]));
  }
  if (box->prefix != NULL) {
    // Not the whole folder: it may be a person's home.
    static const char *const parts[] = {"/bin", "/lib", "/lib64"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
      char path[4096];
      CHECK(STEP_BIND, join(path, sizeof path, box->prefix, parts[i]));
      CHECK(STEP_BIND, show(root, path));
    }
  }
  CHECK(STEP_DEVICES, mkdir("/tmp/dev", 0755));
  CHECK(STEP_DEVICES, show_device(root, "/dev/null"));
  CHECK(STEP_DEVICES, show_device(root, "/dev/zero"));
  CHECK(STEP_DEVICES, show_device(root, "/dev/urandom"));
  CHECK(STEP_SCRATCH, mkdir("/tmp/tmp", 0777));
  // No printf: it may allocate.
  uint64_t rest = box->scratch_bytes;
  char digits[24];
  int count = 0;
  do { digits[count++] = (char)('0' + rest % 10); rest /= 10; } while (rest > 0);
  memcpy(options, "mode=1777,nr_inodes=1024,size=", 30);
  for (int i = 0; i < count; i++) options[30 + i] = digits[count - 1 - i];
  options[30 + count] = 0;
  CHECK(STEP_SCRATCH, mount("scratch", "/tmp/tmp", "tmpfs", MS_NOSUID | MS_NODEV, options));
  CHECK(STEP_ROOT, chdir(root));
  CHECK(STEP_ROOT, syscall(SYS_pivot_root, ".", "."));
  CHECK(STEP_ROOT, umount2(".", MNT_DETACH));
  CHECK(STEP_READ_ONLY,
        mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL));
  CHECK(STEP_SCRATCH, chdir("/tmp"));

  CHECK(STEP_LIMITS, limit(RLIMIT_CPU, box->cpu_seconds));
  CHECK(STEP_LIMITS, limit(RLIMIT_AS, box->memory_bytes));
  CHECK(STEP_LIMITS, limit(RLIMIT_FSIZE, box->file_bytes));
  CHECK(STEP_LIMITS, limit(RLIMIT_NPROC, box->processes));
  CHECK(STEP_LIMITS, limit(RLIMIT_CORE, 0));
  CHECK(STEP_LIMITS, limit(RLIMIT_MEMLOCK, 0));
  CHECK(STEP_LIMITS, limit(RLIMIT_MSGQUEUE, 0));

  // Low numbers may be among those that are about to be overwritten.
  int above = move_above(channel);
  CHECK(STEP_DESCRIPTORS, above);
  channel = above;
  int count_given = box->descriptor_count, given[RB_SANDBOX_DESCRIPTORS];
  for (int i = 0; i < count_given; i++) {
    given[i] = move_above(box->descriptors[i]);
    CHECK(STEP_DESCRIPTORS, given[i]);
  }
  for (int i = 0; i < count_given; i++) CHECK(STEP_DESCRIPTORS, dup2(given[i], i));
  CHECK(STEP_DESCRIPTORS,
        syscall(SYS_close_range, (unsigned)count_given, (unsigned)channel - 1, 0));
  CHECK(STEP_DESCRIPTORS, syscall(SYS_close_range, (unsigned)channel + 1, ~0u, 0));
  // Only now: whoever started this may have more open, and new numbers must lie below the limit.
  CHECK(STEP_LIMITS, limit(RLIMIT_NOFILE, 64));
  CHECK(STEP_DESCRIPTORS, setsid());
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  CHECK(STEP_DESCRIPTORS, sigprocmask(SIG_SETMASK, &none, NULL));
  umask(077);

  CHECK(STEP_USER, give_up_rights());
  CHECK(STEP_FILTER, filter());
  execve(box->program, (char *const *)box->arguments, (char *const *)box->environment);
  fail(channel, STEP_EXEC);
}

static int put(pid_t child, const char *name, const char *text) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", (int)child, name);
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return -1;
  size_t length = strlen(text);
  ssize_t written = write(file, text, length);
  int code = errno;
  close(file);
  errno = code;
  return written == (ssize_t)length ? 0 : -1;
}

/// Makes the child's user nobody outside too, where we may; otherwise ourselves without rights.
static int map_user(pid_t child) {
  char text[64];
  if (put(child, "setgroups", "deny") < 0 && errno != ENOENT) return -1;
  if (geteuid() == 0 && put(child, "uid_map", "65534 65534 1") == 0) {
    return put(child, "gid_map", "65534 65534 1");
  }
  snprintf(text, sizeof text, "65534 %u 1", (unsigned)geteuid());
  if (put(child, "uid_map", text) < 0) return -1;
  snprintf(text, sizeof text, "65534 %u 1", (unsigned)getegid());
  return put(child, "gid_map", text);
}

int rb_sandbox_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

pid_t rb_sandbox_start(const struct rb_sandbox *box, struct rb_sandbox_fault *fault) {
  int said[2] = {-1, -1}, go[2] = {-1, -1};
  pid_t pid = -1;
  enum step step = STEP_DESCRIPTORS;
  errno = EINVAL;
  if (box->descriptor_count < 0 || box->descriptor_count > RB_SANDBOX_DESCRIPTORS) goto refused;
  step = STEP_PIPE;
  if (pipe2(said, O_CLOEXEC) < 0 || pipe2(go, O_CLOEXEC) < 0) goto refused;
  step = STEP_CLONE;
  unsigned long flags = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC
    | CLONE_NEWUTS | CLONE_NEWCGROUP | SIGCHLD;
  pid = (pid_t)syscall(SYS_clone, flags, 0, 0, 0, 0);
  if (pid == 0) child(box, said[1], go[0]);
  if (pid < 0) goto refused;
  step = STEP_MAPPING;
  if (map_user(pid) < 0) goto refused;
  if (write(go[1], "g", 1) != 1) goto refused;
  close(said[1]);
  said[1] = -1;
  struct report report;
  ssize_t count;
  do { count = read(said[0], &report, sizeof report); } while (count < 0 && errno == EINTR);
  if (count == (ssize_t)sizeof report) {
    step = (enum step)report.step;
    errno = report.code;
    goto refused;
  }
  close(said[0]);
  close(go[0]);
  close(go[1]);
  return pid;

refused:
  fault->step = steps[step];
  fault->code = errno;
  if (pid > 0) {
    kill(pid, SIGKILL);
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {}
  }
  for (int i = 0; i < 2; i++) {
    if (said[i] >= 0) close(said[i]);
    if (go[i] >= 0) close(go[i]);
  }
  return -1;
}
