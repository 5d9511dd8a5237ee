/// The Python that reads values from another process.
///
/// It makes nothing but the types that it lists, whatever the other process sends.
enum PythonValueReading {
  static let program = #"""
    class Decoder:
        "Reads values out of nodes; takes nothing but the kinds listed here."

        def __init__(self, line, nodes, known=()):
            if type(nodes) is not list: raise Broken("nodes")
            self.line, self.nodes, self.known, self.later = line, nodes, known, []
            self.made = [Broken] * len(nodes)
            filled = [i for i, node in enumerate(nodes) if node[0] in MUTABLE]
            for i in filled: self.made[i] = self.shell(nodes[i])
            for i, node in enumerate(nodes):
                if node[0] not in MUTABLE: self.made[i] = self.value(node)
            # Instances first: a set may ask for their hash.
            filled.sort(key=lambda i: nodes[i][0] != "I")
            for i in filled: self.fill(self.made[i], nodes[i])
            for error, fields in self.later: error.__dict__.update(fields)

        def get(self, ref):
            if type(ref) in SCALARS: return ref
            if type(ref) is not list or len(ref) != 1: raise Broken("a value")
            i = ref[0]
            if type(i) is not int: raise Broken("a value")
            if not -len(self.known) <= i < len(self.made): raise Broken("a number of a value")
            x = self.made[i] if i >= 0 else self.known[-1 - i]
            if x is Broken: raise Broken("the order of values")
            return x

        def all(self, refs):
            if type(refs) is not list: raise Broken("values")
            if set(map(type, refs)) <= SCALARS: return refs
            return [self.get(ref) for ref in refs]

        def pairs(self, refs):
            parts = self.all(refs)
            return zip(parts[::2], parts[1::2])

        def shell(self, node):
            tag = node[0]
            if tag == "F": return collections.defaultdict(None)
            if tag == "D": return collections.deque(maxlen=node[1])
            if tag == "B": return bytearray()
            if tag == "z": return self.array(node).copy()
            if tag == "a": return array_of(node)
            if tag == "I": return object.__new__(self.line.sharing(node[1]))
            return (SEQUENCES.get(tag) or MAPS[tag])()

        def fill(self, x, node):
            tag = node[0]
            if tag == "l": x[:] = self.all(node[1])
            elif tag == "s": x.clear(); x.update(self.all(node[1]))
            elif tag == "D": x.clear(); x.extend(self.all(node[2]))
            elif tag == "B": x[:] = node[1].encode("latin-1")
            elif tag == "I": restore(x, dict(self.pairs(node[2])))
            elif tag == "z": x[...] = self.array(node)
            elif tag == "a": x[:] = array_of(node)
            elif tag == "F":
                factory = self.get(node[1])
                x.clear()
                x.default_factory = factory if factory is None or callable(factory) else None
                for key, value in self.pairs(node[2]): x[key] = value
            else:
                dict.clear(x) if tag != "O" else x.clear()
                for key, value in self.pairs(node[1]): x[key] = value

        def array(self, node):
            import numpy, re
            _, kind, shape, data = node
            if not re.match(r"[<>|=][biufcSUmM]\d+(\[\w+\])?$", kind): raise Broken("an array")
            return numpy.frombuffer(data.encode("latin-1"), numpy.dtype(kind)).reshape(shape)

        def value(self, node):
            tag = node[0]
            if tag == "t": return tuple(self.all(node[1]))
            if tag == "f": return frozenset(self.all(node[1]))
            if tag == "r": return range(*self.all(node[1]))
            if tag == "S": return slice(*self.all(node[1]))
            if tag == "i": return int(node[1], 16)
            if tag == "n": return float("nan")
            if tag == "=": return self.get(node[1])
            if tag == "c": return complex(float(node[1]), float(node[2]))
            if tag == "b": return node[1].encode("latin-1")
            if tag == "e": return CONSTANTS[node[1]]
            if tag == "k": return dict.fromkeys(self.all(node[1])).keys()
            if tag == "v": return dict(enumerate(self.all(node[1]))).values()
            if tag == "m": return dict(self.pairs(node[1])).items()
            if tag == "y": return TYPES[node[1]]
            if tag == "N": return self.line.tuple_kind(node[1], node[2])(*self.all(node[3]))
            if tag == "E": return self.line.sharing(node[1]).__members__[node[2]]
            if tag == "x": return self.line.error(self, node)
            if tag == "q": import decimal; return decimal.Decimal(node[1])
            if tag == "p": import fractions; return fractions.Fraction(*self.all(node[1:]))
            if tag == "u": import uuid; return uuid.UUID(hex=node[1])
            if tag == "w":
                import datetime
                if node[1] not in TIMES: raise Broken(tag)
                return getattr(datetime, node[1])(*self.all(node[2]))
            if tag == "Z": return self.array(node)[()]
            if tag == "o*":
                import numpy
                flat = numpy.empty(len(node[2]), object)
                for i, x in enumerate(self.all(node[2])): flat[i] = x
                return flat.reshape(node[1])
            return self.line.stand_in(self, node)
    """#
}
