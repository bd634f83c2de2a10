// SPDX-License-Identifier: GPL-3.0-or-later
internal import EditTime
internal import Foundation
internal import RenderPlanning

/// One film's sound while it is mixed: takes in the sources, levels them, sums them into a premix on disk, and plays that
/// through gain and limiter as often as it is asked.
///
/// Memory stays at some blocks however long the film is. Owned by one thread.
final class FilmMix {
    let plan: SoundPlan
    /// Length of the film.
    let frames: Int
    private let scratch: ScratchFile
    private let isCancelled: () -> Bool
    private var players: [ClipPlayer] = []
    private var ducking = DuckingCurve(speech: [])
    private var premixStart = 0
    /// The largest sample of the premix.
    private(set) var premixPeak: Float = 0
    private(set) var report = MixReport()

    /// Opens a source at a frame of its own; nil when the file is not at hand.
    typealias Opener = (_ source: String, _ frame: Int) throws -> (any SampleSource)?

    init(plan: SoundPlan, scratch folder: URL, isCancelled: @escaping () -> Bool) throws(SoundError) {
        self.plan = plan
        self.isCancelled = isCancelled
        frames = max(0, FilmSound.frame(at: plan.duration))
        scratch = try ScratchFile(in: folder)
        report.frames = frames
    }

    func checkCancelled() throws(SoundError) {
        if isCancelled() { throw SoundError(.cancelled, "mix", of: "the film's sound", because: "it was stopped") }
    }

    // MARK: Taking in

    /// Reads all that is heard. A source that is missing or broken is a warning and silence.
    func takeIn(open: Opener) throws {
        let heard = plan.clips.filter { $0.volume > 0 && $0.range.duration > .zero && $0.range.start < plan.duration }
        let edges = ClipEdges(heard)
        let listens = heard.contains { $0.role == .music }
        for (index, clip) in heard.enumerated() {
            try checkCancelled()
            do {
                if let player = try player(for: clip, edges: edges.shape(of: index), listens: listens, open: open) {
                    players.append(player)
                }
            } catch let error as SoundError {
                throw error
            } catch {
                warn(.unreadable(source: clip.source, reason: "\(error)"))
            }
        }
        let speech = players.filter { $0.role == .voice || $0.role == .clip }.flatMap(\.filmSpeech)
        ducking = DuckingCurve(speech: speech)
        level()
    }

    private func warn(_ warning: MixWarning) {
        if !report.warnings.contains(warning) { report.warnings.append(warning) }
    }

    private func player(
        for clip: SoundClip, edges: ClipEdges.Shape, listens: Bool, open: Opener
    ) throws -> ClipPlayer? {
        let start = FilmSound.frame(at: clip.range.start)
        let length = min(FilmSound.frame(at: clip.range.end), frames) - start
        guard length > 0, start + length > 0 else { return nil }
        let speed = clip.speed.isFinite && clip.speed > 0 ? clip.speed : 1
        let sourceStart = FilmSound.frame(at: clip.sourceStart)
        guard let source = try open(clip.source, sourceStart) else {
            warn(.missing(source: clip.source))
            return nil
        }
        func sourceFrames(_ film: Int) -> Int { Int((Double(film) * speed).rounded(.up)) }
        var wanted = sourceFrames(length)
        var bar: Int?
        if clip.loops, let end = clip.loopEnd {
            let round = FilmSound.frame(at: end) - sourceStart
            if round > 0, round < wanted {
                bar = Int((Double(round) / speed).rounded())
                wanted = min(wanted, round + sourceFrames(Loop.longestSeam))
            }
        }
        let kind: SpeechActivity.Kind? =
            !listens ? nil : clip.role == .voice ? .voice : clip.role == .clip ? .clip : nil
        let (take, facts) = try Intake(file: scratch, speech: kind)
            .take(from: source, frames: wanted, speed: speed, reverse: clip.reverse)
        if facts.mended > 0 { warn(.mended(source: clip.source, samples: facts.mended)) }
        if facts.loudness < Self.silence {
            warn(.nearlySilent(source: clip.source, loudness: max(facts.loudness, -120)))
        }
        let repeats = clip.loops && (bar ?? take.frames) < length
        return ClipPlayer(
            source: clip.source, role: clip.role, range: start..<start + length, take: take, facts: facts,
            loop: repeats ? try Loop(take, bar: bar) : nil,
            fades: edges.fades(
                clip, length: length, startsInside: sourceStart > 0 || clip.reverse,
                endsInside: facts.isCut || repeats || clip.reverse),
            ducks: clip.ducks && clip.role == .music, volume: Float(min(max(clip.volume, 0), 2)))
    }

