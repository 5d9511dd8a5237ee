import Dispatch
import Foundation
import Testing

@testable import Construction

/// Programs of all kinds in the real sandbox; skipped where the system does not permit one.
@Suite("Running programs that models wrote")
struct CodeExecutionTests {
  private static let sandbox: Result<Sandbox, ConstructionError> = {
    // By the clock there is time for any machine; what ends a loop is the processor's time.
    let limits = SandboxLimits(seconds: 600, processorSeconds: 3)
    do throws(ConstructionError) { return .success(try Sandbox(limits: limits)) } catch {
      print("skipped: \(error.description)")
      return .failure(error)
    }
  }()

  private let tests = CodeTests(
    setUp: "import math", assertions: ["assert double(2) == 4", "assert double(-1) == -2"])

  /// Programs run one after the other on a thread of their own: waiting for them would hold up all
  /// tests that share Swift's few threads.
  private static let queue = DispatchQueue(label: "programs")

  private func score(_ answer: String, seconds: Double? = nil) async -> Score? {
    guard var sandbox = try? Self.sandbox.get() else { return nil }
    if let seconds { sandbox.limits.seconds = seconds }
    return await score(
      answer, PromptItem(sampleID: "p.1", task: "p", turns: ["?"], reference: .tests(tests)),
      in: sandbox)
  }

  private func score(_ answer: String, _ item: PromptItem, in sandbox: Sandbox) async -> Score {
    await withCheckedContinuation { done in
      Self.queue.async {
        done.resume(returning: CodeExecution(in: sandbox).score(answer: answer, item: item))
      }
    }
  }

  @Test(
    "Right programs pass however they are wrapped",
    arguments: [
      ("def double(x):\n  return 2 * x", "first-statement"),
      (
        "Sure! Here it is:\n```python\ndef double(x):\n  return 2 * x\n```\nIt doubles.",
        "fenced-block"
      ),
      ("```\nprint('no')\n```\n```py\ndouble = lambda x: x + x\n```", "fenced-block"),
      ("```python\ndef double(x):\n    return x * 2", "unclosed-block"),
      ("[BEGIN]\ndef double(x):\n  return x * 2\n[DONE]", "begin-done"),
      (
        "Here is how:\n\ndef double(x):\n  return x + x\n\nThis function doubles a number.",
        "first-statement"
      ),
      ("import sys\ndef double(x):\n  print('hello' * 100)\n  return x << 1", "first-statement"),
    ])
  func passes(_ answer: String, _ rule: String) async {
    guard let score = await score(answer) else { return }
    #expect(score.value == 1 && score.extraction.rule == rule, "\(score)")
  }

  @Test(
    "Wrong and hostile programs fail, and say how",
    arguments: [
      ("def double(x):\n  return 3 * x", "test 1: AssertionError"),
      ("def double(x):\n  return 4", "test 2: AssertionError"),
      ("def double(x):\n  return x.y", "test 1: AttributeError"),
      ("def double(x) return", "answer: SyntaxError"),
      ("while True: pass", "it took too long"),
      ("x = [0] * (1 << 30)", "answer: MemoryError"),
      ("import sys\nsys.exit(0)", "answer: SystemExit"),
      ("import os\nos._exit(0)", "it ended with 0"),
      (
        // The tests give it up at once, so it may be ended before it ends itself.
        "import os\nos.write(3, b'{\"token\":\"\",\"passed\":2,\"failure\":\"\"}\\n')\nos._exit(0)",
        "it "
      ),
      ("print('x' * (4 << 20))", "it printed too much"),
      ("import os\nos.kill(os.getpid(), 9)", "test 1: NameError"),
      ("import os\nwhile True: os.fork()", "answer: "),
      ("open('/etc/passwd').read()", "answer: FileNotFoundError"),
      ("open('/usr/x', 'w')", "answer: OSError"),
      ("import socket\nsocket.socket()", "answer: PermissionError"),
      ("open('/tmp/big', 'wb').write(b'1' * (9 << 20))", "answer: OSError"),
      ("import os\nos.setuid(0)", "answer: "), ("import os\nos.unshare(0x10000000)", "answer: "),
      ("import os\nos.listdir('/proc')", "answer: FileNotFoundError"),
      ("import os\nos.symlink('/', '/tmp/out')\nopen('/tmp/out/etc/passwd')", "answer: FileNot"),
      ("import os\nos.chdir('/tmp/../../..')\nopen('root/.bashrc')", "answer: FileNotFoundError"),
      ("import os\nos.kill(-1, 9)", "answer: ProcessLookupError"),
      ("import os\nassert os.getppid() == 0\nos.kill(os.getppid(), 9)\nx()", "answer: NameError"),
      ("import os\nos.kill(2, 9)", "answer: ProcessLookupError"),
      ("import os\nos.chroot('/tmp')", "answer: PermissionError"),
      ("import os\nos.mknod('/tmp/d', 0o060600, 0)", "answer: PermissionError"),
      ("open('/dev/sda')", "answer: FileNotFoundError"),
      ("open('/dev/null2', 'w')", "answer: OSError"),
      ("import os\nfor i in range(4, 64): os.fstat(i)", "answer: OSError"),
      (
        "import resource as r\nr.setrlimit(r.RLIMIT_CPU, (99, 99))", "answer: ValueError"
      ),
      ("import os\nwhile True: os.write(1, b'x' * 65536)", "it printed too much"),
      ("import os\nos.close(3)\nos.write(3, b'')", "answer: OSError"),
      (
        "import os\nfor i in range(9999): open('/tmp/%d' % i, 'w').close()", "answer: OSError"
      ),
      ("import threading as t\nfor i in range(99): t.Thread(target=input).start()", "answer: "),
    ])
  func fails(_ answer: String, _ remark: String) async {
    guard let score = await score(answer) else { return }
    #expect("\(score.value ?? -1), \(score.reason ?? "")".hasPrefix("0.0, \(remark)"))
  }

