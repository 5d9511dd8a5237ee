/// The Python objects that stand for those of another process, such as an answer's classes.
///
/// Each call, attribute and operator is asked of the other process, with one exception: what a test
/// compares an answer's object with, or reckons with, never goes there to be agreed with.
enum PythonStandIns {
  static let program = #"""
    ARITHMETIC = ["__%s%s__" % (side, name) for side in ("", "r", "i") for name in (
        "add sub mul truediv floordiv mod divmod pow lshift rshift and xor or matmul").split()]
    COMPARISONS = ["__%s__" % name for name in "eq ne lt le gt ge".split()]
    MEASURES = ["__%s__" % name for name in (
        "bool int float index complex abs neg pos invert round trunc floor ceil hash len iter "
        "next reversed getitem bytes").split()]
    OTHERS = ["__%s__" % name for name in "str repr format setitem delitem enter exit".split()]
    SPECIALS = set(ARITHMETIC + COMPARISONS + MEASURES + OTHERS + ["__contains__", "__call__"])
    SHOWN = ["__%s__" % name for name in (
        "name qualname doc dict annotations defaults self func wrapped members init").split()]

    class Kind(type):
        "The class of stand-ins for the objects of one class of the other process."

        def __new__(meta, name, bases, body):
            if "rb_number" not in body:
                raise TypeError("a test cannot extend a class of the answer")
            return type.__new__(meta, name, bases, body)

        def __init__(cls, name, bases, body): type.__init__(cls, name, bases, body)
        def __call__(cls, *args, **named): return cls.rb_line.ask("call", cls, args, named)
        def __getattr__(cls, name): return cls.rb_line.look(cls, name)
        def __setattr__(cls, name, value): cls.rb_line.ask("set", cls, name, value)
        def __iter__(cls): return iter(cls.rb_line.ask("list", cls))
        def __getitem__(cls, key): return cls.rb_line.ask("item", cls, key)
        def __len__(cls): return cls.rb_line.ask("length", cls)
        def __bool__(cls): return True

    class StandIn:
        "Stands for an object of the other process; what is asked of it is asked there."
        __slots__ = ("rb_id", "rb_tainted", "__weakref__")

        def __getattr__(self, name): return type(self).rb_line.look(self, name)
        def __setattr__(self, name, value): type(self).rb_line.ask("set", self, name, value)
        def __delattr__(self, name): type(self).rb_line.ask("delete", self, name)
        def __copy__(self): return type(self).rb_line.ask("copy", self, False)
        def __deepcopy__(self, memo): return type(self).rb_line.ask("copy", self, True)

    class Home:
        "An object of the other process by its number alone."
        def __init__(self, number): self.rb_id = number

    def is_stand_in(x): return type(type(x)) is Kind or type(x) is Kind

    def special(name):
        def forward(self, *args):
            line = type(self).rb_line
            if name in MEASURES and self.rb_tainted: return line.refuse(self, name)
            if name == "__exit__": args = args[:2] + (None,)
            return line.ask("special", self, name, args)
        return forward

    def binary(name):
        "An operator. What a test expects never goes to the answer, which could agree with all."
        def forward(self, other, *more):
            line = type(self).rb_line
            if not line.strict or is_stand_in(other):
                return line.ask("special", self, name, (other,) + more)
            if type(self).rb_plain and not self.rb_tainted:
                plain = line.plain(self)
                method = getattr(type(plain), name, None)
                return NotImplemented if method is None else method(plain, other, *more)
            if name in COMPARISONS: return NotImplemented
            result = line.ask("special", self, name, (other,) + more)
            if result is NotImplemented: return result
            if type(type(result)) is not Kind: return line.refuse(self, name)
            object.__setattr__(result, "rb_tainted", True)
            return result
        return forward

    def contains(self, item):
        line = type(self).rb_line
        if not line.strict or is_stand_in(item):
            return line.ask("special", self, "__contains__", (item,))
        if type(self).rb_plain: return item in line.plain(self)
        return any(item is x or item == x for x in self)

    def call(self, *args, **named): return type(self).rb_line.ask("call", self, args, named)
    """#
}
