"""Writes the pickles that PickleTests reads. Run it once with each pandas:

    python1/bin/python make.py pandas1; python2/bin/python make.py pandas2; ...

They were made with pandas 1.5.3 (NumPy 1.26), 2.3.3 and 3.1.1 (NumPy 2.4, PyArrow 26).
"""
import array
import collections
import copyreg
import datetime
import decimal
import fractions
import io
import ipaddress
import pathlib
import pickle
import sys
import types
import uuid
import zoneinfo

import numpy as np
import pandas as pd

tag = sys.argv[1]


def save(name, make, protocols=(5,)):
    try:
        frame = make()
    except Exception as error:  # an older pandas lacks the type
        print(f"{tag} {name}: not made ({error})")
        return
    for protocol in protocols:
        with open(f"{tag}-{name}-{protocol}.pkl", "wb") as file:
            pickle.dump(frame, file, protocol)


def plain():
    return pd.DataFrame({
        "text": np.array(["a", "é\n😀", None], dtype=object),
        "double": [1.5, np.nan, -0.25],
        "integer": [1, -2, 2**62],
        "flag": [True, False, True],
        "float32": np.array([1, 2.5, 3], "f4"),
        "half": np.array([1, -2.5, 6e-8], "f2"),
        "int32": np.array([1, -2, 3], "i4"),
        "byte": np.array([1, 2, 255], "u1"),
        "category": pd.Categorical(["u", "v", None]),
        "date": np.array(["2020-01-01", "1969-12-31T23:59:59.789", "NaT"], "M8[ns]"),
        "Int64": pd.array([1, None, 3], dtype="Int64"),
        "Float64": pd.array([1.5, None, 3], dtype="Float64"),
        "boolean": pd.array([True, None, False], dtype="boolean"),
        "whole": pd.array([1, 2, 3], dtype="Int8"),
    })


def text(dtype):
    return lambda: pd.DataFrame({"q": pd.array(["a", "é", None, ""], dtype=dtype() if callable(dtype) else dtype)})


save("plain", plain, range(6))
save("string-python", text("string[python]"), (2, 5))
save("string-pyarrow", text("string[pyarrow]"), (2, 5))
save("string-nan", text(lambda: pd.StringDtype("python", na_value=np.nan)), (2, 5))
save("string-default", lambda: pd.DataFrame({"q": ["a", "é", None, ""]}), (2, 5))
save("pyarrow-sliced", lambda: pd.concat([text("string[pyarrow]")()] * 2).iloc[1:7])
save("pyarrow-types", lambda: pd.DataFrame({
    "int64": pd.array([1, None], dtype="int64[pyarrow]"),
    "uint8": pd.array([1, 255], dtype="uint8[pyarrow]"),
    "double": pd.array([1.5, None], dtype="double[pyarrow]"),
    "float": pd.array([1.5, 2], dtype="float[pyarrow]"),
    "bool": pd.array([True, None], dtype="bool[pyarrow]"),
    "string": pd.array(["x", None], dtype=pd.ArrowDtype(__import__("pyarrow").string())),
}))
save("named", lambda: pd.DataFrame(
    np.arange(6.0).reshape(3, 2), columns=pd.Index(["p", "q"], name="k"),
    index=pd.Index(["r", "s", "t"], name="id")))
save("fortran", lambda: pd.DataFrame(np.asfortranarray(np.arange(6.0).reshape(3, 2)), columns=list("ab")))
save("transposed", lambda: pd.DataFrame(np.arange(6.0).reshape(2, 3), columns=list("abc")).T, (2, 5))
save("number-columns", lambda: pd.DataFrame(np.arange(6).reshape(3, 2)))
save("interleaved", lambda: pd.DataFrame(
    {"a": [1, 2], "b": [.5, .25], "c": [3, 4], "d": [.125, 1], "e": [1., 2.], "f": [5, 6]}))
