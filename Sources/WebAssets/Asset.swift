/// One file of the web, in every encoding that was prepared for it.
public struct Asset: Sendable {
    public let contentType: String
    /// Its name holds its hash, so that a browser may keep it for ever.
    public let isImmutable: Bool
    /// Quoted, as it stands in the header.
    public let etag: String
    public let plain: [UInt8]
    public let gzip: [UInt8]?
    public let brotli: [UInt8]?

    /// The smallest form that the client takes (RFC 9110 §12.5.3), and the name of its encoding.
    public func body(accepting header: String?) -> (bytes: [UInt8], encoding: String?) {
        let accepted = Self.codings(header)
        if let brotli, accepted.contains("br") { return (brotli, "br") }
        if let gzip, accepted.contains("gzip") { return (gzip, "gzip") }
        return (plain, nil)
    }

    private static func codings(_ header: String?) -> Set<String> {
        var result: Set<String> = []
        for part in (header ?? "").split(separator: ",") {
            let words = part.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
            guard let coding = words.first, !words.dropFirst().contains(where: { $0 == "q=0" || $0 == "q=0.0" }) else {
                continue
            }
            result.insert(coding)
        }
        return result
    }
}
