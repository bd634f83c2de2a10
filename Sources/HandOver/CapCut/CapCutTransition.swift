// SPDX-License-Identifier: GPL-3.0-or-later

/// Transitions that CapCut and JianYing have for everybody, by the numbers under which they fetch them.
struct CapCutTransition: Hashable {
    let name: String
    let effect: String
    let resource: String
    let isOverlap: Bool

    init(_ name: String, _ effect: String, _ resource: String, isOverlap: Bool = true) {
        self.name = name
        self.effect = effect
        self.resource = resource
        self.isOverlap = isOverlap
    }

    /// By our names; what has no row becomes a dissolve.
    static let table: [String: CapCutTransition] = [
        "crossfade": dissolve,
        "fade-black": .init("闪黑", "321493", "6724239388189921806", isOverlap: false),
        "fade-white": .init("闪白", "322575", "6724845376098013708", isOverlap: false),
        "push-left": .init("左移", "2917286", "6726711499676455435"),
        "push-right": .init("右移", "2917287", "6726711296063967748"),
        "push-up": .init("上移", "2917279", "6724846395116753416"),
        "push-down": .init("下移", "2917280", "6724849276100284942"),
        "wipe-left": .init("向左擦除", "2917283", "6724849999336706573"),
        "wipe-right": .init("向右擦除", "2917284", "6724849898857959950"),
        "wipe-up": .init("向上擦除", "2917281", "6724849456891564557"),
        "wipe-down": .init("向下擦除", "2917282", "6724849752921346573"),
        "circle-open": .init("圆形遮罩", "2916676", "6725767129519362573"),
        "zoom-in": .init("推近", "359359", "6724226861666144779", isOverlap: false),
        "zoom-out": .init("拉远", "359365", "6724226338418332167", isOverlap: false),
        "blur": .init("模糊", "4212596", "6911569618171597320"),
        "page-turn": .init("翻页", "368701", "6747979085894390279"),
        "slices-left": .init("百叶窗", "521326", "6789847331060584974"),
        "glitch": .init("故障", "2918080", "6725771847444468236", isOverlap: false),
        "swirl": .init("漩涡", "4211780", "6851810799510360583", isOverlap: false),
        "mosaic": .init("马赛克", "4212631", "6724866519022440967"),
    ]

    static let dissolve = CapCutTransition("叠化", "322577", "6724845717472416269")
}
