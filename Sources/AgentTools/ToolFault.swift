// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import FileStore
import FilmWork
import Schemas
import Studio

/// A tool that does not do what it was asked, in a sentence with the way out.
struct ToolFault: Error, Hashable, Sendable {
    let sentence: String

    init(_ sentence: String) { self.sentence = sentence }

    /// What any error comes to for an agent; nil for one that is a fault of ours.
    static func words(of error: any Error) -> String? {
        switch error {
        case let fault as ToolFault: fault.sentence
        case let error as StudioTools.NotAllowed: error.sentence
        case let fault as AllowedFolders.Fault: fault.sentence
        case let fault as Schema.Fault:
            fault.field.isEmpty
                ? "The arguments are wrong: they \(fault.problem)."
                : "The argument \(fault.field) \(fault.problem)."
        case StudioError.noSuchProject:
            "There is no such project; list_projects shows those there are, create_project makes one."
        case let error as StudioError: finished("\(error)")
        case let error as EditError: editWords(of: error)
        case let error as DraftError: finished("the film would break its rules: \(error)")
        case let fault as OutputFault: finished(fault.description)
        case ExportError.noSuchExport: "There is no such export; export makes one and says what it is called."
        case ExportError.emptyFilm, PreviewError.emptyFilm:
            "There is nothing in the film yet; add_media and then create (or say) make one."
        case let error as ExportError: finished("\(error)")
        case PreviewError.noSuchAsset: "There is no such media; timeline shows the project's."
        case let error as PreviewError: finished("\(error)")
        case let error as FileError: finished("\(error)")
        default: nil
        }
    }

    private static func editWords(of error: EditError) -> String {
        let more: String
        switch error.reason {
        case .noSuchSegment, .noSuchPlace, .noSuchAsset, .notOfKind: more = " timeline shows what there is."
        case .unknownOperation: more = " Each edit tool is one, with a hyphen where the tool's name has an underscore."
        case .noMedia: more = " add_media brings some."
        case .noFilm: more = " create makes one."
        default: more = ""
        }
        return finished("\(error)") + more
            + (error.index > 0 ? " (operation \(error.index + 1); none was applied.)" : "")
    }

    /// With a capital in front and a full stop behind.
    static func finished(_ words: String) -> String {
        let text = words.prefix(1).uppercased() + words.dropFirst()
        return text.hasSuffix(".") ? text : text + "."
    }
}

extension StudioTools {
    /// Why an account may not have what it asks for; told as it is.
    package struct NotAllowed: Error, Hashable, Sendable {
        let sentence: String

        package init(_ sentence: String) { self.sentence = sentence }
    }
}
