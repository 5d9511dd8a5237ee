import Dispatch
import Foundation
import Testing

@testable import Construction

/// Tests and answers in processes of their own; skipped where the system permits no sandbox.
@Suite("Tests and answers in different processes")
struct CodeProcessesTests {
  private static let sandbox: Result<Sandbox, ConstructionError> = {
    let limits = SandboxLimits(seconds: 600, processorSeconds: 20)
    do throws(ConstructionError) { return .success(try Sandbox(limits: limits)) } catch {
      print("skipped: \(error.description)")
      return .failure(error)
    }
  }()

  private static let queue = DispatchQueue(label: "processes")

  private func score(_ code: String, _ tests: CodeTests, seconds: Double? = nil) async -> Score? {
    guard var sandbox = try? Self.sandbox.get() else { return nil }
    if let seconds { sandbox.limits.processorSeconds = seconds }
    let item = PromptItem(sampleID: "p.1", task: "p", turns: ["?"], reference: .tests(tests))
    let scorer = CodeExecution(in: sandbox)
    return await withCheckedContinuation { done in
      Self.queue.async {
        done.resume(returning: scorer.score(answer: "```python\n\(code)\n```", item: item))
      }
    }
  }

  @Test("Right programs pass", arguments: HonestPrograms.all)
  func honest(_ program: HonestPrograms.Case) async {
    let tests = CodeTests(setUp: program.setUp, assertions: program.tests)
    guard let score = await score(program.code, tests) else { return }
    #expect(score.value == 1, "\(score)")
  }

  @Test("Wrong programs that attack their tests score 0", arguments: HostilePrograms.all)
  func hostile(_ program: HonestPrograms.Case) async {
    for test in program.tests {
      let score = await score(program.code, CodeTests(setUp: program.setUp, assertions: [test]))
      guard let score else { return }
      #expect(score.value == 0, "\(test): \(score)")
    }
  }

  private static let refused = CodeTests(assertions: ["assert refused()"])

  /// A program whose function returns whether a system call is refused.
  private func call(_ number: Int, _ arguments: String = "0, 0, 0, 0, 0") -> String {
    "import ctypes\ndef refused():\n  libc = ctypes.CDLL(None, use_errno=True)\n"
      + "  return libc.syscall(\(number), \(arguments)) == -1 and ctypes.get_errno() == 1"
  }

  #if arch(x86_64)
    private static let numbers: [(String, Int)] = [
      ("shmget", 29), ("shmat", 30), ("shmctl", 31), ("shmdt", 67), ("semget", 64), ("semop", 65),
      ("semctl", 66), ("msgget", 68), ("msgsnd", 69), ("msgrcv", 70), ("msgctl", 71),
      ("semtimedop", 220), ("mq_open", 240), ("memfd_create", 319), ("memfd_secret", 447),
      ("vmsplice", 278), ("io_setup", 206), ("io_uring_setup", 425), ("userfaultfd", 323),
      ("perf_event_open", 298), ("bpf", 321), ("add_key", 248), ("request_key", 249),
      ("keyctl", 250), ("ptrace", 101), ("process_vm_readv", 310), ("process_vm_writev", 311),
      ("pidfd_getfd", 438), ("process_madvise", 440), ("process_mrelease", 448),
      ("fanotify_init", 300), ("kexec_file_load", 320), ("fsconfig", 431), ("fspick", 433),
    ]
  #else
    private static let numbers: [(String, Int)] = [
      ("shmget", 194), ("shmctl", 195), ("shmat", 196), ("shmdt", 197), ("semget", 190),
      ("semctl", 191), ("semtimedop", 192), ("semop", 193), ("msgget", 186), ("msgctl", 187),
      ("msgrcv", 188), ("msgsnd", 189), ("mq_open", 180), ("memfd_create", 279),
      ("memfd_secret", 447), ("vmsplice", 75), ("io_setup", 0), ("io_uring_setup", 425),
      ("userfaultfd", 282), ("perf_event_open", 241), ("bpf", 280), ("keyctl", 219),
      ("ptrace", 117), ("process_vm_readv", 270), ("process_vm_writev", 271),
      ("pidfd_getfd", 438), ("process_madvise", 440), ("process_mrelease", 448),
    ]
  #endif

  @Test("Memory that belongs to no process is refused, and so is another's")
  func calls() async {
    // All in one program: the first that is not refused is named by the failure.
    let list = Self.numbers.map { "('\($0.0)', \($0.1))" }.joined(separator: ", ")
    let code =
      "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\ndef permitted():\n"
      + "  return [name for name, number in [\(list)] if not (\n"
      + "    libc.syscall(number, 0, 0, 0, 0, 0) == -1 and ctypes.get_errno() == 1)]"
    let tests = CodeTests(assertions: ["found = permitted()\nassert found == [], found"])
    guard let score = await score(code, tests) else { return }
    #expect(score.value == 1, "\(score)")
  }

