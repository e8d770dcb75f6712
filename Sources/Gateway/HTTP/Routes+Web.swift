internal import Basics
internal import Domain
internal import Foundation
internal import Signing
internal import Storage
internal import Transport
internal import WebAssets
internal import Wire

extension Route {
    static let widget = [
        Route("GET", "/w.js", .open) { $0.serve($1, "w.js", .publicScript) },
        Route("GET", "/w/config", .open) { $0.serveWidgetConfig($1) },
        Route("GET", "/w/frame", .open) { $0.serveWidgetFrame($1) },
        Route("POST", "/w/page", .own, body: .beacon) { $0.receivePage($1) },
        Route("GET", "/w/*", .open) { $0.serve($1, "w/" + ($1.parameters["rest"] ?? ""), .publicScript) },
    ]

    static let pages = [
        Route("GET", "/", .open) { $0.serveFront($1) },
        Route("GET", "/console/*", .open) { $0.serve($1, "console/" + ($1.parameters["rest"] ?? ""), .console) },
        Route("GET", "/shop/*", .open) { $0.serve($1, "shop/" + ($1.parameters["rest"] ?? ""), .shop) },
        Route("GET", "/api", .open) { $0.serve($1, "api/index.html", .console) },
        Route("GET", "/api/docs/*", .open) { $0.serve($1, "api/" + ($1.parameters["rest"] ?? ""), .console) },
    ]
}

/// Which rules a page lives under.
enum PagePolicy: Hashable {
    case console, shop
    /// The widget's files, which any site may load.
    case publicScript
    /// The panel, framed only by the inbox's sites.
    case frame(sites: [String])

    var headers: HeaderFields {
        var headers: HeaderFields = ["x-content-type-options": "nosniff", "permissions-policy": Self.permissions]
        switch self {
        case .console:
            headers.append("content-security-policy", Self.consolePolicy)
            headers.append("referrer-policy", "no-referrer")
            headers.append("cross-origin-opener-policy", "same-origin")
            headers.append("cross-origin-resource-policy", "same-origin")
        case .shop:
            headers.append("content-security-policy", Self.shopPolicy)
            headers.append("referrer-policy", "same-origin")
        case .publicScript:
            headers.append("cross-origin-resource-policy", "cross-origin")
            headers.append("access-control-allow-origin", "*")
        case .frame(let sites):
            let ancestors = (["'self'"] + sites).joined(separator: " ")
            if let policy = HeaderValue(Self.framePolicy + "; frame-ancestors " + ancestors) {
                headers.append("content-security-policy", policy)
            }
            headers.append("referrer-policy", "no-referrer")
            headers.append("cross-origin-resource-policy", "cross-origin")
        }
        return headers
    }

    private static let permissions: HeaderValue = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
    private static let consolePolicy: HeaderValue = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
        connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
        require-trusted-types-for 'script'
        """
    private static let shopPolicy: HeaderValue = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
        frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'
        """
    private static let framePolicy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
        base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'
        """
}

extension Shard {
    func serve(_ call: WebCall, _ path: String, _ policy: PagePolicy) {
        guard let asset = assets.asset(at: path) else { return fail(call, WireError(.notFound)) }
        var headers = policy.headers
        if let type = HeaderValue(asset.contentType) { headers.append("content-type", type) }
        if let etag = HeaderValue(asset.etag) { headers.append("etag", etag) }
        headers.append(
            "cache-control",
            asset.isImmutable ? "public, max-age=31536000, immutable" : "public, max-age=60"
        )
        headers.append("vary", "accept-encoding")
        if call.head["if-none-match"]?.contains(asset.etag) == true {
            return respond(call, Response(status: 304, headers: headers))
        }
        let (bytes, encoding) = asset.body(accepting: call.head["accept-encoding"])
        if let encoding = encoding.flatMap({ HeaderValue($0) }) { headers.append("content-encoding", encoding) }
        respond(call, Response(status: 200, headers: headers, body: bytes))
    }

    /// The bare address leads a person to a page: the shop of a demo, else the console.
    func serveFront(_ call: WebCall) {
        let target: HeaderValue = settings.demo == nil ? "/console/" : "/shop/"
        respond(call, Response(status: 302, headers: ["location": target, "cache-control": "no-store"]))
    }

    // MARK: Widget

    func serveWidgetFrame(_ call: WebCall) {
        guard let inbox = call.query("inbox").flatMap(settings.inbox) else { return fail(call, WireError(.notFound)) }
        serve(call, "w/frame.html", .frame(sites: inbox.sites))
    }

    func serveWidgetConfig(_ call: WebCall) {
        guard let inbox = call.query("inbox").flatMap(settings.inbox) else { return fail(call, WireError(.notFound)) }
        let body = JSONWriter.object { json in
            json.field("inbox", inbox.key)
            json.field("name", inbox.name)
            json.field("online", isAnyoneThere)
            json.field("assets", object: { $0.field("frame", "/w/frame") })
        }.bytes
        let tag = "\"" + ByteText.hex(Digest.sha256(body).prefix(8)) + "\""
        var headers = PagePolicy.publicScript.headers
        headers.append("content-type", "application/json; charset=utf-8")
        headers.append("cache-control", "public, max-age=60")
        if let etag = HeaderValue(tag) { headers.append("etag", etag) }
        let isKnown = call.head["if-none-match"]?.contains(tag) == true
        respond(call, Response(status: isKnown ? 304 : 200, headers: headers, body: isKnown ? [] : body))
    }

    private struct PageBody: Decodable {
        var tok: String
        var url: String
        var title: String?
        var ref: String?
    }

    /// A visitor's browser tells which page it shows; whatever comes, nobody is told whether it counted.
    func receivePage(_ call: WebCall) {
        defer {
            respond(
                call,
                Response(status: 204, headers: ["access-control-allow-origin": "*", "cache-control": "no-store"])
            )
        }
        guard let body = try? JSONDecoder().decode(PageBody.self, from: Data(call.request.body)),
            let token = try? VisitorToken.decode(body.tok, with: settings.visitorKeys, now: now), !body.url.isEmpty
        else { return }
        let visitor = VisitorID(token.visitor)
        guard buckets.take("page", visitor.rawValue, limits.page, at: now) == nil else { return }
        look(
            at: PageReference(
                url: String(body.url.prefix(PageView.urlLimit.value)),
                title: String((body.title ?? "").prefix(PageView.titleLimit.value)),
                referrer: nil
            ),
            visitor
        )
        refreshWeb(of: visitor)
    }

    /// Screens that show this person's card show the page too.
    private func refreshWeb(of visitor: VisitorID) {
        for live in lives.values where live.party.visitors.contains(visitor) && live.committed.channel == .call {
            guard let card = cardView(live.party) else { continue }
            eachStaff(seeing: live.id) { pushFleeting(cardFrame(live.id, live, card), to: $0) }
        }
    }
}
