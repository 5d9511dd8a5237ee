/// The Python that runs tests of an answer in another process.
///
/// Names of the answer stand for it in the tests, but no name that the tests rely on: a builtin, a
/// module of the standard library, or what the set-up defines.
enum PythonTests {
  static let program = #"""
    import ast, importlib

    class TestsLine(Line):
        "The tests' end: lends no more than the tests hand over."
        depth, random = 0, None

        def __init__(self):
            Line.__init__(self, 5, 4, True)
            self.out, self.given, self.input = sys.stdout, sys.stdin, builtins.input

        def lends(self, x):
            return not isinstance(x, (types.ModuleType, types.FrameType, types.CodeType,
                                      types.TracebackType))

        def speaks(self, x): return False

        def handle(self, encoder, x):
            if type(x) is types.ModuleType: return ["M", x.__name__]
            if isinstance(x, (type, types.BuiltinFunctionType, types.FunctionType)):
                name, module = getattr(x, "__qualname__", ""), str(getattr(x, "__module__", ""))
                found = None if module in ("tests", "__main__") else sys.modules.get(module)
                for part in name.split("."): found = getattr(found, part, None)
                if found is x: return ["G", module, name]
            return Line.handle(self, encoder, x)

        def other(self, node): raise Broken(node[0])

        def perform(self, wish, *values):
            if wish not in ("call", "get", "set", "special", "list", "item", "length", "copy"):
                raise Broken(wish)
            if id(values[0]) not in self.numbers: raise Broken(wish)
            name = values[1] if wish in ("get", "set") else ""
            hidden = ("_", "gi_", "cr_", "ag_", "tb_", "f_", "co_", "func_")
            if type(name) is not str or name.startswith(hidden) or (
                    wish in ("get", "set") and isinstance(values[0], types.FunctionType)):
                raise AttributeError(name)
            if wish == "set" and callable(getattr(type(values[0]), name, None)):
                raise AttributeError(name)
            return Line.perform(self, wish, *values)

        def ask(self, wish, *values):
            if self.depth or wish not in ("call", "special"):
                return Line.ask(self, wish, *values)
            out, given = sys.stdout, builtins.input
            if "random" in sys.modules:
                state = sys.modules["random"].getstate()
                if state != self.random: Line.ask(self, "random", state)
                self.random = state
            if sys.stdin is not self.given: Line.ask(self, "in", sys.stdin.read())
            if given is not self.input: Line.ask(self, "input", given)
            if out is not self.out: Line.ask(self, "out")
            self.depth += 1
            try: return Line.ask(self, wish, *values)
            finally:
                self.depth -= 1
                if not self.is_gone:
                    if out is not self.out: out.write(Line.ask(self, "said"))
                    if given is not self.input: Line.ask(self, "uninput")

    class Names(dict):
        "The tests' names; a variable of the answer is looked up when it is read."
        variables, line = (), None

        def __missing__(self, name):
            if name in self.variables: return self.line.ask("name", name)
            raise KeyError(name)

    def used_and_bound(texts):
        used, bound, stubs = set(), set(), set()
        for text in texts:
            try: tree = ast.parse(text)
            except (SyntaxError, ValueError): continue
            for node in ast.walk(tree):
                if isinstance(node, ast.Name):
                    (used if isinstance(node.ctx, ast.Load) else bound).add(node.id)
                elif isinstance(node, (ast.Import, ast.ImportFrom)):
                    bound.update((a.asname or a.name).split(".")[0] for a in node.names)
                elif isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
                    bound.add(node.name)
                    if isinstance(node, ast.FunctionDef) and all(map(says_nothing, node.body)):
                        stubs.add(node.name)
        return used, bound, stubs

    def says_nothing(node):
        if isinstance(node, ast.Expr): return isinstance(node.value, ast.Constant)
        return isinstance(node, (ast.Pass, ast.Raise))

    def is_library(name):
        known = getattr(sys, "stdlib_module_names", None)
        if known is not None: return name in known
        import importlib.util
        try: found = importlib.util.find_spec(name)
        except (ImportError, ValueError): return False
        if found is None: return False
        place, home = str(found.origin), os.path.dirname(os.__file__)
        return place in ("built-in", "frozen") or (
            place.startswith(home) and "-packages" not in place)

    def bindings(names, line, job, callables, modules, others):
        "The answer's names that tests may see: none that a test relies on, such as builtins."
        used, bound, stubs = used_and_bound([job["setUp"]] + job["tests"])
        bound -= stubs
        answers = set(callables) | set(others)
        free = {n for n in answers - bound if not hasattr(builtins, n) and not is_library(n)}
        chosen = set(free)
        if not free & used: chosen |= answers & used
        for name in chosen & set(callables): names[name] = callables[name]
        names.variables, names.line = chosen & set(others), line
        for name in set(modules) & used:
            wanted = name if is_library(name) else modules[name]
            try: names[name] = importlib.import_module(wanted)
            except ImportError: pass
        return {name: callables[name] for name in chosen & set(callables)
                if name in stubs or not free & used}

    def said(error):
        try: return "%s: %s" % (type(error).__name__, str(error)[:200])
        except BaseException: return type(error).__name__

    def judged(line, job):
        try: callables, modules, others = line.ask("load", job["setUp"], job["code"])
        except BaseException as error: return 0, "answer: " + said(error)
        module = types.ModuleType("tests")
        sys.modules["tests"] = module
        names = Names(module.__dict__)
        names["__builtins__"] = builtins
        again = bindings(names, line, job, callables, modules, others)
        sys.modules["answer"] = stand_in = types.ModuleType("answer")
        vars(stand_in).update(callables)
        try:
            exec(compile(job["setUp"], "<set-up>", "exec"), names)
            names.update(again)
            line.sharers = {n: x for n, x in names.items() if isinstance(x, type)
                            and type(x) is not Kind and x.__module__ == "tests"}
            if line.sharers: line.ask("share", list(line.sharers))
        except BaseException as error: return 0, "set-up: " + said(error)
        passed = 0
        for number, test in enumerate(job["tests"], 1):
            try: exec(compile(test, "<test %d>" % number, "exec"), names)
            except BaseException as error: return passed, "test %d: %s" % (number, said(error))
            if line.is_gone: break
            passed += 1
        return passed, ""

    def main():
        job = json.load(sys.stdin.buffer)
        sys.stdin = open(os.devnull)
        sys.setrecursionlimit(sys.getrecursionlimit() + 20)
        line = TestsLine()
        write, leave, dumps = os.write, os._exit, json.dumps
        passed, failure = judged(line, job)
        report = {"passed": passed, "failure": failure, "isGone": line.is_gone}
        write(3, dumps(report).encode())
        leave(0)

    main()
    """#
}
