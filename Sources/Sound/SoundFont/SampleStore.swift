// SPDX-License-Identifier: GPL-3.0-or-later
public import Foundation

/// Where instruments' samples are kept once they are decoded: playing a piece takes less than decoding what it is played on.
public protocol SampleStore: Sendable {
    /// What was kept for these coded bytes, unharmed; nil where there is nothing.
    func load(decodedOf coded: UnsafeRawBufferPointer) -> Data?
    /// Keeps `decoded` for next time; that it could not is no reason not to play.
    func keep(_ decoded: UnsafeRawBufferPointer, decodedOf coded: UnsafeRawBufferPointer)
}
