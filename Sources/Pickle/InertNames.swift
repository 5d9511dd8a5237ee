/// Names of data types that tables hold in columns that outcomes have no use for.
///
/// A pickle may name them and call them. Neither does anything here: the name stays as an inert value,
/// its arguments and state are dropped, and a column that holds one is not read. Every name that is
/// neither here nor in `Global` refuses the file.
enum InertNames {
  /// The names as a pickle spells them, `module name`.
  static let known: Set<String> = {
    var names: Set<String> = []
    for (modules, members) in groups {
      for module in modules { for member in members { names.insert("\(module) \(member)") } }
    }
    return names
  }()

  /// Python's own types of data.
  private static let python: [([String], [String])] = [
    (
      ["builtins", "__builtin__"],
      [
        "set", "frozenset", "list", "dict", "tuple", "int", "long", "float", "bool", "str",
        "unicode", "complex", "range", "xrange", "Ellipsis",
      ]
    ),
    (["datetime"], ["date", "datetime", "time", "timedelta", "timezone", "tzinfo"]),
    (["decimal"], ["Decimal"]),
    (["fractions"], ["Fraction"]),
    (["uuid"], ["UUID", "SafeUUID"]),
    (["collections"], ["OrderedDict", "defaultdict", "Counter", "deque"]),
    (
      ["pathlib", "pathlib._local"],
      ["Path", "PosixPath", "WindowsPath", "PurePath", "PurePosixPath", "PureWindowsPath"]
    ),
    (
      ["ipaddress"],
      [
        "IPv4Address", "IPv6Address", "IPv4Network", "IPv6Network", "IPv4Interface",
        "IPv6Interface",
      ]
    ),
    (["array"], ["array", "_array_reconstructor"]),
    (["types"], ["SimpleNamespace"]),
    (["zoneinfo"], ["ZoneInfo"]),
    (["pytz"], ["_p", "_UTC", "FixedOffset"]),
    (["pytz.tzinfo"], ["StaticTzInfo", "DstTzInfo"]),
    (
      ["dateutil.tz", "dateutil.tz.tz", "dateutil.tz._tzfile", "dateutil.zoneinfo"],
      ["tzutc", "tzlocal", "tzoffset", "tzfile", "tzstr", "tzrange", "_unpickle"]
    ),
  ]

  private static let numpy: [([String], [String])] = [
    (["numpy"], ["matrix", "recarray", "record"]),
    (["numpy.rec"], ["recarray", "record"]),
    (["numpy.ma", "numpy.ma.core"], ["MaskedArray", "_mareconstruct"]),
  ]

  private static let pandas: [([String], [String])] = [
    (["pandas", "pandas.core.series"], ["Series"]),
    (["pandas.core.internals.managers"], ["SingleBlockManager"]),
    (["pandas", "pandas.core.indexes.multi"], ["MultiIndex"]),
    (["pandas", "pandas.core.indexes.interval"], ["IntervalIndex", "_new_IntervalIndex"]),
    (["pandas", "pandas.core.indexes.period"], ["PeriodIndex", "_new_PeriodIndex"]),
    (["pandas", "pandas.core.indexes.timedeltas"], ["TimedeltaIndex", "_new_TimedeltaIndex"]),
    (
      ["pandas", "pandas.core.dtypes.dtypes", "pandas.core.arrays.sparse.dtype"],
      ["DatetimeTZDtype", "PeriodDtype", "IntervalDtype", "SparseDtype"]
    ),
    (
      [
        "pandas.arrays", "pandas.core.arrays.period", "pandas.core.arrays.timedeltas",
        "pandas.core.arrays.interval", "pandas.core.arrays.sparse.array",
        "pandas.core.arrays.sparse",
      ], ["PeriodArray", "TimedeltaArray", "IntervalArray", "SparseArray"]
    ),
    (["pandas._libs.sparse"], ["IntIndex", "BlockIndex"]),
    (["pandas", "pandas._libs.interval"], ["Interval", "__pyx_unpickle_IntervalMixin"]),
    (
      [
        "pandas", "pandas._libs.tslibs", "pandas._libs.tslibs.timestamps",
        "pandas._libs.tslibs.timedeltas", "pandas._libs.tslibs.period",
      ],
      [
        "Timestamp", "_unpickle_timestamp", "Timedelta", "_timedelta_unpickle", "Period",
        "__pyx_unpickle_PeriodDtypeBase",
      ]
    ),
    (["pandas._libs.tslibs.dtypes"], ["PeriodDtypeBase", "__pyx_unpickle_PeriodDtypeBase"]),
    (
      ["pandas._libs.tslibs.offsets"],
      [
        "BQuarterBegin", "BQuarterEnd", "BYearBegin", "BYearEnd", "BusinessHour",
        "BusinessMonthBegin", "BusinessMonthEnd", "CustomBusinessDay", "CustomBusinessHour",
        "CustomBusinessMonthBegin", "CustomBusinessMonthEnd", "DateOffset", "Easter", "FY5253",
        "FY5253Quarter", "HalfYearBegin", "HalfYearEnd", "LastWeekOfMonth", "MonthBegin",
        "QuarterBegin", "QuarterEnd", "RelativeDeltaOffset", "SemiMonthBegin", "SemiMonthEnd",
        "Week", "WeekOfMonth", "YearBegin", "YearEnd",
      ]
    ),
  ]

  private static let arrow: [([String], [String])] = [
    (
      ["pyarrow.lib"],
      [
        "field", "list_", "large_list", "list_view", "large_list_view", "struct", "map_",
        "dictionary", "timestamp", "time32", "time64", "duration", "binary", "decimal32",
        "decimal64", "decimal128", "decimal256", "run_end_encoded", "sparse_union",
        "dense_union", "union", "fixed_shape_tensor",
      ]
    )
  ]

  private static let groups = python + numpy + pandas + arrow
}
