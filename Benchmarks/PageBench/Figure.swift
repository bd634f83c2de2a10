// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import TestBrowser

/// A measured figure beside its bar.
struct Figure: CustomStringConvertible {
    let description: String

    init(_ name: String, _ value: Double, atMost bar: Double, _ unit: String) {
        description = String(
            format: "%@: %.0f %@ (bar %.0f: %@)", name, value, unit, bar, value <= bar ? "held" : "MISSED")
    }
}

/// One visit to the empty page.
struct Opening {
    var kilobytes: Double
    var requests: Int
    /// Milliseconds from the navigation's start.
    var firstPaint: Double
    var ready: Double

    private static let measure = """
        (async () => {
          while (!performance.getEntriesByName('kinora ready').length || !performance.getEntriesByName('first-contentful-paint').length)
            await new Promise((next) => requestAnimationFrame(next));
          const all = [...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')]
            .filter((one) => new URL(one.name).pathname.startsWith('/page/') || one.entryType === 'navigation');
          return [all.reduce((sum, one) => sum + one.transferSize, 0) / 1000, all.length,
            performance.getEntriesByName('first-contentful-paint')[0].startTime, performance.getEntriesByName('kinora ready')[0].startTime];
        })()
        """

    init(_ browser: Browser, _ url: String) async throws {
        try await browser.open(url)
        let values = try await browser.value(Self.measure).array?.compactMap(\.number) ?? []
        guard values.count == 4 else { throw Browser.Failure(description: "the page measured nothing") }
        (kilobytes, requests, firstPaint, ready) = (values[0], Int(values[1]), values[2], values[3])
    }

    var words: String {
        String(
            format: "%6.1f kB in %2ld requests, first paint %4.0f ms, ready %4.0f ms", kilobytes, requests, firstPaint,
            ready)
    }
}

/// Ten of the files that were named, or ten that are drawn.
func photographs(_ named: [String], in folder: URL) throws -> [String] {
    if !named.isEmpty { return Array(named.prefix(10)) }
    return try (0..<10).map { number in
        let path = folder.appendingPathComponent("photo \(number).jpg").path
        let drawing = Process()
        drawing.executableURL = URL(fileURLWithPath: "/usr/bin/ffmpeg")
        drawing.arguments = [
            "-v", "error", "-f", "lavfi", "-i", "gradients=s=4000x3000:seed=\(number):nb_colors=6,noise=alls=8",
            "-frames:v", "1", "-update", "1", path,
        ]
        try drawing.run()
        drawing.waitUntilExit()
        return path
    }
}
