/// The codes and phrases by which providers name causes, gathered from their documents and from
/// reports of what they send.
///
/// Codes are compared without case and punctuation, phrases in small letters.
enum FaultWords {
  /// The account has nothing left, whatever else is said.
  static let noCredit: Set<String> = [
    "billinghardlimitreached", "billingnotactive", "billingerror", "creditbalanceexhausted",
    "organizationspendlimitexceeded", "projectspendlimitexceeded", "organizationusagelimitexceeded",
    "insufficientcredits", "insufficientcredit", "insufficientbalance", "insufficientbalanceerror",
    "insufficientfunds", "insufficientuserquota", "paymentrequired", "arrearage", "creditsrequired",
    "exceededcurrentquotaerror", "accountoverdueerror", "budgetexceeded", "1113",
  ]

  /// The account has nothing left, or a limit per minute is reached: it depends on what is beside it.
  static let perhapsNoCredit: Set<String> = ["insufficientquota"]

  static let noCreditPhrases = [
    "credit balance is too low", "insufficient balance", "insufficient credit",
    "insufficient funds", "insufficient account balance", "not enough credit", "out of credit",
    "run out of credit", "no credits remaining", "no credits left", "used all available credits",
    "have any credits", "requires more credits", "included credits", "credits are required",
    "billing hard limit", "please check your billing", "monthly spending limit",
    "payment required", "account is in arrears", "specified api usage limits",
    "budget has been exceeded", "credits are depleted", "余额不足", "欠费",
  ]

  /// OpenAI's sentence for an account without credit, which Google also says of limits that renew.
  static let quotaSentence = ["exceeded your current quota", "check your plan and billing"]

  /// What stands beside that sentence where it is about a limit that renews.
  static let renewingQuota = [
    "ai.google.dev", "googleapis", "rate limit", "per minute", "per day", "perminute", "perday",
    "retry in", "try again", "retry after",
  ]

  static let wrongKey: Set<String> = [
    "invalidapikey", "apikeyinvalid", "authenticationerror", "autherror", "unauthorized",
    "unauthenticated", "invalidauthentication", "invalidauthenticationerror", "incorrectapikey",
    "unrecognizedclientexception", "invalidsignatureexception", "expiredtokenexception",
  ]
  static let wrongKeyPhrases = [
    "api key not valid", "invalid api key", "incorrect api key", "api key is invalid",
    "invalid api-key", "api key expired", "no auth credentials", "user location is not supported",
    "country, region, or territory",
  ]

  static let noAccess: Set<String> = [
    "permissionerror", "permissiondenied", "permissiondeniederror", "accessdenied",
    "accessdeniedexception", "forbidden", "unsupportedcountryregionterritory",
    "organizationrestricted", "accountdeactivated",
  ]
  /// A refusal that speaks of these is about who asks, not about what is asked.
  static let accessPhrases = [
    "api key", "api-key", "apikey", "access key", "subscription", "credential", "token", "authori",
    "authenticat", "permission", "access denied", "not have access", "no access", "region",
    "country", "territor", "location", "account", "organization", "organisation", "project",
    "workspace", "tenant", "ip address", "firewall", "virtual network", "private endpoint", "vpn",
    "identity-based policy", "service control policy", "license", "data policy", "referer",
    "requests to this api",
  ]

