"""Writes the pickles that PickleTests reads. Run it once with each pandas:

    python1/bin/python make.py pandas1; python2/bin/python make.py pandas2; ...

They were made with pandas 1.5.3 (NumPy 1.26), 2.3.3 and 3.1.1 (NumPy 2.4, PyArrow 26).
"""
import copyreg
import io
import pickle
import sys

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
