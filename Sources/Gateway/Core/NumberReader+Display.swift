internal import PhoneNumbers

extension NumberReader {
    /// A stored number as people on this line would write it.
    func display(e164: String, line: LineRules) -> String { display(read(e164, line: line), from: line.region) }
}
