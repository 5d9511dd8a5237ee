import Testing

/// A pickle that is no honest DataFrame, and the one sentence that reading it must give.
struct HostilePickle: Sendable, CustomTestStringConvertible {
  let what: String
  /// The bytes, one Latin-1 character each.
  let program: String
  let sentence: String

  init(_ what: String, _ program: String, _ sentence: String) {
    self.what = what
    self.program = program
    self.sentence = sentence
  }

  var testDescription: String { what }
  var bytes: [UInt8] { program.unicodeScalars.map { UInt8($0.value) } }

  static let all = names + instructions + sizes + frames

  static let names: [HostilePickle] = [
    HostilePickle(
      "os.system by GLOBAL",
      "\u{80}\u{4}cos\nsystem\n(\u{8C}\u{A}echo pwnedtR.",
      "The pickle names os.system, which a table of plain columns does not need. "
        + "Nothing was run. If you trust the file, open it in pandas and save it as "
        + "CSV."),
    HostilePickle(
      "posix.system in protocol 0",
      "cposix\nsystem\n(S'echo pwned'\ntR.",
      "The pickle names posix.system, which a table of plain columns does not need. "
        + "Nothing was run. If you trust the file, open it in pandas and save it as "
        + "CSV."),
    HostilePickle(
      "eval by STACK_GLOBAL",
      "\u{80}\u{4}\u{8C}\u{8}builtins\u{8C}\u{4}eval\u{93}\u{8C}\u{1}1\u{85}R.",
      "The pickle names builtins.eval, which a table of plain columns does not "
        + "need. Nothing was run. If you trust the file, open it in pandas and save it "
        + "as CSV."),
    HostilePickle(
      "subprocess.Popen by INST",
      "\u{80}\u{4}(isubprocess\nPopen\n.",
      "The pickle names subprocess.Popen, which a table of plain columns does not "
        + "need. Nothing was run. If you trust the file, open it in pandas and save it "
        + "as CSV."),
    HostilePickle(
      "an object by OBJ",
      "\u{80}\u{4}(cbuiltins\nslice\nK\u{1}o.",
      "The pickle uses OBJ at byte 21: pandas makes no DataFrame with it. Save the "
        + "frame again with DataFrame.to_pickle."),
    HostilePickle(
      "a class by NEWOBJ_EX",
      "\u{80}\u{4}cpandas\nDataFrame\n)}\u{92}.",
      "The pickle uses NEWOBJ_EX at byte 22: pandas makes no DataFrame with it. "
        + "Save the frame again with DataFrame.to_pickle."),
    HostilePickle(
      "getattr, to reach other names",
      "\u{80}\u{4}cbuiltins\ngetattr\n.",
      "The pickle names builtins.getattr, which a table of plain columns does not "
        + "need. Nothing was run. If you trust the file, open it in pandas and save it "
        + "as CSV."),
    HostilePickle(
      "an attribute of a known module",
      "\u{80}\u{4}\u{8C}\u{6}pandas\u{8C}\u{10}DataFrame.to_csv\u{93}.",
      "The pickle names pandas.DataFrame.to_csv, which a table of plain columns "
        + "does not need. Nothing was run. If you trust the file, open it in pandas and "
        + "save it as CSV."),
    HostilePickle(
      "pandas.read_pickle",
      "\u{80}\u{4}cpandas\nread_pickle\n.",
      "The pickle names pandas.read_pickle, which a table of plain columns does not "
        + "need. Nothing was run. If you trust the file, open it in pandas and save it "
        + "as CSV."),
    HostilePickle(
      "numpy.load",
      "\u{80}\u{4}cnumpy\nload\n.",
      "The pickle names numpy.load, which a table of plain columns does not need. "
        + "Nothing was run. If you trust the file, open it in pandas and save it as "
        + "CSV."),
    HostilePickle(
      "a name that moves the cursor of a terminal",
      "\u{80}\u{4}\u{8C}\u{6}os\u{1B}[2J\u{8C}\u{6}system\u{93}.",
      "The pickle names os?[2J.system, which a table of plain columns does not "
        + "need. Nothing was run. If you trust the file, open it in pandas and save it "
        + "as CSV."),
  ]

