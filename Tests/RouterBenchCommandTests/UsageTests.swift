import Testing

@Suite("How the command is called")
struct UsageTests {
  @Test("Help of the whole names every command and how to learn more")
  func help() throws {
    let answer = try Tool.run("--help")
    #expect(answer.status == 0)
    #expect(answer.remarks.isEmpty)
    let expected = """
      routerbench: Tells whether a router of language models is worth having.

      USAGE
        routerbench COMMAND [OPTIONS]

      Recorded outcomes in (who answered what, how well, for how many dollars), curves
      of quality over cost out, for routers and for the plain alternatives to them.

      COMMANDS
        inspect      Show what a file of outcomes holds, and what is wrong with it.
        evaluate     Fit routers on one part of the outcomes and examine them on the
                     other.
        convert      Write outcomes in another format.
        collect      Ask models your prompts and keep every answer.
        score        Grade collected answers; nothing is asked.
        export       Write collected answers as outcomes for 'evaluate'.
        recommend    Name the router to serve for a budget, a quality or a latency.
        fit          Teach a router on all outcomes and save it to one file.
        route        Decide for prompts on standard input with a saved router.
        report       Make the page of a report directory anew.
        compare      Put report directories side by side.
        pool         Tell what each model is worth to the pool, and which few would
                     do.
        explain      List the words and traits that go with a router's decisions.
        curve        Examine routers taught on growing shares of the training prompts.
        reproduce    Make the paper's Table 1 and Figures 3 to 9 again.
        split        Write which prompts routers learn from and which examine them.
        features     Write what routers see of each prompt, as numpy's .npy.
        models       Pull and list the sentence encoders.
        demo         Evaluate routers on synthetic outcomes; needs no files.
        completions  Write the completion script of a shell.

      OPTIONS
        -h, --help     Show this help.
            --version  Show the version.

      EXAMPLES
        # See everything work on synthetic outcomes.
        routerbench demo

        # See what a file holds.
        routerbench inspect routerbench_0shot.pkl

        # Examine routers on it.
        routerbench evaluate routerbench_0shot.pkl --view question --out report

      'routerbench help COMMAND' explains one command.

      """
    #expect(answer.output == expected)
  }

  @Test("Every command has help with a usage line, examples and at most 80 columns")
  func helps() throws {
    let commands = [
      ["inspect"], ["evaluate"], ["convert"], ["collect"], ["score"], ["export"], ["recommend"],
      ["fit"], ["route"], ["report"], ["pool"],
      ["explain"], ["curve"], ["reproduce"], ["split"], ["features"],
      ["models", "pull"], ["models", "list"],
      ["models", "path"], ["demo"], ["completions"],
    ]
    for command in commands {
      let answer = try Tool.run(command + ["--help"])
      #expect(answer.status == 0)
      #expect(answer.output.contains("USAGE\n  routerbench \(command.joined(separator: " "))"))
      #expect(answer.output.contains("EXAMPLES"), "\(command)")
      for line in answer.output.split(separator: "\n") where !line.contains("routerbench ") {
        #expect(line.count <= 80, "\(line)")
      }
    }
  }

  @Test("The version is one line")
  func version() throws {
    #expect(try Tool.run("--version").output == "routerbench 0.1.0\n")
  }