  @Test(
    "Programs that take more memory than they may score 0",
    arguments: [
      // System V's shared memory, attached and let go, as often as 1.5 GB need.
      """
      import ctypes
      libc = ctypes.CDLL(None, use_errno=True)
      libc.shmat.restype = ctypes.c_void_p
      for i in range(24):
        number = libc.shmget(0, 64 << 20, 0o1600)
        if number < 0: raise OSError(ctypes.get_errno(), 'shmget')
        place = libc.shmat(number, None, 0)
        ctypes.memset(place, 1, 64 << 20)
        libc.shmdt(ctypes.c_void_p(place))
      """,
      "import os\nheld = [os.memfd_create('x') for i in range(40)]",
      "import mmap\nheld = [mmap.mmap(-1, 64 << 20) for i in range(24)]",
      "held = bytearray(600 << 20)",
      "import mmap\nm = mmap.mmap(-1, 600 << 20, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)",
      """
      import os
      for i in range(64):
        with open('/tmp/%d' % i, 'wb') as file: file.write(bytes(7 << 20))
        os.unlink
      """,
      "import os\nheld = [open('/dev/shm/%d' % i, 'wb') for i in range(9)]",
    ])
  func memory(_ code: String) async {
    let tests = CodeTests(assertions: ["assert double(2) == 4"])
    guard let score = await score(code + "\ndef double(x): return 2 * x", tests) else { return }
    #expect(score.value == 0 && score.reason?.hasPrefix("answer: ") == true, "\(score)")
  }

  #if arch(x86_64)
    @Test(
      "System calls of other machines end the program",
      arguments: [
        // The i386 call by which a program asks for its number, and the same as an x32 call.
        "b8 14 00 00 00 cd 80 c3", "b8 27 00 00 40 0f 05 c3",
      ])
    func otherMachines(_ instructions: String) async {
      let code = """
        import ctypes, mmap
        def double(x):
          page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
          page.write(bytes.fromhex('\(instructions)'))
          place = ctypes.addressof(ctypes.c_char.from_buffer(page))
          ctypes.CFUNCTYPE(ctypes.c_int)(place)()
          return 2 * x
        """
      guard let score = await score(code, CodeTests(assertions: ["assert double(2) == 4"])) else {
        return
      }
      #expect(score.value == 0 && score.reason == "it was ended by signal 31", "\(score)")
    }
  #endif

  @Test(
    "Limits hold for the process of the tests too",
    arguments: [
      (
        "def f():\n  return E()\nclass E:\n  def __iter__(self):\n    while True: yield 1", "out of"
      ),
      ("def f(): return iter(int, 1)", "out of"),
    ])
  func limits(_ code: String, _ how: String) async {
    let tests = CodeTests(assertions: ["assert 2 in f()"])
    guard let score = await score(code, tests, seconds: 2) else { return }
    #expect(score.value == 0, "\(score)")
    #expect(score.reason == "it took too long" || score.reason?.contains("MemoryError") == true)
  }

  @Test(
    "Nothing but values is taken from an answer's process",
    arguments: [
      "[]", "{}", "null", "[1,2,3]", "[\"value\",[[0]],[],[]]", "[\"value\",[[0]],[[\"x\"]],[]]",
      "[\"value\",[[0]],[[\"t\",[[0]]]],[]]", "[\"value\",[[0]],[[\"q\",{}]],[]]",
      "[\"value\",[4],[],[[0,[\"l\",[1]]]]]", "[\"value\",[[0]],[[\"y\",\"eval\"]],[]]",
      "[\"value\",[[0]],[[\"G\",\"os\",\"_exit\"]],[]]", "[\"value\",[[0]],[[\"M\",\"os\"]],[]]",
      "[\"value\",[[0]],[[\"h\",0]],[]]", "[\"value\",[[0]],[[\"I\",\"TestsLine\",[]]],[]]",
      "[\"value\",[[0]],[[\"x\",[[null,\"Gone\",\"__main__\"]],[1],\"\",[2]],[\"t\",[]],[\"d\",[]]],[]]",
      "[\"load\",[\"\",\"\"],[],[]]", "[\"call\",[[0],[1],[2]],[[\"y\",\"type\"]],[]]",
    ])
  func forged(_ message: String) async {
    let code = """
      import os
      def double(x):
        data = '\(message)'.encode()
        data = len(data).to_bytes(8, 'big') + data
        for number in range(3, 12):
          try: os.write(number, data)
          except OSError: pass
        return 2 * x
      """
    let tests = CodeTests(assertions: ["assert double(2) == 5"])
    guard let score = await score(code, tests) else { return }
    #expect(score.value == 0, "\(score)")
  }
}
