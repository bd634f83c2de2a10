// SPDX-License-Identifier: GPL-3.0-or-later
import CVips

/// An argument of a libvips operation.
enum VipsArgument {
    case image(VipsPicture)
    case source(VipsSourceFile)
    case int(Int)
    case bool(Bool)
    case double(Double)
    case string(String)
    case doubles([Double])
}

/// One libvips operation, named as in its command line, set up, built, and asked for its answers.
///
/// Its variadic C calls cannot be imported, so each argument is set as a GValue. The operation cache is not used.
final class VipsCall {
    private let name: String
    private let object: UnsafeMutablePointer<VipsObject>
    private let instance: UnsafeMutablePointer<GObject>

    init(_ name: String, _ arguments: [(String, VipsArgument)]) throws(VipsFailure) {
        try Vips.start()
        guard let operation = vips_operation_new(name) else { throw VipsFailure(operation: name) }
        self.name = name
        object = UnsafeMutableRawPointer(operation).assumingMemoryBound(to: VipsObject.self)
        instance = UnsafeMutableRawPointer(operation).assumingMemoryBound(to: GObject.self)
        for (key, argument) in arguments { set(key, argument) }
        guard vips_object_build(object) == 0 else { throw VipsFailure(operation: name) }
    }

    deinit {
        vips_object_unref_outputs(object)
        g_object_unref(instance)
    }

    /// An output image.
    func image(_ key: String = "out") throws(VipsFailure) -> VipsPicture {
        var value = GValue()
        g_value_init(&value, vips_image_get_type())
        defer { g_value_unset(&value) }
        g_object_get_property(instance, key, &value)
        guard let image = g_value_get_object(&value) else {
            throw VipsFailure(operation: name, message: "no \(key)")
        }
        g_object_ref(image)
        return VipsPicture(owning: image.assumingMemoryBound(to: VipsImage.self))
    }

    /// An output whole number.
    func int(_ key: String) -> Int {
        var value = GValue()
        g_value_init(&value, GType.int)
        defer { g_value_unset(&value) }
        g_object_get_property(instance, key, &value)
        return Int(g_value_get_int(&value))
    }

    /// Output bytes.
    func bytes(_ key: String = "buffer") throws(VipsFailure) -> [UInt8] {
        var value = GValue()
        g_value_init(&value, vips_blob_get_type())
        defer { g_value_unset(&value) }
        g_object_get_property(instance, key, &value)
        var length = 0
        guard let start = vips_value_get_blob(&value, &length) else {
            throw VipsFailure(operation: name, message: "no \(key)")
        }
        return [UInt8](UnsafeRawBufferPointer(start: start, count: length))
    }

    private func set(_ key: String, _ argument: VipsArgument) {
        var value = GValue()
        switch argument {
        case .image(let picture):
            g_value_init(&value, vips_image_get_type())
            g_value_set_object(&value, picture.raw)
        case .source(let file):
            g_value_init(&value, vips_source_get_type())
            g_value_set_object(&value, file.raw)
        case .int(let number):
            g_value_init(&value, GType.int)
            g_value_set_int(&value, Int32(clamping: number))
        case .bool(let flag):
            g_value_init(&value, GType.bool)
            g_value_set_boolean(&value, flag ? 1 : 0)
        case .double(let number):
            g_value_init(&value, GType.double)
            g_value_set_double(&value, number)
        case .string(let text):
            g_value_init(&value, GType.string)
            g_value_set_string(&value, text)
        case .doubles(let numbers):
            g_value_init(&value, vips_array_double_get_type())
            vips_value_set_array_double(&value, numbers, Int32(numbers.count))
        }
        defer { g_value_unset(&value) }
        g_object_set_property(instance, key, &value)
    }
}

/// GObject's fundamental types: `G_TYPE_MAKE_FUNDAMENTAL(n)`, n shifted left by two.
extension GType {
    fileprivate static let bool: GType = 5 << 2
    fileprivate static let int: GType = 6 << 2
    fileprivate static let double: GType = 15 << 2
    fileprivate static let string: GType = 16 << 2
}