    // MARK: Levels

    /// Below this (LUFS) a sound is no sound to bring up.
    private static let silence = -60.0
    /// No source is raised by more than this in all, in dB.
    private static let mostGain = 20.0

    /// Brings the sources to each other: songs and voices to the target, clip sound to it where somebody speaks and under the
    /// music where nobody does. With neither music nor voice the clips keep the levels they were recorded at.
    ///
    /// All that a film takes from one file moves together: a clip that was split stays one clip.
    private func level() {
        let isMixed = players.contains { $0.role == .music || $0.role == .voice }
        let groups = Dictionary(grouping: players.indices) { players[$0].source + players[$0].role.rawValue }
        for group in groups.values {
            let heard = group.filter { players[$0].facts.loudness >= Self.silence }.sorted()
            guard let first = heard.first else { continue }
            let length = heard.reduce(0.0) { $0 + Double(players[$1].take.frames) }
            let power = heard.reduce(0.0) {
                $0 + Double(players[$1].take.frames) * pow(10, players[$1].facts.loudness / 10)
            }
            let missing = plan.loudness - 10 * log10(power / length)
            let decibels: Double
            switch players[first].role {
            case .music, .voice: decibels = min(max(missing, -24), 18)
            case .effect: decibels = min(missing, 0)
            case .clip:
                let speaks = heard.contains { !players[$0].facts.speech.isEmpty }
                // Speech is brought to the target as a voice is; what only rustles is not pulled up out of its noise.
                decibels = !isMixed ? 0 : speaks ? min(max(missing, -24), 18) : min(max(missing - 8, -24), 12)
            }
            for index in heard { players[index].level = Float(Decibels.gain(decibels)) }
        }
    }

    // MARK: Premix

    /// Sums everything as the person set it into the scratch file, and measures.
    ///
    /// Returns the loudness of that sum, and of the reference: music at 1 and under the voices.
    func premix() throws -> (set: Double, reference: Double) {
        let needsReference = players.contains {
            $0.role == .music && ($0.volume != 1 || (!$0.ducks && !ducking.isFlat))
        }
        var meter = QuickLoudness()
        var referenceMeter = QuickLoudness()
        let (bus, music, reference, work) = (StereoBlock(), StereoBlock(), StereoBlock(), StereoBlock())
        let film = FadeShape(
            length: frames, fadeIn: FilmSound.frame(at: plan.fadeIn), fadeOut: FilmSound.frame(at: plan.fadeOut))
        let order = players.indices.sorted { players[$0].range.lowerBound < players[$1].range.lowerBound }
        var next = 0
        var playing: [Int] = []
        premixStart = scratch.frames
        for start in stride(from: 0, to: frames, by: FilmSound.blockFrames) {
            try checkCancelled()
            let count = min(FilmSound.blockFrames, frames - start)
            for block in [bus, music, reference] {
                block.silence()
                block.count = count
            }
            while next < order.count, players[order[next]].range.lowerBound < start + count {
                playing.append(order[next])
                next += 1
            }
            playing.removeAll { players[$0].range.upperBound <= start }
            // In the plan's order, so that sums round alike however the film is cut into blocks.
            for index in playing.sorted() {
                let player = players[index]
                let target = player.role == .music && needsReference ? music : bus
                let gain = player.level * player.volume
                try player.add(to: target, at: start, gain: gain, ducking: player.ducks ? ducking : nil, work: work)
                if target === music {
                    try player.add(to: reference, at: start, gain: player.level, ducking: ducking, work: work)
                }
            }
            if needsReference {
                for i in 0..<count {
                    reference.left[i] += bus.left[i]
                    reference.right[i] += bus.right[i]
                    bus.left[i] += music.left[i]
                    bus.right[i] += music.right[i]
                }
                film.apply(to: reference, at: start)
                referenceMeter.add(reference)
            }
            film.apply(to: bus, at: start)
            meter.add(bus)
            premixPeak = max(premixPeak, bus.peak)
            try scratch.append(bus)
        }
        report.duckedSeconds = duckedSeconds
        return (meter.integrated, needsReference ? referenceMeter.integrated : meter.integrated)
    }

