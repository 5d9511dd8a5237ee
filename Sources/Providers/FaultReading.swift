import Foundation
import Transport

/// What an answer that is an error means for a call.
///
/// The status decides wherever it is clear. The body decides what a status leaves open: whether 429
/// is about pace or credit, 403 about the key or the input, and what an error at 200 is at all.
struct FaultReading {
  let response: HTTPResponse
  let error: ErrorBody
  /// The address that was asked, if known.
  let address: String?

  init(_ response: HTTPResponse, _ error: ErrorBody, address: String? = nil) {
    (self.response, self.error, self.address) = (response, error, address)
  }

  /// Whether the answer has the status of one that went well.
  private var isSuccess: Bool { (200..<300).contains(response.status) }

  /// The fault.
  var fault: ProviderFault {
    let status = isSuccess ? innerStatus : response.status
    if let special = special(status) { return special }
    switch status {
    case 300..<400: return redirect
    case 401: return fault(.notAuthorized, "refuses the key")
    case 402: return fault(.noCredit, "asks for payment")
    case 403: return forbidden
    case 404, 405, 410: return notFound
    case 408, 425: return fault(.timeout, retry: true, billed: true, "waited too long")
    case 409, 424, 499: return fault(.serverError, retry: true, "could not finish")
    case 429: return rateLimited
    case 451: return filtered
    case 498, 503, 529: return fault(.overloaded, retry: true, "has too much to do")
    // A gateway gave up waiting; the model behind it may have finished.
    case 502, 504, 520...524:
      return fault(
        .serverError, retry: true, billed: true, "gave up waiting for the model")
    case 500..<600: return fault(.serverError, retry: true, "failed")
    case 200..<300: return fault(.serverError, retry: true, billed: true, "failed")
    default: return fault(.badRequest, "will not do what was asked")
    }
  }

  /// The status that an error at 200 stands for; 200 if it does not say.
  private var innerStatus: Int {
    if let status = error.status { return status }
    let (words, text) = (error.words, error.text)
    // What may be asked again comes last: one word of it stands beside many others.
    if words.hasAny(of: FaultWords.wrongKey) || text.hasAny(of: FaultWords.wrongKeyPhrases) {
      return 401
    }
    if isAboutModel || text.hasAny(of: FaultWords.noAddressPhrases) { return 404 }
    if words.hasAny(of: FaultWords.rateLimited) { return 429 }
    if words.hasAny(of: FaultWords.overloaded) { return 529 }
    if words.hasAny(of: FaultWords.noAccess) { return 403 }
    if words.hasAny(of: FaultWords.noAddress) { return 404 }
    if words.hasAny(of: FaultWords.badRequest) { return 400 }
    if words.hasAny(of: FaultWords.timedOut) { return 408 }
    return response.status
  }

  /// What the body says more exactly than a status can; `nil` if it does not.
  private func special(_ status: Int) -> ProviderFault? {
    let (words, text) = (error.words, error.text)
    switch status {
    case 200..<300, 400..<404, 405..<410, 411..<500, 500:
      if isOutOfCredit(status) {
        return fault(.noCredit, "says that the account's credit is used up")
      }
    default: break
    }
    if [400, 413, 429].contains(status), isTooLargeForItsLimit {
      return fault(
        .badRequest, "refuses this question, which takes more tokens than its limit per minute")
    }
    if [200, 400, 403, 406, 409, 422, 451].contains(status), isFiltered(status) { return filtered }
    guard [400, 409, 412, 422].contains(status) else { return nil }
    if words.hasAny(of: FaultWords.wrongKey) || text.hasAny(of: FaultWords.wrongKeyPhrases) {
      return fault(.notAuthorized, "refuses the key, or where it is used from")
    }
    if text.hasAny(of: FaultWords.closedPhrases), text.hasAny(of: ["account", "organization"]) {
      return fault(.notAuthorized, "refuses the account")
    }
    if words.hasAny(of: ["throttling", "throttlingexception", "toomanyrequestsexception"]) {
      return rateLimited
    }
    if isAboutModel {
      return fault(.notFound, "has no such model", advice: "Check 'model'.")
    }
    if let advice = SettingAdvice(error) {
      return fault(.badSettings, "does not take '\(advice.setting)'", advice: advice.sentence)
    }
    return nil
  }

  /// Whether the account has nothing left, which no wait mends.
  private func isOutOfCredit(_ status: Int) -> Bool {
    let (words, text) = (error.words, error.text)
    if words.hasAny(of: FaultWords.noCredit) || text.hasAny(of: FaultWords.noCreditPhrases) {
      return true
    }
    // These words are also said of limits that renew, and then with a wait.
    guard (asked ?? 0) <= 0, status != 500 else { return false }
    // A quota that is allocated per minute goes by the same code.
    if words.hasAny(of: FaultWords.perhapsNoCredit) { return !text.contains("allocated quota") }
    return FaultWords.quotaSentence.allSatisfy(text.contains)
      && !text.hasAny(of: FaultWords.renewingQuota)
      && !words.contains("resourceexhausted") && error.quotas.isEmpty
  }

