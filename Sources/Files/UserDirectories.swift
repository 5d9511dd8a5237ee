import Foundation

/// Where the program keeps its files for a user.
public enum UserDirectories {
  /// The cache folder, by the XDG base directory specification; it need not exist yet.
  public static var cache: String {
    let environment = ProcessInfo.processInfo.environment
    // The specification says to ignore relative paths.
    if let base = environment["XDG_CACHE_HOME"], base.hasPrefix("/") {
      return base + "/routerbench"
    }
    return NSHomeDirectory() + "/.cache/routerbench"
  }
}
