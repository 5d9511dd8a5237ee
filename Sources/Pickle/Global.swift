/// The functions and classes that a pickled DataFrame of plain columns needs; there are no others.
///
/// They are names only: the machine writes calls of them down, and the frame reader gives them the
/// one meaning that they have in pandas, NumPy and PyArrow.
enum Global: UInt8 {
  case dataFrame, blockManager, block, blockPlacement
  case newIndex, index, rangeIndex
  case numpyReconstruct, numpyFromBuffer, numpyScalar, numpyArray, numpyDType
  case slice, bytes, byteArray, objectClass, codecsEncode, reconstructor
  case arrayBacked, categorical, categoricalDType, datetimeArray, stringArray, stringDType
  case maskedArray, maskedDType, missing, notATime
  case arrowArray, arrowDType, arrowRestore, arrowBuffer, arrowType, arrowChunks
  case frequency
  /// Refused at every call but one.
  case getAttribute

  /// What it makes, in words for an error message; `nil` if nobody meets it.
  var noun: String? {
    switch self {
    case .numpyReconstruct, .numpyFromBuffer: "a NumPy array"
    case .numpyScalar: "a NumPy scalar"
    case .dataFrame: "a DataFrame"
    case .newIndex: "a pandas index"
    case .categorical, .arrayBacked, .maskedArray, .arrowArray: "a pandas array"
    case .slice: "a slice"
    case .byteArray: "a bytearray"
    case .bytes, .codecsEncode: "bytes"
    default: nil
    }
  }

  /// The name as the pickle spells it, `module name`, to what it stands for.
  static let named: [String: Global] = {
    var table: [String: Global] = [:]
    func add(_ global: Global, _ modules: [String], _ names: [String]) {
      for module in modules { for name in names { table["\(module) \(name)"] = global } }
    }
    let builtins = ["builtins", "__builtin__"]
    let arrays = "pandas.core.arrays"
    let indexes = "pandas.core.indexes"
    let dtypes = "pandas.core.dtypes.dtypes"
    let widths = ["Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64"]
    let integerDTypes = widths.map { "\($0)Dtype" }
    add(.dataFrame, ["pandas", "pandas.core.frame"], ["DataFrame"])
    add(.blockManager, ["pandas.core.internals.managers"], ["BlockManager"])
    add(.block, ["pandas._libs.internals"], ["_unpickle_block"])
    add(.block, ["pandas.core.internals.blocks"], ["new_block"])
    add(.blockPlacement, ["pandas._libs.internals"], ["BlockPlacement"])
    add(.newIndex, ["\(indexes).base"], ["_new_Index"])
    add(.newIndex, ["\(indexes).datetimes"], ["_new_DatetimeIndex"])
    add(.index, ["pandas"], ["Index", "CategoricalIndex", "DatetimeIndex"])
    add(.index, ["\(indexes).base"], ["Index"])
    add(.index, ["\(indexes).category"], ["CategoricalIndex"])
    add(.index, ["\(indexes).datetimes"], ["DatetimeIndex"])
    add(.index, ["\(indexes).numeric"], ["Int64Index", "UInt64Index", "Float64Index"])
    add(.rangeIndex, ["pandas", "\(indexes).range"], ["RangeIndex"])
    let multiarray = ["numpy.core.multiarray", "numpy._core.multiarray"]
    add(.numpyReconstruct, multiarray, ["_reconstruct"])
    add(.numpyScalar, multiarray, ["scalar"])
    add(.numpyFromBuffer, ["numpy.core.numeric", "numpy._core.numeric"], ["_frombuffer"])
    add(.numpyArray, ["numpy"], ["ndarray"])
    add(.numpyDType, ["numpy"], ["dtype"])
    add(.slice, builtins, ["slice"])
    add(.getAttribute, builtins, ["getattr"])
    add(.bytes, builtins, ["bytes"])
    add(.byteArray, builtins, ["bytearray"])
    add(.objectClass, builtins, ["object"])
    add(.codecsEncode, ["_codecs"], ["encode"])
    add(.reconstructor, ["copyreg", "copy_reg"], ["_reconstructor"])
    add(.arrayBacked, ["pandas._libs.arrays"], ["__pyx_unpickle_NDArrayBacked"])
    add(.categorical, ["pandas", "\(arrays).categorical"], ["Categorical"])
    add(.categoricalDType, ["pandas", dtypes], ["CategoricalDtype"])
    add(.datetimeArray, ["pandas.arrays", "\(arrays).datetimes"], ["DatetimeArray"])
    add(
      .stringArray, ["pandas.arrays", "\(arrays).string_"],
      ["StringArray", "StringArrayNumpySemantics"])
    add(.stringDType, ["pandas", "\(arrays).string_"], ["StringDtype"])
    add(.maskedArray, ["pandas.arrays"], ["IntegerArray", "FloatingArray", "BooleanArray"])
    add(.maskedArray, ["\(arrays).integer"], ["IntegerArray"])
    add(.maskedArray, ["\(arrays).floating"], ["FloatingArray"])
    add(.maskedArray, ["\(arrays).boolean"], ["BooleanArray"])
    add(.maskedDType, ["pandas", "\(arrays).integer"], integerDTypes)
    add(.maskedDType, ["pandas", "\(arrays).floating"], ["Float32Dtype", "Float64Dtype"])
    add(.maskedDType, ["pandas", "\(arrays).boolean"], ["BooleanDtype"])
    add(.missing, ["pandas", "pandas._libs.missing"], ["NA"])
    add(.notATime, ["pandas._libs.tslibs.nattype"], ["_nat_unpickle", "__nat_unpickle"])
    add(.arrowArray, ["pandas.arrays"], ["ArrowStringArray", "ArrowExtensionArray"])
    add(
      .arrowArray, ["\(arrays).string_arrow"],
      ["ArrowStringArray", "ArrowStringArrayNumpySemantics"])
    add(.arrowArray, ["\(arrays).arrow.array"], ["ArrowExtensionArray"])
    add(.arrowDType, ["pandas", dtypes, "\(arrays).arrow.dtype"], ["ArrowDtype"])
    add(.arrowRestore, ["pyarrow.lib"], ["_restore_array"])
    add(.arrowBuffer, ["pyarrow.lib"], ["py_buffer"])
    add(.arrowType, ["pyarrow.lib"], ["type_for_alias"])
    add(.arrowChunks, ["pyarrow.lib"], ["chunked_array"])
    add(
      .frequency, ["pandas._libs.tslibs.offsets"],
      ["Day", "Hour", "Minute", "Second", "Milli", "Micro", "Nano", "BusinessDay", "MonthEnd"])
    return table
  }()
}
