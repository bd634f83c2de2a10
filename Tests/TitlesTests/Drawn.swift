// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers
import Testing

@testable import Titles

/// Draws, and fails the test when there is nothing to see.
func drawn(_ request: TitleRequest) throws -> TitleDrawing {
    try #require(try TitlePainter.draw(request))
}

/// A title on a 1080p canvas.
func title(_ text: String, _ change: (inout TitleRequest) -> Void = { _ in }) -> TitleRequest {
    var request = TitleRequest(text, canvasWidth: 1920, canvasHeight: 1080)
    change(&request)
    return request
}

extension TitleDrawing {
    /// Pixels that are bright (white letters, without their dark shadow) outside `ink`: how far its edges are overstepped is
    /// not counted, only that they are.
    var brightOutsideInk: Int {
        letters.pixels.withUnsafeBufferPointer { pixels in
            var count = 0
            let (left, right) = (max(ink.x - x, 0), min(ink.maxX - x, letters.width))
            for row in 0..<letters.height {
                let start = row * letters.width
                let isInside = row + y >= ink.y && row + y < ink.maxY
                let columns = isInside ? [0..<left, right..<letters.width] : [0..<letters.width]
                for range in columns { for column in range where pixels[4 * (start + column) + 1] > 100 { count += 1 } }
            }
            return count
        }
    }
}

/// Texts in many scripts, each with the language a draft would name.
struct Sample: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    var language = ""
    var testDescription: String { name }

    static let all = [
        Sample(name: "English", text: "A Summer in Lisbon", language: "en"),
        Sample(name: "accents", text: "Über façade, señor Ångström – œuvre", language: "fr"),
        Sample(name: "Polish", text: "Łódź, Kraków, Gdańsk", language: "pl"),
        Sample(name: "Vietnamese", text: "Đà Nẵng mùa hè rực rỡ", language: "vi"),
        Sample(name: "Russian", text: "Лето в Москве", language: "ru"),
        Sample(name: "Greek", text: "Καλοκαίρι στην Ελλάδα", language: "el"),
        Sample(name: "Chinese", text: "生日快乐，妈妈！2024年夏天", language: "zh-CN"),
        Sample(name: "Chinese, Taiwan", text: "臺灣的夏天，骨頭與直線", language: "zh-TW"),
        Sample(name: "Japanese", text: "東京の夏休み、楽しかった！", language: "ja"),
        Sample(name: "Korean", text: "서울의 여름 여행", language: "ko"),
        Sample(name: "Arabic", text: "عيد ميلاد سعيد يا أمي 2024", language: "ar"),
        Sample(name: "Persian", text: "تابستان در تهران، گرم و زیبا", language: "fa"),
        Sample(name: "Hebrew", text: "חופשת קיץ בתל אביב", language: "he"),
        Sample(name: "Thai", text: "สวัสดีปีใหม่ ขอให้มีความสุข", language: "th"),
        Sample(name: "Hindi", text: "जन्मदिन मुबारक हो", language: "hi"),
        Sample(name: "Bengali", text: "শুভ জন্মদিন মা", language: "bn"),
        Sample(name: "Tamil", text: "இனிய பிறந்தநாள்", language: "ta"),
        Sample(name: "Georgian", text: "ზაფხული თბილისში", language: "ka"),
        Sample(name: "emoji", text: "Family 👨‍👩‍👧‍👦 ❤️ 🇫🇷 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👍🏽"),
        Sample(name: "symbols", text: "★ 2024 → 2025 ♫ ✓ ☀"),
        Sample(name: "mixed", text: "Hello שלום 世界 مرحبا สวัสดี"),
    ]
}

/// A seeded stream of numbers (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
