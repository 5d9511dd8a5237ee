/// Right programs whose objects stay in their process.
extension HonestPrograms {
  static let objects: [Case] = [
    Case(
      "a class with state",
      code: #"""
        class Stack:
          def __init__(self): self.items=[]
          def push(self,x): self.items.append(x)
          def pop(self): return self.items.pop()
          def __len__(self): return len(self.items)
        """#,
      tests: #"""
        s=Stack()
        s.push(1)
        s.push((2,3))
        assert len(s)==2
        assert s.pop()==(2,3)
        assert s.items==[1]
        assert s
        assert isinstance(s,Stack)
        assert type(s).__name__=='Stack'
        """#),
    Case(
      "operators",
      code: #"""
        class V:
          def __init__(self,x,y): self.x,self.y=x,y
          def __eq__(self,o): return isinstance(o,V) and (self.x,self.y)==(o.x,o.y)
          def __add__(self,o): return V(self.x+o.x,self.y+o.y)
          def __mul__(self,k): return V(self.x*k,self.y*k)
          __rmul__=__mul__
          def __repr__(self): return 'V(%r, %r)'%(self.x,self.y)
          def __abs__(self): return 5.0
          def __iter__(self): yield self.x; yield self.y
          def __lt__(self,o): return self.x<o.x
          def __hash__(self): return hash((self.x,self.y))
          def __getitem__(self,i): return (self.x,self.y)[i]
          def __neg__(self): return V(-self.x,-self.y)
        """#,
      tests: #"""
        assert V(1,2)+V(3,4)==V(4,6)

        assert V(1,2)!=V(2,2)

        assert (V(1,2)*3).x==3

        assert 3*V(1,2)==V(3,6)

        assert str(V(1,2))=='V(1, 2)'

        assert abs(V(3,4))==5

        assert list(V(1,2))==[1,2]

        assert sorted([V(2,0),V(1,0)])==[V(1,0),V(2,0)]

        assert len({V(1,2),V(1,2)})==1

        assert V(1,2)[1]==2

        assert -V(1,2)==V(-1,-2)

        a,b=V(1,2)
        assert (a,b)==(1,2)

        assert V(1,2) in [V(1,2)]

        assert not V(1,2)==3

        v=V(1,2)
        v.x=9
        assert v.x==9

        import copy
        v=V(1,2)
        w=copy.deepcopy(v)
        w.x=5
        assert v.x==1

        assert max(V(1,0),V(4,0)).x==4

        assert f'{V(1,2)}'=='V(1, 2)'
        """#),
    Case(
      "errors",
      code: #"""
        class MyError(ValueError):
          def __init__(self,code): super().__init__('bad %d'%code); self.code=code
        def f(x):
          if x<0: raise MyError(x)
          if x==0: raise KeyError('k')
          return x
        """#,
      tests: #"""
        try:
          f(-1)
          assert False
        except MyError as e:
          assert e.code==-1 and str(e)=='bad -1'

        try:
          f(-1)
          assert False
        except ValueError: pass

        try:
          f(0)
          assert False
        except KeyError as e: assert e.args==('k',)

        import unittest
        class T(unittest.TestCase):
          def test(self):
            with self.assertRaises(MyError): f(-2)
        r=unittest.TestResult()
        unittest.defaultTestLoader.loadTestsFromTestCase(T).run(r)
        assert r.wasSuccessful() and r.testsRun==1
        """#),
    Case(
      "functions as arguments",
      code: #"""
        def apply(f,xs): return [f(x) for x in xs]
        def compose(f,g): return lambda x: f(g(x))
        def fold(f,xs,a):
          for x in xs: a=f(a,x)
          return a
        """#,
      tests: #"""
        assert apply(lambda x:x+1,[1,2])==[2,3]

        assert apply(len,['a','bb'])==[1,2]

        import math
        assert apply(math.sqrt,[4])==[2]

        assert compose(lambda x:x*2,lambda x:x+1)(3)==8

        assert fold(lambda a,x:(a.append(x),a)[1],[1,2],[])==[1,2]

        assert apply(str,[1])==['1']

        def dbl(x): return 2*x
        assert apply(dbl,[1])==[2]

        class K:
          def __call__(self,x): return x+1
          def m(self,x): return x+2
        assert apply(K(),[1])==[2] and apply(K().m,[1])==[3]
        """#),
    Case(
      "enumerations",
      code: #"""
        import enum
        class Color(enum.Enum):
          RED=1
          BLUE=2
        class N(enum.IntEnum):
          A=1
        def f(x): return Color(x)
        def g(): return N.A
        """#,
      tests: #"""
        assert f(1)==Color.RED and f(1) is Color.RED

        assert f(2).value==2 and f(2).name=='BLUE'

        assert [c.name for c in Color]==['RED','BLUE']

        assert Color['RED']==Color.RED

        assert g()==1 and g().name=='A'
        """#),
    Case(
      "data classes",
      code: #"""
        from dataclasses import dataclass
        @dataclass
        class P:
          x:int
          y:int=0
        @dataclass(order=True,frozen=True)
        class Q:
          a:int
        def f(p): return P(p.y,p.x)
        """#,
      tests: #"""
        assert f(P(1,2))==P(2,1)

        assert P(1).y==0

        assert repr(P(1,2))=='P(x=1, y=2)'

        assert Q(1)<Q(2) and hash(Q(1))==hash(Q(1))
        """#),
    Case(
      "subclasses of plain types",
      code: #"""
        class Stack(list):
          def push(self,x): self.append(x)
          def peek(self): return self[-1]
        class D(dict): pass
        class S(str): pass
        class I(int): pass
        def f(): return D(a=1)
        def g(): return S('x')
        def h(): return I(4)
        """#,
      tests: #"""
        s=Stack()
        s.push(1)
        assert s==[1] and s.peek()==1 and len(s)==1

        assert f()=={'a':1}

        assert g()=='x'

        assert h()==4
        """#),
    Case(
      "coroutines",
      code: #"""
        import asyncio
        async def f(x):
          await asyncio.sleep(0)
          return x+1
        """#,
      tests: #"""
        import asyncio
        assert asyncio.run(f(1))==2

        import asyncio
        async def t():
          a=await f(1)
          b,c=await asyncio.gather(f(2),f(3))
          assert (a,b,c)==(2,3,4)
        asyncio.run(t())
        """#),
    Case(
      "a context",
      code: #"""
        class C:
          def __enter__(self): self.on=True; return self
          def __exit__(self,t,e,b): self.on=False; return t is ValueError
        """#,
      tests: #"""
        with C() as c: assert c.on
        assert not c.on

        with C(): raise ValueError
        """#),
    Case(
      "class members",
      code: #"""
        class A:
          n=3
          @staticmethod
          def s(x): return x
          @classmethod
          def c(cls): return cls.n
          @property
          def p(self): return 5
        class B(A): pass
        """#,
      tests: #"""
        assert A.s(1)==1 and A.c()==3 and A.n==3 and A().p==5

        assert isinstance(B(),A) and issubclass(B,A)
        """#),
    Case(
      "a cached function",
      code: #"""
        import functools
        @functools.lru_cache(None)
        def fib(n): return n if n<2 else fib(n-1)+fib(n-2)
        """#,
      tests: #"""
        assert fib(80)==23416728348467685

        assert fib.cache_info().misses==81
        """#),
    Case(
      "membership by a method",
      code: #"""
        class Trie:
          def __init__(self): self.w=set()
          def insert(self,x): self.w.add(x)
          def search(self,x): return x in self.w
        """#,
      tests: #"""
        t=Trie()
        t.insert('a')
        assert t.search('a') and not t.search('b')
        """#),
    Case(
      "a callable object",
      code: #"""
        class D:
          def __call__(self,x): return 2*x
        double=D()
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
  ]
}
