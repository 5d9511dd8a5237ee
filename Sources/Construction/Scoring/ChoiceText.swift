import Foundation
import Prompts

/// Text brought to the letters and marks that choices are read by.
enum ChoiceText {
  /// Text without the marks of Markdown, HTML and TeX that stand around letters, and with letters,
  /// digits and marks of full width, in circles or in mathematical type as plain ones.
  static func plain(_ text: String) -> String {
    var plain = asciiForms(text)
    for mark in ["**", "__", "`", "\\(", "\\)", "\\[", "\\]", "\u{FEFF}"] where plain.contains(mark)
    {
      plain = plain.replacing(mark, with: "")
    }
    if plain.contains("<") {
      plain = plain.replacing(
        /<\/?(?:b|i|u|p|em|strong|span|mark|code|h[1-6]|li)(?:\s[^<>\n]{0,60})?>/, with: "")
    }
    if plain.contains("\\") {
      for _ in 0..<3 {
        let opened = plain.replacing(wrapper) { String($0.1) }
        if opened == plain { break }
        plain = opened
      }
      for (command, meaning) in [("\\left", ""), ("\\right", ""), ("\\,", " "), ("\\ ", " ")] {
        plain = plain.replacing(command, with: meaning)
      }
    }
    if plain.contains("$") {
      plain = plain.replacing(/\$\$?([^\s$](?:[^$\n]*[^\s$])?)\$\$?(?![0-9])/) { String($0.1) }
    }
    return plain.replacing("\r", with: "").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static var wrapper: Regex<(Substring, Substring)> {
    /\\(?:text|textbf|textit|textrm|textsf|mathrm|mathbf|mathit|mathsf|mathbb|mathcal|mbox|emph|underline|boldsymbol|bm|operatorname)\s*\{([^{}]*)\}/
  }

  /// The words and numbers of a text in lower case.
  static func words(_ text: String) -> [Substring] {
    normalisedPrompt(text).split {
      !$0.isLetter && !$0.isNumber && !"%$+-*/=<>^'".contains($0)
    }
  }

  private static func asciiForms(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0xE2 }) else { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{FF01}"..."\u{FF5E}": scalars.append(UnicodeScalar(UInt8(scalar.value - 0xFEE0)))
      case "\u{24B6}"..."\u{24CF}":
        scalars.append(UnicodeScalar(UInt8(scalar.value - 0x24B6 + 0x41)))
      case "\u{1F130}"..."\u{1F149}", "\u{1F150}"..."\u{1F169}", "\u{1F170}"..."\u{1F189}":
        scalars.append(UnicodeScalar(UInt8((scalar.value - 0x1F130) % 32 + 0x41)))
      case "\u{249C}"..."\u{24B5}", "\u{1D400}"..."\u{1D7FF}":
        scalars += String(scalar).precomposedStringWithCompatibilityMapping.unicodeScalars
      case "。", "｡": scalars.append(".")
      case "、": scalars.append(",")
      case "【", "〔": scalars.append("[")
      case "】", "〕": scalars.append("]")
      case "\u{3000}": scalars.append(" ")
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }
}
