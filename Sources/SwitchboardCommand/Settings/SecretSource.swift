internal import Basics
internal import Foundation

/// Where a secret comes from: the settings themselves, a file, or a variable.
enum SecretSource: Hashable {
    case text(Redacted<String>)
    case file(String)
    case variable(String)

    struct Failure: Error, Hashable { var reason: String }

    init?(_ tree: JSONTree) {
        switch tree {
        case .text(let text): self = .text(Redacted(text))
        case .object(let members) where members.count == 1:
            switch members.first {
            case ("file", .text(let path))?: self = .file(path)
            case ("env", .text(let name))?: self = .variable(name)
            default: return nil
            }
        default: return nil
        }
    }

    /// The secret; of a file, without the line end that editors leave.
    func read(folder: String, environment: [String: String]) -> Result<Redacted<String>, Failure> {
        switch self {
        case .text(let secret): return .success(secret)
        case .variable(let name):
            guard let value = environment[name] else {
                return .failure(Failure(reason: "the variable \(name) is not set"))
            }
            return .success(Redacted(value))
        case .file(let path):
            let full = path.hasPrefix("/") ? path : folder + "/" + path
            guard let data = FileManager.default.contents(atPath: full),
                let text = String(data: data, encoding: .utf8)
            else { return .failure(Failure(reason: "the file \(full) cannot be read as text")) }
            return .success(Redacted(String(text.trimmingSuffix { $0.isNewline })))
        }
    }
}

extension Substring {
    fileprivate func trimmingSuffix(_ isCut: (Character) -> Bool) -> Substring {
        var rest = self
        while let last = rest.last, isCut(last) { rest.removeLast() }
        return rest
    }
}
extension String {
    fileprivate func trimmingSuffix(_ isCut: (Character) -> Bool) -> Substring { self[...].trimmingSuffix(isCut) }

    var withoutSpacesAround: String {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
