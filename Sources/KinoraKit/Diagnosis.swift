// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import MediaIO
import Sound
import StillImages
import Titles

/// What of a machine's libraries, encoders, fonts and sounds Kinora can use.
public struct Diagnosis: Sendable {
    public struct Finding: Hashable, Sendable {
        public enum Kind: String, Hashable, Sendable {
            case library, encoder, font, sound, photographs
        }

        public var kind: Kind
        public var name: String
        /// Version or place; nil when it is missing.
        public var found: String?
        /// Debian package that brings it.
        public var package: String
        /// Films can be made without it.
        public var isOptional: Bool
    }

    public let findings: [Finding]

    /// Looks at this machine.
    public static func ofThisMachine() -> Diagnosis {
        let versions = LibraryVersions.current
        var findings = [
            Finding(kind: .library, name: "FFmpeg", found: versions.ffmpeg, package: "libavcodec59", isOptional: false),
            Finding(
                kind: .library, name: "libvips", found: StillImages.libraryVersion, package: "libvips42",
                isOptional: false),
        ]
        for codec in VideoCodec.allCases {
            findings.append(
                Finding(
                    kind: .encoder, name: codec.rawValue, found: versions.encoders[codec.rawValue],
                    package: "libavcodec59", isOptional: codec != .h264))
        }
        for codec in AudioCodec.allCases {
            findings.append(
                Finding(
                    kind: .encoder, name: codec.rawValue, found: versions.encoders[codec.rawValue],
                    package: "libavcodec59", isOptional: codec != .aac))
        }
        for entry in FontCatalog.available() {
            findings.append(
                Finding(
                    kind: .font, name: entry.name, found: entry.isInstalled ? entry.font : nil,
                    package: entry.package, isOptional: entry.isOptional))
        }
        findings.append(
            Finding(
                kind: .sound, name: "SoundFont", found: try? SoundFontPlayer().soundFont.path,
                package: SoundFontPlayer.package, isOptional: true))
        let languages = EspeakSpeaker.languages()
        findings.append(
            Finding(
                kind: .sound, name: "espeak-ng", found: languages.isEmpty ? nil : "\(languages.count) languages",
                package: "espeak-ng-data", isOptional: true))
        let photographs = Samples.photographs()
        findings.append(
            Finding(
                kind: .photographs, name: "sample photographs",
                found: photographs.isEmpty ? nil : "\(photographs.count)", package: "lomiri-wallpapers-16.04",
                isOptional: true))
        return Diagnosis(findings: findings)
    }

    /// Whether all that films need is here.
    public var isHealthy: Bool { findings.allSatisfy { $0.found != nil || $0.isOptional } }
}