  static let instructions: [HostilePickle] = [
    HostilePickle(
      "a name that is no text",
      "\u{80}\u{4}K\u{1}\u{8C}\u{6}system\u{93}.",
      "STACK_GLOBAL at byte 12 needs two short texts and finds an integer and text. "
        + "The file is damaged or was not written by pandas; make it again."),
    HostilePickle(
      "a name that was built",
      "\u{80}\u{4}cbuiltins\nbytes\n)R\u{8C}\u{1}x\u{93}.",
      "STACK_GLOBAL at byte 23 needs two short texts and finds bytes and text. The file is damaged "
        + "or was not written by pandas; make it again."),
    HostilePickle(
      "a persistent id",
      "\u{80}\u{2}Pabc\n.",
      "The pickle uses PERSID at byte 2: it points at something outside the file. "
        + "Save the frame again with DataFrame.to_pickle."),
    HostilePickle(
      "a persistent id from the stack",
      "\u{80}\u{4}NQ.",
      "The pickle uses BINPERSID at byte 3: it points at something outside the "
        + "file. Save the frame again with DataFrame.to_pickle."),
    HostilePickle(
      "an extension code",
      "\u{80}\u{4}\u{82}\u{1}.",
      "The pickle uses EXT1 at byte 2: it names a class by a number that only its "
        + "writer knows. Save the frame again with DataFrame.to_pickle."),
    HostilePickle(
      "a buffer outside the file",
      "\u{80}\u{4}\u{97}.",
      "The pickle uses NEXT_BUFFER at byte 2: its buffers were kept outside the "
        + "file. Save the frame again with DataFrame.to_pickle."),
    HostilePickle(
      "a set",
      "\u{80}\u{4}\u{8F}.",
      "The pickle holds a builtins.set, not a DataFrame. Save a pandas DataFrame with to_pickle."),
    HostilePickle(
      "text of Python 2",
      "\u{80}\u{2}U\u{1}a.",
      "The pickle uses SHORT_BINSTRING at byte 2: it was written by Python 2. Save "
        + "the frame again with DataFrame.to_pickle."),
    HostilePickle(
      "a call of a number",
      "\u{80}\u{4}K\u{1})R.",
      "REDUCE at byte 5 calls an integer, not a name. The file is damaged or was "
        + "not written by pandas; make it again."),
    HostilePickle(
      "a call with a list",
      "\u{80}\u{4}cbuiltins\nslice\n]R.",
      "REDUCE at byte 19 gives a list, not a tuple. The file is damaged or was not "
        + "written by pandas; make it again."),
    HostilePickle(
      "a state for a name",
      "\u{80}\u{4}cbuiltins\nslice\nNb.",
      "BUILD at byte 19 gives a state to the name slice. The file is damaged or was "
        + "not written by pandas; make it again."),
    HostilePickle(
      "a second state",
      "\u{80}\u{4}cpandas\nDataFrame\n)\u{81}NbNb.",
      "BUILD at byte 25 gives an object its state a second time. The file is "
        + "damaged or was not written by pandas; make it again."),
    HostilePickle(
      "nothing at all",
      "",
      "This is not a pickled DataFrame: it is empty. Give a file written by "
        + "DataFrame.to_pickle, or CSV or JSON Lines under their own names."),
    HostilePickle(
      "a CSV file",
      "cost,model\n0.1,gpt-4\n",
      "This is not a pickled DataFrame: it begins with the text 'cost,model'. Give "
        + "a file written by DataFrame.to_pickle, or CSV or JSON Lines under their own "
        + "names."),
    HostilePickle(
      "a JSON file",
      "{\"a\": 1}",
      "This is not a pickled DataFrame: it begins with byte 0x7B. Give a file "
        + "written by DataFrame.to_pickle, or CSV or JSON Lines under their own names."),
    HostilePickle(
      "a gzip file",
      "\u{1F}\u{8B}\u{8}",
      "This is not a pickled DataFrame: it begins like a gzip file. Give a file "
        + "written by DataFrame.to_pickle, or CSV or JSON Lines under their own names."),
    HostilePickle(
      "a protocol to come",
      "\u{80}\u{6}.",
      "The pickle says protocol 6. Protocols 0 to 5 are read; save it with one."),
    HostilePickle(
      "an unknown instruction",
      "\u{80}\u{4}\u{FF}.",
      "Byte 2 is 0xFF, which is no pickle instruction. The file is damaged or was "
        + "not written by pandas; make it again."),
    HostilePickle(
      "no STOP",
      "\u{80}\u{4}N",
      "The pickle ends at byte 3, where the next instruction needs 1 more byte. The "
        + "file was cut short or damaged; copy it again."),
    HostilePickle(
      "STOP on an empty stack",
      "\u{80}\u{4}.",
      "STOP at byte 2 finds nothing on the stack. The file is damaged or was not "
        + "written by pandas; make it again."),
    HostilePickle(
      "POP on an empty stack",
      "\u{80}\u{4}0.",
      "POP at byte 2 finds nothing on the stack. The file is damaged or was not "
        + "written by pandas; make it again."),
    HostilePickle(
      "a list without a MARK",
      "\u{80}\u{4}l.",
      "LIST at byte 2 finds no MARK. The file is damaged or was not written by "
        + "pandas; make it again."),
    HostilePickle(
      "an item for a number",
      "\u{80}\u{4}K\u{1}Na.",
      "APPEND at byte 5 adds to an integer. The file is damaged or was not written "
        + "by pandas; make it again."),
    HostilePickle(
      "a key without a value",
      "\u{80}\u{4}}(Nu.",
      "SETITEMS at byte 5 has a key without a value. The file is damaged or was not "
        + "written by pandas; make it again."),
    HostilePickle(
      "a tuple of too few",
      "\u{80}\u{4}N\u{86}.",
      "TUPLE2 at byte 3 finds too little on the stack. The file is damaged or was "
        + "not written by pandas; make it again."),
    HostilePickle(
      "below the MARK",
      "\u{80}\u{4}N(\u{85}.",
      "TUPLE1 at byte 4 finds too little on the stack. The file is damaged or was "
        + "not written by pandas; make it again."),
    HostilePickle(
      "a memo slot never filled",
      "\u{80}\u{4}h\u{7}.",
      "BINGET at byte 2 asks for memo 7, which was not kept. The file is damaged or "
        + "was not written by pandas; make it again."),
    HostilePickle(
      "a memo slot far away",
      "\u{80}\u{4}j\u{FF}\u{FF}\u{FF}\u{FF}.",
      "LONG_BINGET at byte 2 asks for memo 4294967295, which was not kept. The file "
        + "is damaged or was not written by pandas; make it again."),
  ]

