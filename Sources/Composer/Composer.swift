// SPDX-License-Identifier: GPL-3.0-or-later
internal import EditTime

/// Writes music for films. The same request always gives the same piece, on every machine.
///
/// ```
/// request ─► Tempo: whole bars that fill the length ─► Form: sections round the film's turn
///         ─► ChordChart: progressions, cadence          ─► Tunesmith: motifs, phrases
///         ─► Bassist, Drummer, Comper, Singer           ─► MIDIPiece, MusicGrid
/// ```
public enum Composer {
    /// The piece for `request`; nil where no style is called so, or the length is outside `MusicRequest`'s.
    public static func compose(_ request: MusicRequest) -> Composition? {
        guard let plan = plan(request) else { return nil }
        return write(request, plan)
    }

    /// Tempo and form alone: what an editor needs, a thousand times faster.
    public static func grid(_ request: MusicRequest) -> MusicGrid? { plan(request)?.grid }

    struct Plan {
        var style: MusicStyle
        var mood: Mood
        var grid: MusicGrid
    }

    static func plan(_ request: MusicRequest) -> Plan? {
        guard let style = MusicStyle.named(request.style),
            (MusicRequest.shortest...MusicRequest.longest).contains(request.length)
        else { return nil }
        let mood = Mood(request.moods)
        var dice = Dice(request.seed, "tempo")
        let range = style.tempoRange
        let usual = style.usualTempo * (1 + mood.tempo) * (1 + 0.06 * dice.spread())
        let wanted = request.tempo.map { min(max($0, 30), 260) } ?? min(max(usual, range.lowerBound), range.upperBound)
        let turn = request.accents.first.flatMap { $0 > .zero && $0 < request.length ? $0.seconds : nil }
        let tempo = Tempo(
            wanted: wanted, isAsked: request.tempo != nil, range: range, beatsPerBar: style.beatsPerBar,
            seconds: request.length.seconds, turn: turn)
        let beatSeconds = 60 / tempo.beatsPerMinute
        let barSeconds = beatSeconds * Double(style.beatsPerBar)
        let lift = (min(max(request.intensity, 0), 1) - 0.5) * 0.4 + mood.energy
        let energies = style.energies.mapValues { min(1, max(0.08, $0 + lift)) }
        let form = Form(
            bars: tempo.bars, turn: turn.map { Int(($0 / barSeconds).rounded()) }, energies: energies)
        let accents = request.accents.map { Int(($0.seconds / beatSeconds).rounded()) }
            .filter { $0 > 0 && $0 < (tempo.bars - 1) * style.beatsPerBar }
        let phrases = MusicGrid.phrases(of: form.sections)
        let grid = MusicGrid(
            tempo: tempo.beatsPerMinute, beatsPerBar: style.beatsPerBar, bars: tempo.bars, length: request.length,
            sections: form.sections, phraseBars: phrases.map(\.lowerBound), accentBeats: Set(accents).sorted())
        return Plan(style: style, mood: mood, grid: grid)
    }

    private static func write(_ request: MusicRequest, _ plan: Plan) -> Composition {
        let style = plan.style
        let grid = plan.grid
        var dice = Dice(request.seed, "key")
        let key = dice.pick(style.keys)
        let tonic = request.key.map { (($0 % 12) + 12) % 12 } ?? key
        let row = row(of: style, request, plan.mood)
        let end = request.length.seconds * grid.tempo / 60
        let chart = ChordChart(row: row, seed: request.seed, grid: grid, end: end)
        let score = Score(
            style: style, seed: request.seed, grid: grid, chart: chart, mode: row.mode, tonic: tonic,
            phrases: MusicGrid.phrases(of: grid.sections), end: end)
        let tracks = Band(score).tracks()
        var names: [String] = []
        for bar in 0..<grid.bars {
            let spans = chart.spans.filter {
                $0.start >= score.start(ofBar: bar) && $0.start < score.start(ofBar: bar + 1)
            }
            names.append(spans.map(\.chord.name).joined(separator: " "))
        }
        let piece = MIDIPiece(
            title: "\(style.id) \(request.seed)", tempo: grid.tempo, beatsPerBar: grid.beatsPerBar, bars: grid.bars,
            duration: request.length, tracks: tracks)
        return Composition(
            piece: piece, grid: grid, style: style.id, mode: row.mode, tonic: tonic, chords: names)
    }

    /// The style's harmony in the mode that was asked for, else one that suits the mood, else one of its own.
    private static func row(of style: MusicStyle, _ request: MusicRequest, _ mood: Mood) -> HarmonyRow {
        var dice = Dice(request.seed, "mode")
        if let mode = request.mode {
            if let row = style.harmony.first(where: { $0.mode == mode }) { return row }
            if let row = style.harmony.first(where: { $0.mode.isMinor == mode.isMinor }) { return row }
        }
        let suiting = style.harmony.filter { $0.mode.isMinor == mood.isMinor }
        return dice.pick(suiting.isEmpty ? style.harmony : suiting)
    }
}
