// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV
internal import Glibc

/// The size of a stream's picture in square pixels, and how it is turned to be upright.
struct PictureShape: Equatable {
    var width: Int
    var height: Int
    var rotation = 0
    var isMirrored = false

    /// From the stream, or from a decoded frame of it where its size or pixel aspect differ.
    init(_ stream: UnsafeMutablePointer<AVStream>, frame: UnsafeMutablePointer<AVFrame>?) {
        let parameters = stream.pointee.codecpar.pointee
        width = Int(frame?.pointee.width ?? parameters.width)
        height = Int(frame?.pointee.height ?? parameters.height)
        let aspect = av_guess_sample_aspect_ratio(nil, stream, frame)
        if aspect.num > 0, aspect.den > 0, aspect.num != aspect.den {
            // Grow the smaller way, so that no detail is lost; beyond 1:8 it is a mistake, not an aspect.
            let ratio = Double(aspect.num) / Double(aspect.den)
            if ratio > 1, ratio <= 8 {
                width = min(Demuxer.maximumSide, Int((Double(width) * ratio).rounded()))
            } else if ratio < 1, ratio >= 1 / 8 {
                height = min(Demuxer.maximumSide, Int((Double(height) / ratio).rounded()))
            }
        }
        readDisplayMatrix(stream)
    }

    /// The display matrix is row-major 16.16 fixed point (libavutil/display.h); only quarter turns and mirrors are taken.
    private mutating func readDisplayMatrix(_ stream: UnsafeMutablePointer<AVStream>) {
        var size = 0
        guard let data = av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &size), size >= 36 else { return }
        data.withMemoryRebound(to: Int32.self, capacity: 9) { matrix in
            var (a, b) = (Double(matrix[0]), Double(matrix[1]))
            let (c, d) = (Double(matrix[3]), Double(matrix[4]))
            isMirrored = a * d - b * c < 0
            if isMirrored { (a, b) = (-a, -b) }
            guard a != 0 || b != 0 else { return }
            let quarters = Int((atan2(b, a) / (.pi / 2)).rounded())
            rotation = (quarters % 4 + 4) % 4 * 90
        }
    }

    static func checkSize(_ width: Int, _ height: Int, _ name: String) throws(MediaError) {
        guard width <= Demuxer.maximumSide, height <= Demuxer.maximumSide, width * height <= Demuxer.maximumPixels
        else {
            throw MediaError(
                .tooLarge, "read", name,
                "its picture is \(width)×\(height), more than the 8K (8192×4608) that Kinora takes",
                fact: "\(width)×\(height)")
        }
    }
}
