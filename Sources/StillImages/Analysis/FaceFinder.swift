// SPDX-License-Identifier: GPL-3.0-or-later

/// Slides a cascade over a photo at many sizes and gathers what it finds.
struct FaceFinder {
    /// A window in which the cascade saw a face, in pixels of the photo.
    struct Finding {
        var x: Double
        var y: Double
        var side: Double
        /// Windows that agree.
        var votes = 1
    }

    private static let step = 1.15
    /// Windows that must agree, more than this.
    private static let leastVotes = 2

    let cascade: FaceCascade

    /// Faces, the largest first.
    func find(in luma: LumaPlane, warmth: WarmthMap?) -> [Finding] {
        var found: [Finding] = []
        var scale = 1.0
        var mip = luma
        var mipScale = 1.0
        while true {
            let width = Int(Double(luma.width) / scale), height = Int(Double(luma.height) / scale)
            guard width > cascade.side, height > cascade.side else { break }
            while scale / mipScale >= 2 {
                mip = mip.halved()
                mipScale *= 2
            }
            let level = mip.resampled(width: width, height: height)
            let likely = warmth.map { LikelyWindows($0, width: width, height: height, side: cascade.side) }
            let windows = FaceLevel(level, cascade, step: scale >= 2 ? 1 : 2).windows(likely: likely)
            let (across, down) = (Double(luma.width) / Double(width), Double(luma.height) / Double(height))
            for (x, y) in windows {
                found.append(Finding(x: Double(x) * across, y: Double(y) * down, side: Double(cascade.side) * across))
            }
            scale *= Self.step
        }
        return Self.gathered(found)
    }

    /// One finding for each cluster of like windows (OpenCV's groupRectangles, with its tolerance of a fifth).
    static func gathered(_ windows: [Finding]) -> [Finding] {
        let tolerance = 0.2
        func alike(_ a: Finding, _ b: Finding) -> Bool {
            let delta = tolerance * min(a.side, b.side)
            return abs(a.x - b.x) <= delta && abs(a.y - b.y) <= delta && abs(a.x + a.side - b.x - b.side) <= delta
                && abs(a.y + a.side - b.y - b.side) <= delta
        }
        // Union by the lowest index.
        var parent = Array(windows.indices)
        func root(_ i: Int) -> Int {
            var i = i
            while parent[i] != i { i = parent[i] }
            return i
        }
        for i in windows.indices {
            for j in 0..<i where alike(windows[i], windows[j]) {
                let (a, b) = (root(i), root(j))
                parent[max(a, b)] = min(a, b)
            }
        }
        let clusters = Dictionary(grouping: windows.indices, by: root).values.map { members in
            let count = Double(members.count)
            return Finding(
                x: members.reduce(0) { $0 + windows[$1].x } / count,
                y: members.reduce(0) { $0 + windows[$1].y } / count,
                side: members.reduce(0) { $0 + windows[$1].side } / count, votes: members.count)
        }.filter { $0.votes > leastVotes }
        // A cluster inside a stronger one is an echo of it: a nose, a mouth.
        let kept = clusters.filter { a in
            !clusters.contains { b in
                let margin = tolerance * b.side
                return b.side > a.side && a.x >= b.x - margin && a.y >= b.y - margin
                    && a.x + a.side <= b.x + b.side + margin && a.y + a.side <= b.y + b.side + margin
                    && (b.votes > max(3, a.votes) || a.votes < 3)
            }
        }
        return kept.sorted { ($0.side, $1.x, $1.y) > ($1.side, $0.x, $0.y) }
    }
}
