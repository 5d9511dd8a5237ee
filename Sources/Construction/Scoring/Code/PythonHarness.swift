import Foundation
import Outcomes

/// The Python that runs an answer and its tests, and says how it went.
///
/// What it says carries a code drawn for the run, through a pipe that nothing prints to, so that an
/// answer that prints "passed" or leaves early passes nothing. An answer that searches the
/// interpreter for the code could still lie about itself; it can do nothing else.
enum PythonHarness {
  /// How far a program came.
  struct Report: Hashable, Decodable {
    let token: String
    /// The tests that passed.
    let passed: Int
    /// What went wrong first; empty where nothing did.
    let failure: String
  }

  static let program = """
    import json, os, sys, types

    def main():
        job = json.load(sys.stdin.buffer)
        sys.stdin = open(os.devnull)
        verdict = os.fdopen(os.dup(3), "wb", buffering=0)
        write, exit, dumps = verdict.write, os._exit, json.dumps
        module = types.ModuleType("answer")
        sys.modules["answer"] = module
        names = module.__dict__
        passed, failure = 0, ""
        parts = [(job["setUp"], "set-up"), (job["code"], "answer")]
        parts += [(test, "test %d" % (i + 1)) for i, test in enumerate(job["tests"])]
        for text, name in parts:
            try:
                exec(compile(text, "<" + name + ">", "exec"), names)
                if name.startswith("test"):
                    passed += 1
            except BaseException as error:
                try:
                    said = str(error)[:200]
                except BaseException:
                    said = ""
                failure = failure or "%s: %s: %s" % (name, type(error).__name__, said)
                if not name.startswith("test"):
                    break
        write((dumps({"token": job["token"], "passed": passed, "failure": failure}) + "\\n").encode())
        exit(0)

    main()
    """

  static func job(code: String, tests: CodeTests, token: String) -> [UInt8] {
    var job: [UInt8] = []
    func append(_ name: String, _ text: String) {
      job += Array((job.isEmpty ? "{" : ",").utf8)
      JSONString.append(name, to: &job)
      job.append(UInt8(ascii: ":"))
      JSONString.append(text, to: &job)
    }
    append("token", token)
    append("setUp", tests.setUp)
    append("code", code)
    job += Array(",\"tests\":[".utf8)
    for (index, test) in tests.assertions.enumerated() {
      if index > 0 { job.append(UInt8(ascii: ",")) }
      JSONString.append(test, to: &job)
    }
    return job + Array("]}".utf8)
  }

  /// The first line of a verdict that carries the code; nil where none does.
  static func report(in verdict: [UInt8], token: String) -> Report? {
    for line in verdict.split(separator: 0x0A) {
      let report = try? JSONDecoder().decode(Report.self, from: Data(line))
      if let report, report.token == token { return report }
    }
    return nil
  }
}
