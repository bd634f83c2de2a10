// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import JSON
import Remote

extension Console {
    /// What the client tells on the way, to a person as a line, to a program as an event.
    func tell(_ notice: RemoteNotice) {
        switch notice {
        case .connecting: say(words.text("remote connecting"))
        case .ready: say(words.text("remote ready"))
        case .newToken(let wasGiven):
            // A token that was given by hand is not replaced in silence.
            if wasGiven { note(words.text("remote new token")) }
        case .newSession(let files): note(words.text("remote new session", ["count": String(files)]))
        case .sending(let files, let bytes):
            say(words.text("remote sending", ["count": String(files), "size": sizeText(Int64(bytes))]))
        case .waiting(let seconds): note(words.text("remote waiting", ["seconds": String(seconds)]))
        case .stillWorking(let minutes): note(words.text("remote still working", ["minutes": String(minutes)]))
        case .lookingUp: say(words.text("remote looking up"))
        case .exporting(let percent): progress("remote exporting", percent, "export")
        case .goingOn: note(words.text("remote going on"))
        case .downloading(let percent): progress("remote downloading", percent, "download")
        }
    }

    private func progress(_ key: String, _ percent: Int, _ phase: String) {
        if isJSON {
            event("progress", ["percent": .integer(Int64(percent)), "phase": .string(phase)])
        } else {
            show(words.text(key), percent: percent)
        }
    }
}
