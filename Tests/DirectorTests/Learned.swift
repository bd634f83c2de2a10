// SPDX-License-Identifier: GPL-3.0-or-later
import Director

/// The director of all tests: it learns its words once.
enum Learned {
    private static let outcome = Result { try Director() }

    static var director: Director { get throws { try outcome.get() } }
}
