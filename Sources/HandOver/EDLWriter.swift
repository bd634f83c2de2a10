// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime

/// A film as a CMX 3600 edit decision list: one video track, its transitions, and two sound tracks.
///
/// An event of a transition has two rows: the shot that goes at its cut, and the one that comes, which begins where the
/// transition does. Times are timecode without dropped frames, the film's from 00:00:00:00. Reels are eight letters and digits
/// made of the file's name; the whole name follows as `FROM CLIP NAME`, retimes as `M2`.
struct EDLWriter {
    /// Those transitions that SMPTE 258M has a wipe code for.
    static let wipes: [String: String] = [
        "wipe-right": "W001", "wipe-down": "W002", "vertical-open": "W021", "horizontal-open": "W022",
        "rectangle-open": "W101", "circle-open": "W119", "heart-open": "W130", "radial": "W201",
    ]

    let film: HandOver
    let line: FrameLine

    init(_ film: HandOver) {
        self.film = film
        line = FrameLine(film.draft)
    }

    var text: String {
        var rows = ["TITLE: \(Self.plain(film.name, 70))", "FCM: NON-DROP FRAME", ""]
        var reels = Reels()
        var number = 0
        func add(_ event: (Int) -> [String]) {
            number += 1
            rows += event(number)
        }
        if let main = film.draft.mainTrack {
            let shots = line.shots(of: main)
            for (index, shot) in shots.enumerated() {
                let last = index > 0 ? shots[index - 1] : nil
                add { self.rows($0, of: shot, after: last, &reels) }
            }
        }
        for (channel, track) in film.draft.tracks.filter({ $0.kind == .audio && !$0.muted }).prefix(2).enumerated() {
            for piece in line.pieces(of: track, in: film) {
                guard let media = piece.media else { continue }
                let name = media.facts.name
                let start = line.count(piece.start)
                let row = self.row(
                    number + 1, reels.reel(name), channel == 0 ? "A" : "A2", "C", start..<(start + piece.frames.count),
                    piece.frames)
                add { _ in [row, "* FROM CLIP NAME: \(Self.plain(name, 200))", ""] }
            }
        }
        return rows.joined(separator: "\r\n") + "\r\n"
    }

    private func rows(
        _ number: Int, of shot: FrameLine.Shot, after last: FrameLine.Shot?, _ reels: inout Reels
    ) -> [String] {
        var rows: [String] = []
        let reel = reels.reel(of: shot, in: film)
        var record = shot.cut
        if let last, let join = last.join {
            // The one that comes starts with the transition; the one that goes stands there with no length.
            record = join.frames.lowerBound..<ends(shot)
            let instant = join.frames.lowerBound..<join.frames.lowerBound
            rows.append(
                row(
                    number, reels.reel(of: last, in: film), channels(last), "C", frames(of: last, instant), instant))
            let kind = Self.wipes[join.transition.name.rawValue] ?? "D"
            rows.append(
                row(
                    number, reel, channels(shot), Self.padded(kind, 4) + " " + Self.digits(join.frames.count, 3),
                    frames(of: shot, record), record))
            rows.append("* FROM CLIP NAME: \(Self.plain(name(of: last), 200))")
            rows.append("* TO CLIP NAME: \(Self.plain(name(of: shot), 200))")
            if join.transition.name != .crossfade {
                rows.append("* EFFECT NAME: \(join.transition.name.rawValue.uppercased())")
            }
        } else {
            record = shot.cut.lowerBound..<ends(shot)
            rows.append(row(number, reel, channels(shot), "C", frames(of: shot, record), record))
            rows.append("* FROM CLIP NAME: \(Self.plain(name(of: shot), 200))")
        }
        if case .video = shot.picture.source, shot.picture.speed != 1 || shot.picture.reverse {
            let speed = line.rate.framesPerSecond * shot.picture.speed * (shot.picture.reverse ? -1 : 1)
            let start = line.count(line.source(of: shot, at: record.lowerBound))
            rows.append("M2   \(Self.padded(reel, 8))       \(Self.speed(speed))                \(timecode(start))")
        }
        return rows + [""]
    }

    /// Where a shot's own event ends: where the transition to the next one begins.
    private func ends(_ shot: FrameLine.Shot) -> Int { shot.join?.frames.lowerBound ?? shot.cut.upperBound }

    private func frames(of shot: FrameLine.Shot, _ record: Range<Int>) -> Range<Int> {
        guard case .video = shot.picture.source else {
            let start = record.lowerBound - shot.frames.lowerBound
            return start..<(start + record.count)
        }
        let start = line.count(line.source(of: shot, at: record.lowerBound))
        return start..<(start + line.count(line.rate.time(ofFrame: record.count).scaled(by: shot.picture.speed)))
    }

    private func channels(_ shot: FrameLine.Shot) -> String {
        guard let id = shot.picture.assetID, let facts = film.media[id]?.facts, facts.kind == .video, facts.hasSound,
            !shot.picture.muted
        else { return "V" }
        return "B"
    }

    private func name(of shot: FrameLine.Shot) -> String {
        shot.picture.assetID.flatMap { film.media[$0]?.facts.name } ?? shot.segment.shownName
    }

    // MARK: Fields

    private func row(
        _ number: Int, _ reel: String, _ channel: String, _ edit: String, _ source: Range<Int>, _ record: Range<Int>
    ) -> String {
        let times = [source.lowerBound, source.upperBound, record.lowerBound, record.upperBound].map(timecode)
        return "\(Self.digits(number, 3))  \(Self.padded(reel, 8)) \(Self.padded(channel, 5)) \(Self.padded(edit, 8)) "
            + times.joined(separator: " ")
    }

    /// `01:02:03:04`, counting whole frames a second as editors do (30 of 29.97).
    private func timecode(_ frame: Int) -> String {
        let base = Int(line.rate.framesPerSecond.rounded(.up))
        let seconds = frame / base
        return [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60, frame % base].map { Self.digits($0, 2) }
            .joined(separator: ":")
    }

    private static func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }

    private static func padded(_ text: String, _ count: Int) -> String {
        text + String(repeating: " ", count: max(0, count - text.count))
    }

    /// `060.0`, `-015.0`
    private static func speed(_ framesPerSecond: Double) -> String {
        let tenths = Int((abs(framesPerSecond) * 10).rounded())
        return (framesPerSecond < 0 ? "-" : "") + "\(digits(tenths / 10, 3)).\(tenths % 10)"
    }

    /// One row without control characters.
    static func plain(_ text: String, _ most: Int) -> String {
        let row = text.map { $0.isNewline || $0 == "\t" ? " " : $0 }
            .filter { !$0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } }
        return String(String(row).prefix(most))
    }

    /// Names of reels, each of one file.
    struct Reels {
        private var names: [String: String] = [:]

        mutating func reel(of shot: FrameLine.Shot, in film: HandOver) -> String {
            guard let id = shot.picture.assetID else { return "BL" }
            return reel(film.media[id]?.facts.name ?? id)
        }

        /// Up to eight letters and digits, no two files' the same.
        mutating func reel(_ file: String) -> String {
            if let known = names[file] { return known }
            let base = file.split(separator: ".", maxSplits: 1).first ?? ""
            var letters = base.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
            if letters.isEmpty || letters == "BL" || letters == "AX" { letters = "CLIP" }
            var reel = String(letters.prefix(8))
            var count = 1
            while names.values.contains(reel) {
                count += 1
                let end = String(count)
                reel = letters.prefix(8 - end.count) + end
            }
            names[file] = reel
            return reel
        }
    }
}
