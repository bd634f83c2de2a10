// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import HandOver
import JSON

/// Films with everything that editors are told of.
enum HandOverSamples {
    static func ms(_ milliseconds: Int64) -> MediaTime { MediaTime(milliseconds: milliseconds) }

    /// Three shots with two transitions, a clip twice as fast, a logo, looped music, a read text, a title and a caption.
    static let text = """
        {"v":1,"d":9200,
         "m":{"title":"Summer & \\"sea\\"","width":1080,"height":1920,"fps":30,"fadeIn":500,"fadeOut":1000},
         "t":[
          {"id":"v1","tt":0,"m":{"name":"Video"},"sg":[
            {"id":"s1","s":0,"d":3400,"src":"A","mt":"image","motion":{"type":"zoom-in","amount":0.15},
             "grade":{"look":"warm"},"tr":{"type":"crossfade","d":400},"m":{"name":"beach.jpg"}},
            {"id":"s2","s":3000,"d":3000,"src":"C","mt":"video","ss":1000,"speed":2,"vol":0.5,
             "tr":{"type":"wipe-left","d":800},"m":{"name":"surf.mp4"}},
            {"id":"s3","s":5200,"d":3000,"src":"B","mt":"image","fit":"blur","m":{"name":"tall.jpg"}},
            {"id":"s4","s":8200,"d":1000,"mt":"color","color":"#112233","m":{"name":"end"}}]},
          {"id":"v2","tt":0,"m":{"name":"Logo"},"sg":[
            {"id":"s5","s":1000,"d":2000,"src":"A","mt":"image","rect":[0.7,0.05,0.25,0.1],"opacity":0.8,
             "m":{"name":"logo"}}]},
          {"id":"a1","tt":1,"m":{"name":"Music"},"sg":[
            {"id":"s6","s":0,"d":9200,"src":"S","role":"music","vol":0.5,"fi":500,"fo":1000,"loop":true,"duck":true,
             "m":{"name":"song.mp3"}}]},
          {"id":"a2","tt":1,"m":{"name":"Voice"},"sg":[
            {"id":"s7","s":2000,"d":2000,"gen":{"kind":"voice","text":"Hi"},"role":"voice","vol":1,"m":{"name":"Hi"}}]},
          {"id":"x1","tt":7,"m":{"name":"Titles"},"sg":[
            {"id":"s8","s":0,"d":3000,"text":"Summer <3","role":"title","pos":"center","in":{"type":"fade","d":400},
             "style":{"size":96,"color":"#FFEE00"},"m":{"name":""}},
            {"id":"s9","s":4000,"d":2000,"text":"At the sea","role":"caption","pos":"bottom","m":{"name":""}}]}]}
        """

    static func film(_ json: String = text) throws -> HandOver {
        var draft = try Draft(parsing: Array(json.utf8))
        draft.assets = [:]
        return HandOver(draft, media: media, made: made, name: "film")
    }

    static let media: [String: HandOverMedia] = [
        "A": still("A", "beach.jpg", 4000, 3000), "B": still("B", "tall one.jpg", 3000, 4000),
        "C": HandOverMedia(
            path: "/media/surf.mp4",
            facts: MediaFacts(
                id: "C", name: "surf.mp4", kind: .video, format: "mp4", contentHash: "hC",
                size: PixelSize(width: 1920, height: 1080), duration: ms(20_000), frameRate: 30, hasSound: true)),
        "S": HandOverMedia(
            path: "film media/song.mp3",
            facts: MediaFacts(
                id: "S", name: "song.mp3", kind: .audio, format: "mp3", contentHash: "hS", duration: ms(4500)),
            beats: BeatGrid(
                beats: (0..<9).map { ms($0 * 500) }, downbeats: [ms(0), ms(2000), ms(4000)], tempo: 120, confidence: 1)),
    ]

    static let made: [String: HandOverMedia] = [
        "s7": HandOverMedia(
            path: "film media/Hi.wav",
            facts: MediaFacts(
                id: "s7", name: "Hi.wav", kind: .audio, format: "wav", contentHash: "hV", duration: ms(1500)))
    ]

    private static func still(_ id: String, _ name: String, _ width: Int, _ height: Int) -> HandOverMedia {
        HandOverMedia(
            path: "/media/\(name)",
            facts: MediaFacts(
                id: id, name: name, kind: .image, format: "jpeg", contentHash: "h\(id)",
                size: PixelSize(width: width, height: height)))
    }
}
