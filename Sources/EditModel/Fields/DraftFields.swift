// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import JSON

/// Every field of the draft's JSON, in the order in which a person would learn them.
public enum DraftFields {
    public static var sections: [DraftSection] { wholeFilm + segments + pictures + sounds + texts }

    private static let film = FilmSettings()
    private static let sides = Int64(DraftLimits.shortestSide)...Int64(DraftLimits.longestSide)

    private static func names<Choice: CaseIterable & RawRepresentable>(
        _ type: Choice.Type
    ) -> DraftField.Values where Choice.RawValue == String { .words(Choice.allCases.map(\.rawValue)) }

    // MARK: The film

    private static var wholeFilm: [DraftSection] {
        [
            DraftSection("The draft", at: "", "The whole document: one JSON object.") {
                DraftField(
                    "v", .whole(1...Draft.currentVersion.wide), "version of this format", usual: .integer(1))
                DraftField(
                    "d", .time(from: 0), "length of the film: where the main track's last segment ends",
                    absence: "worked out; a wrong one is refused")
                DraftField("m", .object, "settings of the film", absence: "all as usual")
                DraftField(
                    "t", .list(most: nil),
                    "tracks, in drawing order; the first of pictures is the film, the main track",
                    absence: "none")
                DraftField(
                    "assets", .named, "where the media lie, by asset id; only in a draft file", absence: "none")
            },
            DraftSection("Settings", at: "m", "What holds for the whole film.") {
                DraftField("title", .text(most: nil), "the film's title", usual: .string(film.title))
                DraftField(
                    "width", .whole(sides), "pixels; even", usual: .integer(film.canvas.width.wide))
                DraftField(
                    "height", .whole(sides), "pixels; even", usual: .integer(film.canvas.height.wide))
                DraftField(
                    "fps", .number(1...DraftLimits.highestFrameRate),
                    "frames a second; 23.976, 29.97 and 59.94 are taken as 24000/1001 and so on",
                    usual: .number(film.frameRate.framesPerSecond))
                DraftField("preset", .text(most: nil), "the platform it was made for", absence: "none")
                DraftField("language", .text(most: nil), "a tag such as `zh-CN`", absence: "not known")
                DraftField(
                    "background", .color, "behind pictures that do not fill the canvas",
                    usual: .string(film.background))
                DraftField("fadeIn", .time(from: 0), "from black, picture and sound", usual: .integer(0))
                DraftField("fadeOut", .time(from: 0), "to black, picture and sound", usual: .integer(0))
                DraftField(
                    "loudness", .number(-40 ... -5), "integrated loudness of the mix, LUFS",
                    usual: .number(film.loudness))
            },
            DraftSection("An asset", at: "assets.*", "Where a draft file finds one of its media.") {
                DraftField(
                    "path", .text(most: nil), "relative to the draft file, or absolute", need: .always)
                DraftField("name", .text(most: nil), "what a person calls it", absence: "the path's last part")
                DraftField(
                    "hash", .text(most: nil), "SHA-256 of the file in hex; another file is refused",
                    absence: "not checked")
                DraftField("kind", names(MediaKind.self), "what kind of media it is", absence: "found out")
            },
            DraftSection("A track", at: "t[]", "One row of the timeline.") {
                DraftField("id", .id, "stays the same across edits", need: .always)
                DraftField(
                    "tt", .oneOf(Track.Kind.allCases.map(\.rawValue)), "0 pictures, 1 sound, 7 text",
                    need: .always)
                DraftField("m", .object, "its name, and whether it is off", absence: "all as usual")
                DraftField(
                    "sg", .list(most: DraftLimits.mostSegments), "segments, in order of time", absence: "none")
            },
            DraftSection("A track's name", at: "t[].m", "What is said of a track as a whole.") {
                DraftField("name", .text(most: nil), "what a person calls it", usual: "")
                DraftField("muted", .flag, "not seen, or not heard", usual: false)
            },
        ]
    }

    // MARK: Segments

    private static var segments: [DraftSection] {
        [
            DraftSection(
                "A segment", at: "t[].sg[]", "One thing on a track; its other fields hang on the track's kind."
            ) {
                DraftField("id", .id, "stays the same across edits", need: .always)
                DraftField("s", .time(from: 0), "where it begins in the film", need: .always)
                DraftField("d", .time(from: 1), "how long it lasts", need: .always)
                DraftField("m", .object, "its name", absence: "no name")
            },
            DraftSection("A segment's name", at: "t[].sg[].m", "What a person calls it.") {
                DraftField("name", .text(most: nil), "for instance the file's name", usual: "")
            },
        ]
    }

