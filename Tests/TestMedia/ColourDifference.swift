// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// CIE 2000 colour difference of sRGB colours (Sharma, Wu, Dalal 2005).
public func deltaE(_ a: Chart.Colour, _ b: Chart.Colour) -> Double {
    func lab(_ c: Chart.Colour) -> (l: Double, a: Double, b: Double) {
        func linear(_ v: UInt8) -> Double {
            let x = Double(v) / 255
            return x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4)
        }
        let (r, g, b) = (linear(c.r), linear(c.g), linear(c.b))
        func f(_ t: Double) -> Double { t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116 }
        let x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
        let y = f(0.2126729 * r + 0.7151522 * g + 0.0721750 * b)
        let z = f((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883)
        return (116 * y - 16, 500 * (x - y), 200 * (y - z))
    }
    let (p, q) = (lab(a), lab(b))
    let meanC = (hypot(p.a, p.b) + hypot(q.a, q.b)) / 2
    let g = 0.5 * (1 - sqrt(pow(meanC, 7) / (pow(meanC, 7) + pow(25, 7))))
    let (a1, a2) = (p.a * (1 + g), q.a * (1 + g))
    let (c1, c2) = (hypot(a1, p.b), hypot(a2, q.b))
    func hue(_ a: Double, _ b: Double) -> Double {
        a == 0 && b == 0 ? 0 : (atan2(b, a) * 180 / .pi + 360).truncatingRemainder(dividingBy: 360)
    }
    let (h1, h2) = (hue(a1, p.b), hue(a2, q.b))
    var dh = c1 * c2 == 0 ? 0 : h2 - h1
    if dh > 180 { dh -= 360 } else if dh < -180 { dh += 360 }
    let (dl, dc) = (q.l - p.l, c2 - c1)
    let dH = 2 * sqrt(c1 * c2) * sin(dh * .pi / 360)
    let (ml, mc) = ((p.l + q.l) / 2, (c1 + c2) / 2)
    var mh = h1 + h2
    if c1 * c2 != 0 {
        mh = abs(h1 - h2) <= 180 ? mh / 2 : mh < 360 ? (mh + 360) / 2 : (mh - 360) / 2
    }
    func cosine(_ degrees: Double) -> Double { cos(degrees * .pi / 180) }
    let t = 1 - 0.17 * cosine(mh - 30) + 0.24 * cosine(2 * mh) + 0.32 * cosine(3 * mh + 6) - 0.2 * cosine(4 * mh - 63)
    let sl = 1 + 0.015 * pow(ml - 50, 2) / sqrt(20 + pow(ml - 50, 2))
    let (sc, sh) = (1 + 0.045 * mc, 1 + 0.015 * mc * t)
    let rt =
        -2 * sqrt(pow(mc, 7) / (pow(mc, 7) + pow(25, 7))) * sin(60 * exp(-pow((mh - 275) / 25, 2)) * .pi / 180)
    return sqrt(pow(dl / sl, 2) + pow(dc / sc, 2) + pow(dH / sh, 2) + rt * dc / sc * dH / sh)
}
