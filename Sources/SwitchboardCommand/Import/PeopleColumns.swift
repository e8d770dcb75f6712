internal import Domain

/// Which column of a table of people means what, by the names that people give them.
struct PeopleColumns: Hashable {
    enum Meaning: String, Hashable, CaseIterable {
        case name, organisation, title, phone, phone2, email, owner, lifecycle, language
    }

    struct Mistake: Error, Hashable { var reason: String }

    private var positions: [Meaning: Int] = [:]
    let count: Int
    /// Columns that nobody here knows; what stands in them is left out.
    private(set) var ignored: [String] = []

    init(header: [String]) throws(Mistake) {
        count = header.count
        for (index, title) in header.enumerated() {
            guard let meaning = Self.meaning(of: title) else {
                ignored.append(title)
                continue
            }
            guard positions[meaning] == nil else { throw Mistake(reason: "two columns are called \(meaning.rawValue)") }
            positions[meaning] = index
        }
        guard positions[.name] != nil else {
            let found = header.map { $0.isEmpty ? "(empty)" : $0 }.joined(separator: ", ")
            throw Mistake(reason: "there is no column called name or 姓名; the first line says: \(found)")
        }
    }

    func value(_ meaning: Meaning, in fields: [String]) -> String {
        positions[meaning].map { fields[$0].withoutSpacesAround } ?? ""
    }

    private static let names: [Meaning: [String]] = [
        .name: ["name", "fullname", "contact", "contactname", "姓名", "名字", "联系人", "客户姓名", "客户名称"],
        .organisation: [
            "organisation", "organization", "org", "company", "companyname", "account", "公司", "公司名称", "单位", "企业", "机构",
        ],
        .title: ["title", "jobtitle", "position", "职位", "职务", "头衔"],
        .phone: [
            "phone", "phone1", "telephone", "tel", "mobile", "mobilephone", "phonenumber", "电话", "手机", "手机号", "手机号码",
            "联系电话", "电话号码",
        ],
        .phone2: ["phone2", "otherphone", "secondphone", "landline", "workphone", "电话2", "备用电话", "座机", "固定电话", "其他电话"],
        .email: ["email", "mail", "emailaddress", "邮箱", "邮件", "电子邮箱", "电子邮件"],
        .owner: ["owner", "rep", "accountowner", "assignedto", "负责人", "跟进人", "归属人", "所有者", "业务员"],
        .lifecycle: ["lifecycle", "lifecyclestage", "stage", "status", "阶段", "客户阶段", "生命周期", "状态"],
        .language: ["language", "lang", "语言"],
    ]

    private static func meaning(of title: String) -> Meaning? {
        let key = title.lowercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "-" }
        return Meaning.allCases.first { names[$0]?.contains(key) == true }
    }

    private static let stages: [String: Lifecycle] = [
        "访客": .visitor, "线索": .lead, "潜在客户": .lead, "市场线索": .mql, "销售线索": .sql, "商机": .opportunity, "客户": .customer,
        "成交客户": .customer, "流失": .lost, "流失客户": .lost, "无效": .unqualified,
    ]

    /// The stage that a word means, in either language.
    static func lifecycle(_ word: String) -> Lifecycle? { Lifecycle(rawValue: word.lowercased()) ?? stages[word] }
}
