internal import Basics
internal import Foundation
internal import Signing

/// The built pages, scripts and styles, read once at start and served from memory.
public struct AssetStore: Sendable {
    private let assets: [String: Asset]

    public enum Failure: Error, Hashable, Sendable {
        /// No `manifest.json` there; `make web` writes it.
        case noManifest(directory: String)
        case missing(file: String)
    }

    /// A store without anything, for gateways that serve no pages.
    public init() { assets = [:] }

    /// Reads what `manifest.json` of the folder lists; what it does not list does not exist.
    public init(directory: String) throws(Failure) {
        struct Manifest: Decodable {
            struct File: Decodable {
                var path: String
                var type: String
                var immutable: Bool?
            }
            var files: [File]
        }
        guard let data = FileManager.default.contents(atPath: directory + "/manifest.json"),
            let manifest = try? JSONDecoder().decode(Manifest.self, from: data)
        else { throw .noManifest(directory: directory) }
        var assets: [String: Asset] = [:]
        for file in manifest.files {
            func read(_ suffix: String) -> [UInt8]? {
                FileManager.default.contents(atPath: directory + "/" + file.path + suffix).map { Array($0) }
            }
            guard let plain = read("") else { throw .missing(file: file.path) }
            assets[file.path] = Asset(
                contentType: file.type,
                isImmutable: file.immutable ?? false,
                etag: "\"" + ByteText.hex(Digest.sha256(plain).prefix(12)) + "\"",
                plain: plain,
                gzip: read(".gz"),
                brotli: read(".br")
            )
        }
        self.assets = assets
    }

    /// The asset at a path without a leading slash; a folder stands for its `index.html`.
    public func asset(at path: String) -> Asset? {
        assets[path] ?? assets[path.hasSuffix("/") || path.isEmpty ? path + "index.html" : path + "/index.html"]
    }
}
