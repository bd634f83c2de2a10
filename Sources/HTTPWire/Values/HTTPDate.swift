// SPDX-License-Identifier: GPL-3.0-or-later

/// The one form of time in HTTP headers (RFC 9110, 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
public enum HTTPDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The header's text for seconds since 1970, in UTC.
    public static func text(_ seconds: Int) -> String {
        let day = Int((Double(seconds) / 86400).rounded(.down))
        let (year, month, date) = civil(day)
        let clock = seconds - day * 86400
        let weekday = days[((day % 7) + 7) % 7]
        return weekday + ", " + two(date) + " " + months[month - 1] + " " + String(year) + " "
            + two(clock / 3600) + ":" + two(clock / 60 % 60) + ":" + two(clock % 60) + " GMT"
    }

    /// Seconds since 1970, or nil for anything but the one form.
    public static func seconds(_ text: some StringProtocol) -> Int? {
        let parts = text.split(whereSeparator: { $0 == " " || $0 == ":" })
        guard parts.count == 8, parts[7] == "GMT", let month = months.firstIndex(of: String(parts[2])),
            let date = Int(parts[1]), let year = Int(parts[3]), let hour = Int(parts[4]), let minute = Int(parts[5]),
            let second = Int(parts[6]), (1...31).contains(date), (1601...9999).contains(year),
            (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        return day(year, month + 1, date) * 86400 + hour * 3600 + minute * 60 + second
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    // Days since 1970-01-01 and back, in the Gregorian calendar, years counted from March
    // (Howard Hinnant, "chrono-compatible low-level date algorithms").
    private static func day(_ year: Int, _ month: Int, _ date: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = year / 400
        let ofEra = year - era * 400
        let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + date - 1
        return era * 146097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719468
    }

    static func civil(_ day: Int) -> (year: Int, month: Int, date: Int) {
        let shifted = day + 719468
        let era = (shifted >= 0 ? shifted : shifted - 146096) / 146097
        let ofEra = shifted - era * 146097
        let year = (ofEra - ofEra / 1460 + ofEra / 36524 - ofEra / 146096) / 365
        let ofYear = ofEra - (365 * year + year / 4 - year / 100)
        let fromMarch = (5 * ofYear + 2) / 153
        let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
        return (year + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - (153 * fromMarch + 2) / 5 + 1)
    }
}
