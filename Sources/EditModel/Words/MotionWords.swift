// SPDX-License-Identifier: GPL-3.0-or-later

/// What each motion is called in Chinese, and what it does in a line of English and of Chinese.
public enum MotionWords {
    /// One row for each of `Motion.Kind`.
    public static let all: [Motion.Kind: RowWords] = [
        .none: RowWords("不动", "the picture stands still", "画面静止"),
        .zoomIn: RowWords("推近", "closer to what the eye goes to", "慢慢靠近主体"),
        .zoomOut: RowWords("拉远", "from what the eye goes to back to the whole", "从主体退回全景"),
        .panLeft: RowWords("左移", "the view goes to the left", "视野向左移"),
        .panRight: RowWords("右移", "the view goes to the right", "视野向右移"),
        .panUp: RowWords("上移", "the view goes up", "视野向上移"),
        .panDown: RowWords("下移", "the view goes down", "视野向下移"),
        .driftNorthEast: RowWords("向右上飘移", "drifts up to the right", "向右上方轻轻飘移"),
        .driftNorthWest: RowWords("向左上飘移", "drifts up to the left", "向左上方轻轻飘移"),
        .driftSouthEast: RowWords("向右下飘移", "drifts down to the right", "向右下方轻轻飘移"),
        .driftSouthWest: RowWords("向左下飘移", "drifts down to the left", "向左下方轻轻飘移"),
    ]
}
