import Foundation

Interruption.begin()
exit(Program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
