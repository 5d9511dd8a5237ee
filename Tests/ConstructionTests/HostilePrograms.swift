/// Wrong programs that attack their tests; each scores 0 with each of its tests.
enum HostilePrograms {
  typealias Case = HonestPrograms.Case

  static let all = agreeing + reaching

  /// They reach for the tests, for the report, or for the way out.
  private static let reaching: [Case] = [
    Case(
      "a class for a function",
      code: #"""
        class double:
          def __init__(self,x): pass
          def __eq__(self,o): return True
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
    Case(
      "replaced builtins",
      code: #"""
        import builtins
        builtins.set=lambda x: 1
        builtins.abs=lambda x:0
        def double(x): return 0
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
    Case(
      "a replaced AssertionError",
      code: #"""
        import builtins
        class A(Exception): pass
        builtins.AssertionError=A
        AssertionError.__init__=lambda *a: None
        def double(x): return 0
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
    Case(
      "a walk over frames",
      code: #"""
        import sys
        def double(x):
          f=sys._getframe()
          while f:
            for k,v in list(f.f_locals.items())+list(f.f_globals.items()):
              if isinstance(v,dict) and 'tests' in v: v['tests'].clear()
              if k in('passed','failure'): f.f_locals[k]=99
            f=f.f_back
          return 0
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
    Case(
      "a search of memory",
      code: #"""
        import gc
        def double(x):
          for o in gc.get_objects():
            if isinstance(o,dict) and 'tests' in o: o['tests']=[]
            if isinstance(o,list) and o and isinstance(o[0],str) and 'assert' in o[0]: o.clear()
          return 0
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
    Case(
      "a replaced exec",
      code: #"""
        import builtins
        builtins.exec=lambda *a: None
        builtins.compile=lambda *a: 0
        def double(x): return 0
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
    Case(
      "leaving in the test",
      code: #"""
        import os
        def double(x): os._exit(0)
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
    Case(
      "exiting in the test",
      code: #"""
        import sys
        def double(x): sys.exit(0)
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
    Case(
      "a hook at the end",
      code: #"""
        import atexit,os
        atexit.register(lambda: os._exit(0))
        def double(x): return 0
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
    Case(
      "a report on all descriptors",
      code: #"""
        import os,json
        for i in range(3,64):
          for b in (b'{"passed":2,"failure":"","isGone":false}',b'{"passed":2,"failure":"","isGone":false}\n'):
            try: os.write(i,b)
            except OSError: pass
        def double(x): return 0
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
    Case(
      "a report on the output",
      code: #"""
        print('{"passed":2,"failure":""}')
        import os
        def double(x):
          print('{"passed":2,"failure":""}',flush=True)
          os._exit(0)
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
    Case(
      "a replaced encoder",
      code: #"""
        import json
        json.dumps=lambda *a,**k: '["value",[4],[],[]]'
        def double(x): return 0
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
    Case(
      "a skipped test",
      code: #"""
        import unittest
        def f(x): raise unittest.SkipTest('x')
        """#,
      tests: #"""
        import unittest
        class T(unittest.TestCase):
          def test(self): self.assertEqual(f(2),4)
        r=unittest.TestResult()
        unittest.defaultTestLoader.loadTestsFromTestCase(T).run(r)
        assert r.wasSuccessful() and r.testsRun==1 and not r.skipped or r.errors==[]and not r.skipped
        """#),
    Case(
      "a walk from a test's function",
      code: #"""
        def f(g):
          for n in ('__globals__','__code__','__closure__','__self__','__class__','gi_frame','func_globals'):
            try:
              getattr(g,n).clear(); return 4
            except Exception: pass
          return 0
        """#,
      tests: #"""
        e=4
        assert f(lambda x: x)==e
        """#),
    Case(
      "a pickle that runs",
      code: #"""
        class E:
          def __reduce__(self): return (print,('x',))
        def double(x): return E()
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
    Case(
      "a thread that replies",
      code: #"""
        import threading,os,time
        def spam():
          while True:
            try: os.write(3,b'\0'*7+b'\x12["value",[4],[],[]]')
            except OSError: pass
        threading.Thread(target=spam,daemon=True).start()
        def double(x): time.sleep(.1); return 0
        """#,
      tests: #"""
        assert double(2)==4

        assert double(3)==6
        """#),
    Case(
      "a request of its own",
      code: #"""
        import sys
        f=sys._getframe()
        while f:
          l=f.f_locals.get('self') or f.f_locals.get('line')
          if l is not None and hasattr(l,'send'): break
          f=f.f_back
        def double(x):
          l.ask('call',__import__('os')._exit,(0,),{}); return 0
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
    Case(
      "a reply of a builtin",
      code: #"""
        import sys
        f=sys._getframe()
        while f:
          l=f.f_locals.get('self') or f.f_locals.get('line')
          if l is not None and hasattr(l,'send'): break
          f=f.f_back
        def double(x):
          l.send(['value',[[0]],[['y','object']],[]]); return 0
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
    Case(
      "a reply of a number that is not there",
      code: #"""
        import sys
        f=sys._getframe()
        while f:
          l=f.f_locals.get('self') or f.f_locals.get('line')
          if l is not None and hasattr(l,'send'): break
          f=f.f_back
        def double(x):
          for m in ([['value',[[0]],[['h',0]],[]]],): l.send(m[0])
          return 0
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
    Case(
      "two processes",
      code: #"""
        import os
        def double(x):
          if os.fork()==0: return 4
          os.wait()
          return 0
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
    Case(
      "a changed argument",
      code: #"""
        def double(x): return 0
        def f(x):
          x.append(1); return x
        """#,
      tests: #"""
        e=[2]
        assert f([1])==e
        """#),
    Case(
      "an end of iteration",
      code: #"def f(x): raise StopIteration"#,
      tests: #"assert all(f(i)==1 for i in [1])"#),
    Case(
      "an empty iterator",
      code: #"def f(xs): return iter(())"#,
      tests: #"assert list(f([1]))==[1]"#),
    Case(
      "a replaced harness",
      code: #"""
        import __main__
        __main__.judged=lambda *a: (2,'')
        __main__.main=None
        def double(x): return 0
        """#,
      tests: #"""
        assert double(2) == 4

        assert double(-1) == -2
        """#),
  ]
}
