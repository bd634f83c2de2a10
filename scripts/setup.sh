# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# Read by ./kinora and ./test with `.`: Debian packages, the Swift toolchain, words on standard error.
# The caller sets $root (the repository) and $program (what to call itself).
# shellcheck disable=SC2154 # the caller sets them

say() { printf '%s: %s\n' "$program" "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

# The names under one [section] of packages.txt.
packages_of() {
    inside=no
    while IFS= read -r line; do
        line=${line%%#*}
        line=${line%"${line##*[! ]}"}
        case $line in
            "") ;;
            "[$1]") inside=yes ;;
            "["*) inside=no ;;
            *) if [ $inside = yes ]; then printf '%s\n' "$line"; fi ;;
        esac
    done <"$root/packages.txt"
}

# The file whose age tells when a section was last found installed. It names the machine, so that a copied or mounted
# working tree is looked at anew.
stamp_of() {
    machine=
    if [ -r /etc/machine-id ]; then IFS= read -r machine </etc/machine-id || :; fi
    stamp=$root/.build/packages-${machine:-here}-$1
}

# True when the section was found installed and neither the list nor dpkg's database changed since: no process started.
packages_known() {
    [ -n "${KINORA_SKIP_PACKAGES:-}" ] && return 0
    stamp_of "$1"
    # shellcheck disable=SC3013 # dash, bash and busybox have -nt
    [ "$stamp" -nt "$root/packages.txt" ] && [ "$stamp" -nt /var/lib/dpkg/status ]
}

# Installs what the sections lack: ensure_packages SECTION…; false when that fails, after saying why.
ensure_packages() {
    needed=
    for section in "$@"; do
        packages_known "$section" || needed="$needed $(packages_of "$section")"
    done
    [ -n "$needed" ] || return 0
    describe_system
    if [ "$system" != debian-12 ] || ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "this is $system_name; Kinora is built and tested on Debian 12."
        say "Install what these Debian 12 packages hold, then run it again with KINORA_SKIP_PACKAGES=1:"
        # shellcheck disable=SC2086 # a list of names
        printf '%s\n' $needed | fold_names >&2
        return 1
    fi
    missing=
    # shellcheck disable=SC2086 # a list of names
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $needed 2>/dev/null || :)
    for name in $needed; do
        case "
$installed
" in
            *"
installed $name
"*) ;;
            *) missing="$missing $name" ;;
        esac
    done
    if [ -n "$missing" ]; then install_packages || return 1; fi
    mkdir -p "$root/.build"
    for section in "$@"; do
        stamp_of "$section"
        : >"$stamp"
    done
}

# Installs $missing with apt, through sudo when not root.
install_packages() {
    as_root=
    if [ "$(id -u)" != 0 ]; then
        if ! command -v sudo >/dev/null; then
            say "Debian packages are missing, and there is neither root nor sudo to install them. As root:"
            # shellcheck disable=SC2086 # a list of names
            { printf 'apt-get update && apt-get install --no-install-recommends\n'; printf '%s\n' $missing; } |
                fold_names >&2
            return 1
        fi
        as_root=sudo
    fi
    # shellcheck disable=SC2086 # a list of names
    set -- $missing
    say "installing $# Debian packages: $*"
    mkdir -p "$root/.build"
    log=$root/.build/apt.log
    # A dead network is noticed in seconds; another apt at work is waited for.
    apt_options='-o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o DPkg::Lock::Timeout=600'
    # shellcheck disable=SC2086 # options are words
    if $as_root env DEBIAN_FRONTEND=noninteractive apt-get $apt_options update </dev/null >"$log" 2>&1 &&
        $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get $apt_options install -y --no-install-recommends "$@" </dev/null >>"$log" 2>&1; then
        return 0
    fi
    say "apt-get could not install them:"
    grep -E '^(E|W|Err|sudo):' "$log" | head -5 | sed 's/^/    /' >&2
    say "all it said is in $log"
    return 1
}

describe_system() {
    system=other
    system_name=$(uname -s)
    if [ -r /etc/os-release ]; then
        # shellcheck source=/dev/null
        system=$(. /etc/os-release && printf '%s-%s' "${ID:-other}" "${VERSION_ID:-}")
        # shellcheck source=/dev/null
        system_name=$(. /etc/os-release && printf '%s' "${PRETTY_NAME:-$ID}")
    fi
}

fold_names() { tr '\n' ' ' | fold -s -w 76 | sed 's/^/    /'; echo; }

# Puts Swift 6.2 or newer on the PATH, or says where to get it.
ensure_swift() {
    found=
    for folder in "" /opt/swift/usr/bin /opt/swift/bin "${HOME:-/root}/.local/share/swiftly/bin" \
        /usr/libexec/swift/bin /usr/libexec/swift/usr/bin; do
        if [ -z "$folder" ]; then swift=$(command -v swift || :); else swift=$folder/swift; fi
        [ -x "$swift" ] || continue
        version=$("$swift" --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -1)
        case $version in
            "" | [0-5].* | 6.0 | 6.1) found="${found:+$found, }$swift is ${version:-broken}" ;;
            *)
                if [ -n "$folder" ]; then PATH=$folder:$PATH; fi
                export PATH
                return 0
                ;;
        esac
    done
    say "Swift 6.2 or newer is needed to build it${found:+ ($found)}."
    say "Get it from https://www.swift.org/install/linux/ (Debian 12) and put it on the PATH or in /opt/swift."
    return 1
}