  /// The input, or what the model made of it, is against a policy.
  static let filtered: Set<String> = [
    "contentfilter", "contentfiltererror", "contentpolicyviolation",
    "contentpolicyviolationerror", "responsibleaipolicyviolation", "moderation",
    "moderationblocked",
    "moderationerror", "inputmoderation", "contentmoderation", "contentblocked",
    "sensitiveworddetected", "sensitivewordsdetected", "securityviolation", "datainspectionfailed",
    "inappropriatecontent", "prohibitedcontent", "safety", "safetyerror", "cyberpolicy",
    "guardrailintervened", "promptblocked", "contentpolicy", "policyviolation",
    "inputtextsensitivecontentdetected", "outputtextsensitivecontentdetected", "1301", "1026",
    "1027",
  ]
  /// The input is at fault, whoever else is named.
  static let filteredPhrases = [
    "input was flagged", "prompt was flagged", "content was flagged", "request was flagged",
    "input is flagged", "requires moderation", "content policy", "content policies",
    "content management policy", "content filter", "content-filter", "content moderation",
    "content exists risk", "content risk", "content violates", "safety system", "safety polic",
    "safety reasons", "safety filter", "blocked by safety", "inappropriate content",
    "prohibited content", "sensitive content", "sensitive word", "responsible ai",
    "prompt injection", "jailbreak", "unsafe content", "harmful content", "guardrail", "敏感",
  ]
  /// The input is at fault, unless who asks is named.
  static let perhapsFilteredPhrases = [
    "flagged", "moderation", "usage polic", "usage guideline", "acceptable use", "violat",
    "policy", "policies", "sensitive", "safety", "blocked",
  ]
  /// An account that is closed is not a question that is refused.
  static let closedPhrases = [
    "deactivated", "account is suspended", "account has been", "account was", "account is disabled",
    "organization has been", "organization was", "key has been", "key was", "is suspended",
    "resource has been",
  ]

  static let noModel: Set<String> = [
    "modelnotfound", "modelnotfounderror", "modelnotexist", "invalidmodel", "unknownmodel",
    "deploymentnotfound", "modeldecommissioned", "modelnotsupported", "modelnotavailable",
  ]
  static let noModelPhrases = [
    "model not exist", "model does not exist", "is not a valid model", "model not found",
    "invalid model id", "invalid model:", "invalid model name", "unknown model", "no such model",
    "has been decommissioned", "deployment for this resource does not exist",
  ]

  static let noAddress: Set<String> = ["unknownurl", "notfound", "notfounderror"]
  static let noAddressPhrases = [
    "unexpected endpoint or method", "unknown request url", "invalid url (", "page not found",
  ]

  static let rateLimited: Set<String> = [
    "ratelimitexceeded", "ratelimiterror", "ratelimit", "ratelimitreached", "ratelimited",
    "toomanyrequests", "toomanyrequestsexception", "throttling", "throttled", "throttlingexception",
    "throttlingerror", "resourceexhausted", "requestlimitexceeded", "userratelimitexceeded",
    "quotaexceeded", "limitrequests", "limitburstrate", "usagelimitreached", "1302", "1305",
  ]
  /// A limit that no wait of minutes mends.
  static let longLimits = ["per day", "daily", "per month", "monthly", "/ month", "/month"]

  static let overloaded: Set<String> = [
    "overloaded", "overloadederror", "serveroverloaded", "engineoverloaded",
    "engineoverloadederror", "serviceunavailable", "serviceunavailableerror", "unavailable",
    "serviceunavailableexception", "modeloverloaded", "modelnotreadyexception", "capacityexceeded",
  ]
  static let badRequest: Set<String> = [
    "contextlengthexceeded", "invalidrequesterror", "invalidrequest", "badrequest",
    "badrequesterror", "invalidargument", "validationexception", "validationerror", "stringtoolong",
    "maxtokensexceeded", "tokenlimitexceeded", "requesttoolarge", "unsupportedparameter",
    "unsupportedvalue", "unknownparameter", "invalidprompt", "failedprecondition",
  ]
  static let timedOut: Set<String> = [
    "timeout", "timeouterror", "requesttimeout", "deadlineexceeded",
  ]
}

extension Set<String> {
  /// Whether any of some codes is among these.
  func hasAny(of words: Set<String>) -> Bool { !isDisjoint(with: words) }
}

extension String {
  /// Whether any of some phrases stands in it.
  func hasAny(of phrases: [String]) -> Bool { phrases.contains { contains($0) } }
}
