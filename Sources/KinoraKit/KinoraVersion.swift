// SPDX-License-Identifier: GPL-3.0-or-later

/// Which Kinora this is.
public enum KinoraVersion {
    public static let current = "0.1.0"
    /// When this version was made.
    public static let date = "2026-11-21"
}
