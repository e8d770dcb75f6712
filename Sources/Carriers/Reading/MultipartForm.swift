internal import Basics
internal import Signing

// `curl --form`, which the documentation of the push shape shows, sends RFC 7578:
//
//   Content-Type: multipart/form-data; boundary=XYZ
//
//   --XYZ CRLF Content-Disposition: form-data; name="event" CRLF CRLF newCall CRLF
//   --XYZ-- CRLF

/// Reads the plain fields of a multipart form; a part with a file name is refused.
enum MultipartForm {
    static let boundaryBytes = 1...70  // RFC 2046 §5.1.1

    static func read(_ body: [UInt8], contentType: String) throws(CarrierRefusal) -> [FormParameter] {
        guard let boundary = parameter("boundary", of: contentType), boundaryBytes.contains(boundary.utf8.count) else {
            throw .malformed
        }
        let mark = Array("--\(boundary)".utf8)
        let lineEnd: [UInt8] = [13, 10]
        guard body.starts(with: mark) else { throw .malformed }
        var rest = body[mark.count...]
        var parameters: [FormParameter] = []
        while rest.starts(with: lineEnd) {
            rest = rest.dropFirst(2)
            guard let end = rest.firstRange(of: lineEnd + mark) else { throw .malformed }
            let part = rest[..<end.lowerBound]
            rest = rest[end.upperBound...]
            guard FormBody.parametersMax.admits(parameters.count + 1) else { throw .tooLarge(FormBody.parametersMax) }
            parameters.append(try field(part))
        }
        guard rest.starts(with: "--".utf8) else { throw .malformed }
        return parameters
    }

    private static func field(_ part: ArraySlice<UInt8>) throws(CarrierRefusal) -> FormParameter {
        guard let gap = part.firstRange(of: [13, 10, 13, 10]),
            let head = String(validating: part[..<gap.lowerBound], as: UTF8.self),
            let value = String(validating: part[gap.upperBound...], as: UTF8.self)
        else { throw .malformed }
        for line in head.split(whereSeparator: \.isNewline) where line.lowercased().hasPrefix("content-disposition:") {
            guard parameter("filename", of: String(line)) == nil, let name = parameter("name", of: String(line)) else {
                throw .malformed
            }
            return FormParameter(name, value)
        }
        throw .malformed
    }

    /// `name=value` or `name="value"` after the first semicolon of a header.
    private static func parameter(_ name: String, of header: String) -> String? {
        for piece in header.split(separator: ";").dropFirst() {
            let pair = piece.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == name else { continue }
            return String(pair[1].filter { $0 != "\"" })
        }
        return nil
    }
}
