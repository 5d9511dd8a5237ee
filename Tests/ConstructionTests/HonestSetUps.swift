/// Right programs that share a set-up with their tests.
extension HonestPrograms {
  static let setUps: [Case] = [
    Case(
      "nodes of the set-up",
      setUp: #"""
        class Node:
          def __init__(self,v,n=None): self.v,self.n=v,n
        """#,
      code: #"""
        def rev(h):
          p=None
          while h: h.n,p,h=p,h,h.n
          return p
        """#,
      tests: #"""
        h=Node(1,Node(2,Node(3)))
        r=rev(h)
        assert isinstance(r,Node) and (r.v,r.n.v,r.n.n.v)==(3,2,1) and h.n is None
        """#),
    Case(
      "a class that set-up and answer define",
      setUp: #"""
        class Node:
          def __init__(self,v,n=None): self.v,self.n=v,n
        """#,
      code: #"""
        class Node:
          def __init__(self,v,n=None): self.v,self.n=v,n
        def mk(xs):
          h=None
          for x in reversed(xs): h=Node(x,h)
          return h
        """#,
      tests: #"""
        r=mk(list(range(3000)))
        assert r.v==0 and r.n.v==1
        """#),
    Case(
      "imports of the set-up",
      setUp: #"""
        import math
        from typing import List
        """#,
      code: #"def f(x: List[int]): return math.sqrt(x[0])"#,
      tests: #"assert f([4])==2"#),
    Case(
      "a stub in the set-up",
      setUp: #"""
        def f(x):
          '''Doubles.'''
          pass
        """#,
      code: #"def f(x): return 2*x"#,
      tests: #"assert f(2)==4"#),
    Case(
      "a function to mend",
      setUp: #"""
        def f(x):
          return x+2
        """#,
      code: #"def f(x): return 2*x"#,
      tests: #"assert f(3)==6"#),
    Case(
      "a checker that the answer shadows",
      setUp: #"def close(a,b): return abs(a-b)<1e-6"#,
      code: #"""
        def f(x): return x/3
        def close(a,b): return True
        """#,
      tests: #"assert close(f(1),1/3)"#),
    Case(
      "an enumeration of the set-up",
      setUp: #"""
        import enum
        class C(enum.Enum):
          A=1
        """#,
      code: #"""
        def f(): return C.A
        def g(c): return c.value
        """#,
      tests: #"""
        assert f() is C.A

        assert g(C.A)==1
        """#),
    Case(
      "a set-up that needs the answer",
      setUp: #"root=Node(1)"#,
      code: #"""
        class Node:
          def __init__(self,v): self.v=v
        def f(n): return n.v
        """#,
      tests: #"assert f(root)==1"#),
    Case(
      "a data class of the set-up",
      setUp: #"""
        from dataclasses import dataclass
        @dataclass
        class P:
          x:int
        """#,
      code: #"def f(p): p.x+=1; return P(p.x)"#,
      tests: #"""
        p=P(1)
        assert f(p)==P(2) and p.x==2
        """#),
  ]
}
