internal import Domain

// The people of the demo. Numbers are from ranges that no subscriber has, or are the test numbers of carriers; mail addresses
// end in `.example` (RFC 2606).

extension DemoPerson {
    /// The number of the shop, as its carrier writes it.
    static let shopNumber = "+86 21 5555 0100"
    /// Nobody of the demo has this number.
    static let unknownNumber = "+8613800138099"
    /// Two people of the demo share this number.
    static let sharedNumber = "+8613800138011"
    /// The best customer.
    static let firstNumber = "+8613800138000"

    static let all: [DemoPerson] = chinese + international

    private static let chinese: [DemoPerson] = [
        DemoPerson(
            name: "王小明",
            title: "采购总监",
            organisation: "云峰连锁茶饮有限公司",
            lifecycle: .customer,
            owner: .ana,
            language: "zh",
            phones: ["+8613800138000"],
            emails: ["wangxiaoming@yunfeng.example"],
            shopID: "c-1001",
            offers: [
                .init(title: "2027 春茶年度框架", stage: "negotiation", amount: 486_000, currency: "CNY", closesIn: 21),
                .init(title: "门店盖碗定制 600 套", stage: "proposal", amount: 84_000, currency: "CNY", closesIn: 35),
                .init(
                    title: "2026 春绿首批 300 公斤",
                    stage: "won",
                    outcome: .won,
                    amount: 312_000,
                    currency: "CNY",
                    closesIn: -190
                ),
            ]
        ),
        DemoPerson(
            name: "刘芳",
            title: "店长",
            organisation: "云峰连锁茶饮有限公司",
            lifecycle: .customer,
            owner: .ana,
            language: "zh",
            phones: ["+8613800138001"],
            emails: ["liufang@yunfeng.example"]
        ),
        DemoPerson(
            name: "张建国",
            title: "总经理",
            organisation: "翠竹酒店集团",
            lifecycle: .opportunity,
            owner: .wei,
            language: "zh",
            phones: ["+8613800138002"],
            emails: ["zhangjg@cuizhu.example"],
            shopID: "c-1002",
            offers: [.init(title: "客房迎宾茶 1.2 万份", stage: "proposal", amount: 228_000, currency: "CNY", closesIn: 18)]
        ),
        DemoPerson(
            name: "赵敏",
            title: "餐饮部经理",
            organisation: "翠竹酒店集团",
            lifecycle: .sql,
            owner: .wei,
            language: "zh",
            phones: ["+8613800138003"],
            emails: ["zhaomin@cuizhu.example"]
        ),
        DemoPerson(
            name: "孙丽",
            title: "创始人",
            organisation: "丽茗茶舍",
            lifecycle: .customer,
            owner: .wei,
            language: "zh",
            phones: ["+8613800138004"],
            emails: ["sunli@liming.example"],
            shopID: "c-1003",
            offers: [
                .init(title: "铁观音季度补货", stage: "negotiation", amount: 36_500, currency: "CNY", closesIn: 9),
                .init(title: "茉莉龙珠 80 公斤", stage: "won", outcome: .won, amount: 52_800, currency: "CNY", closesIn: -60),
            ]
        ),
        DemoPerson(
            name: "周强",
            lifecycle: .customer,
            owner: .wei,
            language: "zh",
            phones: ["+8613800138005"],
            emails: ["zhouqiang@mail.example"],
            offers: [
                .init(title: "古树普洱 20 饼", stage: "won", outcome: .won, amount: 5_360, currency: "CNY", closesIn: -35)
            ]
        ),
        DemoPerson(
            name: "吴婷婷",
            title: "行政主管",
            organisation: "蓝桥软件",
            lifecycle: .mql,
            owner: .ana,
            language: "zh",
            phones: ["+8613800138006"],
            emails: ["wutt@lanqiao.example"],
            offers: [
                .init(title: "员工中秋礼盒 260 份", stage: "qualification", amount: 72_800, currency: "CNY", closesIn: 44)
            ]
        ),
        DemoPerson(name: "郑浩", lifecycle: .lead, owner: .wei, language: "zh", phones: ["+8613800138007"]),
        DemoPerson(
            name: "冯雪",
            title: "买手",
            organisation: "雪见生活美学",
            lifecycle: .opportunity,
            owner: .ana,
            language: "zh",
            phones: ["+8613800138008"],
            emails: ["fengxue@xuejian.example"],
            offers: [.init(title: "青瓷盖碗寄售", stage: "proposal", amount: 42_000, currency: "CNY", closesIn: 27)]
        ),
        DemoPerson(
            name: "何志远",
            title: "进出口部主任",
            organisation: "海港贸易",
            lifecycle: .customer,
            owner: .wei,
            language: "zh",
            phones: ["+8613800138009"],
            emails: ["hezy@haigang.example"],
            offers: [.init(title: "出口日本煎茶级 1 吨", stage: "negotiation", amount: 198_000, currency: "CNY", closesIn: 52)]
        ),
        DemoPerson(
            name: "陈晓琳",
            lifecycle: .customer,
            owner: .ana,
            language: "zh",
            phones: ["+8613800138011"],
            emails: ["chenxiaolin@mail.example"],
            offers: [
                .init(title: "白毫银针礼盒 6 份", stage: "won", outcome: .won, amount: 1_188, currency: "CNY", closesIn: -20)
            ]
        ),
        DemoPerson(
            name: "陈国强",
            title: "退休教师",
            lifecycle: .lead,
            owner: .wei,
            language: "zh",
            phones: ["+8613800138011"]
        ),
        DemoPerson(
            name: "林悦",
            title: "茶艺师",
            organisation: "半山茶空间",
            lifecycle: .customer,
            owner: .wei,
            language: "zh",
            phones: ["+8613800138012"],
            emails: ["linyue@banshan.example"],
            offers: [.init(title: "课程用茶 2027", stage: "qualification", amount: 18_600, currency: "CNY", closesIn: 60)]
        ),
        DemoPerson(
            name: "高翔",
            title: "采购",
            organisation: "鼎鑫超市",
            lifecycle: .lost,
            owner: .ana,
            language: "zh",
            phones: ["+8613800138013"],
            emails: ["gaoxiang@dingxin.example"],
            offers: [
                .init(title: "超市散茶专柜", stage: "lost", outcome: .lost, amount: 150_000, currency: "CNY", closesIn: -75)
            ]
        ),
        DemoPerson(name: "罗敏", lifecycle: .visitor, language: "zh", emails: ["luomin@mail.example"]),
        DemoPerson(
            name: "马超",
            title: "区域经理",
            organisation: "西域茶马商行",
            lifecycle: .sql,
            owner: .wei,
            language: "zh",
            phones: ["+8613800138015"],
            emails: ["machao@chama.example"],
            offers: [.init(title: "砖茶代工咨询", stage: "qualification", amount: 96_000, currency: "CNY", closesIn: 70)]
        ),
        DemoPerson(
            name: "宋佳",
            title: "编辑",
            organisation: "味觉杂志",
            lifecycle: .unqualified,
            owner: .ana,
            language: "zh",
            phones: ["+8613800138016"],
            emails: ["songjia@weijue.example"]
        ),
        DemoPerson(
            name: "唐小雨",
            lifecycle: .customer,
            owner: .ana,
            language: "zh",
            phones: ["+8613800138017"],
            emails: ["tangxy@mail.example"],
            shopID: "c-1004",
            offers: [.init(title: "茉莉龙珠 2 瓶", stage: "won", outcome: .won, amount: 176, currency: "CNY", closesIn: -12)]
        ),
        DemoPerson(name: "韩冰", lifecycle: .lead, language: "zh", phones: ["+8613800138018"]),
        DemoPerson(
            name: "许文博",
            title: "店主",
            organisation: "文博茶行",
            lifecycle: .customer,
            owner: .wei,
            language: "zh",
            phones: ["+8613800138020"],
            emails: ["xuwb@wenbo.example"],
            offers: [.init(title: "普洱饼 120 片", stage: "negotiation", amount: 25_700, currency: "CNY", closesIn: 16)]
        ),
        DemoPerson(
            name: "邓丽娟",
            title: "财务",
            organisation: "云峰连锁茶饮有限公司",
            lifecycle: .customer,
            owner: .ana,
            language: "zh",
            phones: ["+8613800138021"],
            emails: ["denglj@yunfeng.example"]
        ),
        DemoPerson(
            name: "蒋涛",
            title: "茶农合作社理事",
            organisation: "北坡茶叶合作社",
            lifecycle: .customer,
            owner: .wei,
            language: "zh",
            phones: ["+8613800138022"],
            emails: ["jiangtao@beipo.example"]
        ),
    ]

