// SPDX-License-Identifier: GPL-3.0-or-later

/// What each transition is called in Chinese, and what it does in a line of English and of Chinese.
public struct TransitionWords: Hashable, Sendable {
    /// Its Chinese name; in English it is called by its own.
    public let chineseName: String
    public let english: String
    public let chinese: String

    init(_ chineseName: String, _ english: String, _ chinese: String) {
        self.chineseName = chineseName
        self.english = english
        self.chinese = chinese
    }

    /// One row for each of `TransitionCatalog`.
    public static let all: [Transition.Name: TransitionWords] = {
        var all: [Transition.Name: TransitionWords] = [:]
        for (name, words) in rows { all[Transition.Name(name)] = words }
        return all
    }()

    private static let rows: [(String, TransitionWords)] = [
        ("crossfade", .init("叠化", "one picture fades into the other", "一个画面渐渐变成另一个")),
        ("fade-black", .init("黑场过渡", "through black", "经过黑场")),
        ("fade-white", .init("白场过渡", "through white", "经过白场")),
        ("fade-grays", .init("灰调过渡", "the colours leave, and come back in the next picture", "颜色褪去，在下一个画面里回来")),
        ("fade-fast", .init("快叠化", "what differs most changes first", "差别大的地方先变")),
        ("fade-slow", .init("慢叠化", "what differs most changes last", "差别大的地方后变")),
        ("distance", .init("差异叠化", "what is alike changes first, the rest follows at once", "相近的地方先变，其余随后")),
        ("grain-dissolve", .init("颗粒溶解", "grain by grain", "一粒一粒地变")),
        ("wipe-left", .init("向左擦除", "a soft edge goes to the left", "柔和的边向左扫过")),
        ("wipe-right", .init("向右擦除", "a soft edge goes to the right", "柔和的边向右扫过")),
        ("wipe-up", .init("向上擦除", "a soft edge goes up", "柔和的边向上扫过")),
        ("wipe-down", .init("向下擦除", "a soft edge goes down", "柔和的边向下扫过")),
        ("wipe-top-left", .init("向左上擦除", "the first picture leaves into the top left corner", "前一个画面收进左上角")),
        ("wipe-top-right", .init("向右上擦除", "the first picture leaves into the top right corner", "前一个画面收进右上角")),
        ("wipe-bottom-left", .init("向左下擦除", "the first picture leaves into the bottom left corner", "前一个画面收进左下角")),
        ("wipe-bottom-right", .init("向右下擦除", "the first picture leaves into the bottom right corner", "前一个画面收进右下角")),
        ("diagonal-top-left", .init("斜向左上", "a slanting edge goes to the top left", "斜边扫向左上")),
        ("diagonal-top-right", .init("斜向右上", "a slanting edge goes to the top right", "斜边扫向右上")),
        ("diagonal-bottom-left", .init("斜向左下", "a slanting edge goes to the bottom left", "斜边扫向左下")),
        ("diagonal-bottom-right", .init("斜向右下", "a slanting edge goes to the bottom right", "斜边扫向右下")),
        ("smooth-left", .init("柔和向左", "a wipe to the left as soft as half the picture", "极柔和地向左扫过")),
        ("smooth-right", .init("柔和向右", "a wipe to the right as soft as half the picture", "极柔和地向右扫过")),
        ("smooth-up", .init("柔和向上", "a wipe up as soft as half the picture", "极柔和地向上扫过")),
        ("smooth-down", .init("柔和向下", "a wipe down as soft as half the picture", "极柔和地向下扫过")),
        ("slide-left", .init("向左滑入", "the next picture slides in to the left", "下一个画面向左滑入")),
        ("slide-right", .init("向右滑入", "the next picture slides in to the right", "下一个画面向右滑入")),
        ("slide-up", .init("向上滑入", "the next picture slides in upwards", "下一个画面向上滑入")),
        ("slide-down", .init("向下滑入", "the next picture slides in downwards", "下一个画面向下滑入")),
        ("push-left", .init("向左推", "the next picture pushes the first to the left", "下一个画面把前一个推向左")),
        ("push-right", .init("向右推", "the next picture pushes the first to the right", "下一个画面把前一个推向右")),
        ("push-up", .init("向上推", "the next picture pushes the first up", "下一个画面把前一个推上去")),
        ("push-down", .init("向下推", "the next picture pushes the first down", "下一个画面把前一个推下去")),
        ("cover-left", .init("向左覆盖", "the next picture moves in over the first, to the left", "下一个画面向左盖住前一个")),
        ("cover-right", .init("向右覆盖", "the next picture moves in over the first, to the right", "下一个画面向右盖住前一个")),
        ("cover-up", .init("向上覆盖", "the next picture moves in over the first, upwards", "下一个画面向上盖住前一个")),
        ("cover-down", .init("向下覆盖", "the next picture moves in over the first, downwards", "下一个画面向下盖住前一个")),
        ("reveal-left", .init("向左揭开", "the first picture moves off to the left", "前一个画面向左移开")),
        ("reveal-right", .init("向右揭开", "the first picture moves off to the right", "前一个画面向右移开")),
        ("reveal-up", .init("向上揭开", "the first picture moves off upwards", "前一个画面向上移开")),
        ("reveal-down", .init("向下揭开", "the first picture moves off downwards", "前一个画面向下移开")),
        ("whip-left", .init("向左甩镜", "the camera is thrown, the pictures fly to the left", "镜头猛甩，画面飞向左")),
        ("whip-right", .init("向右甩镜", "the camera is thrown, the pictures fly to the right", "镜头猛甩，画面飞向右")),
        ("whip-up", .init("向上甩镜", "the camera is thrown, the pictures fly up", "镜头猛甩，画面飞向上")),
        ("whip-down", .init("向下甩镜", "the camera is thrown, the pictures fly down", "镜头猛甩，画面飞向下")),
        ("circle-open", .init("圆形展开", "a circle opens", "圆形展开")),
        ("circle-close", .init("圆形收起", "a circle closes", "圆形收起")),
        ("circle-crop", .init("圆形开合", "a circle closes to black and opens again", "圆形合到黑，再展开")),
        ("rectangle-open", .init("方形展开", "a rectangle opens", "方形展开")),
        ("rectangle-close", .init("方形收起", "a rectangle closes", "方形收起")),
        ("rectangle-crop", .init("方形开合", "a rectangle closes to black and opens again", "方形合到黑，再展开")),
        ("heart-open", .init("心形展开", "a heart opens", "心形展开")),
        ("vertical-open", .init("左右开门", "parts in the middle to both sides", "从中间向两边打开")),
        ("vertical-close", .init("左右关门", "closes from both sides to the middle", "从两边向中间合上")),
        ("horizontal-open", .init("上下打开", "parts in the middle upwards and downwards", "从中间向上下打开")),
        ("horizontal-close", .init("上下合上", "closes from above and below", "从上下向中间合上")),
        ("radial", .init("时钟擦除", "the hand of a clock goes round", "像时针转一圈")),
        ("squeeze-horizontal", .init("上下压扁", "the first picture is pressed flat from above and below", "前一个画面被上下压扁")),
        ("squeeze-vertical", .init("左右压扁", "the first picture is pressed flat from the sides", "前一个画面被左右压扁")),
        ("slices-left", .init("百叶窗向左", "ten blinds open one after the other, to the left", "十片百叶依次向左打开")),
        ("slices-right", .init("百叶窗向右", "ten blinds open one after the other, to the right", "十片百叶依次向右打开")),
        ("slices-up", .init("百叶窗向上", "ten blinds open one after the other, upwards", "十片百叶依次向上打开")),
        ("slices-down", .init("百叶窗向下", "ten blinds open one after the other, downwards", "十片百叶依次向下打开")),
        ("wind-left", .init("向左吹散", "blown away in streaks to the left", "一缕缕向左吹散")),
        ("wind-right", .init("向右吹散", "blown away in streaks to the right", "一缕缕向右吹散")),
        ("wind-up", .init("向上吹散", "blown away in streaks upwards", "一缕缕向上吹散")),
        ("wind-down", .init("向下吹散", "blown away in streaks downwards", "一缕缕向下吹散")),
        ("mosaic", .init("方块拼换", "squares change here and there", "方块此起彼落地换")),
        ("pixelize", .init("像素化", "falls apart into squares and comes together again", "散成像素再聚起来")),
        ("blur", .init("模糊过渡", "out of focus and into focus", "虚焦再对焦")),
        ("zoom-in", .init("推近过渡", "the camera rushes into the picture", "镜头冲进画面")),
        ("zoom-out", .init("拉远过渡", "the camera draws back out of the picture", "镜头退出画面")),
        ("spin", .init("旋转过渡", "the picture begins to turn, the next comes to rest", "画面转起来，下一个停下")),
        ("cube", .init("立方体", "two faces of a turning cube", "转动的立方体的两面")),
        ("flip", .init("卡片翻转", "a card that is turned over", "像翻过一张卡片")),
        ("ripple", .init("水波", "rings run outwards as in water", "水波一圈圈荡开")),
        ("swirl", .init("漩涡", "the middle is stirred", "中间被搅成漩涡")),
        ("kaleidoscope", .init("万花筒", "mirrors close in and open again", "镜面合拢再打开")),
        ("page-turn", .init("翻页", "a page is turned", "翻过一页")),
        ("glitch", .init("故障", "a disturbed signal", "信号受扰")),
        ("flash", .init("闪光", "a camera's flash", "相机闪光")),
        ("light-leak", .init("漏光", "warm light falls into the camera", "暖光漏进镜头")),
        ("film-burn", .init("胶片灼烧", "the film catches fire", "胶片烧开")),
        ("luma-key", .init("亮度图擦除", "in the order of a grey picture (without one, a heart)", "按一张灰度图的明暗（没有则为心形）")),
    ]
}
