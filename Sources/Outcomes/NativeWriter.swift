import Matrices

/// Writes the native form that `NativeLayout` describes.
struct NativeWriter {
  private let sections: [(kind: NativeSection, bytes: [UInt8])]
  private let rows: Int
  private let models: Int

  init(table: OutcomeTable) {
    rows = table.count
    models = table.models.count
    var places: [String: UInt32] = [:]
    var names: [String?] = []
    var index: [UInt8] = []
    for name in table.evalNames {
      let place = places[name] ?? UInt32(names.count)
      if places.updateValue(place, forKey: name) == nil { names.append(name) }
      index.append(contentsOf: Self.bytes(of: place))
    }
    var sections: [(kind: NativeSection, bytes: [UInt8])] = [
      (.models, Self.texts(table.models.map(\.name))), (.sampleIDs, Self.texts(table.sampleIDs)),
      (.evalNames, Self.texts(names)), (.evalNameOfRow, index),
      (.prompts, Self.texts(table.prompts.lazy.map { $0 })),
    ]
    let grids: [(NativeSection, Grid?)] = [
      (.quality, table.quality), (.cost, table.cost), (.latency, table.latency),
      (.confidence, table.confidence), (.inputTokens, table.inputTokens),
      (.outputTokens, table.outputTokens),
    ]
    for (kind, grid) in grids {
      guard let grid else { continue }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(grid.values.count * 8)
      // One NaN for all, so that equal tables are equal files.
      for value in grid.values {
        bytes.append(contentsOf: Self.bytes(of: (value.isNaN ? Double.nan : value).bitPattern))
      }
      sections.append((kind, bytes))
    }
    if let labels = table.trueLabels { sections.append((.trueLabels, Self.texts(labels))) }
    if let responses = table.responses {
      sections.append((.responses, Self.texts(responses.cells)))
    }
    self.sections = sections
  }

  func write(to output: ([UInt8]) throws -> Void) rethrows {
    var offset = NativeLayout.headSize + sections.count * NativeLayout.entrySize
    var entries: [UInt8] = []
    for section in sections {
      entries += Self.bytes(of: section.kind.rawValue) + Self.bytes(of: UInt32(0))
      entries += Self.bytes(of: UInt64(offset)) + Self.bytes(of: UInt64(section.bytes.count))
      entries += Self.bytes(of: section.bytes.withUnsafeBytes(Checksum.of))
      offset += Self.padded(section.bytes.count)
    }
    var head = NativeLayout.magic
    head += Self.bytes(of: NativeLayout.version) + Self.bytes(of: UInt32(sections.count))
    head += Self.bytes(of: UInt64(rows)) + Self.bytes(of: UInt64(models))
    head += Self.bytes(of: UInt64(offset))
    let sum = head.withUnsafeBytes(Checksum.of) ^ entries.withUnsafeBytes(Checksum.of)
    head += Self.bytes(of: sum)
    try output(head + entries)
    for section in sections {
      try output(section.bytes)
      let padding = Self.padded(section.bytes.count) - section.bytes.count
      if padding > 0 { try output([UInt8](repeating: 0, count: padding)) }
    }
  }

  private static func padded(_ count: Int) -> Int { (count + 7) & ~7 }

  private static func bytes(of value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  private static func texts(_ texts: some Sequence<String?>) -> [UInt8] {
    var ends: [UInt8] = []
    var content: [UInt8] = []
    for text in texts {
      if let text { content.append(contentsOf: text.utf8) }
      let mark: UInt64 = text == nil ? NativeLayout.missingBit : 0
      ends.append(contentsOf: bytes(of: UInt64(content.count) | mark))
    }
    return ends + content
  }
}