  static let sizes: [HostilePickle] = [
    HostilePickle(
      "text of 4 GB",
      "\u{80}\u{4}X\u{FF}\u{FF}\u{FF}\u{FF}abc.",
      "The pickle ends at byte 11, where BINUNICODE needs 4294967291 more bytes. "
        + "The file was cut short or damaged; copy it again."),
    HostilePickle(
      "text of 16 EB",
      "\u{80}\u{4}\u{8D}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}.",
      "BINUNICODE8 at byte 2 claims 18446744073709551615 bytes, more than a file of "
        + "12 bytes can hold. The file is damaged or hostile; do not use it."),
    HostilePickle(
      "bytes of 8 EB",
      "\u{80}\u{4}\u{8E}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{7F}.",
      "The pickle ends at byte 12, where BINBYTES8 needs 9223372036854775806 more "
        + "bytes. The file was cut short or damaged; copy it again."),
    HostilePickle(
      "a bytearray of 10 GB",
      "\u{80}\u{5}\u{96}\u{0}\u{E4}\u{B}\u{54}\u{2}\u{0}\u{0}\u{0}.",
      "The pickle ends at byte 12, where BYTEARRAY8 needs 9999999999 more bytes. "
        + "The file was cut short or damaged; copy it again."),
    HostilePickle(
      "an integer of 2 GB",
      "\u{80}\u{4}\u{8B}\u{FF}\u{FF}\u{FF}\u{7F}.",
      "The pickle ends at byte 8, where LONG4 needs 2147483646 more bytes. The file "
        + "was cut short or damaged; copy it again."),
    HostilePickle(
      "an integer of a negative length",
      "\u{80}\u{4}\u{8B}\u{FF}\u{FF}\u{FF}\u{FF}.",
      "LONG4 at byte 2 claims a negative number of bytes. The file is damaged or "
        + "was not written by pandas; make it again."),
    HostilePickle(
      "a frame of 10 GB",
      "\u{80}\u{4}\u{95}\u{0}\u{E4}\u{B}\u{54}\u{2}\u{0}\u{0}\u{0}.",
      "The pickle ends at byte 12, where FRAME needs 9999999999 more bytes. The "
        + "file was cut short or damaged; copy it again."),
    HostilePickle(
      "a name without an end",
      "\u{80}\u{4}cos",
      "The line of GLOBAL at byte 3 has no end. The file was cut short or damaged; "
        + "copy it again."),
    HostilePickle(
      "a number that is none",
      "\u{80}\u{4}Ione\n.",
      "INT at byte 2 holds 'one', not a number. The file is damaged or was not "
        + "written by pandas; make it again."),
    HostilePickle(
      "a number instead of a frame",
      "\u{80}\u{4}K\u{1}.",
      "The pickle holds an integer, not a DataFrame. Save a pandas DataFrame with "
        + "to_pickle."),
  ]

