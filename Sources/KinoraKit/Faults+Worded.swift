// SPDX-License-Identifier: GPL-3.0-or-later
public import Compositor
public import FileStore
import Foundation
public import MediaIO
import MediaLibrary
public import Sound
public import StillImages
public import Wording

// What the libraries underneath report, in words. They know of no catalogues; their own descriptions are for developers.

extension MediaError: Worded {
    public func text(in words: [String: String]) -> String {
        let detail = [reason, underlying].compactMap(\.self).joined(separator: ", ")
        return Wording("media \(code.rawValue)", ["subject": .text(subject), "detail": .text(detail)]).text(in: words)
    }
}

extension FileError: Worded {
    public func text(in words: [String: String]) -> String {
        Wording(
            "file \(code.rawValue)",
            [
                "doing": .words(Wording("doing \(operation)")), "path": .text(path),
                "words": .text(String(cString: strerror(underlying))),
            ]
        ).text(in: words)
    }
}

extension StillError: Worded {
    public func text(in words: [String: String]) -> String {
        guard code == .cannotWrite else { return Refusal(self).text(in: words) }
        return Wording("still cannotWrite", ["path": .text(path), "detail": .text(underlying)]).text(in: words)
    }
}

extension SoundError: Worded {
    public func text(in words: [String: String]) -> String {
        Wording("sound \(code.rawValue)", ["detail": .text(reason)]).text(in: words)
    }
}

extension CubeTable.Failure: Worded {
    public func text(in words: [String: String]) -> String {
        Wording("colour table", ["detail": .text(description)]).text(in: words)
    }
}

extension KitError: Worded {
    public func text(in words: [String: String]) -> String {
        switch self {
        case .unreadable(let path): Wording("kit unreadable", ["path": .text(path)]).text(in: words)
        }
    }
}

extension MixWarning {
    /// What a person is told.
    public var wording: Wording {
        func figure(_ value: Double) -> Wording.Value {
            let tenths = Int((abs(value) * 10).rounded())
            return .text((value < 0 && tenths > 0 ? "−" : "") + "\(tenths / 10).\(tenths % 10)")
        }
        func short(_ source: String) -> Wording.Value { .text(String(source.prefix(12))) }
        return switch self {
        case .missing(let source): Wording("mix missing", ["source": short(source)])
        case .unreadable(let source, let reason):
            Wording("mix unreadable", ["source": short(source), "detail": .text(reason)])
        case .nearlySilent(let source, let loudness):
            Wording("mix nearlySilent", ["source": short(source), "loudness": figure(loudness)])
        case .gainCapped(let decibels): Wording("mix gainCapped", ["decibels": figure(decibels)])
        case .peaksKept(let loudness): Wording("mix peaksKept", ["loudness": figure(loudness)])
        case .mended(let source, let samples):
            Wording("mix mended", ["source": short(source), "count": "\(samples)"])
        case .offTarget(let loudness, let target):
            Wording("mix offTarget", ["loudness": figure(loudness), "target": figure(target)])
        }
    }
}