  @Test(
    "Bad usage ends with 2, one sentence and where to read more",
    arguments: [
      (
        "evalute x", "'routerbench' has no command 'evalute'; did you mean 'evaluate'?",
        "'routerbench --help' explains it."
      ),
      (
        "inspect", "DATA is missing: A file of outcomes.",
        "'routerbench inspect --help' explains it."
      ),
      (
        "evaluate x --veiw head", "There is no option --veiw; did you mean '--view'?",
        "'routerbench evaluate --help' explains it."
      ),
      (
        "evaluate x --view heads",
        "--view needs one of head, tail, question; 'heads' was given; did you mean 'head'?",
        "'routerbench evaluate --help' explains it."
      ),
      (
        "evaluate x --routers kn:5", "There is no router 'kn'; did you mean 'knn'?",
        "'routerbench evaluate --help' explains it."
      ),
      (
        "evaluate x --routers knn:0",
        "knn needs a whole number of neighbours of at least 1, such as knn:40; 'knn:0' was given.",
        "'routerbench evaluate --help' explains it."
      ),
      (
        "evaluate x --routers cascade:e=2",
        "cascade needs a probability from 0 to 1 as e; 'cascade:e=2' was given.",
        "'routerbench evaluate --help' explains it."
      ),
      (
        "evaluate x --routers cascade:e=0.1,rule=mine",
        "cascade needs one of paper, reference as rule; 'cascade:e=0.1,rule=mine' was given.",
        "'routerbench evaluate --help' explains it."
      ),
      (
        "evaluate x --routers rerank:t=1",
        "rerank takes settings such as rerank:e=0.1, by the names e, judge, dollars, ms; 't=1' was "
          + "given.", "'routerbench evaluate --help' explains it."
      ),
      (
        "evaluate x --routers cascade:judge=confidence,e=0.1",
        "Only the judge of quality has an error e; 'cascade:judge=confidence,e=0.1' was given.",
        "'routerbench evaluate --help' explains it."
      ),
      (
        "evaluate x --routers cascade:budgets=1+x",
        "cascade needs dollars with + between them as budgets, such as budgets=0.001+0.01; "
          + "'cascade:budgets=1+x' was given.", "'routerbench evaluate --help' explains it."
      ),
      (
        "evaluate x --routers mlp:100,0,knn:5",
        "mlp needs hidden layers of 1 to 10000 units, such as mlp:100 or mlp:100,100; 'mlp:100,0' "
          + "was given.", "'routerbench evaluate --help' explains it."
      ),
      (
        "evaluate x --routers mlp",
        "mlp needs the widths of its hidden layers, such as mlp:100 or mlp:100,100.",
        "'routerbench evaluate --help' explains it."
      ),
      (
        "evaluate x --routers knn:5,random:2", "random takes no setting; 'random:2' was given.",
        "'routerbench evaluate --help' explains it."
      ),
      (
        "evaluate x --seeds 3-1",
        "--seeds needs whole numbers and ranges, such as 0-9 or 1,4; '3-1' was given.",
        "'routerbench evaluate --help' explains it."
      ),
      (
        "evaluate x --train-fraction 1",
        "--train-fraction needs a share above 0 and below 1; '1' was given.",
        "'routerbench evaluate --help' explains it."
      ),
      (
        "evaluate x --features f.npy --encoder builtin",
        "--features and --encoder exclude each other; give one of them.",
        "'routerbench evaluate --help' explains it."
      ),
      (
        "demo --prompts 10", "--prompts needs a whole number of at least 200; '10' was given.",
        "'routerbench demo --help' explains it."
      ),
      (
        "completions tcsh", "SHELL needs one of bash, zsh, fish; 'tcsh' was given.",
        "'routerbench completions --help' explains it."
      ),
    ])
  func mistakes(line: String, sentence: String, hint: String) throws {
    let answer = try Tool.run(line.split(separator: " ").map(String.init))
    #expect(answer.status == 2)
    #expect(answer.output.isEmpty)
    #expect(answer.remarks == "error: \(sentence)\n\(hint)\n")
  }

  @Test("Completions name every command")
  func completions() throws {
    for shell in ["bash", "zsh", "fish"] {
      let answer = try Tool.run("completions", shell)
      #expect(answer.status == 0)
      for command in ["inspect", "evaluate", "convert", "models", "demo", "completions"] {
        #expect(answer.output.contains(command))
      }
    }
  }

  @Test("Unusable input ends with 3 and a sentence")
  func unusable() throws {
    let answer = try Tool.run("inspect", "no-such-file.pkl")
    #expect(answer.status == 3)
    #expect(answer.output.isEmpty)
    #expect(answer.remarks.hasPrefix("error: "))
    #expect(answer.remarks.contains("no-such-file.pkl"))
  }
}
