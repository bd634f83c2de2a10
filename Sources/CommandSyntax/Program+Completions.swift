// SPDX-License-Identifier: GPL-3.0-or-later
/// A shell that completions are made for.
public enum Shell: String, Sendable, CaseIterable {
    case bash, zsh, fish
}

extension Program {
    public func completions(for shell: Shell, in language: Language) -> String { "" }
    public func manual(in language: Language) -> String { "" }
}
