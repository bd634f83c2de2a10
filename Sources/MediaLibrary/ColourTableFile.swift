// SPDX-License-Identifier: GPL-3.0-or-later
package import ColourTables
import Foundation
package import Wording

/// Looks whether a colour table can be read, so that a film does not fail on it later.
enum ColourTableFile {
    /// A table of 129 × 129 × 129 colours with nine digits each is some 75 MB long.
    static let largestByteCount = 96 << 20

    /// Throws `Refusal`, with the line that is wrong.
    static func check(_ url: URL) throws(Refusal) {
        let data = try WholeFile.read(url, atMost: largestByteCount)
        guard data.count <= largestByteCount else { throw Refusal(.tooLarge, url.path, .tableTooLong, .exportTable) }
        do throws(CubeTable.Failure) {
            _ = try CubeTable(parsing: Array(data))
        } catch {
            throw Refusal(
                .damaged, url.path, .badTable, .exportTable,
                ["line": .text("\(error.line)"), "fault": .words(error.fault.wording)])
        }
    }
}

extension CubeTable.Failure.Fault {
    /// Its words are under `table ‹name›`.
    package var wording: Wording {
        switch self {
        case .numbers(let wanted, let found):
            Wording("table numbers", ["wanted": .text("\(wanted)"), "found": .text(found)])
        case .size(let most): Wording("table size", ["most": .text("\(most)")])
        case .unknown(let word): Wording("table unknown", ["word": .text(word)])
        case .early: Wording("table early")
        case .tooMany(let wanted): Wording("table tooMany", ["wanted": .text("\(wanted)")])
        case .noSize: Wording("table noSize")
        case .tooFew(let wanted, let found):
            Wording("table tooFew", ["wanted": .text("\(wanted)"), "found": .text("\(found)")])
        case .range: Wording("table range")
        }
    }
}
