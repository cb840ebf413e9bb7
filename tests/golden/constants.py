"""The constants that documents and wording quote (test_quoted.py), each from where it holds.

With product.py the only file of this folder that imports Floodgauge.
"""

import collector.settings.config
from analysis import decisions
from analysis.app_state import situation
from analysis.evidence.coordination import coordination_rule
from analysis.evidence.signals import call_to_action, co_action, new_version
from analysis.incidents import cause, impact, swing_to_incident
from analysis.swings import (
    baseline,
    budget_split,
    burst_end,
    detectors,
    episodes,
    scan,
    slow_change,
)
from analysis.words.incident import RARELY_DAYS
from dashboard.alerting.settings import AlertSettings
from dashboard.brief.contents import K
from dashboard.collection import coverage
from dashboard.overview import comparing
from dashboard.trust import alarm_record

DAY_US = 86_400_000_000
RETENTION = collector.settings.config.Retention()
CONSTANTS: dict[str, float] = {
    "quiet_days": burst_end.MOST_WAIT_RARE // DAY_US,
    "least_wait_hours": burst_end.LEAST_WAIT // (DAY_US // 24),
    "usual_part": burst_end.USUAL,
    "wave_days": episodes.WAVE // DAY_US,
    "new_normal_days": episodes.NEW_NORMAL // DAY_US,
    "hot": burst_end.HOT,
    "ladder": int(episodes.LADDER),
    "ladder_items": episodes.LADDER_ITEMS,
    "surge_items": episodes.LOCAL_ITEMS,
    "surge_factor": episodes.LOCAL,
    "reference_days": baseline.DAYS,
    "guard_days": baseline.GUARD,
    "short_guard_days": baseline.SHORT_GUARD,
    "least_short_days": baseline.LEAST_SHORT,
    "recent_days": baseline.RECENT,
    "drop": baseline.DROP,
    "rhythm_items": int(baseline.RHYTHM_ITEMS),
    "least_low": scan.LEAST_ITEMS,
    "weight_negative": budget_split.WEIGHTS["negative"],
    "weight_share": budget_split.WEIGHTS["share"],
    "weight_positive": budget_split.WEIGHTS["positive"],
    "weight_ratings": budget_split.WEIGHTS["ratings"],
    "weight_posts": budget_split.WEIGHTS["posts"],
    "share_fully": int(budget_split.SHARE_FULLY),
    "share_from": int(budget_split.FROM["share"]),
    "heard_days": detectors.HEARD_FOR // DAY_US,
    "false_alarms": collector.settings.config.Settings().false_alarms_per_app_year,
    "slow_recent_days": slow_change.RECENT,
    "slow_recent_weeks": slow_change.RECENT // 7,
    "slow_limit": slow_change.LIMIT,
    "call_authors": coordination_rule.CALL_AUTHORS,
    "call_direct": coordination_rule.DIRECT_AUTHORS,
    "call_p": coordination_rule.CALL_P,
    "stands_out": coordination_rule.STANDS_OUT_CALLS,
    "together": coordination_rule.TOGETHER_ACCOUNTS,
    "together_p": coordination_rule.TOGETHER_P,
    "within_minutes": co_action.WITHIN_S // 60,
    "again": co_action.AGAIN,
    "quiet_post_days": int(call_to_action.LEAST_QUIET_DAYS),
    "new_version_days": new_version.NEW_US // DAY_US,
    "young_weeks": new_version.LEAST_HISTORY_US // (7 * DAY_US),
    "before_days": swing_to_incident.BEFORE.days,
    "post_weeks": swing_to_incident.POSTS_KEPT.days // 7,
    "least_items": cause.LEAST_ITEMS,
    "least_growth": cause.LEAST_GROWTH,
    "least_a_day": int(cause.LEAST_A_DAY),
    "least_given": cause.LEAST_GIVEN,
    "also_share": round(100 * cause.ALSO_SHARE),
    "close_stars": impact.CLOSE,
    "longest_years": int(impact.LONGEST_DAYS / 365),
    "least_side": int(impact.LEAST_SIDE),
    "k": K,
    "below_k": K - 1,
    "alerts_hours": int(AlertSettings().recent.total_seconds() / 3600),
    "review_text_days": RETENTION.review_text_days,
    "social_text_days": RETENTION.social_text_days,
    "removed_days": RETENTION.removed_days,
    "shown_weeks": situation.SHOWN_DAYS // 7,
    "month_days": situation.MONTH.days,
    "apps_compared": comparing.MOST_APPS,
    "rarely_years": round(RARELY_DAYS / 365.25),
    "judged": alarm_record.ENOUGH,
    "mute_8h": decisions.MUTE_HOURS["8h"],
    "mute_24h": decisions.MUTE_HOURS["24h"],
    "mute_7d": decisions.MUTE_HOURS["7d"] // 24,
    "coverage_days": coverage.SHOWN.days,
}
