/// The folder of a demo: an installation with its settings inside.
struct DemoFolder {
    let path: String
    static let standard = DemoFolder(path: ".data/demo")
    var settingsFile: String { path + "/switchboard.json" }
    var loginsFile: String { path + "/logins.json" }
}