    private var duckedSeconds: Double {
        let music = players.filter(\.ducks).map(\.range)
        let frames = ducking.speech.reduce(0) { sum, speech in
            sum + (music.map { $0.clamped(to: speech).count }.max() ?? 0)
        }
        return Double(frames) / Double(FilmSound.rate)
    }

    /// The gain over the whole mix, in dB, and the loudness that it gives.
    func gain(for loudness: (set: Double, reference: Double)) -> (gain: Double, wanted: Double?) {
        guard loudness.set.isFinite else { return (0, nil) }
        guard loudness.reference >= Self.silence else { return (0, loudness.set) }
        var gain = plan.loudness - loudness.reference
        let raised =
            players.filter { $0.facts.loudness >= Self.silence }.map { Decibels.of(Double($0.level)) }.max() ?? 0
        let most = Self.mostGain - max(0, raised)
        if gain > most {
            gain = most
            warn(.gainCapped(decibels: Self.mostGain))
        }
        gain = min(gain, plan.loudness - loudness.set)
        return (gain, loudness.set + gain)
    }

    // MARK: Master

    /// The gain near `gain` at which the limited premix is `wanted` loud, found without coding anything; at most `most` dB more.
    ///
    /// The limiter takes loudness as well as peaks. Where nothing is near the ceiling, `gain` itself.
    func gain(_ gain: Double, under ceiling: Double, wanted: Double, most: Double) throws -> Double {
        guard Decibels.of(Double(premixPeak)) + gain > ceiling - 1.5 else { return gain }
        var result = gain
        for _ in 0..<4 {
            var meter = QuickLoudness()
            _ = try master(gain: result, ceiling: ceiling) { meter.add($0) }
            let missing = wanted - meter.integrated
            guard missing.isFinite, abs(missing) > 0.03 else { break }
            let next = min(max(result + missing * 1.25, gain), gain + most)
            if abs(next - result) < 0.01 { break }
            result = next
        }
        return result
    }

    /// What the limiter did.
    struct Limiting {
        var deepest: Float = 1
        var frames = 0
    }

    /// Plays the premix at `gain` (dB) under `ceiling` (dBTP) into `sink`, block by block, `frames` frames in all.
    func master(
        gain: Double, ceiling: Double, reliefs: [Limiter.Relief] = [], into sink: (StereoBlock) throws -> Void
    ) throws -> Limiting {
        let limiter = Limiter(ceiling: Float(Decibels.gain(ceiling)), reliefs: reliefs)
        let block = StereoBlock()
        let scale = Float(Decibels.gain(gain))
        var skip = Limiter.delay
        for start in stride(from: 0, to: frames + Limiter.delay, by: FilmSound.blockFrames) {
            try checkCancelled()
            let count = min(FilmSound.blockFrames, frames + Limiter.delay - start)
            let known = max(0, min(count, frames - start))
            block.count = known
            if known > 0 { try scratch.read(at: premixStart + start, into: block) }
            block.scale(by: scale)
            (block.left + known).update(repeating: 0, count: count - known)
            (block.right + known).update(repeating: 0, count: count - known)
            block.count = count
            limiter.process(block)
            let drop = min(skip, count)
            skip -= drop
            if drop == count { continue }
            if drop > 0 {
                block.count = count - drop
                block.left.update(from: block.left + drop, count: block.count)
                block.right.update(from: block.right + drop, count: block.count)
            }
            try sink(block)
        }
        return Limiting(deepest: limiter.deepest, frames: limiter.limitedFrames)
    }
}
