internal import Domain

// What was said lately at Cloudpeak Tea.

extension DemoTalk {
    static let written: [DemoTalk] = chinese + english

    private static let chinese: [DemoTalk] = [
        DemoTalk(
            person: "王小明",
            rep: .ana,
            daysAgo: 26,
            hour: 10,
            minute: 12,
            what: .call(ringing: 6, talking: 412, note: "谈 2027 春茶框架：总量 900 公斤，分三批，要求 4 月 25 日前到首批。对价格没有异议，付款希望 45 天。"),
            outcome: .followUp
        ),
        DemoTalk(
            person: "王小明",
            rep: .ana,
            daysAgo: 19,
            hour: 15,
            minute: 40,
            what: .chat(
                [
                    .visitor("你好，上次说的盖碗定制，最少多少套起？"),
                    .rep("王总您好！定制起订 300 套，刻店标不另收费，釉色可以选青瓷和月白两种。"),
                    .visitor("我们 42 家门店，大概 600 套。交期呢？"),
                    .rep("600 套需要 35 天，周师傅那边九月的窑还有空。我今天把报价单发到您邮箱。"),
                    .visitor("好，税点也写清楚。"),
                    .note("报价 140/套，含 13% 税，600 套 84,000。窑期已口头预留到月底。"),
                ],
                pages: ["gaiwan", "gaiwan", "basket"],
                rating: 5
            ),
            outcome: .quoteSent
        ),
        DemoTalk(
            person: "王小明",
            rep: .ana,
            daysAgo: 6,
            hour: 9,
            minute: 31,
            what: .outgoing(ringing: 9, talking: 268, note: "回访：盖碗报价法务在看；框架合同他们要加一条延迟到货的扣款，让我们给个数。"),
            outcome: .callbackAgreed
        ),
        DemoTalk(
            person: "王小明",
            rep: .ana,
            daysAgo: 1,
            hour: 17,
            minute: 5,
            what: .missed(ringing: 28)
        ),
        DemoTalk(
            person: "刘芳",
            rep: .ana,
            daysAgo: 3,
            hour: 11,
            minute: 20,
            what: .chat(
                [
                    .visitor("我们店茉莉龙珠到货少了两罐"),
                    .rep("抱歉给您添麻烦了。能把送货单拍一张发给我吗？我先登记补发。"),
                    .visitor("单号是 YF-2291"),
                    .rep("查到了，仓库漏装。今天下午补发顺丰，明天到店。"),
                    .visitor("好的谢谢"),
                ],
                pages: ["jasmine"],
                rating: 4
            ),
            outcome: .resolved
        ),
        DemoTalk(
            person: "张建国",
            rep: .wei,
            daysAgo: 14,
            hour: 14,
            minute: 2,
            what: .call(ringing: 11, talking: 634, note: "集团 28 家酒店统一迎宾茶，独立小包 5 克，要印店标。竞品报 21 元/份，希望我们 19。"),
            outcome: .followUp
        ),
        DemoTalk(
            person: "张建国",
            rep: .wei,
            daysAgo: 5,
            hour: 10,
            minute: 45,
            what: .outgoing(ringing: 14, talking: 187, note: "报 19 元/份，含印刷，首批 4,000 份。等他们周会。"),
            outcome: .quoteSent
        ),
        DemoTalk(
            person: "孙丽",
            rep: .wei,
            daysAgo: 8,
            hour: 16,
            minute: 18,
            what: .chat(
                [
                    .visitor("李哥，这批铁观音客人说火有点重"),
                    .rep("孙姐，是二焙那批。下批我让师傅减半小时，先寄两泡样您试。"),
                    .visitor("行，要快一点，国庆前要上"),
                    .rep("今天就寄，单号一会儿发您。"),
                    .note("寄样 2 泡，轻火。喜欢再下 25 公斤。"),
                ],
                pages: ["oolong"],
                rating: 5
            ),
            outcome: .followUp
        ),
        DemoTalk(
            person: "周强",
            rep: .wei,
            daysAgo: 34,
            hour: 20,
            minute: 10,
            what: .chat(
                [
                    .visitor("2017 年的普洱饼还有吗"),
                    .rep("有的，还剩 46 饼，单饼 268，十饼以上 9 折。"),
                    .visitor("那要 20 饼，存着喝"),
                    .rep("给您按 9 折，送一个竹笼。链接发您了。"),
                    .visitor("已付款"),
                ],
                pages: ["puer", "puer", "basket"],
                rating: 5
            ),
            outcome: .sale
        ),
        DemoTalk(
            person: "吴婷婷",
            rep: .ana,
            daysAgo: 2,
            hour: 13,
            minute: 50,
            what: .chat(
                [
                    .visitor("想给员工订中秋礼盒，260 份左右，有方案吗？"),
                    .rep("有的！预算每份大概多少呢？"),
                    .visitor("280 以内，最好有茶具"),
                    .rep("推荐“云雾春绿 + 小盖碗”礼盒，单价 280，260 份可以印公司贺卡。我做一份 PDF 给您。"),
                    .visitor("好，发我邮箱，周五前要给老板看"),
                ],
                pages: ["yunwu", "gaiwan", "teas"]
            ),
            outcome: .quoteSent
        ),
        DemoTalk(
            person: "何志远",
            rep: .wei,
            daysAgo: 10,
            hour: 9,
            minute: 5,
            what: .call(ringing: 7, talking: 521, note: "出口日本要 191 项农残检测，SGS 报告 10 个工作日。对方先要 2 公斤样。"),
            outcome: .followUp
        ),
        DemoTalk(
            person: "陈晓琳",
            rep: .ana,
            daysAgo: 20,
            hour: 19,
            minute: 25,
            what: .chat(
                [
                    .visitor("礼盒可以分开寄到不同地址吗？6 个地址"),
                    .rep("可以的，每个地址加 8 元运费。下单时在备注里写好就行。"),
                    .visitor("贺卡内容也能不一样吗"),
                    .rep("可以，六张都手写。"),
                    .visitor("太好了，下单了"),
                ],
                pages: ["silver", "basket"],
                rating: 5
            ),
            outcome: .sale
        ),
        DemoTalk(
            number: DemoPerson.sharedNumber,
            rep: .wei,
            daysAgo: 4,
            hour: 10,
            minute: 3,
            what: .call(ringing: 8, talking: 95, note: "家里座机共用：这次是陈老师本人，问绿茶怎么存。"),
            outcome: .resolved
        ),
        DemoTalk(
            person: "高翔",
            rep: .ana,
            daysAgo: 75,
            hour: 11,
            what: .call(ringing: 13, talking: 240, note: "专柜给了本地品牌，条码费谈不拢。明年三月再联系。"),
            outcome: .notInterested
        ),
        DemoTalk(
            person: "许文博",
            rep: .wei,
            daysAgo: 7,
            hour: 14,
            minute: 33,
            what: .call(ringing: 5, talking: 176, note: "要 120 片，问能不能分两次付。答应月结。"),
            outcome: .quoteSent
        ),
        DemoTalk(
            person: "唐小雨",
            rep: .ana,
            daysAgo: 0,
            hour: 9,
            minute: 12,
            what: .chat(
                [
                    .visitor("龙珠泡出来有点苦，是水温的问题吗"),
                    .rep("茉莉龙珠建议 80 度、一分钟以内。水刚开的话放两三分钟再冲。"),
                    .visitor("懂了，刚烧开就倒的😂"),
                    .rep("下次试试看，香气会更清。"),
                ],
                pages: ["jasmine"],
                rating: 5
            ),
            outcome: .resolved
        ),
        DemoTalk(number: "+8613800138055", rep: .wei, daysAgo: 2, hour: 20, minute: 44, what: .abandoned(ringing: 12)),
        DemoTalk(
            rep: .wei,
            daysAgo: 1,
            hour: 11,
            minute: 9,
            what: .chat(
                [
                    .visitor("支持货到付款吗？"),
                    .rep("您好，目前支持微信、支付宝和对公转账，暂时没有货到付款。"),
                    .visitor("哦，好吧"),
                ],
                pages: ["teas"]
            ),
            outcome: .resolved
        ),
    ]