    private static let international: [DemoPerson] = [
        DemoPerson(
            name: "Emily Zhang",
            title: "Head of Beverage",
            organisation: "Harbour Lane Cafés",
            lifecycle: .customer,
            owner: .ana,
            language: "en",
            phones: ["+14155550101"],
            emails: ["emily@harbourlane.example"],
            offers: [
                .init(title: "House oolong 2027", stage: "negotiation", amount: 64_000, currency: "USD", closesIn: 25),
                .init(
                    title: "Autumn oolong, 220 kg",
                    stage: "won",
                    outcome: .won,
                    amount: 38_500,
                    currency: "USD",
                    closesIn: -95
                ),
            ]
        ),
        DemoPerson(
            name: "Daniel Ortiz",
            title: "Owner",
            organisation: "Mission Leaf Tea Bar",
            lifecycle: .customer,
            owner: .ben,
            language: "en",
            phones: ["+14155550102"],
            emails: ["daniel@missionleaf.example"],
            offers: [
                .init(
                    title: "Pu'er flight for the bar",
                    stage: "proposal",
                    amount: 7_200,
                    currency: "USD",
                    closesIn: 14
                )
            ]
        ),
        DemoPerson(
            name: "Grace Kim",
            title: "Buyer",
            organisation: "Pacific Pantry",
            lifecycle: .opportunity,
            owner: .ben,
            language: "en",
            phones: ["+14155550103"],
            emails: ["grace@pacificpantry.example"],
            offers: [
                .init(title: "Shelf test, 40 stores", stage: "proposal", amount: 118_000, currency: "USD", closesIn: 40)
            ]
        ),
        DemoPerson(
            name: "Marcus Lee",
            title: "Procurement",
            organisation: "Fogline Hotels",
            lifecycle: .sql,
            owner: .ben,
            language: "en",
            phones: ["+14155550104"],
            emails: ["marcus@fogline.example"],
            offers: [
                .init(title: "In-room tea 2027", stage: "qualification", amount: 54_000, currency: "USD", closesIn: 65)
            ]
        ),
        DemoPerson(
            name: "Olivia Brooks",
            lifecycle: .customer,
            owner: .ben,
            language: "en",
            phones: ["+14155550105"],
            emails: ["olivia.brooks@mail.example"],
            shopID: "c-1005",
            offers: [
                .init(
                    title: "Celadon gaiwan, gift set",
                    stage: "won",
                    outcome: .won,
                    amount: 240,
                    currency: "USD",
                    closesIn: -16
                )
            ]
        ),
        DemoPerson(
            name: "Samir Patel",
            title: "Founder",
            organisation: "Steep & Stone",
            lifecycle: .lead,
            owner: .ben,
            language: "en",
            phones: ["+14155550106"],
            emails: ["samir@steepstone.example"]
        ),
        DemoPerson(
            name: "Hannah Wright",
            title: "Editor",
            organisation: "Slow Sips",
            lifecycle: .unqualified,
            owner: .ana,
            language: "en",
            phones: ["+14155550107"],
            emails: ["hannah@slowsips.example"]
        ),
        DemoPerson(name: "Noah Fischer", lifecycle: .visitor, language: "en", emails: ["noah.fischer@mail.example"]),
        DemoPerson(
            name: "Priya Nair",
            title: "Operations",
            organisation: "Bayview Offices",
            lifecycle: .mql,
            owner: .ana,
            language: "en",
            phones: ["+14155550109"],
            emails: ["priya@bayview.example"],
            offers: [
                .init(
                    title: "Office tea programme",
                    stage: "qualification",
                    amount: 22_000,
                    currency: "USD",
                    closesIn: 48
                )
            ]
        ),
        DemoPerson(name: "Lucas Martin", lifecycle: .lead, owner: .ben, language: "en", phones: ["+14155550110"]),
        DemoPerson(
            name: "James Whitfield",
            title: "Tea Buyer",
            organisation: "Whitfield & Sons",
            lifecycle: .customer,
            owner: .ben,
            language: "en",
            phones: ["+442079460101"],
            emails: ["james@whitfield.example"],
            offers: [
                .init(
                    title: "Single-estate list 2027",
                    stage: "negotiation",
                    amount: 88_000,
                    currency: "EUR",
                    closesIn: 30
                ),
                .init(
                    title: "Silver Needle, 90 kg",
                    stage: "won",
                    outcome: .won,
                    amount: 46_500,
                    currency: "EUR",
                    closesIn: -130
                ),
            ]
        ),
        DemoPerson(
            name: "Charlotte Hughes",
            title: "Food Hall Manager",
            organisation: "Aldwych Stores",
            lifecycle: .opportunity,
            owner: .ben,
            language: "en",
            phones: ["+442079460102"],
            emails: ["charlotte@aldwych.example"],
            offers: [
                .init(title: "Food-hall counter", stage: "proposal", amount: 61_000, currency: "EUR", closesIn: 33)
            ]
        ),
        DemoPerson(
            name: "Oliver Grant",
            title: "Sommelier",
            organisation: "The Quiet Room",
            lifecycle: .customer,
            owner: .ben,
            language: "en",
            phones: ["+442079460103"],
            emails: ["oliver@quietroom.example"],
            offers: [
                .init(
                    title: "Tasting menu pairings",
                    stage: "won",
                    outcome: .won,
                    amount: 3_900,
                    currency: "EUR",
                    closesIn: -42
                )
            ]
        ),
        DemoPerson(
            name: "Amelia Clarke",
            lifecycle: .lead,
            owner: .ana,
            language: "en",
            phones: ["+442079460104"],
            emails: ["amelia.clarke@mail.example"]
        ),
        DemoPerson(
            name: "Thomas Becker",
            title: "Einkauf",
            organisation: "Teekontor Becker",
            lifecycle: .customer,
            owner: .ben,
            language: "en",
            phones: ["+442079460105"],
            emails: ["becker@teekontor.example"],
            offers: [
                .init(
                    title: "Spring green, 150 kg",
                    stage: "negotiation",
                    amount: 29_500,
                    currency: "EUR",
                    closesIn: 22
                )
            ]
        ),
        DemoPerson(
            name: "Sofia Rossi",
            title: "Buyer",
            organisation: "Bottega del Tè",
            lifecycle: .sql,
            owner: .ana,
            language: "en",
            phones: ["+442079460106"],
            emails: ["sofia@bottega.example"],
            offers: [
                .init(title: "Jasmine line", stage: "qualification", amount: 17_500, currency: "EUR", closesIn: 50)
            ]
        ),
        DemoPerson(
            name: "George Evans",
            lifecycle: .lost,
            owner: .ben,
            language: "en",
            phones: ["+442079460107"],
            emails: ["gevans@mail.example"],
            offers: [
                .init(
                    title: "Corporate gifts",
                    stage: "lost",
                    outcome: .lost,
                    amount: 9_800,
                    currency: "EUR",
                    closesIn: -50
                )
            ]
        ),
        DemoPerson(
            name: "Isla Morgan",
            title: "Student",
            lifecycle: .visitor,
            language: "en",
            emails: ["isla.morgan@mail.example"]
        ),
        DemoPerson(
            name: "Yuki Tanaka",
            title: "Importer",
            organisation: "Tanaka Chaho",
            lifecycle: .opportunity,
            owner: .ana,
            language: "en",
            phones: ["+442079460108"],
            emails: ["yuki@tanakachaho.example"],
            offers: [
                .init(
                    title: "Matcha-grade tencha trial",
                    stage: "proposal",
                    amount: 15_800,
                    currency: "USD",
                    closesIn: 38
                )
            ]
        ),
    ]
}
