// SPDX-License-Identifier: GPL-3.0-or-later

/// How a date is written in the film.
enum DateStyle: String, CaseIterable {
    /// 1 July 2024
    case date
    /// 1 July
    case day
    /// July 2024
    case month
    case year
    /// 1 July 2024, 12:34
    case time
    /// 2024-07-01
    case iso
}

/// When a photo was taken, by its camera's own clock.
struct CaptureDate: Hashable {
    var year: Int
    var month: Int
    var day: Int
    var clock: String?

    /// Reads `2024-07-01T12:34:56`; nil of anything else.
    init?(_ text: String) {
        let halves = text.split(separator: "T", maxSplits: 1)
        let parts = halves.first?.split(separator: "-").map { Int($0) } ?? []
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
            (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
        let clock = halves.count == 2 ? halves[1].split(separator: ":").prefix(2).joined(separator: ":") : ""
        self.clock = clock.count == 5 ? clock : nil
    }

    func words(_ style: DateStyle, language: String?) -> String {
        if style == .iso { return "\(year)-\(padded(month))-\(padded(day))" }
        let tag = (language ?? "en").lowercased()
        if tag.hasPrefix("zh") || tag.hasPrefix("ja") {
            switch style {
            case .date: return "\(year)年\(month)月\(day)日"
            case .day: return "\(month)月\(day)日"
            case .month: return "\(year)年\(month)月"
            case .year: return "\(year)年"
            case .time, .iso: return "\(year)年\(month)月\(day)日" + (clock.map { " \($0)" } ?? "")
            }
        }
        let name = Self.months[month - 1]
        switch style {
        case .date: return "\(day) \(name) \(year)"
        case .day: return "\(day) \(name)"
        case .month: return "\(name) \(year)"
        case .year: return "\(year)"
        case .time, .iso: return "\(day) \(name) \(year)" + (clock.map { ", \($0)" } ?? "")
        }
    }

    private func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}