    private static let english: [DemoTalk] = [
        DemoTalk(
            person: "Emily Zhang",
            language: "en",
            rep: .ana,
            daysAgo: 12,
            hour: 22,
            minute: 15,
            what: .call(
                ringing: 8,
                talking: 742,
                note:
                    "Wants the house oolong as 1 kg bricks, 9 cafés, weekly. Freight from Oakland is theirs. Board decides on the 4th."
            ),
            outcome: .followUp
        ),
        DemoTalk(
            person: "Emily Zhang",
            language: "en",
            rep: .ana,
            daysAgo: 2,
            hour: 23,
            minute: 2,
            what: .chat(
                [
                    .visitor("Hi Ana, is the roast on the samples the same as last autumn?"),
                    .rep(
                        "Hi Emily! A touch lighter: 20 minutes less on the second firing. Last autumn's is still here if you prefer it."
                    ),
                    .visitor("Lighter is good, the baristas loved it. Can you hold 220 kg?"),
                    .rep("Held until the 5th. I'll send the pro-forma today."),
                    .note("220 kg lot B held until the 5th. Pro-forma at 175 USD/kg."),
                ],
                pages: ["oolong", "oolong"],
                rating: 5
            ),
            outcome: .quoteSent
        ),
        DemoTalk(
            person: "Daniel Ortiz",
            language: "en",
            rep: .ben,
            daysAgo: 9,
            hour: 23,
            minute: 40,
            what: .chat(
                [
                    .visitor("Do you ship single cakes to SF or only by the case?"),
                    .rep(
                        "Single cakes are fine, five to nine days by air. For a bar I'd suggest the flight box: four years, 50 g each."
                    ),
                    .visitor("That is exactly what I need. Price for ten?"),
                    .rep("72 each for ten boxes. Quote is on its way."),
                ],
                pages: ["puer"],
                rating: 5
            ),
            outcome: .quoteSent
        ),
        DemoTalk(
            person: "Grace Kim",
            language: "en",
            rep: .ben,
            daysAgo: 16,
            hour: 8,
            minute: 30,
            what: .call(
                ringing: 10,
                talking: 655,
                note:
                    "40-store shelf test from February. Needs FDA prior notice and barcodes on the inner tin. Slotting is 60 a store."
            ),
            outcome: .followUp
        ),
        DemoTalk(
            person: "Grace Kim",
            language: "en",
            rep: .ben,
            daysAgo: 3,
            hour: 8,
            minute: 5,
            what: .outgoing(ringing: 22, talking: 0, note: nil),
            outcome: .noAnswer
        ),
        DemoTalk(
            person: "Marcus Lee",
            language: "en",
            rep: .ben,
            daysAgo: 11,
            hour: 9,
            minute: 20,
            what: .call(ringing: 6, talking: 303, note: "In-room tea for 14 hotels. Compostable sachets are a must."),
            outcome: .followUp
        ),
        DemoTalk(
            person: "Olivia Brooks",
            language: "en",
            rep: .ben,
            daysAgo: 15,
            hour: 7,
            minute: 45,
            what: .chat(
                [
                    .visitor("My gaiwan arrived with a chipped lid :("),
                    .rep("Oh no, I'm sorry! A new lid goes out today, no need to send the old one back."),
                    .visitor("That was quick. Thank you!"),
                    .note("Lid from drawer 3; told packing to double the paper."),
                ],
                pages: ["gaiwan"],
                rating: 5
            ),
            outcome: .resolved
        ),
        DemoTalk(
            person: "James Whitfield",
            language: "en",
            rep: .ben,
            daysAgo: 13,
            hour: 17,
            minute: 30,
            what: .call(
                ringing: 5,
                talking: 890,
                note:
                    "Single-estate list for 2027: spring green, silver needle, two oolongs. Wants the farm named on the tin. Visit in April."
            ),
            outcome: .followUp
        ),
        DemoTalk(
            person: "James Whitfield",
            language: "en",
            rep: .ben,
            daysAgo: 4,
            hour: 18,
            minute: 12,
            what: .chat(
                [
                    .visitor("Ben, which harvest dates go on the spring green?"),
                    .rep("6 to 14 April for lot A, north face. I'll put the picker's mark on the tin as well."),
                    .visitor("Lovely. And pesticide report in English?"),
                    .rep("Attached to the offer, two pages."),
                ],
                pages: ["yunwu", "silver"]
            ),
            outcome: .followUp
        ),
        DemoTalk(
            person: "Charlotte Hughes",
            language: "en",
            rep: .ben,
            daysAgo: 0,
            hour: 8,
            minute: 50,
            what: .call(
                ringing: 9,
                talking: 221,
                note: "Counter is 2.4 m; tasting staff for the first two weeks would be ours."
            ),
            outcome: .followUp
        ),
        DemoTalk(
            person: "Thomas Becker",
            language: "en",
            rep: .ben,
            daysAgo: 6,
            hour: 16,
            minute: 55,
            what: .chat(
                [
                    .visitor("Is the spring green certified organic for the EU?"),
                    .rep("The north face is, certificate CN-BIO-140. The terrace is in conversion until next year."),
                    .visitor("Then 150 kg of north face only, please."),
                    .rep("Noted. Offer in EUR with customs code tomorrow morning."),
                ],
                pages: ["yunwu", "yunwu"],
                rating: 4
            ),
            outcome: .quoteSent
        ),
        DemoTalk(
            person: "Sofia Rossi",
            language: "en",
            rep: .ana,
            daysAgo: 5,
            hour: 17,
            minute: 15,
            what: .missed(ringing: 31)
        ),
        DemoTalk(
            person: "Yuki Tanaka",
            language: "en",
            rep: .ana,
            daysAgo: 7,
            hour: 11,
            minute: 10,
            what: .call(
                ringing: 7,
                talking: 366,
                note: "Tencha trial: 30 kg, shade 21 days. Will send his own cultivar notes."
            ),
            outcome: .callbackAgreed
        ),
        DemoTalk(
            language: "en",
            rep: .ben,
            daysAgo: 1,
            hour: 16,
            minute: 20,
            what: .chat(
                [
                    .visitor("hello do u sell matcha"),
                    .rep("Hello! Not matcha itself, but our tencha trial starts next spring. Shall I let you know?"),
                    .visitor("nah thats ok"),
                ],
                pages: ["teas"]
            ),
            outcome: .notInterested
        ),
        DemoTalk(
            number: "+442079460199",
            language: "en",
            rep: .ben,
            daysAgo: 3,
            hour: 17,
            minute: 2,
            what: .abandoned(ringing: 19)
        ),
        DemoTalk(
            number: "+14155550188",
            language: "en",
            rep: .ben,
            daysAgo: 8,
            hour: 7,
            minute: 30,
            what: .call(ringing: 6, talking: 22, note: nil),
            outcome: .wrongNumber
        ),
    ]

    /// Notes for the everyday calls that a seed strews over everybody else.
    static let everyday: [String: [(note: String, outcome: WrapUpCode)]] = [
        "zh": [
            ("问样品什么时候到，已发单号。", .resolved), ("确认收货地址，没有别的问题。", .resolved), ("想下周再聊价格。", .callbackAgreed),
            ("要一份产品目录 PDF。", .quoteSent), ("发票抬头有误，已重开。", .resolved), ("暂时不需要，年底再联系。", .notInterested),
        ],
        "en": [
            ("Asked where the parcel is; sent the tracking number.", .resolved),
            ("Wants the price list for next year.", .quoteSent),
            ("Invoice had the wrong address, sent a new one.", .resolved),
            ("Busy, asked to be called next week.", .callbackAgreed),
            ("Has enough tea until spring.", .notInterested), ("Asked for two more samples.", .followUp),
        ],
    ]
}
