extension CollectionPlan {
  /// A commented plan to begin with.
  public static let example = """
    # What to ask whom. 'routerbench collect PLAN --dry-run' shows what it would take; nothing is sent.

    store: answers.sqlite      # answers are kept here; running again continues

    # Hard stops for the whole store; a call that could pass them is not made.
    budget:
      max_cost: 5.00           # dollars; needs the prices of all models, and max_tokens
      max_calls: 10000

    repeats: 1                 # how often each model is asked each question

    # For all models, unless a model says otherwise.
    defaults:
      sampling:
        max_tokens: 512
        temperature: 0
      limits:
        concurrency: 8         # calls at once
        # requests_per_minute: 500
        # tokens_per_minute: 200000
      # timeouts: {connect: 15, first_byte: 300, idle: 120, total: 600}        # seconds
      # retries: {attempts: 6, first_delay: 1, longest_delay: 60, deadline: 900}

    # Prices of models that give none, from a file in LiteLLM's layout; else a small built-in table.
    # prices: {litellm: model_prices_and_context_window.json, date: 2026-01-31}

    models:
      - name: gpt-4o-mini              # what outcomes call it
        provider: openai               # openai, together, perplexity, anthropic, you, openai-compatible
        # model: gpt-4o-mini-2024-07-18    # what the endpoint calls it
        # key_env: OPENAI_API_KEY          # or key_file: a file that only you can read
      - name: local
        provider: openai-compatible    # vLLM, llama.cpp and the rest
        endpoint: http://127.0.0.1:8080/v1  # a query such as ?api-version=... stays behind the path
        # key_header: api-key              # the header of the key, where it is not the usual one
        # sampling: {extra: {max_completion_tokens: 512, temperature: null}}  # for reasoning models
        # Dollars a million tokens; request is a fee for every call. Unknown prices are never 0.
        prices: {input: 0, output: 0, date: 2026-01-31, source: our own machine}

    # Models that say how good answers are, for tasks with scorer judge; their calls count as any others.
    # judges:
    #   - name: grader
    #     provider: openai
    #     model: gpt-4o
    #     method: grade              # a rating; or compare: which of two is better, in both orders
    #     scale: [1, 10]             # of grade
    #     # baseline: gpt-4o-mini    # of compare: a model above, or reference
    #     # rubric: Is it right?     # what to look at

    tasks:
      - name: mine
        file: questions.csv            # CSV or JSON Lines
        id: id                         # a column that tells questions apart; row numbers without it
        template: "{question}\\nAnswer:"  # columns between braces; or prompt: a column
        reference: answer              # the column of right answers
        scorer: contains               # how 'routerbench score' scores
        # choices: [a, b, c, d]        # columns of choices; {choices} lists them with letters
        # reference_kind: choice       # choice (a letter or its text), number or text
        # examples: training.csv       # solved examples before each question, never itself:
        # shots: 5                     # so many, each as this template says; {label} is the letter
        # example: "{question}\\nAnswer: {answer}"
        # limit: 100                   # the first so many; or sample: 100, drawn by seed
      # A public task from files you have; 'routerbench collect tasks' lists them and their forms.
      # - task: mmlu
      #   folder: data/mmlu            # SUBJECT_test.csv and SUBJECT_dev.csv; or files: [...]
      #   subjects: [anatomy, astronomy]
      #   sample: 20                   # of each subject
      #   seed: 7
      # - task: arc-challenge
      #   files: ARC-Challenge-Test.jsonl
      #   examples: ARC-Challenge-Train.jsonl
      #   shots: 5                     # draw: first takes the first five, as the published data do

    """
}