save("selected-rows", lambda: pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", "z"]}).iloc[[0, 2, 1]])
save("objects", lambda: pd.DataFrame({
    "mixed": np.array([1, "x", 2.5, True, None, np.float64(3), np.int64(-4)], dtype=object),
    "missing": np.array([None, pd.NaT, pd.NA, float("nan"), None, None, None], dtype=object),
    "numbers": np.array([1, None, 2.5, np.float32(.5), np.nan, np.uint8(7), True], dtype=object),
    "integers": np.array([1, 2, 3, 4, 5, 6, np.int16(-7)], dtype=object),
    "flags": np.array([True, False, True, np.True_, True, True, False], dtype=object),
    "repeated": np.array(["s" * 40] * 7, dtype=object),
}))
save("date-index", lambda: pd.DataFrame({"a": [1, 2]}, index=pd.date_range("2020-02-28", periods=2)))
save("category-index", lambda: pd.DataFrame({"a": [1, 2]}, index=pd.CategoricalIndex(["x", "y"])))
save("category-columns", lambda: pd.DataFrame([[1, 2]], columns=pd.CategoricalIndex(["x", "y"])))
save("empty", pd.DataFrame, (2, 5))
save("no-rows", lambda: pd.DataFrame({"a": np.array([], "f8"), "b": np.array([], object)}), (2, 5))
save("no-columns", lambda: pd.DataFrame(index=[1, 2]))
save("big-endian", lambda: pd.DataFrame({"a": np.array([1.5, 2], ">f8"), "b": np.array([1, 2], ">i2")}))
save("huge-unsigned", lambda: pd.DataFrame({"a": np.array([1, 2**63], "u8")}))
save("refused-multi-index", lambda: pd.DataFrame(
    np.arange(4.0).reshape(2, 2), columns=pd.MultiIndex.from_tuples([("a", "b"), ("c", "d")])))
save("refused-time-zone", lambda: pd.DataFrame({"t": pd.date_range("2020", periods=1, tz="UTC")}))
save("refused-period", lambda: pd.DataFrame({"t": pd.period_range("2020", periods=1, freq="M")}))
save("refused-duration", lambda: pd.DataFrame({"t": pd.to_timedelta([1], "h")}))
save("refused-interval", lambda: pd.DataFrame({"t": pd.interval_range(0, 1)}))
save("refused-sparse", lambda: pd.DataFrame({"t": pd.arrays.SparseArray([1, 0])}))
save("refused-series", lambda: pd.Series([1, 2]))
save("refused-list-cell", lambda: pd.DataFrame({"t": ["x", ["y"]]}, dtype=object))
save("refused-timestamp-cell", lambda: pd.DataFrame({"t": [pd.Timestamp("2020")]}, dtype=object))
save("refused-complex", lambda: pd.DataFrame({"t": [1j]}))



def beside(columns, index=None):
    """A plain table, and beside it columns that nobody needs."""
    def make():
        frame = pd.DataFrame({"text": ["a", "é"], "number": [0.5, 1.0]})
        for name, values in columns().items():
            if callable(values):
                cells = np.empty(2, dtype=object)
                for row in range(2):
                    cells[row] = values()
                values = cells
            frame[name] = values
        if index is not None:
            frame.index = index()
        return frame
    return make


berlin = zoneinfo.ZoneInfo("Europe/Berlin")
moment = datetime.datetime(2024, 1, 2)
save("beside-python", beside(lambda: {
    "list": lambda: [1, [2.5]], "empty-list": list, "dict": lambda: {"k": [1]}, "tuple": lambda: (1, "x"),
    "set": lambda: {1, 2}, "empty-set": set, "frozenset": lambda: frozenset([1]),
    "date": moment.date, "datetime": lambda: [moment], "aware": lambda: [moment.replace(tzinfo=datetime.timezone.utc)],
    "berlin": lambda: [moment.replace(tzinfo=berlin)], "time": moment.time, "timedelta": lambda: [datetime.timedelta(1)],
    "uuid": lambda: uuid.UUID(int=1 << 100), "fraction": lambda: fractions.Fraction(1, 3), "complex": lambda: 1j,
    "path": lambda: pathlib.PurePosixPath("/x"), "ordered": lambda: collections.OrderedDict(a=1),
    "default": lambda: collections.defaultdict(list, a=[1]), "counter": lambda: collections.Counter("aab"),
    "deque": lambda: collections.deque([1]), "bytes": lambda: b"\xff", "bytearray": lambda: bytearray(b"x"),
    "range": lambda: range(3), "slice": lambda: slice(1), "ellipsis": lambda: ..., "type": lambda: int,
    "huge": lambda: 10**30, "namespace": lambda: types.SimpleNamespace(a=1),
    "array": lambda: array.array("d", [1.0]), "address": lambda: ipaddress.ip_address("1.2.3.4"),
}), (0, 2, 5))
save("beside-numpy", beside(lambda: {
    "embedding": lambda: np.ones(3, "f4"), "grid": lambda: np.ones((1, 2, 3)), "words": lambda: np.array(["a", "bc"]),
    "objects": lambda: np.array(["a", None], dtype=object), "records": lambda: np.zeros(1, [("x", "f4")]),
    "record": lambda: np.rec.array([(1, 2.0)], dtype=[("x", "i4"), ("y", "f4")])[0],
    "masked": lambda: np.ma.array([1, 2], mask=[0, 1]), "matrix": lambda: np.matrix([[1, 2]]),
    "complex-cell": lambda: np.complex64(1), "void": lambda: np.zeros(1, [("x", "f4")])[0],
    "bytes-cell": lambda: np.bytes_(b"x"), "complex": np.array([1j, 2j]), "duration": np.array([1, 2], "m8[ns]"),
}), (0, 2, 5))
save("beside-pandas", beside(lambda: {
    "timestamp": lambda: [pd.Timestamp("2024")], "zoned": lambda: [pd.Timestamp("2024", tz="UTC")],
    "delta": lambda: [pd.Timedelta("1h")], "period": lambda: [pd.Period("2024-01", "M")],
    "interval": lambda: [pd.Interval(0, 1)], "offset": lambda: pd.offsets.MonthBegin(),
    "series": lambda: pd.Series([1, 2]), "frame": lambda: pd.DataFrame({"a": [1]}), "index": lambda: pd.Index([1, 2]),
    "utc": pd.date_range("2024", periods=2, tz="UTC"), "berlin": pd.date_range("2024", periods=2, tz=berlin),
    "fixed": pd.date_range("2024", periods=2, tz=datetime.timezone(datetime.timedelta(hours=2))),
    "durations": pd.to_timedelta([1, 2], "h"), "months": pd.period_range("2024", periods=2, freq="M"),
    "days": pd.period_range("2024", periods=2, freq="D"), "intervals": pd.interval_range(0, 2),
    "sparse": pd.arrays.SparseArray([1, 0]), "cut": pd.cut([1, 9], 2),
    "dates": pd.Categorical([moment.date()] * 2), "zones": pd.Categorical(pd.date_range("2024", periods=2, tz="UTC")),
    "tuples": pd.Categorical([(1, 2), (3, 4)]),
    **({} if tag == "pandas1" else {"centuries": np.array(["20000-01-01"] * 2, "M8[s]")}),
}), (0, 2, 5))
save("beside-zones", beside(lambda: {
    "pytz": pd.date_range("2024", periods=2, tz=__import__("pytz").timezone("US/Eastern")),
    "minutes": pd.date_range("2024", periods=2, tz=__import__("pytz").FixedOffset(90)),
    "dateutil": pd.date_range("2024", periods=2, tz=__import__("dateutil.tz").tz.tzoffset("x", 3600)),
}))
save("beside-pyarrow", beside(lambda: {
    name: pd.array([value] * 2, dtype=pd.ArrowDtype(kind(__import__("pyarrow")))) for name, value, kind in [
        ("list", [1.0, 2.0], lambda pa: pa.list_(pa.float32())), ("fixed", [1.0, 2.0], lambda pa: pa.list_(pa.float32(), 2)),
        ("struct", {"a": 1}, lambda pa: pa.struct([("a", pa.int64())])),
        ("map", [("a", 1)], lambda pa: pa.map_(pa.string(), pa.int64())), ("date", moment.date(), lambda pa: pa.date32()),
        ("time", moment, lambda pa: pa.timestamp("us", tz="UTC")), ("duration", datetime.timedelta(1), lambda pa: pa.duration("us")),
        ("decimal", decimal.Decimal("1.50"), lambda pa: pa.decimal128(10, 2)), ("binary", b"x", lambda pa: pa.binary()),
        ("null", None, lambda pa: pa.null()), ("dictionary", "x", lambda pa: pa.dictionary(pa.int32(), pa.string())),
        ("view", "x", lambda pa: pa.string_view())]
}))
for name, index in {
    "zone": lambda: pd.date_range("2024", periods=2, tz="UTC"), "period": lambda: pd.period_range("2024", periods=2, freq="D"),
    "duration": lambda: pd.to_timedelta([1, 2], "h"), "interval": lambda: pd.interval_range(0, 2),
    "uuid": lambda: pd.Index([uuid.UUID(int=1), uuid.UUID(int=2)]),
    "multi": lambda: pd.MultiIndex.from_tuples([("s1", pd.Timestamp("2024", tz="UTC")), ("s2", pd.Timestamp("2025", tz="UTC"))], names=["sample_id", "when"]),
}.items():
    save(f"index-{name}", beside(dict, index))
save("read-objects", beside(lambda: {
    "decimal": lambda: decimal.Decimal("1.50"), "str": lambda: np.str_("né"), "missing": lambda: pd.NaT}), (0, 2, 5))
save("duplicated", lambda: pd.DataFrame([["s", "p", "t", 1, 0]], columns=["sample_id", "prompt", "eval_name", "a", "a"]))



def outcomes(**changes):
    """Outcomes of two models, with columns that nobody needs or in place of those that one does."""
    def make():
        frame = pd.DataFrame({
            "sample_id": ["s0", "s1"], "prompt": ["p", "q"], "eval_name": ["t", "t"], "a": [1.0, 0.5],
            "b": [0.0, 1.0], "a|total_cost": [0.25, 0.5], "b|total_cost": [0.125, 0.125]})
        for name, make in changes.items():
            cells = np.empty(2, dtype=object)
            for row in range(2):
                cells[row] = make(row)
            frame[name] = cells
        return frame
    return make


save("outcomes", outcomes(
    embedding=lambda row: np.ones(4, "f4"), tags=lambda row: ["x"], meta=lambda row: {"k": row}, day=lambda row: moment.date(),
    run=lambda row: uuid.UUID(int=row), difficulty=lambda row: "hard", true_label=lambda row: ["A"]))
save("outcomes-decimal", outcomes(**{
    "a": lambda row: decimal.Decimal(["1.0", "0.5"][row]), "a|total_cost": lambda row: decimal.Decimal(["0.25", "0.50"][row]),
    "sample_id": lambda row: np.str_(f"s{row}")}))
save("outcomes-prompt", outcomes(prompt=lambda row: [{"role": "user"}]))
save("outcomes-sample_id", outcomes(sample_id=lambda row: uuid.UUID(int=row)))
save("outcomes-quality", outcomes(a=lambda row: moment.date()))
save("outcomes-cost", outcomes(**{"b|total_cost": lambda row: {1}}))

if tag == "pandas1":
    # pandas 1.0 to 1.2 gave the block manager a state instead of arguments.
    class Legacy(pickle._Pickler):
        def save_reduce(self, func, args, state=None, *rest, obj=None, **more):
            name = getattr(func, "__name__", "")
            if name == "BlockManager":
                blocks, axes = args
                inner = {"axes": list(axes), "blocks": [
                    {"values": b.values, "mgr_locs": b.mgr_locs.indexer} for b in blocks]}
                func, args, state = copyreg.__newobj__, (func,), (list(axes), [], [], {"0.14.1": inner})
                obj = None
            return super().save_reduce(func, args, state, *rest, obj=obj, **more)

    stream = io.BytesIO()
    frame = pd.DataFrame({"a": [1.5, 2], "b": ["x", None], "c": [3.5, 4],
                          "d": np.array(["2020-01-01", "NaT"], "M8[ns]")})
    Legacy(stream, 4).dump(frame)
    pd.testing.assert_frame_equal(pickle.loads(stream.getvalue()), frame)
    open("pandas1-legacy-4.pkl", "wb").write(stream.getvalue())
