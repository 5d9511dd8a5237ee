/// The words by which answers name their answer, in the languages that models answer in.
///
/// Word boundaries are simple ones: by Unicode's rules "is:B" is one word.
enum AnswerPhrases {
  /// "The answer is", up to what is named.
  static var english: Regex<Substring> {
    /(?i)\b(?:answers?|choice|option|response|(?:correct|right|best) one)\b["'”]?(?:\s+(?:here|(?:to|for|of|that|from|among)\b[^.\n:]{0,80}?|must|should|would|will|then|(?:seems|appears|has|ought|going) to|choice|option|letter|number))*\s*(?:\bis\b|\bare\b|\bbe\b|=|:|→|\s[-–—]\s)\s*:?\s*(?:(?:most likely|likely|probably|therefore|thus|clearly|definitely|indeed|actually|simply|certainly|obviously)\b,?\s*)?(?:either\s+)?/
      .wordBoundaryKind(.simple)
  }

  /// Whether the words right before "the answer is" say that another answer than one's own is meant: a wrong
  /// one, one that others give, or one that is being checked.
  static func isOfAnother(_ text: Substring) -> Bool {
    let sentence =
      text.suffix(120).split(
        omittingEmptySubsequences: false, whereSeparator: { ".!?\n".contains($0) }
      ).last ?? ""
    return sentence.firstMatch(of: ofAnother) != nil
  }

  private static var ofAnother: Regex<Substring> {
    /(?i)(?:\b(?:incorrect|wrong|mistaken|tempting|distractor|common|second-best)\s+(?:\w+\s+)?|\b(?:wrongly|mistakenly|incorrectly|students|people|many|some|might|may|could|tempted to)\s[^,;:]{0,30}\b(?:think|thinks|thought|believe|say|choose|assume|pick|answer)\b[^,;:]{0,20}|\bif\b[^;:]{0,60}\b(?:were|had been|had asked)\b[^;:]{0,40}|\b(?:verify|verifying|check|checking|double-check|confirm|confirming|test)\b[^,;:]{0,30})$/
      .wordBoundaryKind(.simple)
  }

  /// Words that name an answer only with a colon behind them.
  static var labels: Regex<Substring> {
    /(?i)\b(?:ans\.|(?:ans|solution|correct|final|selection|my pick|result|conclusion|verdict|hence|therefore|thus)\s*[:=])\s*/
      .wordBoundaryKind(.simple)
  }

  /// The phrases to look for in a text, the most explicit first.
  static func all(in text: String) -> [Regex<Substring>] {
    [english] + foreign(in: text) + [labels]
  }

  /// The phrases of other languages than English whose words may stand in a text.
  static func foreign(in text: String) -> [Regex<Substring>] {
    let isEastAsian = text.utf8.contains { (0xE3...0xED).contains($0) }
    let isForeign =
      isEastAsian || text.utf8.contains { (0xCE...0xE1).contains($0) }
      || text.lowercased().split { !$0.isLetter }.contains { names.contains(String($0)) }
    return (isForeign ? [european] : []) + (isEastAsian ? [eastAsian, eastAsianPick] : [])
  }

  private static let names: Set<String> = [
    "antwort", "richtig", "richtige", "richtiger", "richtiges", "lösung", "réponse", "reponse",
    "respuesta", "resposta", "risposta", "jawaban", "jawabannya", "cevap", "yanıt", "odpowiedź",
    "odpowiedz", "odpověď", "svaret", "svar", "antwoord", "vastaus", "răspuns", "răspunsul",
    "raspuns", "raspunsul", "válasz", "valasz", "jibu", "sagot",
    "đáp", "câu", "cevabı", "opción", "opcion", "opção", "opcao", "opzione", "alternativa",
    "korrekt", "korrekte", "korrekter", "bonne", "вариант",
  ]

  /// The same in other languages with letters of their own or Latin ones: "Antwort:", "La respuesta es".
  static var european: Regex<Substring> {
    /(?i)(?:antwort|richtig(?:e|er|es)?|korrekt(?:e|er|es)?|lösung|opci[óo]n|op[çc][ãa]o|opzione|alternativa|bonne option|вариант|r[ée]ponse|respuesta|resposta|risposta|ответ(?:ом)?|відповідь|jawaban(?:nya)?|cevap|cevabı|yanıt|odpowied[źz]|odpov[ěe][ďd]|svaret|svar|antwoord|vastaus|r[ăa]spuns(?:ul)?|válasz|απάντηση|đáp án|câu trả lời|jibu|sagot|উত্তর|उत्तर|जवाब|คำตอบ|תשובה|الإجابة|الاجابة|إجابة|الجواب|جواب|پاسخ)[^\n:.=]{0,40}?\s*(?:(?:ist|lautet|wäre|est|es|é|è|is|jest|to|är|er|adalah|este|είναι|là|هي|هو|है|হল|—|–|-)(?=\s)|:|=)\s*:?\s*(?:(?:die|der|das|la|le|el|lo|il|l['’])\s*)?(?:(?:option|opción|opção|opzione|lettre|(?:a )?letra|lettera|buchstabe|choix|вариант)\s+)?/
      .wordBoundaryKind(.simple)
  }

  /// "答案是", "正解は", "정답은": no space stands around what is named.
  static var eastAsian: Regex<Substring> {
    /(?:正确的?选项|正確的?選項|正确的是|正確的是|答案|正解|回答|解答|答え|答|而是|정답|답변|답)(?:应该|應該|应|應|就|便|即|也|是|为|為|選|选|择|擇|项|項|は|이|은|는|:|=|\]|\s|最)*/
  }

  /// "故选", "选择" and the like.
  static var eastAsianPick: Regex<Substring> {
    /(?:选择|選擇|选|選)(?:了|是|:|\s)*/
  }

  /// "B选项正确", "Bが正解".
  static var eastAsianRight: Regex<(Substring, Substring)> {
    /([A-Z])\s*[)\]]?\s*(?:选项|選項|项|項)?\s*(?:是|为|為|が|は|이|가)?\s*(?:正确|正確|对的|對的|正解|正しい|정답)/
  }

  /// The answer that an object in JSON names by its key, quotes aside.
  static var key: Regex<Substring> {
    /(?i)["'](?:(?:the|my|final|correct|right|best|selected|chosen|predicted)[_ -]?)*(?:answer|choice|option|letter|selection|prediction|label|result|solution|value|output)(?:[_ -]?(?:letter|choice|option|label|key|id|value|number))?["']\s*:\s*\[?\s*/
  }
}
