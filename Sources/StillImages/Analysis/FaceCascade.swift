// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// A boosted cascade of Haar-like features (Viola and Jones 2001; Lienhart 2002), as OpenCV stores it: decides whether a
/// small window shows a face seen from the front.
///
/// The model is a data file of Debian's package `opencv-data`; without it there is no cascade, and no faces are found.
struct FaceCascade: Sendable {
    /// A part of the window, in its own pixels, and how its sum of luma weighs.
    struct Rectangle {
        var x: Int
        var y: Int
        var width: Int
        var height: Int
        var weight: Float
    }

    /// A decision: which feature is compared with what, and where each answer leads: on to a node (index ≥ 0) or to a leaf (−1 − index).
    struct Node {
        var feature: Int
        var threshold: Float
        var below: Int
        var above: Int
    }

    struct Stage {
        /// Root nodes of its trees.
        var roots: [Int] = []
        var threshold: Float
    }

    var side = 0
    var features: [[Rectangle]] = []
    var nodes: [Node] = []
    var leaves: [Float] = []
    var stages: [Stage] = []
    /// Nodes of each tree, in order.
    var treeSizes: [Int] = []

    /// Where the model may be, in this order.
    static let places = [
        "/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt2.xml",
        "/usr/share/opencv/haarcascades/haarcascade_frontalface_alt2.xml",
    ]

    /// Read once in a process.
    static let installed: FaceCascade? = places.lazy.compactMap { FileManager.default.contents(atPath: $0) }
        .first.flatMap { FaceCascade(xml: Array($0)) }
}

extension FaceCascade {
    /// Reads OpenCV's XML. Takes only what it can evaluate: upright features, boosted trees, a square window; nil for anything else.
    init?(xml: [UInt8]) {
        guard xml.count < 16 << 20 else { return nil }
        var place = 0
        var isInRectangles = false
        while let open = xml[place...].firstIndex(of: UInt8(ascii: "<")),
            let close = xml[open...].firstIndex(of: UInt8(ascii: ">"))
        {
            let tag = String(decoding: xml[open + 1..<close], as: UTF8.self)
            let end = xml[close...].firstIndex(of: UInt8(ascii: "<")) ?? xml.count
            place = end
            func numbers() -> [Float] {
                xml[close + 1..<end].split { $0 <= UInt8(ascii: " ") }
                    .map { Float(String(decoding: $0, as: UTF8.self)) ?? .nan }
            }
            switch tag {
            case "width" where side == 0: side = Int(numbers().first ?? 0)
            case "stageThreshold":
                guard let threshold = numbers().first, threshold.isFinite else { return nil }
                stages.append(Stage(threshold: threshold))
            case "internalNodes":
                guard !stages.isEmpty, add(tree: numbers()) else { return nil }
            case "leafValues": leaves += numbers()
            case "rects":
                isInRectangles = true
                features.append([])
            case "/rects": isInRectangles = false
            case "_" where isInRectangles:
                guard add(rectangle: numbers()) else { return nil }
            case "tilted":
                guard numbers() == [0] else { return nil }
            default: break
            }
        }
        guard isSound else { return nil }
    }

    /// Nodes come in fours: below, above, feature, threshold; a number of 0 or less names a leaf of this tree.
    private mutating func add(tree numbers: [Float]) -> Bool {
        guard !numbers.isEmpty, numbers.count % 4 == 0, numbers.allSatisfy({ $0.isFinite && abs($0) < 1e6 }) else {
            return false
        }
        let (firstNode, firstLeaf) = (nodes.count, leaves.count)
        func target(_ number: Float) -> Int {
            number > 0 ? firstNode + Int(number) : -1 - (firstLeaf + Int(-number))
        }
        for i in stride(from: 0, to: numbers.count, by: 4) {
            nodes.append(
                Node(
                    feature: Int(numbers[i + 2]), threshold: numbers[i + 3], below: target(numbers[i]),
                    above: target(numbers[i + 1])))
        }
        stages[stages.count - 1].roots.append(firstNode)
        treeSizes.append(numbers.count / 4)
        return true
    }

    private mutating func add(rectangle numbers: [Float]) -> Bool {
        guard numbers.count == 5, numbers.allSatisfy({ $0.isFinite && abs($0) < 1000 }) else { return false }
        features[features.count - 1].append(
            Rectangle(
                x: Int(numbers[0]), y: Int(numbers[1]), width: Int(numbers[2]), height: Int(numbers[3]),
                weight: numbers[4]))
        return true
    }

    /// Every index leads somewhere, forwards, and every rectangle lies in the window: evaluation then needs no checks.
    private var isSound: Bool {
        (8...64).contains(side) && !stages.isEmpty && leaves.allSatisfy(\.isFinite)
            && stages.allSatisfy { !$0.roots.isEmpty }
            && features.allSatisfy { rectangles in
                (2...3).contains(rectangles.count)
                    && rectangles.allSatisfy {
                        $0.x >= 0 && $0.y >= 0 && $0.width > 0 && $0.height > 0 && $0.x + $0.width <= side
                            && $0.y + $0.height <= side
                    }
            }
            && nodes.indices.allSatisfy { i in
                features.indices.contains(nodes[i].feature)
                    && [nodes[i].below, nodes[i].above].allSatisfy {
                        $0 >= 0 ? $0 > i && $0 < nodes.count : leaves.indices.contains(-1 - $0)
                    }
            }
    }
}
