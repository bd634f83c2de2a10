// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

/// A chart of 24 colours goes through the whole program and comes back out of a browser as it was.
@Suite struct BrowserColourTests {
    /// Where Debian puts it.
    static let browser = "/usr/bin/chromium"
    static let hasBrowser = FileManager.default.isExecutableFile(atPath: browser)

    @Test(.enabled(if: hasBrowser, "Chromium is not installed (Debian package chromium)"))
    func aChartLooksTheSameInABrowser() throws {
        let kinora = try KinoraCommand()
        let charts = try Self.charts()
        for (name, photo) in charts {
            let answer = try kinora.run(
                "make", photo.path, "-o", "\(name).mp4", "--motion", "none", "--transition", "none", "--duration", "1",
                "--canvas", "384x256", "--x264-preset", "superfast", "--crf", "15")
            #expect(answer.status == 0, "\(answer.errors)")
        }
        let seen = try Self.seen(charts.map { "\($0.name).mp4" }, in: kinora.folder)
        for name in ["srgb", "p3-png", "p3-jpeg", "p3-heic"] {
            let patches = try #require(seen["\(name).mp4"], "\(name): the browser showed nothing")
            for (own, patch) in zip(Chart.patches, patches) {
                let off = deltaE(own, patch)
                #expect(off <= 2, "\(name): \(own) came back as \(patch), ΔE \(off)")
            }
        }
        // The measure would notice: these bytes mean other colours without their profile.
        let unread = try #require(seen["unread.mp4"])
        #expect(zip(Chart.patches, unread).contains { deltaE($0, $1) > 3 })
    }

    /// The chart in sRGB, and in Display P3 in the formats of cameras and telephones.
    private static func charts() throws -> [(name: String, photo: URL)] {
        let icc = try TestMedia.scratchFolder().appendingPathComponent("p3.icc")
        try TestProfile.displayP3.icc.write(to: icc)
        let p3 = try Chart.chart(Chart.patches.map(TestProfile.displayP3.bytes))
        let png = try Chart.convert(p3, ["-profile", icc.path], to: "p3.png")
        let heic = png.deletingPathExtension().appendingPathExtension("heic")
        try TestMedia.run("heif-enc", ["-q", "95", png.path, "-o", heic.path])
        return [
            ("srgb", try Chart.convert(try Chart.chart(), [], to: "chart.png")), ("p3-png", png),
            ("p3-jpeg", try Chart.convert(p3, ["-profile", icc.path, "-quality", "95"], to: "p3.jpg")),
            ("p3-heic", heic), ("unread", try Chart.convert(p3, [], to: "unread.png")),
        ]
    }

    /// The patches of each film's first frame as the browser draws it; a film that it cannot show is missing.
    ///
    /// A page is loaded once its films have their first frame (HTML, "delaying the load event"), and the page is printed once it is
    /// loaded: nothing waits by the clock.
    private static func seen(_ films: [String], in folder: URL) throws -> [String: [Chart.Colour]] {
        let page = """
            <!doctype html><meta charset="utf-8"><body><script>
            for (const name of \(films)) {
              const film = document.createElement("video"), said = document.createElement("pre");
              film.preload = "auto"; film.muted = true;
              document.body.append(film, said);
              film.onloadeddata = () => {
                const canvas = document.createElement("canvas");
                const w = (canvas.width = film.videoWidth) / 6, h = (canvas.height = film.videoHeight) / 4;
                const context = canvas.getContext("2d");
                context.drawImage(film, 0, 0);
                const means = [];
                for (let patch = 0; patch < 24; patch++) {
                  const x = Math.round((patch % 6 + 0.25) * w), y = Math.round((Math.floor(patch / 6) + 0.25) * h);
                  const { data } = context.getImageData(x, y, w / 2, h / 2);
                  for (let channel = 0; channel < 3; channel++) {
                    let sum = 0;
                    for (let at = channel; at < data.length; at += 4) sum += data[at];
                    means.push(Math.round(sum * 4 / data.length));
                  }
                }
                said.textContent = "seen " + name + " " + means.join(" ") + " end";
              };
              film.src = name;
            }
            </script>
            """
        let file = folder.appendingPathComponent("page.html")
        try Data(page.utf8).write(to: file)
        let profile = try TestMedia.scratchFolder()
        let text = try TestMedia.run(
            browser,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--force-color-profile=srgb",
                "--allow-file-access-from-files", "--user-data-dir=\(profile.path)", "--dump-dom",
                file.absoluteString,
            ])
        var seen: [String: [Chart.Colour]] = [:]
        for match in text.matches(of: /<pre>seen (\S+) ([0-9 ]+) end/) {
            let values = match.2.split(separator: " ").compactMap { UInt8($0) }
            if values.count == 72 {
                seen[String(match.1)] = (0..<24).map { (values[3 * $0], values[3 * $0 + 1], values[3 * $0 + 2]) }
            }
        }
        return seen
    }
}
