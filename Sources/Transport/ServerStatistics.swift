/// What a server has done since it started, and what it holds now.
public struct ServerStatistics: Hashable, Sendable {
    public var openConnections = 0
    public var openSockets = 0
    /// Connections that carry HTTP, or have not said yet.
    public var openHTTPConnections: Int { openConnections - openSockets }

    public var acceptedConnections = 0
    public var acceptPauses = 0
    public var requests = 0
    public var refused: [RefusalReason: Int] = [:]

    public var bytesIn = 0
    public var bytesOut = 0
    public var framesIn = 0
    public var framesOut = 0
    public var controlFramesIn = 0
    /// Bytes that wait in outboxes now.
    public var queuedBytes = 0
    public var outboxOverflows = 0
}

/// Why the transport refused, in words that may become metric labels.
public enum RefusalReason: String, Hashable, Sendable, CaseIterable {
    case tooManyConnections, tooManyFromAddress
    case malformedHead, conflictingLength, badLength, lengthRequired, unsupportedCoding, missingHost, duplicateHeader
    case unsupportedVersion, unsupportedMethod, unsupportedExpectation, ambiguousTarget
    case bodyTooLarge, malformedBody, bodyNotAllowed, pipelinedBody
    case badHandshake, unsupportedUpgrade, upgradeRefused, unknownSubprotocol
    case headerDeadline, requestDeadline, answerDeadline, responseDeadline, closeDeadline
    case messageTooLarge, tooManyFragments, tooManyControlFrames, invalidText
}
