page-trends = Trends
data-trends = Trends
data-about-trends = Trends of an app’s whole history: one row per bin and series, as the page Trends draws them.

trends-apps = Apps, up to six
trends-span = { $from } to { $to }
trends-days = Span
trends-days-7 = 7 days
trends-days-30 = 30 days
trends-days-90 = 90 days
trends-days-365 = one year
trends-days-all = everything
trends-days-dates = dates
trends-from = From
trends-to = To, inclusive
trends-bin = One point is
trends-bin-auto = as fits
trends-bin-hour = one hour
trends-bin-day = one day
trends-bin-week = one week
trends-bin-month = one month
trends-against = Against
trends-against-previous = the span before
trends-against-year = 52 weeks earlier
trends-against-none = nothing
trends-by = Split by
trends-by-none = nothing
trends-by-source = store
trends-by-country = country
trends-by-lang = language
trends-by-version = version
trends-by-reason = reason
trends-shown = Shown: { $span }, compared with { $before }.
trends-shown-alone = Shown: { $span }.
trends-drag = Drag over a panel to look closer at a span; dates do the same.
trends-closer = Only { $span }
trends-whole = Back to the whole span
trends-read = { $count ->
    [one] Read this review
   *[other] Read these { $total } reviews
}
trends-pick = Read one of the bins
trends-pick-bin = Bin
trends-pick-option = { $when }: { $count }
trends-empty-title = Nothing in this span
trends-empty = No review or post of this app was seen then. Choose a longer span.
trends-too-fine = That would be more than 2,000 points. Choose a longer bin.
trends-happened = What happened
trends-happened-none = No incident, release, statement or headline in this span.
trends-released = Version { $version } on { $store }
trends-removed = { $count } reviews vanished from a store
trends-open-incident = { $when }: { $what }
trends-more = and { $count } more
trends-coverage = Not everything was seen in this span: nobody looked at the hatched parts, and elsewhere counts may be lower bounds.
trends-imported = { $source }: imported, and the file seems to be cut short. Counts before may be too low.
trends-waiting = The newest reviews wait for the next analysis: their sentiment is not known yet.

trends-per-hour = a point is one hour
trends-per-day = a point is one day
trends-per-week = a point is one week
trends-per-month = a point is one month
trends-on-hour = at { $time }
trends-on-day = on { $day }
trends-on-week = in the week from { $day }
trends-on-month = in { $month }
trends-when-day = { $day }
trends-when-week = the week from { $day }
trends-when-month = { $month }
trends-tooltip = { $when }: { $value } (of { $items })

trends-title-reviews = Reviews by stars
trends-title-stars = Mean stars of the reviews
trends-title-store_average = What the stores show
trends-title-sentiment = Sentiment of the texts
trends-title-sentiment-mean = Mean sentiment
trends-title-reasons = Reasons that reviews give
trends-title-posts = Social posts
trends-title-replies = Reviews that were answered
trends-title-replies-hours = Time until the answer
trends-unit-reviews = number · { $per }
trends-unit-usual = number · { $per } · dashed: most low-star reviews that are usual
trends-unit-stars = 1 to 5 · shaded: 95% interval · { $usual ->
    [1] grey: usual range ·
   *[0] {""}
} { $per } of at least five
trends-unit-store_average = 1 to 5, all ratings so far, also those without a text · { $per }
trends-unit-sentiment = share of reviews with a text · { $per } of at least five
trends-unit-sentiment-mean = −1 blame to 1 praise · shaded: 95% interval · { $per } of at least five
trends-unit-reasons = share of reviews with a text · a review may give several · { $per } of at least five
trends-unit-posts = number · { $per }
trends-unit-replies = share of reviews, of stores that show replies · { $per } of at least five
trends-unit-replies-hours = hours, half were answered sooner · { $per } of at least five answers
trends-alt = { $title }. { $sentence } The table below has the numbers.
trends-line-mean = mean
trends-label-high = 3 to 5 stars
trends-series-reviews-low = 1–2 stars
trends-series-reviews-middle = 3 stars
trends-series-reviews-high = 4–5 stars
trends-series-reviews-no-stars = no stars
trends-series-stars-mean = mean stars
trends-series-sentiment-negative = negative
trends-series-sentiment-mixed = mixed
trends-series-sentiment-positive = positive
trends-series-sentiment-unread = cannot tell
trends-series-sentiment-mean = mean sentiment
trends-series-posts-calls = calls on others
trends-series-replies-answered = answered
trends-series-replies-hours = hours
trends-series-silent = { $source }, without a review
trends-series-sentiment = { $source }, sentiment

