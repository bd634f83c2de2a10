// SPDX-License-Identifier: GPL-3.0-or-later
package import EditModel
package import FilmWork

/// What somebody asks to be exported.
package struct ExportOrder: Hashable, Sendable {
    package var id: ExportID
    package var project: ProjectID
    /// Nil: the project's draft as it is when the order is taken.
    package var draft: Draft?
    package var output: ExportOutput
    /// Where to tell of its end; http or https.
    package var webhook: String?

    package init(
        id: ExportID, project: ProjectID, draft: Draft? = nil, output: ExportOutput = ExportOutput(),
        webhook: String? = nil
    ) {
        self.id = id
        self.project = project
        self.draft = draft
        self.output = output
        self.webhook = webhook
    }
}
