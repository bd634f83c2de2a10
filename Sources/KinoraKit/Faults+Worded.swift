// SPDX-License-Identifier: GPL-3.0-or-later
public import ColourTables
public import FileStore
import Foundation
import HandOver
import JSON
public import MediaIO
import MediaLibrary
public import Sound
public import StillImages
public import Wording

// What the libraries underneath report, in words. They know of no catalogues; their own descriptions are for developers.

extension MediaError: Phrased {
    public var wording: Wording {
        let detail = [reason, underlying].compactMap(\.self).joined(separator: ", ")
        return Wording("media \(code.rawValue)", ["subject": .text(subject), "detail": .text(detail)])
    }
}

extension FileError: Phrased {
    public var wording: Wording {
        Wording(
            "file \(code.rawValue)",
            [
                "doing": .words(Wording("doing \(operation)")), "path": .text(path),
                "words": .text(String(cString: strerror(underlying))),
            ])
    }
}

extension StillError: Phrased {
    public var wording: Wording {
        guard code == .cannotWrite else { return Refusal(self).wording }
        return Wording("still cannotWrite", ["path": .text(path), "detail": .text(underlying)])
    }
}

extension SoundError: Phrased {
    public var wording: Wording { Wording("sound \(code.rawValue)", ["detail": .text(reason)]) }
}

extension CubeTable.Failure: Phrased {
    public var wording: Wording {
        Wording("colour table", ["line": .text("\(line)"), "fault": .words(fault.wording)])
    }
}

extension KitError: Phrased {
    public var wording: Wording {
        switch self {
        case .unreadable(let path): Wording("kit unreadable", ["path": .text(path)])
        case .occupied(let path): Wording("kit occupied", ["path": .text(path)])
        }
    }
}

/// Why an OpenTimelineIO file did not become a draft.
struct OTIOProblem: Error, Phrased {
    let path: String
    let error: OTIOError

    var wording: Wording {
        Wording("otio file", ["path": .text(path), "problem": .words(problem)])
    }

    private var problem: Wording {
        switch error {
        case .notJSON(let error):
            Wording(
                "otio notJSON",
                [
                    "line": "\(error.line)", "byte": "\(error.offset)",
                    "problem": .words(Wording("json \(error.problem)")),
                ])
        case .noTimeline(let schema): Wording("otio noTimeline", ["schema": .text(String(schema.prefix(60)))])
        case .newer(let schema, let most): Wording("otio newer", ["schema": .text(schema), "most": "\(most)"])
        case .wrong(let field): Wording("otio wrong", ["field": .text(field)])
        case .noPictures: Wording("otio noPictures")
        case .unknownMedia(let names):
            Wording(
                "otio unknownMedia",
                ["names": .text(names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : ""))])
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
