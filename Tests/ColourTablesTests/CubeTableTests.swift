// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import ColourTables

@Suite struct CubeTableTests {
    private func identity(_ size: Int) -> String {
        var lines = ["# made for a test", "TITLE \"Plain\"", "LUT_3D_SIZE \(size)", ""]
        for b in 0..<size {
            for g in 0..<size {
                for r in 0..<size {
                    lines.append([r, g, b].map { String(Double($0) / Double(size - 1)) }.joined(separator: " "))
                }
            }
        }
        return lines.joined(separator: "\r\n")
    }

    @Test(arguments: [2, 3, 17]) func anIdentityCubeChangesNothing(size: Int) throws {
        let cube = try CubeTable(parsing: identity(size))
        for colour in [SIMD3(0.1, 0.9, 0.4), SIMD3(0.0, 0.5, 1.0), SIMD3(0.33, 0.33, 0.33)] {
            let moved = cube.applied(to: colour) - colour
            #expect(max(abs(moved.x), abs(moved.y), abs(moved.z)) < 1e-12)
        }
    }

    @Test func aCubeSwapsChannelsAsItSays() throws {
        // Red runs fastest: each corner with red and blue exchanged.
        var text = "LUT_3D_SIZE 2\n"
        for b in 0..<2 { for g in 0..<2 { for r in 0..<2 { text += "\(b) \(g) \(r)\n" } } }
        let cube = try CubeTable(parsing: text)
        #expect(cube.applied(to: SIMD3(0.25, 0.5, 1)) == SIMD3(1, 0.5, 0.25))
    }

    @Test func curvesAndDomainsAreRead() throws {
        let curve = try CubeTable(parsing: "LUT_1D_SIZE 3\n0 0 0\n0.5 0.25 0.5\n1 1 1\n")
        #expect(curve.applied(to: SIMD3(0.25, 0.25, 0.75)) == SIMD3(0.25, 0.125, 0.75))
        let wide = try CubeTable(
            parsing: "DOMAIN_MIN -1 -1 -1\nDOMAIN_MAX 1 1 1\nLUT_1D_SIZE 3\n0 0 0\n0.2 0.2 0.2\n1 1 1\n")
        #expect(wide.applied(to: .zero) == SIMD3(repeating: 0.2))
        let both =
            "LUT_1D_SIZE 2\nLUT_1D_INPUT_RANGE 0 1\nLUT_3D_SIZE 2\n0 0 0\n0.5 0.5 0.5\n"
            + identity(2).split(whereSeparator: \.isNewline).suffix(8).joined(separator: "\n")
        #expect(try CubeTable(parsing: both).applied(to: SIMD3(1, 0.5, 0)) == SIMD3(0.5, 0.25, 0))
    }

    @Test(
        arguments: [
            ("", 1, "no LUT_3D_SIZE"), ("LUT_3D_SIZE 1", 1, "2…129"), ("LUT_3D_SIZE 500\n", 1, "2…129"),
            ("TITLE \"x\"\nLUT_3D_SIZE 2\n0 0 0\n", 4, "1 colours of 8"), ("LUT_3D_SIZE 2\n0 0\n", 2, "3 numbers"),
            ("LUT_3D_SIZE 2\n0 0 nan\n", 2, "3 numbers"), ("0 0 0\nLUT_3D_SIZE 2\n", 1, "before"),
            ("LUT_1D_SIZE 2\n0 0 0\n1 1 1\n1 1 1\n", 4, "more than"), ("LUT_3D_SIZE 2\nHELLO 3\n", 2, "unknown"),
            ("<html>\n", 1, "unknown"), ("LUT_1D_SIZE 2\nDOMAIN_MAX 0 0 0\n0 0 0\n1 1 1\n", 5, "ends before"),
        ]) func whatIsWrongIsNamedWithItsLine(text: String, line: Int, reason: String)
    {
        do throws(CubeTable.Failure) {
            _ = try CubeTable(parsing: text)
            Issue.record("a broken table was read")
        } catch {
            #expect(error.line == line && error.description.contains(reason))
        }
    }

    @Test(
        arguments: [
            "LUT_3D_SIZE 2\n", "\u{FEFF}LUT_1D_SIZE 4", "#made\r\n\r\nTITLE \"a\"\r\nLUT_3D_SIZE 33\r\n0 0 0",
            "\tLUT_3D_SIZE\t5",
        ]) func aFileIsToldByTheLineOfItsSize(text: String)
    { #expect(CubeTable.isOne(Array(text.utf8))) }

    @Test(
        arguments: [
            "", "A note on LUT_3D_SIZE.", "LUT_3D_SIZES 3", "# LUT_3D_SIZE 33\nWe went to the sea.", "LUT_3D_SIZE",
            "LUT_3D_SIZE of it",
        ]) func aTextThatSpeaksOfTablesIsNone(text: String)
    { #expect(!CubeTable.isOne(Array(text.utf8))) }

    @Test func lineEndsOfEverySortCount() throws {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["\u{FEFF}LUT_1D_SIZE 2", "", "0 0 0", "oops"].joined(separator: end)
            let failure = #expect(throws: CubeTable.Failure.self) { try CubeTable(parsing: text) }
            #expect(failure?.line == 4 && failure?.fault == .unknown("oops"))
        }
    }
}
