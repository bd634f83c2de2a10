// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Where a worker gives up what its tasks do not need, once, before the first of them: the limits are set by then
/// (`WorkerLimits`), no descriptors of the server's are there, and nothing has been opened. A system-call filter and a view
/// of the file system go here, by lane: `examine` needs its one descriptor and the cache, the others also the media folder
/// and fonts, `films` the exports folder besides.
enum Confinement {
    static func confine(_ lane: String) throws {
        // Bytes of strangers decide nothing about what else is loaded: libraries ask the environment for their plug-ins.
        for name in ["VIPSHOME", "MAGICK_CODER_MODULE_PATH", "LIBHEIF_PLUGIN_PATH", "LADSPA_PATH"] { unsetenv(name) }
    }
}