  @Test("System calls that lead out are refused, however they are made")
  func calls() async {
    // ptrace, mount, unshare, setns, keyctl, process_vm_readv, socket, io_uring_setup, bpf
    for number in [101, 165, 272, 308, 250, 310, 41, 425, 321] {
      #if arch(x86_64)
        let answer =
          "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
          + "assert libc.syscall(\(number), 0, 0, 0, 0, 0) == -1 and ctypes.get_errno() == 1\n"
          + "def double(x):\n  return 2 * x"
        guard let score = await score(answer) else { return }
        #expect(score.value == 1, "\(number): \(score)")
      #endif
    }
  }

  @Test("A process with many open descriptors has programs run as well")
  func descriptors() async {
    let held = (0..<300).map { _ in open("/dev/null", O_RDONLY) }
    defer { for descriptor in held { close(descriptor) } }
    guard let score = await score("def double(x):\n  return 2 * x") else { return }
    #expect(score.value == 1, "\(score)")
  }

  @Test("A program that sleeps ends by the clock")
  func sleeps() async {
    guard let score = await score("import time\ntime.sleep(60)", seconds: 2) else { return }
    #expect(score.value == 0)
    // A machine too busy to begin within the time ends it as well.
    #expect(score.reason == "it took too long", "\(score)")
  }

  @Test("What a program leaves behind is gone: processes, and files")
  func leavesNothing() async {
    guard await score("") != nil else { return }
    let name = "/tmp/left-\(UUID().uuidString)"
    let answer =
      "import os\nopen('\(name)', 'w')\nif os.fork() == 0:\n  import time\n  time.sleep(1000)\n"
      + "def double(x):\n  return 2 * x"
    #expect(await score(answer)?.value == 1)
    #expect(!FileManager.default.fileExists(atPath: name))
    #expect(await score(answer + "\nopen('\(name)-other')")?.value == 0)
    let looks = "def double(x):\n  import os\n  return 2 * x if os.listdir('/tmp') == [] else 0"
    #expect(await score(looks)?.value == 1)
  }

  @Test("A Python that is not there is refused with a sentence")
  func noPython() throws {
    guard (try? Self.sandbox.get()) != nil else { return }
    do {
      _ = try Sandbox(python: "/nowhere/python3")
      Issue.record("It was taken.")
    } catch {
      #expect(error.description.hasPrefix("/nowhere/python3 cannot be started"))
    }
  }

  @Test("MBPP's own solutions pass their tests")
  func published() async throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("shared/data/tasks/mbpp.jsonl").path
    guard FileManager.default.fileExists(atPath: path) else {
      print("skipped: needs ../shared/data/tasks/mbpp.jsonl")
      return
    }
    guard let sandbox = try? Self.sandbox.get() else { return }
    struct Row: Decodable {
      let code: String
      let test_list: [String]
      let test_setup_code: String
    }
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    var (passed, failed) = (0, [String]())
    for (index, line) in lines.enumerated() where index.isMultiple(of: 12) {
      let row = try JSONDecoder().decode(Row.self, from: Data(line.utf8))
      let item = PromptItem(
        sampleID: "m.\(index)", task: "m", turns: ["?"],
        reference: .tests(CodeTests(setUp: row.test_setup_code, assertions: row.test_list)))
      let score = await score("Here:\n```python\n\(row.code)\n```", item, in: sandbox)
      if score.value == 1 { passed += 1 } else { failed.append("\(index): \(score)") }
    }
    #expect(passed == 82 && failed.isEmpty, "\(failed)")
  }
}
