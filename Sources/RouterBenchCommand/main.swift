import Files
import Foundation

CutFiles.endProgram(exitCode: ExitCode.unusable.rawValue)
exit(Program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
