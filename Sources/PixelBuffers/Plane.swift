// SPDX-License-Identifier: GPL-3.0-or-later

/// A readable plane of 8-bit samples: `height` rows of `width`, `stride` bytes apart. Does not own its memory.
public struct Plane {
    public let base: UnsafePointer<UInt8>
    public let stride: Int
    public let width: Int
    public let height: Int

    public init(base: UnsafePointer<UInt8>, stride: Int, width: Int, height: Int) {
        self.base = base
        self.stride = stride
        self.width = width
        self.height = height
    }

    @inlinable public func row(_ y: Int) -> UnsafePointer<UInt8> { base + y * stride }
}

/// A writable plane of 8-bit samples. Does not own its memory.
public struct MutablePlane {
    public let base: UnsafeMutablePointer<UInt8>
    public let stride: Int
    public let width: Int
    public let height: Int

    public init(base: UnsafeMutablePointer<UInt8>, stride: Int, width: Int, height: Int) {
        self.base = base
        self.stride = stride
        self.width = width
        self.height = height
    }

    @inlinable public func row(_ y: Int) -> UnsafeMutablePointer<UInt8> { base + y * stride }

    @inlinable public var readable: Plane {
        Plane(base: UnsafePointer(base), stride: stride, width: width, height: height)
    }
}
