public import CostQuality
import Foundation
import Outcomes

/// A fitted router as one file: what it was made of, and the numbers that it learned.
///
/// Layout: `RBROUTER`, the version and the header's length as 32-bit little-endian numbers, a JSON
/// header, the payload, and the xxHash64 of all that precedes it.
public struct SavedRouter: Sendable, Hashable {
  /// What a reader must know before it can use the router.
  public struct Header: Sendable, Hashable, Codable {
    /// The router's name with its hyperparameters, such as `knn:40`.
    public var router: String
    /// The name on the router's card, by which the catalogue knows how to read the payload.
    public var kind: String
    /// The models, in the order of the plans' indices.
    public var models: [String]
    /// The encoder as the user named it.
    public var encoderName: String
    /// The encoder's identity: its name and the hash of its weights.
    public var encoder: String
    /// The part of a prompt that is embedded.
    public var view: String
    /// The features' width.
    public var dimensions: Int
    /// The operating points kept on the training prompts, from the cheapest.
    public var operatingPoints: [OperatingPoint]
    /// The program's version.
    public var version: String
    /// The SHA-256 of the file of outcomes that taught it.
    public var data: String
    /// How costs are estimated, such as `predicted`; nil for a router that does not estimate.
    public var costEstimate: String?
    /// What the operating points' costs and all estimates are counted in; nil for dollars.
    public var costUnit: CostUnit?

    /// Makes a header.
    public init(
      router: String, kind: String, models: [String], encoderName: String, encoder: String,
      view: String, dimensions: Int, operatingPoints: [OperatingPoint], version: String,
      data: String, costEstimate: String? = nil, costUnit: CostUnit? = nil
    ) {
      self.router = router
      self.kind = kind
      self.models = models
      self.encoderName = encoderName
      self.encoder = encoder
      self.view = view
      self.dimensions = dimensions
      self.operatingPoints = operatingPoints
      self.version = version
      self.data = data
      self.costEstimate = costEstimate
      self.costUnit = costUnit
    }

    /// More than any features have; whoever reads the header takes so much memory.
    private static let greatestDimensions = 1 << 24

    /// Whether it can be of a router: models of different names, and operating points with numbers.
    public var isSound: Bool {
      !models.isEmpty && Set(models).count == models.count
        && (0...Self.greatestDimensions).contains(dimensions)
        && operatingPoints.allSatisfy {
          !$0.parameter.isNaN && $0.cost.isFinite && $0.quality.isFinite
            && $0.seconds?.isFinite != false
        }
    }
  }

  /// A parameter with what it was seen to cost and achieve on training prompts.
  public struct OperatingPoint: Sendable, Hashable, Codable {
    /// The parameter; infinite when only quality counts.
    public var parameter: Double
    /// What a prompt takes, in the header's unit.
    public var cost: Double
    /// Quality.
    public var quality: Double
    /// Seconds per prompt; nil where latencies were not recorded.
    public var seconds: Double?
    /// What the parameter stands for, in a few words; nil where it is a willingness to pay.
    public var meaning: String?

    /// Makes an operating point.
    public init(
      parameter: Double, cost: Double, quality: Double, seconds: Double? = nil,
      meaning: String? = nil
    ) {
      self.parameter = parameter
      self.cost = cost
      self.quality = quality
      self.seconds = seconds
      self.meaning = meaning
    }
  }

  /// What it is.
  public let header: Header
  /// What it learned, as the catalogue writes it.
  public let payload: [UInt8]

  /// Pairs a header with a payload.
  public init(header: Header, payload: [UInt8]) {
    self.header = header
    self.payload = payload
  }

  private static let magic = Array("RBROUTER".utf8)
  private static let version: UInt32 = 1

  /// The file's bytes.
  public func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "unlimited", negativeInfinity: "-unlimited", nan: "nan")
    let head = [UInt8](try encoder.encode(header))
    var bytes = Self.magic
    for number in [Self.version, UInt32(head.count)] {
      withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
    bytes += head
    bytes += payload
    let checksum = bytes.withUnsafeBytes { Checksum.of($0) }
    withUnsafeBytes(of: checksum.littleEndian) { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Reads a file's bytes.
  ///
  /// - Parameter name: The file's name, for sentences.
  /// - Throws: When the file is no router, of another version, cut off or damaged.
  public init(_ bytes: [UInt8], name: String) throws(RoutingError) {
    let lead = Self.magic.count + 8
    guard bytes.starts(with: Self.magic) else { throw .notARouter(name) }
    guard bytes.count >= lead + 8 else { throw .damagedRouter(name) }
    func number(_ offset: Int) -> UInt32 {
      bytes.withUnsafeBytes {
        UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
      }
    }
    guard number(8) == Self.version else {
      throw .otherRouterVersion(name, found: Int(number(8)), known: Int(Self.version))
    }
    let body = bytes.count - 8
    let (found, expected) = bytes.withUnsafeBytes { all in
      (
        Checksum.of(UnsafeRawBufferPointer(rebasing: all[..<body])),
        UInt64(littleEndian: all.loadUnaligned(fromByteOffset: body, as: UInt64.self))
      )
    }
    let end = lead + Int(number(12))
    guard found == expected, end <= body else { throw .damagedRouter(name) }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "unlimited", negativeInfinity: "-unlimited", nan: "nan")
    guard let header = try? decoder.decode(Header.self, from: Data(bytes[lead..<end])) else {
      throw .damagedRouter(name)
    }
    self.header = header
    payload = Array(bytes[end..<body])
  }
}

extension RoutingError {
  static func notARouter(_ name: String) -> RoutingError {
    RoutingError("\(name) is not a saved router; give a file that 'routerbench fit' wrote.")
  }

  /// A saved router cannot be read whole.
  public static func damagedRouter(_ name: String) -> RoutingError {
    RoutingError(
      "\(name) is cut off or damaged; write it again with 'routerbench fit'.")
  }

  static func otherRouterVersion(_ name: String, found: Int, known: Int) -> RoutingError {
    RoutingError(
      "\(name) has version \(found) of a saved router and this program reads version "
        + "\(known); write it again with this program's 'routerbench fit'.")
  }

  /// Nothing here can read routers of that kind.
  public static func unknownKind(_ kind: String, known: [String]) -> RoutingError {
    RoutingError(
      "The saved router is of the kind '\(kind)'; known are "
        + known.joined(separator: ", ") + ".")
  }
}
