// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime

/// Media and wishes drawn at random from a seed: the usual and the awkward.
struct RandomMedia {
    var random: SeededRandom

    init(seed: Int) { random = SeededRandom(seed: UInt64(bitPattern: Int64(seed))) }

    mutating func one<T>(of choices: [T]) -> T { choices[Int.random(in: choices.indices, using: &random)] }
    mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &random) < share }

    static let sizes = [
        PixelSize(width: 4000, height: 3000), PixelSize(width: 3000, height: 4000),
        PixelSize(width: 1080, height: 1080),
        PixelSize(width: 1, height: 1), PixelSize(width: 9000, height: 500), PixelSize(width: 37, height: 5001),
        PixelSize(width: 1920, height: 1080), PixelSize(width: 1080, height: 1920),
    ]

    mutating func photo(_ index: Int) -> MediaFacts {
        var facts = MediaFacts(
            id: "p\(index)", name: "IMG_\(Int.random(in: 0..<2000, using: &random)).jpg", kind: .image, format: "jpeg",
            contentHash: "h\(index)", size: one(of: Self.sizes))
        if chance(0.5) { facts.focus = UnitPoint(x: unit(), y: unit()) }
        if chance(0.3) {
            facts.faces = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                UnitRect(x: unit() * 0.8, y: unit() * 0.8, width: 0.01 + unit() * 0.2, height: 0.01 + unit() * 0.2)
            }
        }
        if chance(0.7) { facts.perceptualHash = chance(0.3) ? 0xF0F0 : random.next() }
        if chance(0.7) { facts.sharpness = unit() * 1000 }
        if chance(0.5) { facts.captureTime = "2024-07-\(10 + Int.random(in: 0..<20, using: &random))T10:00:00" }
        return facts
    }

    mutating func clip(_ index: Int) -> MediaFacts {
        let ticks = MediaTime(milliseconds: one(of: [1, 20, 40, 200, 999, 1000, 3333, 12_345, 65_432, 600_000])).ticks
        return MediaFacts(
            id: "c\(index)", name: "clip \(index).mp4", kind: .video, format: "mp4", contentHash: "hc\(index)",
            size: chance(0.02) ? nil : one(of: Self.sizes),
            duration: chance(0.02) ? nil : MediaTime(ticks: ticks + Int64.random(in: 0..<705_600, using: &random)),
            frameRate: one(of: [23.976, 24, 25, 29.87, 30, 50, 59.94, 60, 7, 240, nil]), hasSound: chance(0.5))
    }

    mutating func song(_ index: Int) -> MediaFacts {
        MediaFacts(
            id: "m\(index)", name: "song \(index).mp3", kind: .audio, format: "mp3", contentHash: "hm\(index)",
            duration: chance(0.05)
                ? nil : MediaTime(milliseconds: one(of: [0, 1, 50, 900, 7000, 30_000, 61_234, 180_000, 3_000_000])))
    }

    mutating func media() -> [MediaFacts] {
        let photos = one(of: [0, 0, 1, 1, 2, 3, 7, 10, 39, 41, 80, 500])
        let clips = one(of: [0, 0, 0, 1, 1, 2, 3, 8, 30])
        var media = (0..<photos).map { photo($0) } + (0..<clips).map { clip($0) }
        media += (0..<one(of: [0, 0, 1, 1, 2])).map { song($0) }
        if chance(0.3) {
            var script = MediaFacts(id: "t0", name: "script.txt", kind: .text, format: "txt", contentHash: "ht")
            script.text = one(of: [
                "", " \n\n", "# Summer", "# 夏天\n我们去了海边。大家都很开心！", "One. Two! Three? Four…",
                String(repeating: "The quick brown fox jumps over the lazy dog, and then it sleeps. ", count: 12),
                String(repeating: "没有标点的很长很长的一行文字", count: 15), String(repeating: "x", count: 700),
            ])
            media.append(script)
        }
        media.shuffle(using: &random)
        return media
    }

    mutating func wishes() -> EditWishes {
        var wishes = EditWishes()
        if chance(0.4) { wishes.presets = [one(of: PlatformPreset.all)] }
        if chance(0.2) {
            wishes.canvas = PixelSize(width: one(of: [16, 640, 1080, 4096]), height: one(of: [16, 360, 1920]))
        }
        if chance(0.2) {
            wishes.aspect = EditWishes.Aspect(width: one(of: [16, 9, 1, 4]), height: one(of: [9, 16, 1, 5]))
        }
        if chance(0.4) {
            wishes.frameRate = one(of: [
                FrameRate(24000, over: 1001), FrameRate(30000, over: 1001), FrameRate(1), FrameRate(25), FrameRate(60),
                FrameRate(25, over: 2),
            ])
        }
        if chance(0.5) {
            wishes.duration = MediaTime(
                milliseconds: one(of: [
                    0, 1, 17, 33, 40, 100, 501, 1000, 2999, 7777, 15_000, 60_000, 600_001, 10_800_000, 10_800_001,
                ]))
        }
        if chance(0.3) {
            wishes.perPhoto = MediaTime(milliseconds: one(of: [0, 1, 34, 250, 501, 1000, 2000, 2001, 5000, 30_000]))
        }
        if chance(0.5) {
            wishes.transitions = one(of: [.mixed, .cuts, .named(.fadeBlack), .named(Transition.Name("wipe-left"))])
        }
        if chance(0.4) {
            wishes.transitionTime = MediaTime(milliseconds: one(of: [0, 1, 33, 333, 500, 1001, 5000, 60_000]))
        }
        if chance(0.4) { wishes.motions = one(of: [.still, .kind(.panUp), .kind(.none), .amount(0.3), .amount(0)]) }
        if chance(0.3) { wishes.fit = one(of: Fit.allCases) }
        if chance(0.4) { wishes.title = one(of: ["", "  ", "Summer", String(repeating: "long ", count: 2000)]) }
        if chance(0.3) { wishes.musicVolume = one(of: [0, 0.35, 2, 9, -1]) }
        wishes.beatSync = one(of: EditWishes.BeatSync.allCases)
        wishes.order = one(of: EditWishes.Order.allCases)
        wishes.keepsAllPhotos = chance(0.2)
        wishes.keepsWholeClips = chance(0.2)
        wishes.seed = random.next()
        return wishes
    }

    /// Beats of `song`: even, uneven, too few, or without bars.
    mutating func beats(of song: MediaFacts?) -> BeatGrid? {
        guard let length = song?.duration?.milliseconds, chance(0.7) else { return nil }
        let interval = one(of: [100, 333, 469, 500, 612, 2000])
        var time = one(of: [0, 0, 17, 1500])
        var beats: [MediaTime] = []
        while time < Int(length), beats.count < 4000 {
            beats.append(MediaTime(milliseconds: Int64(time)))
            time += interval + (chance(0.3) ? Int.random(in: -20...20, using: &random) : 0)
        }
        let down = chance(0.7) ? stride(from: 0, to: beats.count, by: 4).map { beats[$0] } : []
        return BeatGrid(beats: beats, downbeats: down, tempo: 60_000 / Double(interval), confidence: unit())
    }

    private mutating func unit() -> Double { Double.random(in: 0...1, using: &random) }
}
