// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import JSON
import KinoraKit
import WorkerPool

extension DoctorOrder {
    func run(_ console: Console) throws -> ExitStatus {
        let diagnosis = Diagnosis.ofThisMachine()
        if json {
            let list = diagnosis.findings.map { finding -> JSONValue in
                [
                    "kind": .string(finding.kind.rawValue), "name": .string(finding.name),
                    "found": finding.found.map { .string($0) } ?? .null, "package": .string(finding.package),
                    "optional": .bool(finding.isOptional),
                ]
            }
            let layers = Sandbox.Layer.allCases.map { ($0.rawValue, JSONValue.bool(Sandbox.layers.contains($0))) }
            console.result(
                JSONValue.object([
                    "version": .string(KinoraVersion.current), "findings": .array(list),
                    "confinement": .object(Dictionary(uniqueKeysWithValues: layers)),
                ]).text())
        } else {
            console.result("kinora \(KinoraVersion.current)")
            for finding in diagnosis.findings {
                let mark = finding.found != nil ? "✓" : finding.isOptional ? "–" : "✗"
                let found = finding.found ?? console.words.text("doctor missing", ["package": finding.package])
                console.result(
                    console.words.text(
                        "doctor line", ["mark": mark, "what": name(of: finding, console), "found": found]))
            }
            for layer in Sandbox.Layer.allCases {
                let isThere = Sandbox.layers.contains(layer)
                console.result(
                    console.words.text(
                        "doctor line",
                        [
                            "mark": isThere ? "✓" : "–", "what": console.words.text("doctor layer \(layer.rawValue)"),
                            "found": console.words.text(isThere ? "doctor layer there" : "doctor layer missing"),
                        ]))
            }
            if diagnosis.isHealthy { console.result(console.words.text("doctor ok")) }
        }
        return diagnosis.isHealthy ? .ok : .failed
    }

    /// Names of families and codecs are what drafts and options call them; the rest has words.
    private func name(of finding: Diagnosis.Finding, _ console: Console) -> String {
        if let words = console.words["doctor name \(finding.name)"] { return words }
        return finding.kind == .font ? console.words.text("doctor font", ["name": finding.name]) : finding.name
    }
}
