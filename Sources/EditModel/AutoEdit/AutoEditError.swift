// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime
public import Wording

/// Why no film can be made of what is there.
public enum AutoEditError: Error, Hashable, CustomStringConvertible {
    /// There is no photo and no clip that can be shown.
    case noPictures
    /// There is only a text: films of type alone are not made yet.
    case onlyText
    case tooShort(asked: MediaTime, least: MediaTime)
    case tooLong(asked: MediaTime, most: MediaTime)
    case noSuchCanvas(PixelSize)
    case noSuchAspect(EditWishes.Aspect)
    case noSuchFrameRate(FrameRate)
    case noSuchTransition(Transition.Name)
    /// The clips are so short that the length asked for takes more segments than a draft may have.
    case tooLittleToShow(asked: MediaTime)

    /// The case's own name; its words are under `edit ‹name›`.
    public enum Code: String, CaseIterable, Hashable, Sendable, Codable {
        case noPictures, onlyText, tooShort, tooLong, noSuchCanvas, noSuchAspect, noSuchFrameRate, noSuchTransition
        case tooLittleToShow
    }

    public var code: Code {
        switch self {
        case .noPictures: .noPictures
        case .onlyText: .onlyText
        case .tooShort: .tooShort
        case .tooLong: .tooLong
        case .noSuchCanvas: .noSuchCanvas
        case .noSuchAspect: .noSuchAspect
        case .noSuchFrameRate: .noSuchFrameRate
        case .noSuchTransition: .noSuchTransition
        case .tooLittleToShow: .tooLittleToShow
        }
    }

    private var values: [String: Wording.Value] {
        switch self {
        case .noPictures, .onlyText: [:]
        case .tooShort(let asked, let least): ["asked": "\(asked)", "least": "\(least)"]
        case .tooLong(let asked, let most): ["asked": "\(asked)", "most": "\(most)"]
        case .noSuchCanvas(let size):
            [
                "width": "\(size.width)", "height": "\(size.height)", "least": "\(DraftLimits.shortestSide)",
                "most": "\(DraftLimits.longestSide)",
            ]
        case .noSuchAspect(let aspect): ["width": "\(aspect.width)", "height": "\(aspect.height)"]
        case .noSuchFrameRate(let rate): ["rate": "\(rate.framesPerSecond)"]
        case .noSuchTransition(let name): ["name": "\(name)"]
        case .tooLittleToShow(let asked): ["asked": "\(asked)"]
        }
    }

    public var description: String { text(in: FaultWords.english) }
}

extension AutoEditError: Worded {
    public func text(in words: [String: String]) -> String {
        Wording("edit \(code.rawValue)", values).text(in: words)
    }
}
