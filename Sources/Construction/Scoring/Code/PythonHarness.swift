import Foundation
import Outcomes

/// The Python that runs an answer and its tests, and says how it went.
///
/// Tests and answer are two processes that share nothing but a line on which values and calls cross
/// as data. What an answer does to its own process changes no test, and how it went is said by the
/// process of the tests, on a pipe that the answer does not hold.
enum PythonHarness {
  /// How far a program came.
  struct Report: Hashable, Decodable {
    /// The tests that passed before the first that did not.
    let passed: Int
    /// What went wrong first; empty if nothing did.
    let failure: String
    /// The answer's process ended, or wrote what no value is.
    let isGone: Bool
  }

  private static let line = [
    PythonValues.program, PythonValueReading.program, PythonStandIns.program, PythonLine.program,
  ]

  /// The process of the tests: reads a job, and has 3 for its report and 4 and 5 for the line.
  static let tests = (line + [PythonTests.program]).joined(separator: "\n\n")

  /// The process of the answer: has 0 and 3 for the line.
  static let answer = (line + [PythonAnswer.program]).joined(separator: "\n\n")

  static func job(code: String, tests: CodeTests) -> [UInt8] {
    var job: [UInt8] = []
    func append(_ name: String, _ text: String) {
      job += Array((job.isEmpty ? "{" : ",").utf8)
      JSONString.append(name, to: &job)
      job.append(UInt8(ascii: ":"))
      JSONString.append(text, to: &job)
    }
    append("setUp", tests.setUp)
    append("code", code)
    job += Array(",\"tests\":[".utf8)
    for (index, test) in tests.assertions.enumerated() {
      if index > 0 { job.append(UInt8(ascii: ",")) }
      JSONString.append(test, to: &job)
    }
    return job + Array("]}".utf8)
  }

  /// The report of the tests; `nil` if they did not come to one.
  static func report(in verdict: [UInt8]) -> Report? {
    try? JSONDecoder().decode(Report.self, from: Data(verdict))
  }
}
