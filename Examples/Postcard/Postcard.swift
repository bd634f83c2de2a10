// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import KinoraKit

/// Makes a film of what a sentence asks for and puts a greeting at its end:
///
///     postcard film.mp4 "a 10 second film, warm colours" "Greetings!" photos/ song.mp3
@main
struct Postcard {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count > 4 else {
            print("postcard FILM.mp4 SENTENCE GREETING MEDIA…")
            exit(2)
        }
        let (path, sentence, greeting) = (arguments[1], arguments[2], arguments[3])

        var film = try Film(opening: Array(arguments[4...]))
        for file in film.refused { print("left out: \(file)") }

        // In words …
        print(try film.say(sentence).text)
        guard !film.isEmpty else { exit(1) }

        // … or by operations: docs/operations.md has them all.
        let ending = Int64(film.length * 1000) - 2000
        try film.edit("add-text", ["text": .string(greeting), "start": .integer(max(0, ending)), "length": 2000])

        // To go on with later, here or with kinora render.
        try film.save(to: path + ".json")

        let began = Date()
        let report = try await film.render(to: path) { share in
            print("\(Int(share * 100)) %", terminator: share < 1 ? "\r" : "\n")
        }
        print("\(path): \(report.frames) frames in \(Int(Date().timeIntervalSince(began).rounded(.up))) s")
    }
}
