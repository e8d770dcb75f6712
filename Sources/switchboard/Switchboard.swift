internal import SwitchboardCommand

/// The program: everything it does stands in `SwitchboardCommand`.
@main struct Switchboard {
    static func main() async { await CommandLineTool.run() }
}
