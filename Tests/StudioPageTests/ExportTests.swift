// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import TestBrowser
import TestMedia
import Testing

/// Films that are made, left alone, found again and taken home.
extension InTheBrowser {
    @Suite(.serialized, .timeLimit(.minutes(5))) struct ExportTests {
        @Test func tenPhotographsAndASongBecomeAFileInHand() async throws {
            let visit = try await Visit(alone: true)
            let browser = visit.browser
            try await browser.keepDownloads(in: visit.folder)
            try await visit.bring(try visit.cameraPhotos() + [try visit.song()])
            try await visit.say("a 6 second video with the title \"Sea/side\"")
            try await browser.wait("document.querySelectorAll('.piece.picture').length === 10")

            // It runs: pieces of the preview come, and time goes on.
            try await browser.click(".button.play")
            try await browser.wait("document.querySelector('k-player video').currentTime > 0.3")
            #expect(try await browser.holds("document.querySelector('k-player').classList.contains('running')"))
            try await browser.click(".button.play")

            try await browser.click(".top .export")
            try await browser.wait("document.querySelector('dialog .platform')")
            try await browser.click("details.finer summary")
            try await browser.click("details.finer .choice button")
            try await browser.click("k-export .button.wide")
            try await browser.wait("document.querySelector('k-export .job.completed a[download]')")
            try await browser.click("k-export .job.completed a[download]")
            let name = try await browser.nextDownload()
            #expect(name == "Sea-side.mp4")
            let facts = try JSONValue(
                parsing: Array(
                    try TestMedia.run(
                        "ffprobe",
                        [
                            "-v", "error", "-count_packets", "-show_streams", "-of", "json",
                            visit.folder.appendingPathComponent(name).path,
                        ]
                    ).utf8))
            let streams = facts["streams"]?.array ?? []
            let picture = try #require(streams.first { $0["codec_type"]?.string == "video" })
            #expect(picture["codec_name"]?.string == "h264")
            #expect(picture["nb_read_packets"]?.string == "180")
            #expect(streams.contains { $0["codec_type"]?.string == "audio" && $0["codec_name"]?.string == "aac" })
            #expect(visit.complaints() == [])
            await visit.end()
        }

        @Test func anExportGoesOnWhileThePageIsAwayAndIsThereWhenItIsBack() async throws {
            let visit = try await Visit()
            let browser = visit.browser
            try await visit.bring(try visit.photos(["one.jpg", "two.jpg", "three.jpg"]))
            try await visit.say("a 6 second video")
            try await browser.click(".top .export")
            try await browser.wait("document.querySelector('dialog .platform')")
            try await browser.click("k-export .button.wide")
            try await browser.wait("document.querySelector('k-export .job')")
            #expect(try await browser.count("k-export .job.completed") == 0)
            try await browser.reload()
            try await browser.wait("document.querySelector('k-timeline')")
            // How far it is stands on the button that leads to it.
            try await browser.wait("document.querySelector('k-app').project.exports.list.length === 1")
            try await browser.click(".top .export")
            try await browser.wait("document.querySelector('k-export .job.completed a[download]')")
            #expect(try await browser.count("k-export .job") == 1)
            // Taken away, it stays away.
            try await browser.click("k-export .job .button.only")
            try await browser.wait("document.querySelectorAll('k-export .job').length === 0")
            try await browser.reload()
            try await browser.wait("document.querySelector('k-timeline')")
            #expect(try await browser.value("document.querySelector('k-app').project.exports.list.length").integer == 0)
            await visit.end()
        }

        @Test func severalPlatformsAreMadeAtOnceAndWhatDoesNotFitIsSaid() async throws {
            let visit = try await Visit()
            let browser = visit.browser
            try await visit.bring(try visit.photos(["one.jpg", "two.jpg", "three.jpg"]))
            try await visit.say("make a 200 second video")
            try await browser.click(".top .export")
            try await browser.wait("document.querySelector('dialog .platform')")
            // A status of WhatsApp is short: the film does not fit there, in words for those who do not see the sign.
            try await browser.wait("document.querySelectorAll('k-export .mark.bad').length > 0")
            #expect(try await browser.text("document.querySelector('k-export .mark.bad').textContent").count > 3)
            for place in [2, 3] { try await browser.click("k-export .platform:nth-child(\(place)) input") }
            #expect(try await browser.text("document.querySelector('k-export .button.wide').textContent").contains("3"))
            try await browser.click("k-export .button.wide")
            try await browser.wait("document.querySelectorAll('k-export .job').length === 3")
            // Given up, each is said to be.
            for _ in 0..<3 {
                try await browser.wait(
                    "document.querySelector('k-export .job.pending .button, k-export .job.processing .button')")
                try await browser.click("k-export .job.pending .button, k-export .job.processing .button")
                let left = try await browser.count("k-export .job.pending, k-export .job.processing")
                try await browser.wait(
                    "document.querySelectorAll('k-export .job.pending, k-export .job.processing').length < \(max(1, left))"
                )
            }
            #expect(try await browser.count("k-export .job.cancelled") > 0)
            await visit.end()
        }
    }
}
