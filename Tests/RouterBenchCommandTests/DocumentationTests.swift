import Foundation
import Testing

@Suite("The documentation")
struct DocumentationTests {
  private static let catalogue = Tool.packageRoot + "/Sources/RouterBench/RouterBench.docc"

  private static func texts(in folder: String, ending: String) throws -> [String: String] {
    var texts: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name.hasSuffix(ending) {
      texts[String(name.dropLast(ending.count))] = try String(
        contentsOfFile: folder + "/" + name, encoding: .utf8)
    }
    return texts
  }

  @Test("every Swift block of an article stands in a snippet, which is compiled")
  func blocks() throws {
    let snippets = try Self.texts(in: Tool.packageRoot + "/Snippets", ending: ".swift").values
    var count = 0
    for (name, article) in try Self.texts(in: Self.catalogue, ending: ".md") {
      for part in article.components(separatedBy: "```swift\n").dropFirst() {
        let block = part.components(separatedBy: "\n```")[0]
        #expect(snippets.contains { $0.contains(block) }, "\(name): \(block)")
        count += 1
      }
    }
    #expect(count >= 4)
  }

  @Test("every link leads to an article, and the front page to every one")
  func links() throws {
    let articles = try Self.texts(in: Self.catalogue, ending: ".md")
    for (name, article) in articles {
      for part in article.components(separatedBy: "<doc:").dropFirst() {
        let target = String(part.prefix { $0 != ">" })
        #expect(articles[target] != nil, "\(name) leads to \(target)")
      }
    }
    let front = try #require(articles["RouterBench"])
    for name in articles.keys where name != "RouterBench" {
      #expect(front.contains("<doc:\(name)>"), "\(name)")
    }
  }
}
