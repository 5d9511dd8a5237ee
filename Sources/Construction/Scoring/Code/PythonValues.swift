/// The Python that writes values for another process.
///
/// Values cross as data, as a flat list of nodes: shared parts, cycles and depth are no matter. An
/// instance of a plain type's subclass leaves its methods behind.
enum PythonValues {
  static let program = #"""
    import _thread, builtins, collections, io, json, math, os, sys, types

    SCALARS = {int, float, str, bool, type(None)}
    LIMIT, LONGEST = 1 << 63, 1 << 26
    TYPES = {t.__name__: t for t in vars(builtins).values() if isinstance(t, type)}
    TYPES["NoneType"] = type(None)
    SEQUENCES = {"l": list, "t": tuple, "s": set, "f": frozenset, "r": range, "S": slice}
    TAGS = {kind: tag for tag, kind in SEQUENCES.items()}
    MAPS = {"d": dict, "O": collections.OrderedDict, "C": collections.Counter}
    TAGS.update({kind: tag for tag, kind in MAPS.items()})
    VIEWS = {type({}.keys()): "k", type({}.values()): "v", type({}.items()): "m"}
    MUTABLE = {"l", "s", "d", "O", "C", "F", "D", "B", "I", "z", "a"}
    TIMES = ("datetime", "date", "time", "timedelta", "timezone")
    BASES = (int, float, complex, str, bytes, bytearray, list, tuple, set, frozenset, dict)
    CONSTANTS = {"NotImplemented": NotImplemented, "Ellipsis": Ellipsis}

    class Gone(BaseException):
        "The other process has ended, or no longer keeps to the protocol."

    class Broken(Exception):
        "A message that no honest process sends."

    def contents(x):
        "A shallow copy of what a mutable value holds, to see whether a call changed it."
        if isinstance(x, (bytearray, memoryview)): return bytes(x)
        if isinstance(x, dict): return [v for pair in dict.items(x) for v in pair]
        if isinstance(x, (list, set, collections.deque)): return list(x)
        if hasattr(x, "tobytes"): return (getattr(x, "shape", None), x.tobytes())
        return [v for pair in state(x).items() for v in pair]

    def same(a, b):
        if type(a) is not list: return a == b
        return len(a) == len(b) and all(map(lambda x, y: x is y, a, b))

    def state(x):
        "What an instance of a class that both sides know holds."
        held = {}
        for kind in type(x).__mro__:
            slots = vars(kind).get("__slots__", ())
            for name in (slots,) if isinstance(slots, str) else slots:
                if hasattr(x, name): held[name] = getattr(x, name)
        held.update(getattr(x, "__dict__", {}))
        return held

    def restore(x, held):
        own = getattr(x, "__dict__", None)
        if own is not None: own.clear()
        for name, value in held.items():
            if type(name) is not str: raise Broken("a field's name")
            if own is not None: own[name] = value
            else: object.__setattr__(x, name, value)

    def downgraded(x):
        "The plain value in an instance of a plain type's subclass, by the plain type's methods."
        base = next(t for t in BASES if isinstance(x, t))
        if base is dict: return {k: v for k, v in dict.items(x)}
        if base in (list, tuple, set, frozenset): return base(base.__iter__(x))
        if base is int: return int.__add__(x, 0)
        if base is float: return float.fromhex(float.hex(x))
        if base is complex: return complex.__add__(x, 0)
        if base is str: return "".join(str.__iter__(x))
        return base(memoryview(x))

    class Encoder:
        "Writes values as a flat list of nodes, so that cycles, shared parts and depth cross."

        def __init__(self, line, known=()):
            self.line, self.nodes, self.objects, self.work = line, [], [], []
            self.memo = {id(x): -1 - i for i, x in enumerate(known) if shareable(x)}

        def ref(self, x):
            kind = type(x)
            if kind is str or kind is bool or x is None: return x
            if kind is int and -LIMIT < x < LIMIT: return x
            if kind is float and x == x: return x
            index = self.memo.get(id(x))
            if index is None: index = self.add(x)
            return [index]

        def refs(self, xs):
            xs = list(xs)
            kinds = set(map(type, xs))
            if kinds <= SCALARS and not (kinds & {int, float}): return xs
            if kinds == {float} and not any(map(math.isnan, xs)): return xs
            if kinds == {int} and -LIMIT < min(xs) and max(xs) < LIMIT: return xs
            return [self.ref(x) for x in xs]

        def put(self, x, node):
            index = len(self.nodes)
            self.nodes.append(node)
            self.objects.append(x)
            self.memo[id(x)] = index
            return index

        def finish(self):
            while self.work:
                index, x = self.work.pop()
                self.nodes[index] = self.content(x)
            return self.nodes

        def pairs(self, items): return self.refs([v for pair in items for v in pair])

