// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON

func ms(_ milliseconds: Int64) -> MediaTime { MediaTime(milliseconds: milliseconds) }

enum DraftSamples {
    /// The example of the draft's format.
    static let example = """
        {"v":1,"d":6000,
         "m":{"title":"Summer","width":1080,"height":1920,"fps":30,"preset":"tiktok","language":"en",
              "background":"#000000","fadeIn":0,"fadeOut":500,"loudness":-14},
         "t":[
          {"id":"v1","tt":0,"m":{"name":"Video"},"sg":[
            {"id":"s1","s":0,"d":3400,"src":"A","mt":"image","fit":"cover","focus":[0.5,0.4],
             "motion":{"type":"zoom-in","amount":0.15},"grade":{"look":"warm"},
             "tr":{"type":"crossfade","d":400},"m":{"name":"beach.jpg"}},
            {"id":"s2","s":3000,"d":3000,"src":"B","mt":"video","ss":2000,"speed":1.0,"vol":1.0,"m":{"name":"surf.mp4"}}]},
          {"id":"a1","tt":1,"m":{"name":"Music"},"sg":[
            {"id":"s9","s":0,"d":6000,"gen":{"kind":"music","style":"lofi","bpm":84,"seed":7},"role":"music","vol":0.35,"fi":500,"fo":1500,"duck":true,"m":{"name":"Lo-fi"}}]},
          {"id":"x1","tt":7,"m":{"name":"Titles"},"sg":[
            {"id":"s20","s":0,"d":3000,"text":"Urban Dreams","role":"title","pos":"center",
             "style":{"font":"","size":96,"color":"#FFFFFF","bold":true,"align":"center","shadow":true},
             "in":{"type":"fade","d":400},"out":{"type":"fade","d":400},"m":{"name":"Urban Dreams"}}]}]}
        """

    /// Every field there is, each with a value that is not its default, and an unknown key `x` at every level.
    static let full = """
        {"v":1,"d":9000,"x":1,
         "assets":{"A":{"name":"a.jpg","path":"photos/a.jpg","hash":"00ff","kind":"image","x":2}},
         "m":{"title":"T","width":640,"height":360,"fps":23.976023976023978,"preset":"youtube","language":"zh",
              "background":"#112233","fadeIn":250,"fadeOut":750,"loudness":-16.5,"x":3},
         "t":[
          {"id":"v1","tt":0,"x":4,"m":{"name":"Video","muted":true,"x":5},"sg":[
            {"id":"s1","s":0,"d":4000,"src":"A","mt":"image","x":6,"m":{"name":"a","x":7},"fit":"blur","focus":[0.25,0.75],
             "rotate":90,"flip":"v","crop":[0.1,0.2,0.5,0.6],"opacity":0.5,"rect":[0,0.5,0.5,0.5],
             "motion":{"type":"drift-nw","amount":0.2,"x":8},
             "grade":{"look":"black-and-white","brightness":0.1,"contrast":-0.2,"saturation":0.3,"temperature":-0.4,
                      "vignette":0.5,"grain":0.6,"lut":"L","x":9},
             "tr":{"type":"wipe-left","d":1000,"map":"M","x":10}},
            {"id":"s2","s":3000,"d":4000,"src":"B","mt":"video","ss":500,"speed":2.5,"reverse":true,"vol":0.5,"muted":true,
             "m":{"name":"b"}},
            {"id":"s3","s":7000,"d":1000,"mt":"color","color":"#ABCDEF","m":{"name":""}},
            {"id":"s4","s":8000,"d":1000,"mt":"generated","pattern":"waves","colors":["#000000","#FFFFFF"],"seed":42,
             "m":{"name":""}}]},
          {"id":"a1","tt":1,"m":{"name":"Sound"},"sg":[
            {"id":"s5","s":100,"d":2000,"src":"S","ss":300,"role":"effect","vol":1.5,"fi":10,"fo":20,"loop":true,
             "duck":true,"x":11,"m":{"name":"boom"}},
            {"id":"s6","s":3000,"d":2000,"gen":{"kind":"voice","text":"Hi","voice":"v","language":"en","rate":1.1,"x":12},
             "role":"voice","vol":1,"m":{"name":""}}]},
          {"id":"x1","tt":7,"m":{"name":"Text"},"sg":[
            {"id":"s7","s":0,"d":3000,"text":"One two","role":"caption","at":[0.5,0.9],"x":13,
             "style":{"name":"neon","font":"Lato","size":72,"spacing":4,"case":"upper","color":"#FFEE00","bold":false,
                      "italic":true,"align":"right","shadow":false,"stroke":{"color":"#010203","width":3,"x":14},
                      "plate":{"color":"#0A0B0C","opacity":0.25,"x":15},"x":16},
             "in":{"type":"words","d":300,"x":17},"out":{"type":"slide","d":200,"x":18},
             "words":[["One",0,400],["two",400,900]],"m":{"name":"c"}},
            {"id":"s8","s":3000,"d":1000,"text":"End","role":"credit","pos":"lower-third","style":{"x":19},
             "m":{"name":""}}]}]}
        """

