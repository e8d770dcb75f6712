internal import Basics
internal import Signing

/// The fields of a request, whether they came as a form, as JSON or in the query: names, each with its values as text.
struct Fields {
    static let textBytesMax = Limit("field bytes", 255)
    static let referenceBytesMax = Limit("reference bytes", 2_048)
    static let valueBytesMax = Limit("value bytes", 64 * 1_024)
    static let listMax = Limit("values of one field", 100)

    private let values: [String: [String]]

    init(of request: CarrierRequest) throws(CarrierRefusal) {
        let type = request.contentType.lowercased()
        if request.body.isEmpty {
            values = try Self.form(Array(request.query.utf8))
        } else if type.hasPrefix("multipart/form-data") {
            values = Self.grouped(try MultipartForm.read(request.body, contentType: request.contentType))
        } else if type.contains("json") || Self.looksLikeJSON(request.body) {
            // A form never begins with a brace: `curl --data '{…}'` calls its JSON a form.
            values = try Self.json(request.body)
        } else {
            values = try Self.form(request.body)
        }
        for value in values.values.joined() where !Self.valueBytesMax.admits(value.utf8.count) {
            throw .tooLarge(Self.valueBytesMax)
        }
    }

    func has(_ name: String) -> Bool { values[name]?.contains { !$0.isEmpty } ?? false }

    /// The value of that name; an empty one is none.
    func text(_ name: String, max: Limit = textBytesMax) throws(CarrierRefusal) -> String? {
        guard let all = values[name], all != [""], !all.isEmpty else { return nil }
        guard all.count == 1, !all[0].utf8.contains(0) else { throw .badValue(field: name) }
        guard max.admits(all[0].utf8.count) else { throw .badValue(field: name) }
        return all[0]
    }

    func required(_ name: String) throws(CarrierRefusal) -> String {
        guard let text = try text(name) else { throw .missing(field: name) }
        return text
    }

    /// Every value of that name, each once, empty ones left out.
    func texts(_ name: String) throws(CarrierRefusal) -> [String] {
        var result: [String] = []
        for value in values[name] ?? [] where !value.isEmpty && !result.contains(value) {
            guard Self.textBytesMax.admits(value.utf8.count), !value.utf8.contains(0),
                Self.listMax.admits(result.count + 1)
            else { throw .badValue(field: name) }
            result.append(value)
        }
        return result
    }

    func number(_ name: String, in range: ClosedRange<Int64>) throws(CarrierRefusal) -> Int64? {
        guard let text = try text(name) else { return nil }
        guard let number = Int64(text), range.contains(number) else { throw .badValue(field: name) }
        return number
    }

    /// A hash over the named fields alone: whatever else is sent, such as the time of sending, makes no difference.
    func digest(of names: [String]) -> String {
        var message: [UInt8] = []
        for name in names {
            let all = values[name] ?? []
            message += "\(name) \(all.count)\n".utf8
            for value in all { message += "\(value.utf8.count) \(value)\n".utf8 }
        }
        return ByteText.hex(Digest.sha256(message).prefix(16))
    }

    // MARK: - Forms and JSON

    private static func form(_ bytes: [UInt8]) throws(CarrierRefusal) -> [String: [String]] {
        do { return grouped(try FormBody(decoding: bytes).parameters) } catch {
            switch error {
            case .malformed: throw .malformed
            case .tooManyParameters(let limit): throw .tooLarge(limit)
            }
        }
    }

    private static func grouped(_ parameters: [FormParameter]) -> [String: [String]] {
        var values: [String: [String]] = [:]
        for parameter in parameters { values[parameter.name, default: []].append(parameter.value) }
        return values
    }

    private static func json(_ bytes: [UInt8]) throws(CarrierRefusal) -> [String: [String]] {
        guard case .object(let members) = try JSONReader.read(bytes) else { throw .malformed }
        var values: [String: [String]] = [:]
        for (name, member) in members {
            if case .array(let elements) = member {
                values[name] = elements.compactMap(text)
            } else if let text = text(member) {
                values[name] = [text]
            }
        }
        return values
    }

    private static func text(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text), .number(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil  // no field of ours is one of these
        }
    }

    private static func looksLikeJSON(_ body: [UInt8]) -> Bool {
        body.first { ![0x20, 0x0A, 0x0D, 0x09].contains($0) } == UInt8(ascii: "{")
    }
}