  static let frames: [HostilePickle] = [
    HostilePickle(
      "a list that holds itself",
      "\u{80}\u{4}]q\u{0}h\u{0}a.",
      "The pickle holds a list, not a DataFrame. Save a pandas DataFrame with "
        + "to_pickle."),
    HostilePickle(
      "a dictionary that is its own state",
      "\u{80}\u{4}cpandas\nDataFrame\n)\u{81}}q\u{0}(\u{8C}\u{4}_mgrh\u{0}ub.",
      "The DataFrame has no block manager. The file is damaged or was not written "
        + "by pandas; make it again."),
    HostilePickle(
      "an array of 80 GB",
      "\u{80}\u{4}cpandas\nDataFrame\n)\u{81}}(\u{8C}\u{4}_mgrcpandas.core.intern"
        + "als.managers\nBlockManager\ncpandas._libs.internals\n_unpickle_block\n(cnu"
        + "mpy._core.numeric\n_frombuffer\n(C\u{8}aaaaaaaacnumpy\ndtype\n(\u{8C}\u{2}"
        + "f8\u{89}\u{88}tR\u{8A}\u{8}\u{1}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{8A}"
        + "\u{8}\u{0}\u{E4}\u{B}\u{54}\u{2}\u{0}\u{0}\u{0}\u{86}\u{8C}\u{1}CtRcbuilti"
        + "ns\nslice\n(K\u{0}K\u{1}K\u{1}tRK\u{2}tR\u{85}](cpandas.core.indexes.base"
        + "\n_new_Index\n(cpandas\nIndex\n}(\u{8C}\u{4}datacnumpy._core.numeric\n_fro"
        + "mbuffer\n(C\u{8}aaaaaaaacnumpy\ndtype\n(\u{8C}\u{2}f8\u{89}\u{88}tRK\u{1}"
        + "\u{85}\u{8C}\u{1}CtRutRcpandas.core.indexes.base\n_new_Index\n(cpandas\nRa"
        + "ngeIndex\n}(\u{8C}\u{5}startK\u{0}\u{8C}\u{4}stop\u{8A}\u{8}\u{E8}\u{3}"
        + "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{8C}\u{4}stepK\u{1}utRe\u{86}Rub.",
      "A NumPy array claims 1 x 10000000000 elements, more than a file of 478 bytes "
        + "can hold. The file is damaged or hostile; do not use it."),
    HostilePickle(
      "a product beyond 64 bits",
      "\u{80}\u{4}cpandas\nDataFrame\n)\u{81}}(\u{8C}\u{4}_mgrcpandas.core.intern"
        + "als.managers\nBlockManager\ncpandas._libs.internals\n_unpickle_block\n(cnu"
        + "mpy._core.numeric\n_frombuffer\n(C\u{8}aaaaaaaacnumpy\ndtype\n(\u{8C}\u{2}"
        + "f8\u{89}\u{88}tR\u{8A}\u{8}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{40}\u{8A}"
        + "\u{8}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{40}\u{86}\u{8C}\u{1}CtRcbuiltin"
        + "s\nslice\n(K\u{0}K\u{1}K\u{1}tRK\u{2}tR\u{85}](cpandas.core.indexes.base\n"
        + "_new_Index\n(cpandas\nIndex\n}(\u{8C}\u{4}datacnumpy._core.numeric\n_fromb"
        + "uffer\n(C\u{8}aaaaaaaacnumpy\ndtype\n(\u{8C}\u{2}f8\u{89}\u{88}tRK\u{1}"
        + "\u{85}\u{8C}\u{1}CtRutRcpandas.core.indexes.base\n_new_Index\n(cpandas\nRa"
        + "ngeIndex\n}(\u{8C}\u{5}startK\u{0}\u{8C}\u{4}stop\u{8A}\u{8}\u{1}\u{0}"
        + "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{8C}\u{4}stepK\u{1}utRe\u{86}Rub.",
      "A NumPy array claims 4611686018427387904 x 4611686018427387904 elements, "
        + "more than a file of 478 bytes can hold. The file is damaged or hostile; do "
        + "not use it."),
    HostilePickle(
      "an array of negative length",
      "\u{80}\u{4}cpandas\nDataFrame\n)\u{81}}(\u{8C}\u{4}_mgrcpandas.core.intern"
        + "als.managers\nBlockManager\ncpandas._libs.internals\n_unpickle_block\n(cnu"
        + "mpy._core.numeric\n_frombuffer\n(C\u{8}aaaaaaaacnumpy\ndtype\n(\u{8C}\u{2}"
        + "f8\u{89}\u{88}tRJ\u{FF}\u{FF}\u{FF}\u{FF}J\u{F8}\u{FF}\u{FF}\u{FF}\u{86}"
        + "\u{8C}\u{1}CtRcbuiltins\nslice\n(K\u{0}K\u{1}K\u{1}tRK\u{2}tR\u{85}](cpand"
        + "as.core.indexes.base\n_new_Index\n(cpandas\nIndex\n}(\u{8C}\u{4}datacnumpy"
        + "._core.numeric\n_frombuffer\n(C\u{8}aaaaaaaacnumpy\ndtype\n(\u{8C}\u{2}f8"
        + "\u{89}\u{88}tRK\u{1}\u{85}\u{8C}\u{1}CtRutRcpandas.core.indexes.base\n_new"
        + "_Index\n(cpandas\nRangeIndex\n}(\u{8C}\u{5}startK\u{0}\u{8C}\u{4}stop"
        + "\u{8A}\u{8}\u{1}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{8C}\u{4}stepK\u{1}ut"
        + "Re\u{86}Rub.",
      "A NumPy array has an integer below 0 for a length. The file is damaged or "
        + "was not written by pandas; make it again."),
    HostilePickle(
      "less data than the shape",
      "\u{80}\u{4}cpandas\nDataFrame\n)\u{81}}(\u{8C}\u{4}_mgrcpandas.core.intern"
        + "als.managers\nBlockManager\ncpandas._libs.internals\n_unpickle_block\n(cnu"
        + "mpy._core.numeric\n_frombuffer\n(C\u{8}aaaaaaaacnumpy\ndtype\n(\u{8C}\u{2}"
        + "f8\u{89}\u{88}tRK\u{1}K\u{2}\u{86}\u{8C}\u{1}CtRcbuiltins\nslice\n(K\u{0}K"
        + "\u{1}K\u{1}tRK\u{2}tR\u{85}](cpandas.core.indexes.base\n_new_Index\n(cpand"
        + "as\nIndex\n}(\u{8C}\u{4}datacnumpy._core.numeric\n_frombuffer\n(C\u{8}aaaa"
        + "aaaacnumpy\ndtype\n(\u{8C}\u{2}f8\u{89}\u{88}tRK\u{1}\u{85}\u{8C}\u{1}CtRu"
        + "tRcpandas.core.indexes.base\n_new_Index\n(cpandas\nRangeIndex\n}(\u{8C}"
        + "\u{5}startK\u{0}\u{8C}\u{4}stop\u{8A}\u{8}\u{2}\u{0}\u{0}\u{0}\u{0}\u{0}"
        + "\u{0}\u{0}\u{8C}\u{4}stepK\u{1}utRe\u{86}Rub.",
      "A NumPy array of 16 bytes holds 8. The file is damaged or was not written by "
        + "pandas; make it again."),
    HostilePickle(
      "rows by the million",
      "\u{80}\u{4}cpandas\nDataFrame\n)\u{81}}(\u{8C}\u{4}_mgrcpandas.core.intern"
        + "als.managers\nBlockManager\n)](cpandas.core.indexes.base\n_new_Index\n(cpa"
        + "ndas\nIndex\n}(\u{8C}\u{4}datacnumpy._core.numeric\n_frombuffer\n(C\u{0}cn"
        + "umpy\ndtype\n(\u{8C}\u{2}f8\u{89}\u{88}tRK\u{0}\u{85}\u{8C}\u{1}CtRutRcpan"
        + "das.core.indexes.base\n_new_Index\n(cpandas\nRangeIndex\n}(\u{8C}\u{5}star"
        + "tK\u{0}\u{8C}\u{4}stop\u{8A}\u{8}\u{0}\u{10}\u{A5}\u{D4}\u{E8}\u{0}\u{0}"
        + "\u{0}\u{8C}\u{4}stepK\u{1}utRe\u{86}Rub.",
      "The DataFrame claims 1000000000000 rows, more than a file of 308 bytes can "
        + "hold. The file is damaged or hostile; do not use it."),
    HostilePickle(
      "columns by the million",
      "\u{80}\u{4}cpandas\nDataFrame\n)\u{81}}(\u{8C}\u{4}_mgrcpandas.core.intern"
        + "als.managers\nBlockManager\n)](cpandas.core.indexes.base\n_new_Index\n(cpa"
        + "ndas\nRangeIndex\n}(\u{8C}\u{5}startK\u{0}\u{8C}\u{4}stop\u{8A}\u{8}\u{0}"
        + "\u{10}\u{A5}\u{D4}\u{E8}\u{0}\u{0}\u{0}\u{8C}\u{4}stepK\u{1}utRcpandas.cor"
        + "e.indexes.base\n_new_Index\n(cpandas\nRangeIndex\n}(\u{8C}\u{5}startK\u{0}"
        + "\u{8C}\u{4}stop\u{8A}\u{8}\u{1}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{8C}"
        + "\u{4}stepK\u{1}utRe\u{86}Rub.",
      "The DataFrame claims 1000000000000 columns, more than a file of 274 bytes "
        + "can hold. The file is damaged or hostile; do not use it."),
    HostilePickle(
      "a range beyond 64 bits",
      "\u{80}\u{4}cpandas\nDataFrame\n)\u{81}}(\u{8C}\u{4}_mgrcpandas.core.intern"
        + "als.managers\nBlockManager\n)](cpandas.core.indexes.base\n_new_Index\n(cpa"
        + "ndas\nRangeIndex\n}(\u{8C}\u{5}startK\u{0}\u{8C}\u{4}stop\u{8A}\u{8}\u{1}"
        + "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{8C}\u{4}stepK\u{1}utRcpandas.core.in"
        + "dexes.base\n_new_Index\n(cpandas\nRangeIndex\n}(\u{8C}\u{5}start\u{8A}"
        + "\u{8}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{80}\u{8C}\u{4}stop\u{8A}\u{8}"
        + "\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{7F}\u{8C}\u{4}stepK\u{1}utRe"
        + "\u{86}Rub.",
      "A RangeIndex is longer than 64 bits. The file is damaged or was not written "
        + "by pandas; make it again."),
    HostilePickle(
      "a column stored twice",
      "\u{80}\u{4}cpandas\nDataFrame\n)\u{81}}(\u{8C}\u{4}_mgrcpandas.core.intern"
        + "als.managers\nBlockManager\ncpandas._libs.internals\n_unpickle_block\n(cnu"
        + "mpy._core.numeric\n_frombuffer\n(C\u{8}aaaaaaaacnumpy\ndtype\n(\u{8C}\u{2}"
        + "f8\u{89}\u{88}tRK\u{1}K\u{1}\u{86}\u{8C}\u{1}CtRcbuiltins\nslice\n(K\u{0}K"
        + "\u{1}K\u{1}tRK\u{2}tRcpandas._libs.internals\n_unpickle_block\n(cnumpy._co"
        + "re.numeric\n_frombuffer\n(C\u{8}aaaaaaaacnumpy\ndtype\n(\u{8C}\u{2}f8"
        + "\u{89}\u{88}tRK\u{1}K\u{1}\u{86}\u{8C}\u{1}CtRcbuiltins\nslice\n(K\u{0}K"
        + "\u{1}K\u{1}tRK\u{2}tR\u{86}](cpandas.core.indexes.base\n_new_Index\n(cpand"
        + "as\nRangeIndex\n}(\u{8C}\u{5}startK\u{0}\u{8C}\u{4}stop\u{8A}\u{8}\u{1}"
        + "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{8C}\u{4}stepK\u{1}utRcpandas.core.in"
        + "dexes.base\n_new_Index\n(cpandas\nRangeIndex\n}(\u{8C}\u{5}startK\u{0}"
        + "\u{8C}\u{4}stop\u{8A}\u{8}\u{1}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{8C}"
        + "\u{4}stepK\u{1}utRe\u{86}Rub.",
      "Column '0' is stored twice. The file is damaged or was not written by "
        + "pandas; make it again."),
    HostilePickle(
      "a column without data",
      "\u{80}\u{4}cpandas\nDataFrame\n)\u{81}}(\u{8C}\u{4}_mgrcpandas.core.intern"
        + "als.managers\nBlockManager\n)](cpandas.core.indexes.base\n_new_Index\n(cpa"
        + "ndas\nRangeIndex\n}(\u{8C}\u{5}startK\u{0}\u{8C}\u{4}stop\u{8A}\u{8}\u{1}"
        + "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{8C}\u{4}stepK\u{1}utRcpandas.core.in"
        + "dexes.base\n_new_Index\n(cpandas\nRangeIndex\n}(\u{8C}\u{5}startK\u{0}"
        + "\u{8C}\u{4}stop\u{8A}\u{8}\u{1}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{8C}"
        + "\u{4}stepK\u{1}utRe\u{86}Rub.",
      "Column '0' has no data. The file is damaged or was not written by pandas; "
        + "make it again."),
    HostilePickle(
      "a block outside the columns",
      "\u{80}\u{4}cpandas\nDataFrame\n)\u{81}}(\u{8C}\u{4}_mgrcpandas.core.intern"
        + "als.managers\nBlockManager\ncpandas._libs.internals\n_unpickle_block\n(cnu"
        + "mpy._core.numeric\n_frombuffer\n(C\u{8}aaaaaaaacnumpy\ndtype\n(\u{8C}\u{2}"
        + "f8\u{89}\u{88}tRK\u{1}K\u{1}\u{86}\u{8C}\u{1}CtRcbuiltins\nslice\n(K\u{5}K"
        + "\u{6}K\u{1}tRK\u{2}tR\u{85}](cpandas.core.indexes.base\n_new_Index\n(cpand"
        + "as\nRangeIndex\n}(\u{8C}\u{5}startK\u{0}\u{8C}\u{4}stop\u{8A}\u{8}\u{1}"
        + "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{8C}\u{4}stepK\u{1}utRcpandas.core.in"
        + "dexes.base\n_new_Index\n(cpandas\nRangeIndex\n}(\u{8C}\u{5}startK\u{0}"
        + "\u{8C}\u{4}stop\u{8A}\u{8}\u{1}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{8C}"
        + "\u{4}stepK\u{1}utRe\u{86}Rub.",
      "A block stands outside the frame, whose number of columns is 1. The file is "
        + "damaged or was not written by pandas; make it again."),
    HostilePickle(
      "an index without data",
      "\u{80}\u{4}cpandas\nDataFrame\n)\u{81}}(\u{8C}\u{4}_mgrcpandas.core.intern"
        + "als.managers\nBlockManager\n)](cpandas.core.indexes.base\n_new_Index\n(cpa"
        + "ndas\nIndex\n}tRcpandas.core.indexes.base\n_new_Index\n(cpandas\nRangeInde"
        + "x\n}(\u{8C}\u{5}startK\u{0}\u{8C}\u{4}stop\u{8A}\u{8}\u{1}\u{0}\u{0}\u{0}"
        + "\u{0}\u{0}\u{0}\u{0}\u{8C}\u{4}stepK\u{1}utRe\u{86}Rub.",
      "An index has no data. The file is damaged or was not written by pandas; make "
        + "it again."),
    HostilePickle(
      "an index of itself",
      "\u{80}\u{4}cpandas\nDataFrame\n)\u{81}}(\u{8C}\u{4}_mgrcpandas.core.intern"
        + "als.managers\nBlockManager\n)](cpandas.core.indexes.base\n_new_Index\n(cpa"
        + "ndas\nIndex\n}q\u{9}tRq\u{8}0h\u{9}\u{8C}\u{4}datah\u{8}s0h\u{8}cpandas.co"
        + "re.indexes.base\n_new_Index\n(cpandas\nRangeIndex\n}(\u{8C}\u{5}startK"
        + "\u{0}\u{8C}\u{4}stop\u{8A}\u{8}\u{1}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}"
        + "\u{8C}\u{4}stepK\u{1}utRe\u{86}Rub.",
      "An index lies 8 deep within indices. The file is damaged or was not written "
        + "by pandas; make it again."),
  ]

}
