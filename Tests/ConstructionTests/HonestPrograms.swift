import Testing

/// Right programs of all kinds, with tests that only a faithful line between processes passes.
enum HonestPrograms {
  /// A program, and what runs before and after it.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var setUp = ""
    let code: String
    /// Texts that run one after the other.
    let tests: [String]
    var testDescription: String { name }

    init(_ name: String, setUp: String = "", code: String, tests: String) {
      (self.name, self.setUp, self.code, self.tests) = (
        name, setUp, code, tests.split(separator: "\n\n").map(String.init)
      )
    }
  }

  static let all = values + objects + setUps

  private static let values: [Case] = [
    Case(
      "a generator",
      code: #"""
        def f(n):
          for i in range(n): yield i
        """#,
      tests: #"""
        assert list(f(3))==[0,1,2]

        g=f(2)
        assert next(g)==0
        assert next(g)==1
        try:
          next(g)
          assert False
        except StopIteration: pass

        assert sum(f(4))==6
        """#),
    Case(
      "all plain types",
      code: #"""
        from collections import *
        from decimal import Decimal
        from fractions import Fraction
        import datetime
        def f(k):
          return {'c':Counter('aab'),'o':OrderedDict(a=1),'d':defaultdict(list,{1:[2]}),'q':deque([1,2],5),'dec':Decimal('1.5'),'fr':Fraction(1,3),'dt':datetime.date(2020,1,2),'t':(1,[2,{3}]),'fs':frozenset([1]),'b':b'x\xff','cx':1+2j,'big':10**6000,'nan':float('nan'),'inf':float('inf'),'none':None,'e':...,'r':range(3),'nt':namedtuple('P','x y')(1,2),'map':map(str,[1,2]),'keys':{1:2}.keys(),'ba':bytearray(b'q'),'str':'\ud800\n\u20ac','type':int,'zip':zip('ab','cd'),'bool':True,'neg0':-0.0, 'items':{1:2}.items(),'values':{1:2}.values(),'td':datetime.timedelta(1),'now':datetime.datetime(2020,1,2,3,4,tzinfo=datetime.timezone.utc)}[k]
        """#,
      tests: #"""
        from collections import *
        assert f('c')==Counter('aab') and f('c')['zz']==0

        from collections import *
        assert f('o')==OrderedDict(a=1)

        assert f('d')=={1:[2]} and f('d')[9]==[]

        assert list(f('q'))==[1,2] and f('q').maxlen==5

        from decimal import Decimal
        assert f('dec')==Decimal('1.5')

        assert f('fr')*3==1

        import datetime
        assert f('dt')==datetime.date(2020,1,2)

        assert f('t')==(1,[2,{3}])

        assert f('fs')==frozenset([1])

        assert f('b')==b'x\xff'

        assert f('cx')==1+2j

        assert f('big')==10**6000

        assert f('nan')!=f('nan')

        assert f('inf')==float('inf')

        assert f('none') is None

        assert f('e') is ...

        assert f('r')==range(3)

        assert f('nt')==(1,2) and f('nt').y==2

        assert list(f('map'))==['1','2']

        assert f('keys')=={1}

        assert f('ba')==b'q'

        assert f('str')=='\ud800\n\u20ac'

        assert f('type') is int

        assert list(f('zip'))==[('a','c'),('b','d')]

        assert f('bool') is True

        import math
        assert math.copysign(1,f('neg0'))==-1

        assert list(f('items'))==[(1,2)]

        assert list(f('values'))==[2]

        import datetime
        assert f('now')-datetime.timedelta(1)<f('now') and f('td').days==1
        """#),
    Case(
      "arguments changed in place",
      code: #"""
        def f(x):
          x.sort()
          x.append(99)
        def g(d): d['k']=[1]; d['k'].append(2)
        def h(x): return x
        def s(a): a[0],a[1]=a[1],a[0]
        """#,
      tests: #"""
        x=[3,1]
        assert f(x) is None
        assert x==[1,3,99]

        d={}
        g(d)
        assert d=={'k':[1,2]}

        x=[1]
        assert h(x) is x

        x=[[1],[2]]
        a,b=x
        s(x)
        assert x[0] is b and x[1] is a

        x=[]
        x.append(x)
        assert h(x) is x

        n=[float('nan')]
        assert h(n)==n

        b=bytearray(b'ab')
        s(b)
        assert b==b'ba'

        from collections import deque
        d=deque([1,2])
        s(d)
        assert list(d)==[2,1]
        """#),
    Case(
      "a check function",
      code: #"""
        from typing import List
        def has_close(n: List[float], t: float) -> bool:
          return any(abs(a-b)<t for i,a in enumerate(n) for b in n[i+1:])
        """#,
      tests: #"""
        def check(candidate):
            assert candidate([1.0,2.0],0.5)==False
            assert candidate([1.0,2.8,3.0],0.3)==True
        check(has_close)
        """#),
    Case(
      "a builtin's name",
      code: #"def sum(a,b): return a+b"#,
      tests: #"assert sum(10,15)==25"#),
    Case(
      "a module that only the answer imports",
      code: #"""
        import math
        def f(x): return x/3
        """#,
      tests: #"assert math.isclose(f(1), 1/3)"#),
    Case(
      "variables",
      code: #"""
        count=0
        def f():
          global count
          count+=1
        LIMIT=7
        """#,
      tests: #"""
        f()
        f()
        assert count==2

        assert LIMIT==7
        """#),
    Case(
      "printing",
      code: #"""
        def f(n):
          print('hi',n)
        """#,
      tests: #"""
        import io,contextlib
        b=io.StringIO()
        with contextlib.redirect_stdout(b): f(3)
        assert b.getvalue()=='hi 3\n'
        """#),
    Case(
      "reading",
      code: #"""
        def f():
          return int(input())+int(input())
        """#,
      tests: #"""
        import sys,io
        sys.stdin=io.StringIO('1\n2\n')
        assert f()==3

        from unittest.mock import patch
        with patch('builtins.input',side_effect=['4','5']): assert f()==9
        """#),
    Case(
      "a seed",
      code: #"""
        import random
        def f(): return random.randint(1,10**9)
        """#,
      tests: #"""
        import random
        random.seed(42)
        a=f()
        random.seed(42)
        assert a==random.randint(1,10**9)
        """#),
    Case(
      "depth",
      code: #"""
        def f(n):
          x=[]
          for _ in range(n): x=[x]
          return x
        def depth(x):
          d=0
          while x: x=x[0]; d+=1
          return d
        """#,
      tests: #"assert depth(f(20000))==20000"#),
    Case(
      "recursion",
      code: #"def f(n): return 0 if n==0 else 1+f(n-1)"#,
      tests: #"assert f(960)==960"#),
    Case(
      "a raised recursion limit",
      code: #"""
        import sys
        sys.setrecursionlimit(5000)
        def f(n): return 0 if n==0 else 1+f(n-1)
        """#,
      tests: #"assert f(4000)==4000"#),
    Case(
      "a docstring",
      code: #"""
        def f(x):
          'Does.'
          return x
        """#,
      tests: #"""
        assert f.__name__=='f' and f.__doc__=='Does.'

        assert callable(f)
        """#),
    Case(
      "an import of the answer",
      code: #"def f(x): return x"#,
      tests: #"""
        from answer import f as g
        assert g(3)==3
        """#),
    Case(
      "a builtin that the answer shadows",
      code: #"""
        def set(x): return 5
        def f(x): return [1]
        """#,
      tests: #"assert set(f([1,1]))=={1}"#),
    Case(
      "keywords",
      code: #"def f(a,*b,c=1,**d): return (a,b,c,d)"#,
      tests: #"assert f(1,2,3,c=4,e=5)==(1,(2,3),4,{'e':5})"#),
    Case(
      "a partial function",
      code: #"""
        from functools import partial
        from operator import mul
        double=partial(mul,2)
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
    Case(
      "much data",
      code: #"def f(n): return list(range(n))"#,
      tests: #"assert len(f(300000))==300000 and f(3)[2]==2"#),
    Case(
      "many calls",
      code: #"def f(x): return x+1"#,
      tests: #"for i in range(5000): assert f(i)==i+1"#),
  ]
}