    static func draft(_ text: String) throws -> Draft { try Draft(parsing: Array(text.utf8)) }

    /// Two photos of three seconds with a half-second crossfade, a song and a title.
    static var small: Draft {
        var first = PictureContent(.image("A"))
        first.transition = Transition(.crossfade, duration: ms(500))
        return Draft(tracks: [
            Track(
                id: "v1", kind: .video, name: "Video",
                segments: [
                    Segment(
                        id: "s1", range: TimeRange(ms(0), until: ms(3000)), content: .picture(first), name: "a.jpg"),
                    Segment(
                        id: "s2", range: TimeRange(ms(2500), until: ms(5500)),
                        content: .picture(PictureContent(.image("B"))), name: "b.jpg"),
                ]),
            Track(
                id: "a1", kind: .audio, name: "Music",
                segments: [
                    Segment(
                        id: "s3", range: TimeRange(ms(0), until: ms(5500)),
                        content: .sound(SoundContent(.asset("S", start: .zero), role: .music)), name: "song.mp3")
                ]),
            Track(
                id: "x1", kind: .text, name: "Titles",
                segments: [
                    Segment(
                        id: "s4", range: TimeRange(ms(0), until: ms(3000)),
                        content: .text(TextContent("Hello", role: .title, position: .center)), name: "Hello")
                ]),
        ])
    }

    static let media: [String: MediaFacts] = [
        "A": MediaFacts(
            id: "A", name: "a.jpg", kind: .image, format: "jpeg", contentHash: "hA",
            size: PixelSize(width: 4000, height: 3000)),
        "B": MediaFacts(
            id: "B", name: "b.jpg", kind: .image, format: "jpeg", contentHash: "hB",
            size: PixelSize(width: 3000, height: 4000)),
        "C": MediaFacts(
            id: "C", name: "c.mp4", kind: .video, format: "mp4", contentHash: "hC",
            size: PixelSize(width: 1920, height: 1080), duration: ms(4000), frameRate: 30, hasSound: true),
        "Q": MediaFacts(
            id: "Q", name: "quiet.mp4", kind: .video, format: "mp4", contentHash: "hQ",
            size: PixelSize(width: 1920, height: 1080), duration: ms(4000), frameRate: 30),
        "S": MediaFacts(
            id: "S", name: "song.mp3", kind: .audio, format: "mp3", contentHash: "hS", duration: ms(60_000)),
    ]
}

extension JSONValue {
    /// This value with what stands at `path` (`m.fps`, `t[0].sg[1].tr`) set; nil takes it out.
    func setting(_ path: String, to value: JSONValue?) -> JSONValue {
        var steps: [String] = []
        for part in path.split(separator: ".") {
            for (index, piece) in part.split(whereSeparator: { $0 == "[" || $0 == "]" }).enumerated() {
                steps.append(index == 0 ? String(piece) : "#\(piece)")
            }
        }
        return setting(steps[...], to: value)
    }

    private func setting(_ steps: ArraySlice<String>, to value: JSONValue?) -> JSONValue {
        guard let step = steps.first else { return value ?? .null }
        let rest = steps.dropFirst()
        if step.hasPrefix("#"), var list = array, let index = Int(step.dropFirst()) {
            list[index] = list[index].setting(rest, to: value)
            return .array(list)
        }
        var members = object ?? [:]
        if rest.isEmpty, value == nil {
            members[step] = nil
        } else {
            members[step] = (members[step] ?? .object([:])).setting(rest, to: value)
        }
        return .object(members)
    }

    /// Every path at which the key `x` stands.
    func paths(of key: String, under path: String = "") -> Set<String> {
        switch self {
        case .object(let members):
            return members.reduce(into: []) { paths, member in
                let here = path.isEmpty ? member.key : "\(path).\(member.key)"
                if member.key == key { paths.insert("\(here)=\(member.value.text())") }
                paths.formUnion(member.value.paths(of: key, under: here))
            }
        case .array(let elements):
            return elements.enumerated().reduce(into: []) {
                $0.formUnion($1.element.paths(of: key, under: "\(path)[\($1.offset)]"))
            }
        default: return []
        }
    }
}