    private static var pictures: [DraftSection] {
        let picture = PictureContent(.color("#000000"))
        return [
            DraftSection("A picture", at: "t[].sg[]", of: .video, "A segment of a track of kind 0.") {
                DraftField("mt", names(PictureContent.MediaType.self), "what it shows", need: .always)
                DraftField(
                    "src", .text(most: nil), "asset id of the photo or clip", need: .with("mt", ["image", "video"]))
                DraftField("ss", .time(from: 0), "where in the clip it begins", usual: .integer(0))
                DraftField("color", .color, "the colour it fills the canvas with", need: .with("mt", ["color"]))
                DraftField(
                    "pattern", .words(PatternCatalog.entries.map(\.name)), "a moving background",
                    need: .with("mt", ["generated"]))
                DraftField("colors", .colors, "the pattern's colours, ground first", absence: "the pattern's own")
                DraftField("seed", .whole(0...Int64.max), "another one, another drawing", usual: .integer(0))
                DraftField(
                    "fit", names(Fit.self), "cropped to fill, all of it, or all of it over a blurred copy",
                    usual: .string(picture.fit.rawValue))
                DraftField("focus", .point, "centre of interest", absence: "where the eye goes")
                DraftField("crop", .rect, "part of the source, before it is fitted", absence: "all of it")
                DraftField(
                    "rotate", .oneOf([0, 90, 180, 270]), "degrees clockwise, before it is flipped",
                    usual: .integer(0))
                DraftField(
                    "flip", names(Turn.Flip.self), "mirrored left to right, or top to bottom", absence: "no")
                DraftField("motion", .object, "the slow move over it", absence: "it stands")
                DraftField("grade", .object, "its colours", absence: "as they are")
                DraftField("opacity", .number(0...1), "0 cannot be seen", usual: .number(picture.opacity))
                DraftField(
                    "rect", .rect, "where on the canvas it lies; on tracks over the film",
                    absence: "all of the canvas")
                DraftField(
                    "speed", .number(DraftLimits.speeds), "of a clip: seconds of it in a second of film",
                    usual: .number(picture.speed))
                DraftField("reverse", .flag, "of a clip: from its end to its beginning", usual: false)
                DraftField(
                    "vol", .number(0...2), "of a clip's sound, 1 as it is", usual: .number(picture.volume))
                DraftField("muted", .flag, "of a clip: without its sound", usual: false)
                DraftField(
                    "tr", .object,
                    "how it goes over into the next one of the main track; the two overlap by its length",
                    absence: "a cut")
            },
            DraftSection("A motion", at: "t[].sg[].motion", of: .video, "Where the view goes.") {
                DraftField("type", names(Motion.Kind.self), "which way", need: .always)
                DraftField(
                    "amount", .number(0...1), "share of the picture that the view gains or travels",
                    usual: .number(Motion(.zoomIn).amount))
                DraftField(
                    "from", .number(0...1), "share of the way where it begins, of a segment that was split",
                    usual: .number(0))
                DraftField("to", .number(0...1), "share of the way where it ends", usual: .number(1))
            },
            DraftSection("Colours", at: "t[].sg[].grade", of: .video, "A named look, and adjustments over it.") {
                DraftField("look", names(Grade.Look.self), "a named look", usual: .string(Grade.none.look.rawValue))
                DraftField("brightness", .number(-1...1), "darker or brighter", usual: .number(0))
                DraftField("contrast", .number(-1...1), "flatter or harder", usual: .number(0))
                DraftField("saturation", .number(-1...1), "-1 is grey", usual: .number(0))
                DraftField("temperature", .number(-1...1), "bluer or warmer", usual: .number(0))
                DraftField("vignette", .number(0...1), "darker to the corners", usual: .number(0))
                DraftField("grain", .number(0...1), "as film has it", usual: .number(0))
                DraftField("lut", .text(most: nil), "asset id of a `.cube` table", absence: "none")
            },
            DraftSection(
                "A transition", at: "t[].sg[].tr", of: .video,
                "Into the next segment of the main track. Other words for the same transitions are understood."
            ) {
                DraftField(
                    "type", .words(TransitionCatalog.entries.map(\.name.rawValue) + ["none", "cut"]),
                    "which; none and cut are a plain cut", need: .always)
                DraftField(
                    "d", .time(from: 0), "how long, at most half of either segment; 0 is a cut", usual: .integer(0))
                DraftField(
                    "map", .text(most: nil), "of `luma-key`: asset id of a grey picture, dark places first",
                    absence: "one of its own")
            },
        ]
    }