trends-reviews = { $count ->
    [0] No reviews.
    [one] One review, { $low } with one or two stars.
   *[other] { $total } reviews, { $low } of them with one or two stars ({ $share }).
}
trends-reviews-before = { $span }: { $count ->
    [0] none.
    [one] one, { $low } with one or two stars.
   *[other] { $total }, { $low } with one or two stars ({ $share }).
}
trends-changed = { $count ->
    [one] One of the reviews is a changed opinion.
   *[other] { $told } of the reviews are changed opinions.
}
trends-unseen = Nobody looked in this span: how many reviews came is not known.
trends-unseen-before = { $span }: nobody looked.
trends-few = Fewer than five: no mean.
trends-stars-mean = { $mean } on average ({ $low } to { $high }), of { $items } reviews.
trends-stars-change = { $way ->
    [up] Stars rose from { $before } to { $after }
    [down] Stars fell from { $before } to { $after }
    [up-few] Because of a few days alone, stars rose from { $before } to { $after }
    [up-few-hours] Because of a few hours alone, stars rose from { $before } to { $after }
    [down-few] Because of a few days alone, stars fell from { $before } to { $after }
    [down-few-hours] Because of a few hours alone, stars fell from { $before } to { $after }
   *[same] No clear change in the stars: { $before } before, { $after } now
} (means of { $items_before } and { $items } reviews).
trends-sentiment-change = { $way ->
    [up] Sentiment rose from { $before } to { $after }
    [down] Sentiment fell from { $before } to { $after }
    [up-few] Because of a few days alone, sentiment rose from { $before } to { $after }
    [up-few-hours] Because of a few hours alone, sentiment rose from { $before } to { $after }
    [down-few] Because of a few days alone, sentiment fell from { $before } to { $after }
    [down-few-hours] Because of a few hours alone, sentiment fell from { $before } to { $after }
   *[same] No clear change in the sentiment: { $before } before, { $after } now
} (means of { $items_before } and { $items } texts).
trends-stars-lowest = Lowest: { $mean } { $when }.
trends-store-average = { $store } shows { $now }, at the start { $first }.
trends-store-average-none = No store’s own average was seen.
trends-silent = { $count } ratings came there without a review, { $mean } stars on average.
trends-sentiment = Of { $texts } reviews with a text { $negative } are negative, { $mixed } mixed, { $positive } positive; { $unread } cannot be told.
trends-sentiment-before = { $span }: { $negative } negative, { $positive } positive.
trends-reasons = Named most: { $reasons }.
trends-reasons-risen = Named more often than before: { $reasons }.
trends-reasons-fallen = Named less often: { $reasons }.
trends-reasons-none = Too few reviews give a reason.
trends-sampled = One in every { $every } reviews was read.
trends-sampled-posts = One in every { $every } posts was read.
trends-named = { $name } ({ $told })
trends-posts = Posts: { $networks }. Calls on others to act on the app: { $calls }.
trends-posts-none = No posts were seen.
trends-replies = { $share } were answered.
trends-replies-hours = Half of the answers came within { $hours } hours.
trends-replies-none = No store here shows replies to five reviews or more.

trends-reason-update = an update
trends-reason-crash = crashes
trends-reason-login = logging in
trends-reason-server = slow or down
trends-reason-feature = a feature
trends-reason-device = a device
trends-reason-price = price
trends-reason-privacy = privacy
trends-reason-politics = politics
trends-reason-world = an event outside
trends-reason-service_people = staff, an agency’s work
trends-reason-content = content
trends-reason-asked = asked to rate
trends-reason-call = calls on others
trends-reason-joke = jokes
trends-reason-copy = a copied text
trends-reason-rival = another app
trends-reason-praise = praise
trends-reason-blame = blame, no reason
trends-unknown-source = unknown store
trends-unknown-country = unknown country
trends-unknown-lang = unknown language
trends-unknown-version = no version given
trends-unknown-reason = no reason given
trends-version = version { $version }
trends-group-rest = groups of under five, together

