// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON

/// What every CapCut draft has besides its tracks and materials.
enum CapCutTemplate {
    private static let materialLists = [
        "ai_translates", "audio_balances", "audio_effects", "audio_fades", "audio_track_indexes", "audios", "beats",
        "canvases", "chromas", "color_curves", "common_mask", "digital_humans", "drafts", "effects", "flowers",
        "green_screens", "handwrites", "hsl", "images", "log_color_wheels", "loudnesses", "manual_deformations",
        "masks", "material_animations", "material_colors", "multi_language_refs", "placeholders", "plugin_effects",
        "primary_color_wheels", "realtime_denoises", "shapes", "smart_crops", "smart_relights",
        "sound_channel_mappings", "speeds", "stickers", "tail_leaders", "text_templates", "texts", "time_marks",
        "transitions", "video_effects", "video_trackings", "videos", "vocal_beautifys", "vocal_separations",
    ]

    private static let platform: JSONValue = [
        "app_id": 3704, "app_source": "lv", "app_version": "5.9.0", "os": "windows",
    ]

    private static let config: JSONValue = [
        "adjust_max_index": 1, "attachment_info": [], "combination_max_index": 1, "export_range": .null,
        "extract_audio_last_index": 1, "lyrics_recognition_id": "", "lyrics_sync": true, "lyrics_taskinfo": [],
        "maintrack_adsorb": true, "material_save_mode": 0, "multi_language_current": "none",
        "multi_language_list": [], "multi_language_main": "none", "multi_language_mode": "none",
        "original_sound_last_index": 1, "record_audio_last_index": 1, "sticker_max_index": 1,
        "subtitle_keywords_config": .null, "subtitle_recognition_id": "", "subtitle_sync": true,
        "subtitle_taskinfo": [], "system_font_list": [], "video_mute": false, "zoom_info_params": .null,
    ]

    static func content(
        id: String, canvas: PixelSize, rate: FrameRate, duration: Int64, tracks: [JSONValue],
        materials: [String: [JSONValue]]
    ) -> JSONValue {
        let lists = materialLists.map { ($0, JSONValue.array(materials[$0] ?? [])) }
        let keyframes = ["adjusts", "audios", "effects", "filters", "handwrites", "stickers", "texts", "videos"]
        return [
            "canvas_config": [
                "height": .integer(Int64(canvas.height)), "ratio": "original", "width": .integer(Int64(canvas.width)),
            ],
            "color_space": 0, "config": config, "cover": .null, "create_time": 0, "duration": .integer(duration),
            "extra_info": .null, "fps": .number(rate.framesPerSecond), "free_render_index_mode_on": false,
            "group_container": .null, "id": .string(id), "keyframe_graph_list": [],
            "keyframes": .object(Dictionary(keyframes.map { ($0, JSONValue.array([])) }) { $1 }),
            "last_modified_platform": platform, "platform": platform,
            "materials": .object(Dictionary(lists) { $1 }), "mutable_config": .null, "name": "",
            "new_version": "110.0.0", "relationships": [], "render_index_track_mode_on": false,
            "retouch_cover": .null, "source": "default", "static_cover_image_path": "", "time_marks": .null,
            "tracks": .array(tracks), "update_time": 0, "version": 360000,
        ]
    }

    static func meta(id: String, name: String, duration: Int64) -> JSONValue {
        let kinds: [Int64] = [0, 1, 2, 3, 6, 7, 8]
        let texts = [
            "cloud_package_completed_time", "draft_cloud_capcut_purchase_info", "draft_cloud_purchase_info",
            "draft_cloud_template_id", "draft_cloud_tutorial_info", "draft_cloud_videocut_purchase_info",
            "draft_cover", "draft_deeplink_url", "draft_fold_path", "draft_new_version",
            "draft_removable_storage_device", "draft_root_path", "draft_type", "tm_draft_cloud_completed",
        ]
        let flags = [
            "draft_cloud_last_action_download", "draft_is_ai_packaging_used", "draft_is_ai_shorts",
            "draft_is_ai_translate", "draft_is_article_video_draft", "draft_is_invisible",
        ]
        var fields: [String: JSONValue] = [
            "draft_cloud_materials": [],
            "draft_enterprise_info": [
                "draft_enterprise_extra": "", "draft_enterprise_id": "", "draft_enterprise_name": "",
                "enterprise_material": [],
            ],
            "draft_id": .string(id), "draft_is_from_deeplink": "false",
            "draft_materials": .array(kinds.map { ["type": .integer($0), "value": []] }),
            "draft_materials_copied_info": [], "draft_name": .string(name), "draft_segment_extra_info": [],
            "tm_draft_cloud_modified": 0, "tm_draft_removed": 0, "tm_duration": .integer(duration),
        ]
        for key in texts { fields[key] = "" }
        for key in flags { fields[key] = false }
        return .object(fields)
    }
}
