// SPDX-License-Identifier: GPL-3.0-or-later

/// A 4:2:0 picture that owns its memory, or keeps alive the mapping it lies in. For the sample format see `PictureLayout`.
///
/// A picture that more than one thread sees must be one that nobody writes any more: `planes` are for readers,
/// `mutablePlanes` for the one thread that fills it before it is handed on. That hand-over is what makes it
/// `@unchecked Sendable`; nothing in the type enforces it.
public final class Picture: @unchecked Sendable {
    public let layout: PictureLayout
    private let memory: UnsafeMutableRawPointer
    private let release: @Sendable (UnsafeMutableRawPointer) -> Void

    public var width: Int { layout.width }
    public var height: Int { layout.height }

    /// A picture in memory of its own, its contents not yet set.
    public init(layout: PictureLayout) {
        self.layout = layout
        memory = .allocate(byteCount: layout.byteCount, alignment: PictureLayout.alignment)
        release = { $0.deallocate() }
    }

    public convenience init(width: Int, height: Int, hasAlpha: Bool = false) {
        self.init(layout: PictureLayout(width: width, height: height, hasAlpha: hasAlpha))
    }

    /// A picture over memory that is somebody else's, at least `layout.byteCount` bytes (a mapped file, say);
    /// `release` is called once, when the picture goes. Memory mapped read-only must not be written through `mutablePlanes`.
    public init(
        layout: PictureLayout, borrowing memory: UnsafeMutableRawPointer,
        release: @escaping @Sendable (UnsafeMutableRawPointer) -> Void
    ) {
        self.layout = layout
        self.memory = memory
        self.release = release
    }

    deinit { release(memory) }

    private func plane(_ offset: Int, _ stride: Int, _ width: Int, _ height: Int) -> MutablePlane {
        MutablePlane(
            base: memory.advanced(by: offset).assumingMemoryBound(to: UInt8.self), stride: stride, width: width,
            height: height)
    }

    public var mutableY: MutablePlane { plane(0, layout.lumaStride, layout.width, layout.height) }
    public var mutableU: MutablePlane {
        plane(layout.uOffset, layout.chromaStride, layout.chromaWidth, layout.chromaHeight)
    }
    public var mutableV: MutablePlane {
        plane(layout.vOffset, layout.chromaStride, layout.chromaWidth, layout.chromaHeight)
    }
    public var mutableAlpha: MutablePlane? {
        layout.hasAlpha ? plane(layout.alphaOffset, layout.lumaStride, layout.width, layout.height) : nil
    }

    public var y: Plane { mutableY.readable }
    public var u: Plane { mutableU.readable }
    public var v: Plane { mutableV.readable }
    public var alpha: Plane? { mutableAlpha?.readable }

    /// All bytes in the order of the layout, for writing to a file. Valid while the picture lives.
    public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: memory, count: layout.byteCount) }
}