        def add(self, x):
            line, kind = self.line, type(x)
            if kind in (list, set, dict, collections.Counter, collections.OrderedDict,
                        collections.defaultdict, collections.deque, bytearray):
                index = self.put(x, None)
                self.work.append((index, x))
                return index
            if kind in TAGS:
                if kind is range or kind is slice:
                    return self.put(x, [TAGS[kind], self.refs((x.start, x.stop, x.step))])
                return self.put(x, [TAGS[kind], self.refs(x)])
            if kind is int: return self.put(x, ["i", hex(x)])
            if kind is float: return self.put(x, ["n"])
            if kind is complex: return self.put(x, ["c", repr(x.real), repr(x.imag)])
            if kind is bytes: return self.put(x, ["b", x.decode("latin-1")])
            if x is NotImplemented or x is Ellipsis: return self.put(x, ["e", repr(x)])
            if kind in VIEWS:
                parts = self.pairs(x) if VIEWS[kind] == "m" else self.refs(x)
                return self.put(x, [VIEWS[kind], parts])
            node = line.home(x)
            if node: return self.put(x, node)
            if isinstance(x, BaseException): return self.put(x, self.error(x))
            if kind is type and TYPES.get(x.__name__) is x:
                return self.put(x, ["y", x.__name__])
            node = self.library(x, kind)
            if node: return self.put(x, node)
            name = line.shared(kind)
            if name:
                if isinstance(x, line.enum()): return self.put(x, ["E", name, x._name_])
                if not isinstance(x, BASES):
                    index = self.put(x, None)
                    self.work.append((index, x))
                    return index
            if isinstance(x, tuple) and hasattr(kind, "_fields") and not line.speaks(x):
                parts = self.refs(tuple.__iter__(x))
                return self.put(x, ["N", kind.__name__, list(kind._fields), parts])
            if isinstance(x, BASES) and not line.speaks(x):
                return self.put(x, ["=", self.ref(downgraded(x))])
            return self.put(x, line.handle(self, x))

        def content(self, x):
            kind = type(x)
            if kind is collections.defaultdict:
                return ["F", self.ref(x.default_factory), self.pairs(x.items())]
            if kind is collections.deque: return ["D", x.maxlen, self.refs(x)]
            if kind is bytearray: return ["B", x.decode("latin-1")]
            if kind in MAPS.values(): return [TAGS[kind], self.pairs(dict.items(x))]
            if kind in TAGS: return [TAGS[kind], self.refs(x)]
            if kind.__module__ in ("numpy", "array"): return self.library(x, kind)
            return ["I", self.line.shared(kind), self.pairs(state(x).items())]

        def error(self, x):
            text = ""
            try: text = str(x)
            except BaseException: pass
            fields = {k: v for k, v in getattr(x, "__dict__", {}).items() if k[:2] != "__"}
            lineage = self.line.lineage(type(x))
            return ["x", lineage, self.ref(tuple(x.args)), text, self.ref(fields)]

        def library(self, x, kind):
            "Values of the standard library's and NumPy's types that compare by what they hold."
            module = kind.__module__
            if module == "decimal" and kind.__name__ == "Decimal": return ["q", str(x)]
            if module == "fractions" and kind.__name__ == "Fraction":
                return ["p", self.ref(x.numerator), self.ref(x.denominator)]
            if module == "array" and kind.__name__ == "array":
                return ["a", x.typecode, x.tobytes().decode("latin-1")]
            if module == "uuid" and kind.__name__ == "UUID": return ["u", x.hex]
            if module == "datetime":
                zone = getattr(x, "tzinfo", None)
                if kind.__name__ == "timedelta": parts = [x.days, x.seconds, x.microseconds]
                elif kind.__name__ == "date": parts = [x.year, x.month, x.day]
                elif kind.__name__ == "timezone":
                    parts = [self.ref(x.utcoffset(None)), x.tzname(None)]
                elif kind.__name__ in ("datetime", "time"):
                    names = "year month day hour minute second microsecond".split()
                    if kind.__name__ == "time": names = names[3:]
                    parts = [getattr(x, name) for name in names] + [self.ref(zone)]
                else: return None
                return ["w", kind.__name__, parts]
            if module == "numpy" and "numpy" in sys.modules:
                numpy = sys.modules["numpy"]
                if kind is numpy.ndarray and x.dtype == object:
                    return ["o*", list(x.shape), self.refs(x.ravel().tolist())]
                if isinstance(x, (numpy.ndarray, numpy.generic)) and x.dtype.names is None:
                    tag = "z" if kind is numpy.ndarray else "Z"
                    return [tag, x.dtype.str, list(x.shape), x.tobytes().decode("latin-1")]
            return None

    def array_of(node):
        import array
        return array.array(node[1], node[2].encode("latin-1"))

    def shareable(x): return type(x) not in SCALARS or x != x
    """#
}