trends-moved = What moved the stars
trends-moved-note = The change of { $change } split into parts that add up to it: what a group’s share of the reviews did, and what its own mean did. In brackets: 95% interval, from drawing the days (in short spans, the hours) anew. docs/trends.md has the formula.
trends-moved-none = There are too few reviews with stars in one of the spans.
trends-moved-most = Most of it: { $parts }.
trends-moved-one = { $group } ({ $moved })
trends-moved-spread = No single store and version accounts for most of it.
trends-moved-by = Split by { $by }
trends-moved-by-source-version = store and version
trends-moved-by-country = country
trends-moved-by-lang = language
trends-moved-by-reason = reason: of the reviews with stars and a text, { $change } in all; one that gives two reasons counts half with each
trends-column-group = Group
trends-column-moved = Effect
trends-column-why = How
trends-moved-value = { $moved } ({ $low } to { $high })
trends-why = { $share_before } → { $share } of the reviews ({ $by_share }); own mean { $mean_before } → { $mean } ({ $by_mean })
trends-why-new = new: { $share } of the reviews, mean { $mean }
trends-why-gone = gone: was { $share } of the reviews, mean { $mean }
trends-save = Keep it as a file
trends-save-page = The whole page, or its numbers (CSV)
trends-save-one = One chart or table
trends-made = Made { $made }. Data until { $until }.
trends-split-reviews-low = Reviews with one or two stars
trends-split-reviews-high = Reviews with four or five stars
trends-split-stars-mean = Mean stars of the reviews
trends-split-sentiment-negative = Share of negative texts
trends-split-sentiment-mean = Mean sentiment
trends-split-told = In the whole span: { $groups }.

week-page = The week
week-title = { $name }: { $from } to { $to }
week-quiet = { $stars } Nothing else happened: no incident, no release, no headline, no clear change.
week-changed = What changed
week-year = Against the same week a year ago: { $change }
week-said = What people say
week-quote-low = Low stars: “{ $text }”
week-quote-high = High stars: “{ $text }”
week-releases = Releases
week-incidents = Incidents
week-waiting = Reviews waiting for a reply
week-replies = { $count ->
    [one] One low-star review of the week has no answer.
   *[other] { $count } low-star reviews of the week have no answer.
}
week-unseen = What could not be seen
week-until = The newest data are of { $until }.

trends-releases = Releases
trends-releases-note = Reviews that name the version, from its release on. Better or worse: within each store and language, against the release before, each in its first 28 days.
trends-column-version = Version
trends-column-released = Released
trends-column-first = Reviews in 3, 7, 28 days
trends-column-mean = Stars
trends-column-sentiment = Sentiment
trends-column-share = Share
trends-column-better = Against the one before
trends-release-early = too early to tell
trends-release-first = the first that is known
trends-release-verdict = { $way ->
    [better] better than { $before }
    [worse] worse than { $before }
   *[open] not clear against { $before }
}: { $chance } better ({ $difference } stars, { $low } to { $high })
trends-open = Trends
trends-open-all = Stars and sentiment of these apps over time, on the same scales
trends-organisation = All apps, by what changed most
trends-organisation-note = The apps whose stars changed most clearly come first. Each line is the mean with its 95% interval, on one scale for all apps.
trends-organisation-alone = Each line is the mean with its 95% interval, on one scale for all apps.
trends-organisation-app = App
trends-organisation-counts = { $now }, before { $before }
trends-organisation-stars = Stars
trends-organisation-sentiment = Sentiment
trends-organisation-change = Change
trends-organisation-alt = { $title }: { $points }
trends-moved-none-short = too few reviews to compare
trends-organisation-reviews = Reviews
