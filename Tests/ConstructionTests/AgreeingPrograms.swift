/// Wrong programs whose values agree with whatever a test expects.
extension HostilePrograms {
  static let agreeing: [Case] = [
    Case(
      "an object that equals everything",
      code: #"""
        class E:
          def __eq__(self,o): return True
          def __ne__(self,o): return False
          __hash__=lambda s:4
        def double(x): return E()
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
    Case(
      "a number that equals everything",
      code: #"""
        class E(int):
          def __eq__(self,o): return True
          def p(self): pass
          __hash__=None
        def double(x): return E(0)
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
    Case(
      "a list that equals everything",
      code: #"""
        class E(list):
          def __eq__(self,o): return True
        def f(x): return E([0])
        """#,
      tests: #"assert f(1)==[1]"#),
    Case(
      "an object that contains everything",
      code: #"""
        class E:
          def __contains__(self,o): return True
          def __iter__(self): return iter([])
        def f(x): return E()
        """#,
      tests: #"assert 3 in f(1)"#),
    Case(
      "an object that contains everything and has no items",
      code: #"""
        class E:
          def __contains__(self,o): return True
        def f(x): return E()
        """#,
      tests: #"assert 3 in f(1)"#),
    Case(
      "an object between all numbers",
      code: #"""
        class E:
          __lt__=__gt__=__le__=__ge__=lambda s,o: True
        def f(x): return E()
        """#,
      tests: #"assert 3 < f(1) < 5"#),
    Case(
      "an object as far as nothing from all numbers",
      code: #"""
        class E:
          __sub__=__rsub__=lambda s,o: 0
        def f(x): return E()
        """#,
      tests: #"assert abs(f(1)-3.14)<1e-6"#),
    Case(
      "objects that are all zero",
      code: #"""
        class E:
          __sub__=__rsub__=lambda s,o: s
          __abs__=lambda s: 0
          __lt__=lambda s,o: True
          __bool__=lambda s: False
          __round__=lambda s,n=0: 0
          __float__=lambda s:0.0
          __len__=lambda s:0
          __iter__=lambda s: iter([])
        def f(x): return E()
        """#,
      tests: #"""
        assert abs(f(1)-3.14)<1e-6

        assert not (f(1)-3)

        assert round(f(1)-3)==0

        assert float(f(1)-3)==0

        assert len(f(1)-{1})==0

        assert list(f(1)-{1})==[]
        """#),
    Case(
      "a module that agrees",
      code: #"""
        class math:
          isclose=staticmethod(lambda *a,**k: True)
        def f(x): return 0
        """#,
      tests: #"assert math.isclose(f(1),1/3)"#),
    Case(
      "a class that equals everything",
      code: #"""
        class M(type):
          def __eq__(self,o): return True
          def __hash__(self): return 1
        class E(metaclass=M): pass
        def double(x): return E
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
    Case(
      "a replaced len",
      code: #"""
        len=lambda x: 3
        def f(x): return [1]
        """#,
      tests: #"assert len(f(1))==3"#),
    Case(
      "a replaced check",
      code: #"""
        def check(c): pass
        def f(x): return 0
        """#,
      tests: #"""
        def check(c):
          assert c(1)==1
        check(f)
        """#),
    Case(
      "an object in every set",
      code: #"""
        class E:
          def __eq__(self,o): return True
          def __ne__(self,o): return False
          __hash__=lambda s:4
        def f(x): return E()
        """#,
      tests: #"assert f(1) in {4:1}"#),
    Case(
      "a list of agreeable objects",
      code: #"""
        class E:
          def __eq__(self,o): return True
          def __ne__(self,o): return False
          __hash__=lambda s:4
        def f(x): return [E()]
        """#,
      tests: #"""
        assert f(1)==[3]

        assert f(1)[0]==3

        assert [3]==f(1)
        """#),
    Case(
      "a dictionary of agreeable objects",
      code: #"""
        class E:
          def __eq__(self,o): return True
          def __ne__(self,o): return False
          __hash__=lambda s:4
        def f(x): return {'a':E()}
        """#,
      tests: #"assert f(1)=={'a':3}"#),
    Case(
      "a text that equals everything",
      code: #"""
        class E:
          def __eq__(self,o): return True
          def __ne__(self,o): return False
          __hash__=lambda s:4
        class S(str):
          def __eq__(s,o): return True
          __hash__=str.__hash__
          def pub(s): pass
        def f(x): return S('q')
        """#,
      tests: #"assert f(1)=='abc'"#),
  ]
}
