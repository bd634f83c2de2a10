// SPDX-License-Identifier: GPL-3.0-or-later

/// The fields that a reader asked for, by path without indices: `t[].sg[].d`. For checking that the table of fields names them.
final class FieldLog {
    private(set) var fields: Set<String> = []

    func note(_ field: String) { fields.insert(field.replacing(/\[[0-9]+\]/, with: "[]")) }
}
