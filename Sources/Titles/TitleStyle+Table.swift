// SPDX-License-Identifier: GPL-3.0-or-later

extension TitleStyle {
    /// The table, the default of titles first.
    public static let all: [TitleStyle] = [
        TitleStyle(
            name: "clean", chineseName: "简洁", summary: "modern and calm; suits everything", chinese: "现代、干净，什么都合适",
            family: "sans", weight: 600, boldWeight: 800, letterSpacing: -0.015, lineHeight: 1.12,
            entrance: Move(.slide, 500), exit: Move(.fade, 350)),
        TitleStyle(
            name: "bold", chineseName: "粗体", summary: "heavy and loud: sport, short videos", chinese: "厚重有力：运动、短视频",
            family: "sans", weight: 900, boldWeight: 900, letterSpacing: -0.012, lineHeight: 1.06, shadow: .strong,
            entrance: Move(.pop, 350), exit: Move(.fade, 250)),
        TitleStyle(
            name: "elegant", chineseName: "优雅", summary: "fine serif: weddings, portraits, travel",
            chinese: "纤细的衬线体：婚礼、人像、旅行", family: "didone", weight: 400, lineHeight: 1.16, sizeFactor: 1.04,
            shadow: .strong, thickening: 0.012, entrance: Move(.fade, 900), exit: Move(.fade, 600)),
        TitleStyle(
            name: "italic", chineseName: "优雅斜体", summary: "a bookish italic: poems, letters, love stories",
            chinese: "书卷气的斜体：诗、书信、爱情故事", family: "serif", weight: 500, boldWeight: 700, italic: true,
            lineHeight: 1.14, sizeFactor: 1.14, shadow: .strong, thickening: 0.008,
            laterLines: LaterLines(scale: 0.58, weight: 400), entrance: Move(.fade, 800), exit: Move(.fade, 600)),
        TitleStyle(
            name: "cinematic", chineseName: "电影感", summary: "wide-set capitals, as on a film's first frame",
            chinese: "字距很宽的大写，像电影的第一帧", family: "sans", weight: 500, letterCase: .upper, letterSpacing: 0.24,
            lineHeight: 1.42, sizeFactor: 0.62, entrance: Move(.fade, 1000), exit: Move(.fade, 700)),
        TitleStyle(
            name: "film-credit", chineseName: "演职员", summary: "as the names at a film's opening: small role, wide name",
            chinese: "像电影片头的名字：小字职务，大字姓名", family: "didone", weight: 500, letterCase: .upper,
            letterSpacing: 0.16, lineHeight: 1.3, sizeFactor: 0.66, shadow: .strong, thickening: 0.01,
            laterLines: LaterLines(scale: 0.52, weight: 400), entrance: Move(.fade, 800), exit: Move(.fade, 800)),
        TitleStyle(
            name: "handwritten", chineseName: "手写", summary: "a lively hand: birthdays, family, diaries",
            chinese: "活泼的手写体：生日、家庭、日记", family: "script", weight: 700, lineHeight: 1.12, sizeFactor: 1.3,
            shadow: .strong, entrance: Move(.words, 900), exit: Move(.fade, 400)),
        TitleStyle(
            name: "poster", chineseName: "海报", summary: "tall narrow capitals: trailers, music, sport",
            chinese: "高而窄的大写：预告片、音乐、运动", family: "display", weight: 700, letterCase: .upper,
            letterSpacing: 0.02, lineHeight: 1.0, sizeFactor: 1.42,
            laterLines: LaterLines(scale: 0.42, weight: 400), entrance: Move(.slide, 450), exit: Move(.fade, 300)),
        TitleStyle(
            name: "retro", chineseName: "复古",
            summary: "a signwriter's brush with a block shadow: summers, diners, parties",
            chinese: "招牌画工的笔触，带立体投影：夏天、聚会", family: "retro", weight: 700, italic: true, lineHeight: 1.08,
            sizeFactor: 1.22, color: TitleColor(red: 255, green: 238, blue: 204), shadow: .block,
            shadowColor: TitleColor(red: 138, green: 18, blue: 40), entrance: Move(.pop, 450), exit: Move(.fade, 300)),
        TitleStyle(
            name: "neon", chineseName: "霓虹", summary: "glowing tubes of light: nights out, music, cities",
            chinese: "发光的灯管：夜晚、音乐、城市", family: "geometric", weight: 500, boldWeight: 700, letterSpacing: 0.02,
            lineHeight: 1.12, color: TitleColor(red: 255, green: 240, blue: 252), shadow: .glow,
            shadowColor: TitleColor(red: 255, green: 45, blue: 170), accent: TitleColor(red: 93, green: 245, blue: 255),
            entrance: Move(.fade, 250), exit: Move(.fade, 250)),
        TitleStyle(
            name: "typewriter", chineseName: "打字机", summary: "letter by letter out of the machine: diaries, mysteries",
            chinese: "一个字一个字打出来：日记、悬疑", family: "typewriter", weight: 400, boldWeight: 700, lineHeight: 1.22,
            sizeFactor: 0.8, shadow: .strong, thickening: 0.02, entrance: Move(.typewriter, 1600),
            exit: Move(.fade, 300)),
        TitleStyle(
            name: "vlog", chineseName: "Vlog", summary: "round and friendly on a bright plate: days out, food, pets",
            chinese: "圆润亲切，衬亮色底：出游、美食、宠物", family: "geometric", weight: 700, boldWeight: 800,
            letterSpacing: -0.01, lineHeight: 1.34, sizeFactor: 0.8, color: TitleColor(red: 32, green: 28, blue: 44),
            shadow: .none, plate: TitlePlate(color: TitleColor(red: 255, green: 221, blue: 87), opacity: 1),
            plateRadius: 0.42, accent: TitleColor(red: 226, green: 38, blue: 90), entrance: Move(.pop, 400),
            exit: Move(.pop, 250)),
        TitleStyle(
            name: "headline", chineseName: "大标题", summary: "heavy capitals on a red plate: news, offers, lists",
            chinese: "红底粗体大写：新闻、优惠、盘点", family: "sans", weight: 800, boldWeight: 900, letterCase: .upper,
            letterSpacing: -0.005, lineHeight: 1.34, sizeFactor: 0.82, shadow: .none,
            plate: TitlePlate(color: TitleColor(red: 214, green: 32, blue: 44), opacity: 1), plateRadius: 0,
            entrance: Move(.slide, 350), exit: Move(.fade, 250)),
        TitleStyle(
            name: "lower-third", chineseName: "人名条",
            summary: "a name and below it who that is, on a dark plate with a bar",
            chinese: "姓名，下面是身份，深色底板带色条", family: "sans", weight: 700, letterSpacing: -0.005, lineHeight: 1.3,
            sizeFactor: 0.56, shadow: .none,
            plate: TitlePlate(color: TitleColor(red: 14, green: 17, blue: 26), opacity: 0.82), plateRadius: 0.06,
            bar: TitleColor(red: 255, green: 196, blue: 37), laterLines: LaterLines(scale: 0.68, weight: 400),
            entrance: Move(.slide, 450), exit: Move(.fade, 300)),
        TitleStyle(
            name: "news", chineseName: "新闻条", summary: "dark letters on a white plate with a red bar: reports, facts",
            chinese: "白底深字带红条：报道、要点", family: "sans", weight: 700, lineHeight: 1.3, sizeFactor: 0.56,
            color: TitleColor(red: 17, green: 20, blue: 28), shadow: .none,
            plate: TitlePlate(color: .white, opacity: 0.95), plateRadius: 0,
            bar: TitleColor(red: 206, green: 24, blue: 38),
            laterLines: LaterLines(scale: 0.68, weight: 500), accent: TitleColor(red: 206, green: 24, blue: 38),
            entrance: Move(.slide, 350), exit: Move(.fade, 300)),
        TitleStyle(
            name: "minimal", chineseName: "极简", summary: "small and light; also for credits", chinese: "小而轻，也用于字幕名单",
            family: "humanist", weight: 400, letterSpacing: 0.02, lineHeight: 1.3, sizeFactor: 0.8, shadow: .strong,
            entrance: Move(.fade, 600), exit: Move(.fade, 500)),
        TitleStyle(
            name: "caption", chineseName: "字幕条", summary: "white on a soft dark plate; legible on anything",
            chinese: "柔和深底上的白字，放在哪里都看得清", family: "text", weight: 600, letterSpacing: -0.005,
            lineHeight: 1.36, shadow: .none,
            plate: TitlePlate(color: TitleColor(red: 12, green: 12, blue: 14), opacity: 0.62),
            entrance: Move(.fade, 150), exit: Move(.fade, 150)),
        TitleStyle(
            name: "subtitle", chineseName: "字幕", summary: "white with a fine dark edge, as in films",
            chinese: "白字细黑边，像电影字幕", family: "text", weight: 600, lineHeight: 1.24, shadow: .soft,
            stroke: Stroke(color: TitleColor(red: 0, green: 0, blue: 0, alpha: 210), width: 0.035),
            entrance: Move(.fade, 120), exit: Move(.fade, 120)),
        TitleStyle(
            name: "outline", chineseName: "描边", summary: "heavy with a thick black edge, as on TikTok",
            chinese: "粗字厚黑边，像抖音", family: "sans", weight: 800, boldWeight: 900, letterSpacing: -0.005,
            lineHeight: 1.14, shadow: .soft, stroke: Stroke(color: .black, width: 0.075),
            entrance: Move(.pop, 300), exit: Move(.fade, 200)),
    ]
}
