import Files
import Foundation

CutFiles.endProgram(exitCode: ExitCode.unusable.rawValue)
Interruption.begin()
exit(Program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