    private static var sounds: [DraftSection] {
        let sound = SoundContent(.asset("S", start: .zero), role: .music)
        return [
            DraftSection("A sound", at: "t[].sg[]", of: .audio, "A segment of a track of kind 1.") {
                DraftField("src", .text(most: nil), "asset id of a song or clip", need: .without("gen"))
                DraftField("ss", .time(from: 0), "where in the file it begins", usual: .integer(0))
                DraftField(
                    "gen", .recipe,
                    "made when needed, instead of `src`: `kind` is `music` (by `style`, `mood`, `bpm`, `seed`) or `voice` (by `text`, `voice`, `language`, `rate`)",
                    absence: "`src` is played")
                DraftField(
                    "role", names(SoundContent.Role.self), "what it is to the film",
                    usual: .string(sound.role.rawValue))
                DraftField("vol", .number(0...2), "1 as it is", usual: .number(sound.volume))
                DraftField("fi", .time(from: 0), "fades in over", usual: .integer(0))
                DraftField("fo", .time(from: 0), "fades out over", usual: .integer(0))
                DraftField(
                    "loop", .flag, "from `ss` to the last bar line again and again until `d` is full",
                    usual: .bool(sound.loops))
                DraftField("duck", .flag, "lower while somebody speaks", usual: .bool(sound.ducks))
            }
        ]
    }

    private static var texts: [DraftSection] {
        let style = "as the style named, or the role's own"
        let moves: [DraftField] = [
            DraftField("type", .words(TextAnimation.Kind.allCases.map(\.rawValue) + ["none"]), "how", need: .always),
            DraftField("d", .time(from: 0), "how long", usual: .integer(400)),
        ]
        return [
            DraftSection("A text", at: "t[].sg[]", of: .text, "A segment of a track of kind 7.") {
                DraftField("text", .text(most: DraftLimits.longestText), "the words", need: .always)
                DraftField(
                    "role", names(TextContent.Role.self), "what it is to the film",
                    usual: .string(TextContent.Role.title.rawValue))
                DraftField(
                    "pos", .words(["top", "center", "bottom", "lower-third"]), "where it stands",
                    absence: "center for a title, else bottom")
                DraftField("at", .point, "the text's centre on the canvas, instead of `pos`", absence: "`pos`")
                DraftField("style", .object, "how it looks", absence: "the role's own")
                DraftField("in", .object, "how it comes", absence: "as its style has it")
                DraftField("out", .object, "how it goes", absence: "as its style has it")
                DraftField(
                    "words", .spokenWords, "when each word is said, from the segment's start", absence: "not known")
            },
            DraftSection(
                "A text's style", at: "t[].sg[].style", of: .text,
                "Sizes are pixels on a canvas whose short side is 1080, and grow with the canvas."
            ) {
                DraftField("name", .text(most: nil), "a title style", absence: "the role's own")
                DraftField("font", .text(most: nil), "a font family", absence: style)
                DraftField("size", .number(4...1000), "height of the letters", absence: style)
                DraftField("spacing", .number(-100...200), "between letters", absence: style)
                DraftField(
                    "case", names(TextStyle.LetterCase.self), "letters as written, or all large or small",
                    absence: style)
                DraftField("color", .color, "of the letters", absence: style)
                DraftField("bold", .flag, "heavier letters", absence: style)
                DraftField("italic", .flag, "slanted letters", absence: style)
                DraftField("align", names(TextStyle.Alignment.self), "of several lines", absence: style)
                DraftField("shadow", .flag, "a soft shadow under it", absence: style)
                DraftField("stroke", .object, "an outline", absence: style)
                DraftField("plate", .object, "a plate behind it", absence: style)
            },
            DraftSection("An outline", at: "t[].sg[].style.stroke", of: .text, "Round the letters.") {
                DraftField("color", .color, "of the line", usual: "#000000")
                DraftField("width", .number(0...100), "of the line", usual: .number(2))
            },
            DraftSection("A plate", at: "t[].sg[].style.plate", of: .text, "Behind the text.") {
                DraftField("color", .color, "of the plate", usual: "#000000")
                DraftField("opacity", .number(0...1), "0 cannot be seen", usual: .number(0.5))
            },
            DraftSection("A text's coming", at: "t[].sg[].in", of: .text, "How a text comes.") {
                moves
            },
            DraftSection("A text's going", at: "t[].sg[].out", of: .text, "How a text goes.") {
                moves
            },
        ]
    }
}

extension Int {
    fileprivate var wide: Int64 { Int64(self) }
}
