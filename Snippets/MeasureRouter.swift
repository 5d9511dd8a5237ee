// Measures one router on a file of outcomes, with features that need no download.

import Foundation
import RouterBench

guard let path = CommandLine.arguments.dropFirst().first else {
  print("usage: MeasureRouter OUTCOMES")
  exit(2)
}
let whole = try OutcomeTable(contentsOf: path)
let table = whole.completeCases().table
let (training, test) = table.split(trainingFraction: 0.7, seed: 42)

let encoder = HashedNgramEncoder()
let lessons = Lessons(
  training, features: try encoder.features(of: training.prompts, view: .question))
let exam = try Exam(test, features: try encoder.features(of: test.prompts, view: .question))

let result = try exam.examine(NearestNeighborsRouter(neighbors: 40), taughtBy: lessons)
print("what a user can have:  \(result.deployableAIQ)")
print("what the paper reports: \(result.testHullAIQ)")
