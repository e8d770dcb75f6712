import Basics
import Foundation
import Testing

@testable import Transport

/// A folder with a self-signed certificate that `openssl` makes, gone with the test.
private final class CertificateFolder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("switchboard-\(UUID().uuidString)")
    var certificate: ServerSettings.Certificate {
        .init(
            chainPath: url.appendingPathComponent("cert.pem").path,
            keyPath: url.appendingPathComponent("key.pem").path
        )
    }

    init(serial: Int) throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try make(serial: serial)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func make(serial: Int) throws {
        let certificate = certificate
        let result = try OpenSSL.run([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-set_serial", String(serial), "-keyout", certificate.keyPath, "-out",
            certificate.chainPath,
        ])
        #expect(result.status == 0)
    }
}

/// The `openssl` command: a TLS client that is not ours.
private enum OpenSSL {
    static func run(_ arguments: [String], input: String = "") throws -> (status: Int32, output: String) {
        let client = try Client(arguments)
        client.send(Array(input.utf8))
        client.finishSending()
        return client.finish()
    }

    /// A running `openssl`, fed by pipe.
    final class Client {
        let process = Process()
        private let standardInput = Pipe()
        private let standardOutput = Pipe()

        init(_ arguments: [String]) throws {
            process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
            process.arguments = arguments
            process.standardInput = standardInput
            process.standardOutput = standardOutput
            process.standardError = standardOutput
            try process.run()
        }

        func send(_ bytes: [UInt8]) { try? standardInput.fileHandleForWriting.write(contentsOf: Data(bytes)) }
        func finishSending() { try? standardInput.fileHandleForWriting.close() }

        /// Reads until `marker` has come, or the end.
        func read(until marker: String) -> String {
            var text = ""
            while !text.contains(marker) {
                let data = standardOutput.fileHandleForReading.availableData
                if data.isEmpty { break }
                text += String(decoding: data, as: UTF8.self)
            }
            return text
        }

        func finish() -> (status: Int32, output: String) {
            let data = standardOutput.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return (process.terminationStatus, String(decoding: data, as: UTF8.self))
        }
    }

    static func request(port: Int, _ extra: [String] = []) throws -> (status: Int32, output: String) {
        let client = try Client(["s_client", "-connect", "127.0.0.1:\(port)", "-ign_eof"] + extra)
        client.send(Array("GET /tls HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8))
        let result = client.finish()
        client.finishSending()
        return result
    }

    static func serial(port: Int) throws -> String {
        let handshake = try run(["s_client", "-connect", "127.0.0.1:\(port)"])
        return try run(["x509", "-noout", "-serial"], input: handshake.output).output
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

struct TLSTests {
    @Test func `requests are served over TLS 1-3 and 1-2, with ALPN http 1-1`() throws {
        let folder = try CertificateFolder(serial: 1)
        let server = try TestServer { $0.tls = folder.certificate }
        for version in ["-tls1_3", "-tls1_2"] {
            let result = try OpenSSL.request(port: server.port, [version, "-alpn", "h2,http/1.1"])
            #expect(result.output.contains("HTTP/1.1 200 OK"))
            #expect(result.output.contains("ALPN protocol: http/1.1"))
        }
        #expect(server.owner.lastHead?.isSecure == true)
        #expect(server.stop())
    }

    @Test(arguments: [["-tls1_1"], ["-tls1"], ["-tls1_2", "-cipher", "AES128-SHA:ECDHE-ECDSA-AES128-SHA"]])
    func `old versions and ciphers are refused`(options: [String]) throws {
        let folder = try CertificateFolder(serial: 1)
        let server = try TestServer { $0.tls = folder.certificate }
        let result = try OpenSSL.request(
            port: server.port,
            options + ["-cipher", "ALL:@SECLEVEL=0"].prefix(options.count == 1 ? 2 : 0)
        )
        #expect(!result.output.contains("HTTP/1.1 200"))
        #expect(server.stop())
    }

    @Test func `plain text on a TLS port is closed`() throws {
        let folder = try CertificateFolder(serial: 1)
        let server = try TestServer { $0.tls = folder.certificate }
        let client = try RawClient(port: server.port)
        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(client.readToEnd() != nil)
        #expect(server.owner.happenings.isEmpty)
        server.stop()
    }

    @Test func `a handshake that does not come is not waited for`() throws {
        let folder = try CertificateFolder(serial: 1)
        let server = try TestServer {
            $0.tls = folder.certificate
            $0.limits.headerDeadline = .milliseconds(100)
        }
        let client = try RawClient(port: server.port)
        #expect(client.readToEnd() == "")
        #expect(server.statistics.openConnections == 0)
        server.stop()
    }

    @Test func `a reloaded certificate is for new handshakes, and old sockets live on`() throws {
        let folder = try CertificateFolder(serial: 0x1111)
        let server = try TestServer { $0.tls = folder.certificate }
        let old = try OpenSSL.Client(["s_client", "-connect", "127.0.0.1:\(server.port)", "-quiet"])
        old.send(Array(SocketClient.request().utf8))
        #expect(old.read(until: "Accept").contains("101 Switching Protocols"))
        #expect(try OpenSSL.serial(port: server.port) == "serial=1111")

        try folder.make(serial: 0x2222)
        #expect(try OpenSSL.serial(port: server.port) == "serial=1111")
        let reloaded = server.onLoop { server in
            do throws(TransportError) {
                try server.reloadCertificate()
                return true
            } catch { return false }
        }
        #expect(reloaded)
        #expect(try OpenSSL.serial(port: server.port) == "serial=2222")
        old.send(SocketClient.frame(1, Array("still here".utf8)))
        #expect(old.read(until: "still here").contains("still here"))

        // A key that does not belong to the certificate is refused, and what was in use stays in use.
        try Data("nonsense".utf8).write(to: folder.url.appendingPathComponent("key.pem"))
        let refused = server.onLoop { server in
            do throws(TransportError) {
                try server.reloadCertificate()
                return false
            } catch { return error == .certificate }
        }
        #expect(refused)
        #expect(try OpenSSL.serial(port: server.port) == "serial=2222")
        old.finishSending()
        #expect(server.stop())
        _ = old.finish()
    }

    @Test func `files that are no certificate are an error at the start`() throws {
        let settings = ServerSettings(
            host: "127.0.0.1",
            port: 0,
            tls: .init(chainPath: "/nowhere", keyPath: "/nowhere")
        )
        let loop = try Loop()
        #expect(throws: TransportError.certificate) {
            _ = try Server(loop: loop, settings: settings, delegate: Owner())
        }
    }
}
