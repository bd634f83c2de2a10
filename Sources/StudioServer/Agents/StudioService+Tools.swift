// SPDX-License-Identifier: GPL-3.0-or-later
package import AgentTools

extension StudioService {
    /// What an agent's tools work with: this service's own.
    package var toolParts: StudioTools.Parts {
        StudioTools.Parts(
            studio, exports: exportUseCases, previews: previewUseCases,
            fetch: { links, batch in try await fetch(links, into: batch) }, words: noteWords)
    }
}
