/// The Python that runs an answer, and does what tests ask of it.
enum PythonAnswer {
  static let program = #"""
    class AnswerLine(Line):
        "The answer's end: runs the program, and does what is asked of its objects."
        names, speak = {}, {}

        def lends(self, x): return True

        def speaks(self, x):
            "Whether an instance of a plain type's subclass has methods of the answer's own."
            fields = getattr(type(x), "_fields", ())
            return any(name[:1] != "_" and name not in fields for base in type(x).__mro__
                       if base.__module__ == "answer" for name in vars(base))

        def shared(self, kind):
            name = kind.__name__
            return name if name in self.speak and (
                self.names.get(name) is kind or self.speak[name] is kind) else None

        def sharing(self, name):
            kind = self.names.get(name)
            return kind if isinstance(kind, type) else self.speak[name]

        def tuple_kind(self, name, fields):
            kind = self.names.get(name)
            key = (name, tuple(fields))
            if getattr(kind, "_fields", None) == key[1]: self.tuples[key] = kind
            return Line.tuple_kind(self, name, fields)

        def other(self, node):
            import importlib
            if node[0] == "M": return importlib.import_module(node[1])
            x = importlib.import_module(node[1])
            for name in node[2].split("."): x = getattr(x, name)
            return x

        def work(self, wish, *values):
            return getattr(self, "do_" + wish)(*values)

        def do_load(self, set_up, code):
            module = types.ModuleType("answer")
            sys.modules["answer"] = module
            names = self.names = module.__dict__
            try: exec(compile(set_up, "<set-up>", "exec"), names)
            except Exception: pass
            self.given = dict(names)
            exec(compile(code, "<answer>", "exec"), names)
            callables, modules, others = {}, {}, []
            for name, x in list(names.items()):
                if name[:2] == "__" or (name in self.given and self.given[name] is x): continue
                if type(x) is types.ModuleType: modules[name] = x.__name__
                elif callable(x): callables[name] = x
                else: others.append(name)
            return callables, modules, others

        def do_share(self, names):
            self.speak = {name: self.given.get(name) for name in names}

        def do_name(self, name): return self.names[name]

        def do_out(self):
            self.said = sys.stdout, io.StringIO()
            sys.stdout = self.said[1]

        def do_said(self):
            before, buffer = self.said
            sys.stdout = before
            return buffer.getvalue()

        def do_in(self, text): sys.stdin = io.StringIO(text)
        def do_input(self, function):
            self.input = builtins.input
            builtins.input = function
        def do_uninput(self): builtins.input = self.input
        def do_random(self, state):
            import random
            random.setstate(state)

    def main():
        line = AnswerLine(os.dup(0), os.dup(3), False)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        sys.stdin = open(os.devnull)
        sys.setrecursionlimit(sys.getrecursionlimit() + 20)
        try:
            while True: line.serve(*line.receive()[:3])
        except Gone: os._exit(0)

    main()
    """#
}
