/// How numbers are written on one line: what the house and its carrier leave out or put in front.
public struct LineRules: Hashable, Sendable {
    /// The country of the line (ISO 3166), for numbers that do not name theirs.
    public let region: String
    /// The area code of the line, without the trunk prefix, for numbers that leave theirs out.
    public let areaCode: String?
    /// What is dialled for an outside line, such as `9` or `0,`; it is no part of the number.
    public let outsidePrefixes: [String]
    /// The carrier writes numbers with their country and without the `+`.
    public let addsPlus: Bool
    /// How many digits the extensions of the house have.
    public let extensionLengths: ClosedRange<Int>

    public init(
        region: String,
        areaCode: String? = nil,
        outsidePrefixes: [String] = [],
        addsPlus: Bool = false,
        extensionLengths: ClosedRange<Int> = 1...6
    ) {
        self.region = region.uppercased()
        // An area code is known by its trunk prefix in daily life: 021 is Shanghai, and 21 is what belongs to the number.
        self.areaCode = areaCode.map { region.uppercased() == "IT" ? $0 : String($0.drop { $0 == "0" }) }
        self.outsidePrefixes = outsidePrefixes
        self.addsPlus = addsPlus
        self.extensionLengths = extensionLengths
    }
}