  /// Whether one question alone is over the limit: no wait makes room for it.
  private var isTooLargeForItsLimit: Bool {
    let text = error.text
    guard text.contains("token"), let limit = Self.count(after: "limit", in: text),
      let wanted = Self.count(after: "requested", in: text)
    else { return false }
    return wanted > limit
  }

  private static func count(after word: String, in text: String) -> Double? {
    var rest = text[...]
    while let range = rest.range(of: word + " ") {
      rest = rest[range.upperBound...]
      let digits = rest.drop { $0 == "~" }.prefix { $0.isNumber }
      if let count = Double(digits) { return count }
    }
    return nil
  }

  private func isFiltered(_ status: Int) -> Bool {
    if error.namesFlaggedInput || error.words.hasAny(of: FaultWords.filtered) { return true }
    let text = error.text
    if error.isPage || text.hasAny(of: FaultWords.closedPhrases) { return false }
    if text.hasAny(of: FaultWords.filteredPhrases) { return true }
    // Reasons such as API_KEY_SERVICE_BLOCKED and IP_BLOCKED are about who asks.
    if error.words.contains(where: { $0.hasPrefix("apikey") || $0.hasPrefix("ipblocked") }) {
      return false
    }
    return status == 403 && text.hasAny(of: FaultWords.perhapsFilteredPhrases)
      && !text.hasAny(of: FaultWords.accessPhrases)
  }

  private var filtered: ProviderFault {
    // What was written before the filter took it may be billed.
    fault(.filtered, billed: isSuccess, "refuses this question by its policy")
  }

  private var forbidden: ProviderFault {
    if error.words.hasAny(of: ["ratelimitexceeded", "userratelimitexceeded"]) {
      return rateLimited
    }
    if error.isPage {
      // A wall in front of the provider looks at what is sent, and knows no keys.
      return fault(
        .badRequest, "is behind a filter that answers with a web page, and may refuse this question"
      )
    }
    return fault(.notAuthorized, "refuses access; check the key and what it may do")
  }

  private var notFound: ProviderFault {
    let isModel = isAboutModel
    return fault(
      .notFound, isModel ? "has no such model" : "has no such model or address",
      advice: address.map { ServiceAddress.advice(onMissing: $0, isModel: isModel) })
  }

  /// Whether the error says that there is no such model.
  private var isAboutModel: Bool {
    let text = error.text
    return error.words.hasAny(of: FaultWords.noModel) || text.hasAny(of: FaultWords.noModelPhrases)
      || text.contains("model") && text.hasAny(of: ["not found", "not exist"])
  }

  private var redirect: ProviderFault {
    let target = response.header("location").map { HTTPRequest.shownAddress($0) }
    return fault(
      .redirected, "sends elsewhere, where a key must not follow",
      advice: target.map { "It names \($0); if that is right, write it as the endpoint." })
  }

  private var rateLimited: ProviderFault {
    // A limit per day outlasts the waits that are named beside it.
    let lasts =
      error.quotas.contains { $0.lowercased().contains("perday") || $0.contains("per_day") }
      || error.text.contains("per-day")
      || asked == nil && error.text.hasAny(of: FaultWords.longLimits)
    return ProviderFault(
      .rateLimited, isRetryable: true, retryAfter: asked ?? limitReset, status: response.status,
      stopsModel: lasts, sentence("asks for fewer calls", advice: nil, wait: asked ?? limitReset))
  }

  private func fault(
    _ cause: ProviderFault.Cause, retry: Bool = false, billed: Bool = false, _ words: String,
    advice: String? = nil
  ) -> ProviderFault {
    ProviderFault(
      cause, isRetryable: retry, mayBeBilled: billed || (isSuccess && retry),
      retryAfter: asked, status: response.status,
      sentence(words, advice: advice, wait: retry ? asked : nil))
  }

  private func sentence(_ words: String, advice: String?, wait: Double?) -> String {
    var status = "status \(response.status)"
    if isSuccess {
      status =
        error.status.map { "error \($0) at status \(response.status)" }
        ?? "an error at status \(response.status)"
    }
    if let wait, wait > 0 { status += ", asks to wait \(Self.words(wait))" }
    var text = "The provider \(words) (\(status))"
    if let said = error.sentence { text += ": \(said.prefix(300))" }
    guard let advice else { return text }
    return text + (".!?".contains(text.last ?? " ") ? " " : ". ") + advice
  }
}
