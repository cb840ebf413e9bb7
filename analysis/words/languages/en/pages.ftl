### Every word of the dashboard, reports and alerts in English. Neutral words only: what is seen, not who is to blame.

control-year = Year
find-app = Find an app by its name
page-overview = Overview
page-incident = Incident
page-explore = Explore
page-collection = Collection
page-data = Data
page-compare = Compare
page-replay = Replay
page-wrong = How often is it wrong?
section-watch = Watch
section-look-back = Look back
section-trust = Data and trust
simulated = SIMULATED
simulated-banner = This app and its reviews are made up, for drills and demonstrations. Nothing here was written by real people.
control-zone = Time zone
control-language = Language
control-app = App
zone-note = All times are shown in { $zone }.
attribution = Signs of coordination describe behaviour, not who took part or why. They are not an attribution, and organised protest is a right.
data-table = The same as a table

## States
state-incident = Incident
state-praise = Praise
state-watch = Watch
state-calm = Calm
state-silent = Not judged
state-failed = Not judged
reason-open = Going on since { $since }.
reason-open-unseen = It began { $since } and has not been seen since { $seen }: whether it went on is not known. Collect again, or import what is newer.
reason-open-but = Since { $since }. { $state }.
reason-just-ended = An incident ended { $ended }.
reason-busy = { $low } low-star reviews in 24 hours, usually at most { $usual }.
reason-slow = { $kind ->
    [others-fewer] Reviews with three stars and more have become fewer: { $rate } a day in the last four weeks, { $was } a day
   *[low-more] Low stars have become more, slowly: { $share } of the rated reviews of the last four weeks, { $before }
 } { $months ->
    [0] in the year before
    [12] a year ago
   *[other] { $months } months ago
 }. { $kind ->
    [others-fewer] Low stars come as before, so their share has risen to { $share } from { $before }. No alarm; ask whether people are still asked for ratings.
   *[low-more] No alarm; read what they say.
 }
level-title = The new usual?
level-about = This is told for as long as it lasts, or until somebody takes it for the new usual level. What comes after that is held against the four weeks before the decision.
level-accept = Take it for the new usual
reason-calm = Nothing unusual.
reason-no-items = Nothing has been collected or imported yet.
reason-not-analysed = Reviews are there, but they have not been analysed yet.
reason-analysis-failed = The last analysis, { $failed }, failed: what came since the one before is not judged.
reason-posts-only = There are posts but no reviews with stars: what is said outside the stores is judged, the stores are not. Collect or import the app’s reviews.
reason-no-stars = The reviews here have no stars, so a swing cannot be told. Collect them from a store, or import them with their stars.
reason-seen-until = Seen until { $seen }; what has come since is not known. Collect again, or import what is newer.
reason-source-unread = { $source } was last read on { $seen }; what has come there since is not known. The collection page says why.
reason-gap = Not everything was read between { $since } and { $until }, so a swing may have been missed. Three whole days after it will do.
reason-young = That is too short a past to compare with: at least { $days ->
    [one] one more day is
   *[other] { $days } more days are
 } needed, or an import of older reviews.
reason-young-source = { $source } has too short a past to compare with: at least { $days ->
    [one] one more day is
   *[other] { $days } more days are
 } needed, or an import of older reviews. The other sources are judged.
shown = { $count ->
    [one] One review
   *[other] { $count } reviews in { $span }, { $low } low stars
 }
shown-all = .
shown-cut = ; the feed holds no more.

## Overview
overview-stars = Stars of the reviews, 30 days
overview-spark-negative = Low-star reviews a day, 8 weeks
overview-spark-positive = High-star reviews a day, 8 weeks
overview-stars-weekly = Mean stars by week, 8 weeks
overview-sentiment-weekly = Mean sentiment by week, 8 weeks
overview-weekly-alt = { $title }: { $weeks }
overview-weekly-note = 8 weeks, a point each; the band is the 95% interval, the dashed line the middle of the scale.
overview-sentiment = Sentiment, 30 days
lean-negative = negative
lean-mixed = mixed
lean-positive = positive
lean-unread = cannot tell
mood-none = no text that can be read
mood-numbers = In numbers
mood-change = { $change } ± { $margin } against the 30 days before
mood-change-unsure = too few texts to say how it moved against the 30 days before
mood-mean = mean { $mean }, too few to say how sure, from { $texts } of { $items ->
    [one] { $items } review
   *[other] { $items } reviews
}
mood-mean-margin = mean { $mean } ± { $margin }, from { $texts } of { $items ->
    [one] { $items } review
   *[other] { $items } reviews
}
overview-data = Data
overview-note = Low stars are 1 and 2, high stars 4 and 5. The grey band is the usual range: the middle 90% of days in 8 weeks. Sentiment runs from −1 to +1. Dashes at the foot of a chart: not observed. Lines: means by week with their 95% interval.
top-incident-negative = { $name }: { $count } low-star reviews since { $since }, where { $expected } were to be expected{ $changed }. { $cause }. Signs of coordination: { $coordination }.
top-incident-positive = { $name }: { $count } high-star reviews since { $since }, where { $expected } were to be expected{ $changed }. { $cause }. Signs of coordination: { $coordination }.
top-incident-mixed = { $name }: { $count } reviews since { $since }, where { $expected } were to be expected{ $changed }. { $cause }. Signs of coordination: { $coordination }.
top-incident-talk-negative = { $name }: critical talk outside the stores, { $count } posts since { $since }, where { $expected } were to be expected. { $cause }. Signs of coordination: { $coordination }.
top-incident-talk-positive = { $name }: favourable talk outside the stores, { $count } posts since { $since }, where { $expected } were to be expected. { $cause }. Signs of coordination: { $coordination }.
top-incident-talk-mixed = { $name }: talk outside the stores, { $count } posts since { $since }, where { $expected } were to be expected. { $cause }. Signs of coordination: { $coordination }.
top-incident-fewer = { $name }: { $count ->
    [0] no reviews of the kind that stays away
    [one] only { $count } review of the kind that stays away
   *[other] only { $count } reviews of the kind that stays away
 } since { $since }, where { $expected } were to be expected.
top-calm = { $count ->
    [one] Nothing unusual at the one app that is watched.
   *[other] Nothing unusual at any of the { $count } apps that are watched.
 }
top-also = Also: { $states }.
top-also-incident = { $count ->
    [one] one more incident
   *[other] { $count } more incidents
 }
top-also-watch = { $count ->
    [one] one app to watch
   *[other] { $count } apps to watch
 }
top-also-silent = { $count ->
    [one] one app not judged
   *[other] { $count } apps not judged
 }
top-one = { $name }: { $reason }
row-change = { $change } on the 30 days before
row-no-change = no earlier month to compare
row-store-stars = Store average { $stars }
row-store-stars-before = Store average { $stars }, a month ago { $before }
row-spark-scale = Most in a day: { $most }; usually at most { $usual }.
row-day-live = Last 24 hours
row-day-history = Last 24 hours of the data, up to { $until }
row-negative = { NUMBER($count) } low
row-middle = { NUMBER($count) } middle
row-positive = { NUMBER($count) } high
row-usual = usually { $low } to { $high }
row-removed = { $when }: { $what }.
row-usual-unknown = too little history for a usual range
row-days-ago = { $count } days before
row-spark-alt-positive = High-star reviews in each of the last { $days } spans of 24 hours: at most { $most }, { $last } in the latest; usually at most { $usual }.
row-spark-alt-negative = Low-star reviews in each of the last { $days } spans of 24 hours: at most { $most }, { $last } in the latest; usually at most { $usual }.
row-newest = Newest { $time }
row-polled = Polled { $time }
row-imported = Imported, not polled
row-next = Next poll: { $time }
row-failing = Last poll failed: { $sources }
row-waiting = { $count ->
    [one] One hour waits for analysis
   *[other] { NUMBER($count) } hours wait for analysis
 }
open-incident = Open the incident
last-incident = Last incident
open-reviews = Read the reviews

## Empty and broken
empty-store-title = No app yet
empty-store = Import a file of reviews, start collecting, or look at the simulated drill. In a terminal:
empty-incidents-title = No incident
empty-incidents = Nothing in the collected history was improbable under the app's own past. New reviews are judged at each run of:
empty-unknown-title = This incident is not in the store
empty-unknown = It may belong to another store, or a later analysis may have dropped it. Choose one from the list above.
empty-items-title = Nothing matches
empty-items = No review or post fits these filters. Take one away, or widen the dates.
error-store-title = The store cannot be read
error-store = Nothing is lost; the pages come back when the store can be opened. What it said:
error-settings = The configuration cannot be read, so the standard settings hold here. What it said: { $error }

## Incident
incident-choose = Incident
incident-option = { $onset } · { $direction } · { $count } · { $cause }
headline-open = It is still going on.
headline-open-until = It is still going on; counted until { $until }.
headline-unseen = Its reviews have not been seen since { $since }: whether it went on is not known.
headline-as-of = It was not over as of { $moment }; nothing later was looked at.
headline-quiet = None of these have come since { $since }; it counts as over after three quiet days at most.
headline-tail = Behind it somewhat more than usual came until { $until }: { $count }, where { $expected } were to be expected.
headline-tail-runs = Since then somewhat more than usual has come, up to { $until }: { $count }, where { $expected } were to be expected.
headline-waves = These are { $count } waves: it had been told to be over, and began again.
headline-follows = It began { $length } after the incident before it had ended.
next-title = What to do in the next hour
next-works = Check whether the app works: open it as people do, on Android and iPhone, and ask those who run it.
next-works-version = Check whether the newest version works: open it as people do, on Android and iPhone, and ask those who run it.
next-read = Read the newest of these reviews, and the statements and releases on the timeline.
next-read-signs = Read the newest of these reviews, the posts that came before them, and the statements and releases on the timeline.
next-answer = Agree on who answers and who is told. Prepare the holding statement: the drafts to edit are a file of their own beside the brief.
next-stores = Answer reviews in the stores once it is known what can be said. Report to the stores only what breaks their rules.
next-stores-signs = Report to the stores what breaks their rules, and only that: a draft of the concern is among the drafts to edit.
next-praise-calm = Nothing here is urgent. Read some of these reviews: what is praised, and since when?
next-praise-calm-signs = Nothing here is urgent. Read some of these reviews and the posts that came before them: what is praised, and who was asked to?
next-praise-promotion = Find out whether somebody asked for ratings: the app itself, a campaign, an office, a school. What is asked for says little about how good the app is, and stores forbid rewards for ratings.
next-praise-thank = Thank people in the stores, in the way that reviews are answered otherwise.
next-praise-stores = Report to the stores what breaks their rules, and only that: a draft is among the drafts to edit. Praise alone breaks none.
next-praise-look = Look again tomorrow. A rise of low stars would raise an alarm of its own.
next-fewer-ask = Find out what has changed: is the request for ratings still shown, was a version released, was the app moved or renamed?
next-fewer-store = Open the app’s page in each store as people do: is it there, can it be rated, do the stores report a fault of their own?
next-fewer-read = Read what still comes, and look at the installs: people who stay away may say why elsewhere.
next-look-open = Look again in an hour, and whenever an alert comes; set the phase on the incident’s page.
next-look-over = It is over by the counts: look once more tomorrow, and say on the incident’s page whether the alarm was right.
next-look-continued = A person split off what came later: it continues in the next incident, so look there.
fact-stars = Stars of the reviews, before → during
fact-stars-basis = { $change } against the 56 days before
fact-stars-few = too few reviews before
fact-volume = Reviews against expected
fact-posts = Posts against expected
fact-talk = Said outside the stores by
fact-talk-value = { $people } people, { $said } separate things said
fact-talk-posts = { $count } posts against { $expected }
fact-talk-reach = one of them in { $reach } posts
fact-volume-value = { $count } against { $expected }
fact-volume-above = { $above } above the usual; { $chance }
fact-volume-chance = when it alarmed: { $chance }
fact-alarm = Alarm
fact-alarm-after = { $length } after the onset
fact-alarm-before = { $after }; for posts outside the stores it had sounded { $length } before
fact-alarm-same = within a minute of the onset
fact-state = State
state-going-on = Going on
state-quiet = Quiet since { $since }; counts as over after three quiet days at most
state-unseen = Not seen since { $since }
state-as-of = Not over as of { $moment }; nothing later was looked at
state-over = Over since { $end }
state-over-usual = Over since { $end }; what has come since then is the new usual
state-over-told = Over since { $end }; told { $told }, after { $length } in the usual range
coverage-complete = Nothing is known to be missing
coverage-truncated = Counts are lower bounds: a poll was cut short
coverage-imported = Imported: taken as complete, unless the first sentence says how the file is cut
coverage-partly = Polled in part, imported before that
coverage-file_cut = It rests on how an imported file is cut
coverage-gaps = Some hours were not observed
fact-coverage = Completeness
cause-title = What it looks like
verdict = Most likely { $cause } ({ $percent })
verdict-undetermined = Undetermined: no cause stands out
coordination-title = Signs of coordination
coordination-say-not_testable = What is collected cannot show whether this was coordinated: too few wrote something, and no posts of these days can be looked at.
coordination-say-none_seen = Nothing measured looks coordinated.
coordination-no-posts = No posts of these days can be looked at; what was agreed on elsewhere and said in people’s own words leaves no trace in reviews.
coordination-quotes = Two of the reviews that share it
coordination-against-title = What speaks against coordination
coordination-against-own = { $own_words } of { $of } { $counted ->
    [reviews] reviews
   *[accounts] accounts
 } use words of their own.
coordination-against-day = What was published just before gives people a reason of their own: { $candidates }.
coordination-say-some = There are some signs of coordinated-looking activity.
coordination-say-strong = There are strong signs of coordinated-looking activity, though not of who took part or why.
for-title = What speaks for it
against-title = What speaks against it
change-title = What would change this reading
nothing-for = No single signal stands out.
nothing-against = Nothing that could be measured.
could-against = Near the onset, read it, it may speak for or against: { $what } ({ $time }).
untested = { $count ->
    [one] One signal could not be tested.
   *[other] { $count } signals could not be tested.
 }
timeline-title = Timeline
chart-negative = Low-star reviews (1 and 2 stars)
chart-middle = Middle reviews (3 stars)
chart-positive = High-star reviews (4 and 5 stars)
chart-no_stars = Reviews without stars
chart-post = Social posts
chart-per-hour = a bar is one hour · { $zone }
chart-per-quarter = a bar is six hours · { $zone }
chart-per-day = a bar is one day · { $zone }
chart-usual = usual range
chart-unseen = not observed
chart-cut = cut short: at least
chart-bar = { $from } to { $to }: { $count }
chart-bar-changed = { $told }, { $changed } of them changed opinions
chart-changed = Changed opinions among them
chart-alt = { $title }, { $from } to { $to }. Most in one bar: { $most } at { $peak }. Usual range of a bar: { $usual }.
chart-alt-changed = { $alt } Of all in these bars, { $count ->
    [one] one is a changed opinion
   *[other] { NUMBER($count) } are changed opinions
 }.
chart-alt-empty = { $title }, { $from } to { $to }: none.
mark-onset = onset
mark-alarm = alarm
mark-peak = peak
mark-end = end
track-title = What happened around it
track-alt = The events that are listed below, on the same time line.
track-incident = Incident
track-release = Releases
track-removal = Removals
track-news = News
track-statement = Statements
track-other = Other
track-note = Notes
event-onset = Most likely start
event-alarm = Alarm: the earliest moment at which it would have sounded
event-alarm-talk = Alarm by what is said outside the stores
event-peak = Busiest hour begins
event-escalation = Escalation: grew to { $factor } times
event-end = End of the burst: back in the usual range from here on
event-again = Began again: it had been told to be over
event-tail = End of the tail: until here somewhat more than usual
event-removal = { $reviews ->
    [one] One review
   *[other] { NUMBER($reviews) } reviews
 } vanished from { $source }: { $low } with one or two stars, { $high } with four or five
event-removal-average = ; the store’s own average was { $before } before and { $after } after
incident-repaired = Ended by complaints taken back: { $incident }
incident-repairs = Takes back the complaints of { $incident }
event-release = Version { $version } ({ $source })
column-when = When
column-what = What
column-kind = Kind
phrases-title = What people are talking about
phrases-note = Words and phrases that set these reviews apart from the app's own past, each used by several people.
phrases-none = No phrase is shared by enough people to be shown.
column-phrase = Phrase
column-items = Reviews
column-authors = People
column-before = Before
evidence-title = Evidence
evidence-note = Each signal is measured against the app's own quiet past. Chance: how often quiet times look at least as extreme.
evidence-none = No signal has been measured yet.
column-signal = Signal
column-value = Now
column-baseline = Usual
column-chance = Chance
column-for = Speaks for
column-finding = Finding
speaks-coordination = coordination
speaks-nothing = neither
impact-title = What it does to the stars
impact-note-reviews = Mean of all reviews that Floodgauge has, with the incident and without its excess. The store's own figure also counts ratings without text.
impact-note-snapshots = From the store's own totals: all ratings, with the incident and without its excess.
impact-none = Too few earlier ratings to compare with.
column-store = Store
column-stars-before-snapshots = Store average before
column-stars-before-reviews = All reviews before
column-stars-with = With it
column-stars-without = Without its excess
column-recovery = Back to normal
impact-sides = It goes both ways: { $high } high-star reviews above expectation, from { $high_from }, against { $low } low-star ones, from { $low_from }.
impact-all = all together
recovery-now = no lasting change
recovery-days = about { $days } at the usual inflow ({ $low } to { $high })
recovery-days-alike = about { $days } at the usual inflow
recovery-never = not by the usual inflow alone
log-title = Alarm log
alarm-opened = Opened
alarm-escalated = Escalated
alarm-reclassified = Reclassified
alarm-call = A call is out
alarm-unfollowed = No reviews followed
alarm-ended = Ended
evidence-incident-link = Read these reviews

## Explore
filter-words = Words in title or text
filter-words-hint = crash* or "two words"
filter-stars = Stars
filter-sources = Source
filter-kinds = Kind
filter-versions = Version
filter-countries = Country
filter-langs = Language
filter-since = From
filter-until = To
filter-sort = Order
filter-edited = Edited only
filter-removed = Gone from the store only
filter-more = More filters
sort-newest = Newest first
sort-oldest = Oldest first
sort-lowest = Lowest stars first
sort-highest = Highest stars first
sort-longest = Longest text first
sort-shortest = Shortest text first
sort-thumbs = Most helpful first
only-any = Any
only-negative = Negative
only-mixed = Mixed
only-positive = Positive
only-with = With
only-without = Without
filter-sentiment = Sentiment
filter-texted = Text
filter-replied = Reply
kind-review = Reviews
kind-post = Posts
items-found = { $count ->
    [one] One item
   *[other] { NUMBER($count) } items
 }
items-found-changed = { $found }, { $changed }
items-found-changed-least = { $found }, at least { $changed }
items-found-more = { $count ->
    [0] Not counted yet
    [one] At least one item
    [10000] More than { NUMBER($count) } items
   *[other] At least { NUMBER($count) } items
}
items-stopped = Looked through everything up to { $time }. “Next” goes on from there.
items-today = Show beside each review what it says today
page-previous = Previous
page-next = Next
item-stars = { $stars } of 5 stars
item-no-stars = no stars
item-post = social post
item-no-text = (no text)
item-version = version { $version }
item-edited = edited { $time }
item-today = Today, since { $since }: { $said }
item-changed = changed opinion of a review written { $written }
item-changed-from = { ", " }{ $stars } of 5 stars before
item-changed-after = { ", " }changed at some time between { $after } and the next poll
item-removed = gone from the store since { $time }
item-reply = Reply of { $time }
item-reply-undated = Reply
item-sentiment = text: { $lean }
item-given = { $rating } in the file
item-thumbs = { $count ->
    [one] one person found it helpful
   *[other] { NUMBER($count) } people found it helpful
 }
item-more = Show all of it
score-words = Which words made a sentiment score?
score-words-value = Reads { $lean }: { $value } on a scale from -1 to 1.
score-words-stars = Texts like this get about { $stars } stars here.
score-words-item = Item
score-words-engine = Scored by { $engine }. A weight above zero pulls towards praise, below zero towards complaint.
score-words-none = No single word made this score.
score-words-word = Word
score-words-weight = Weight
explore-chart = What the filters match, by stars; { $per }. A drag over the bars narrows the list.
explore-chart-above = 3–5 stars or none
explore-chart-hour = a bar is one hour
explore-chart-day = a bar is one day
explore-chart-week = a bar is one week
explore-chart-month = a bar is one month
explore-chart-many = More matches than can be looked at one by one for a chart: narrow the dates.
explore-share = The address of this page reproduces the view.

## Alerts
alert-title-opened = { $name }: { $what } since { $since }{ $most }
alert-title-escalated = { $name }: growing, { $what } since { $since }{ $most }
alert-title-reclassified = { $name }: the reading changed to “{ $cause }”
alert-title-again = { $name }: begun again, { $what } since { $since }{ $most }
alert-title-ended = { $name }: over since { $end }, { $kind ->
    [fewer] { $what }
   *[counted] { $what } in all
}
alert-do-opened = What to do: look at the incident, set its phase, tell the people who run the app.
alert-do-escalated = What to do: look again; what held an hour ago may not hold now.
alert-do-again = What to do: look again; say publicly that it is not over before anybody else does.
alert-do-reclassified = What to do: check what has been said so far against the new reading.
alert-do-ended = What to do: say whether the alarm was right, and send the brief.

## Sources
source-news = News
source-feeds = News and agency feeds

## Report
report-html = Brief as HTML
report-pdf = Brief as PDF
report-title = Incident brief
report-made = Made { $time } by Floodgauge. Incident { $id }.
report-undrawn = [{ $script }, { $count ->
    [one] one character
   *[other] { $count } characters
 }]
report-undrawn-note = Where this PDF names a script in brackets, the machine that made it had no font for the characters. The brief as HTML shows them.
report-known = What we know
report-unknown = What we do not know
report-picture-alt = { $title }, { $from } to { $to }. Most in one bar: { $most }.
report-picture-note = Hatched bars, all of one height: fewer than { $k } items. Dotted spans: not observed.
report-picture-cut = A hatched strip below the bars: a poll was cut short, counts are lower bounds.
report-drafts = Drafts to edit
report-drafts-note = Written from the data alone. Check every sentence before it leaves the house.
report-statement = Holding statement
report-questions = Questions to expect
report-concern = For the stores’ own “report a concern” forms
known-stars = Reviews gave { $before } stars on average in the 56 days before and { $during } during the incident.
known-stars-few = Reviews gave { $during } stars on average during the incident; too few reviews came before for a comparison.
known-chance = At the moment of the alarm, such a swing came { $chance }.
unknown-cause = What caused it. No cause stands out from what was measured.
unknown-other-cause = Whether the reading is right: other causes together have a probability of { $percent }.
unknown-who = Who wrote the reviews and why. Floodgauge keeps no names; of accounts it knows only whether two reviews or posts come from the same one, in this app or another that is watched.
unknown-end = When it will end.
statement-release = We see that many people write about problems with the current version of { $name }. [Say who is looking into it, and what is known.] [Say whether the app works at the moment, and what people can use instead.] Thank you to everybody who took the time to write.
statement-service = We see that many people are having trouble using { $name }. [Say who is looking into it, and what is known.] [Say whether the app works at the moment, and what people can use instead.] Thank you to everybody who took the time to write.
statement-external = We see that many people are using the reviews of { $name } to say what they think. [Say what you can about the matter itself.] [Say whether the app works at the moment, and what people can use instead.] Thank you to everybody who took the time to write.
statement-promotion = Many people have reviewed { $name } in the last days. We are glad of every honest opinion. [Say whether people were asked for ratings, by whom and how.]
statement-launch = Many people have told us what they think of { $name }. [Say whether the app is new, and what is changed first.] [Say whether the app works at the moment, and what people can use instead.]
statement-praise-talk = Many people are saying good things about { $name }. Thank you to everybody who took the time to write. [Say what they praise, if it is known.]
statement-praise = Many people have praised { $name } in the last days. Thank you to everybody who took the time to write. [Say what they praise, if it is known.] [Say whether people were asked for ratings, by whom and how.]
statement-undetermined = We see an unusual number of reviews of { $name }. [Say who is looking into it, and what is known.] [Say whether the app works at the moment, and what people can use instead.] We will say here what we find.
question-what = What is happening to { $name }?
question-why = Why is it happening?
question-organised = Is somebody behind it?
question-removed = Will you have the reviews removed?
question-asked = Did you ask people for these ratings?
question-safe = Does the app still work, and are people’s data safe?
answer-why-release = { $told ->
    [posts] As far as the posts tell
   *[reviews] As far as the reviews tell
} (probability { $percent }), it is about a version of the app. [Say whether that is so, and who is checking it.]
answer-why-service = { $told ->
    [posts] As far as the posts tell
   *[reviews] As far as the reviews tell
} (probability { $percent }), it is an outage or fault. [Say whether that is so, and who is checking it.]
answer-why-external = { $told ->
    [posts] As far as the posts tell
   *[reviews] As far as the reviews tell
} (probability { $percent }), it is about something outside the app. [Say whether that is so.] People are entitled to their opinion on it.
answer-why-repair = { $told ->
    [posts] As far as the posts tell
   *[reviews] As far as the reviews tell
} (probability { $percent }), people take back low stars that they had given. [Say what was repaired or answered.]
answer-why-promotion = { $told ->
    [posts] As far as the posts tell
   *[reviews] As far as the reviews tell
} (probability { $percent }), they answer a request for ratings. [Say whether there was one.]
answer-why-launch = { $told ->
    [posts] As far as the posts tell
   *[reviews] As far as the reviews tell
}, the app is new, and the first days of a new app bring many reviews. [Say whether that is so.]
answer-why-undetermined = We do not know yet.
answer-organised-not_testable = We cannot tell from what we have.
answer-organised-none_seen = As far as the reviews tell, there are no signs of it.
answer-organised-some = There are some signs of coordinated-looking activity. They do not tell who took part or why, and many of the reviews may be people’s own opinion.
answer-organised-strong = There are strong signs of coordinated-looking activity. They do not tell who took part or why, and many of the reviews may be people’s own opinion.
answer-removed = Reviews are judged by the stores under their own rules. [Say whether you report what breaks those rules. Opinions do not.]
answer-asked = [Say whether people were asked for ratings, by whom and how.]
answer-safe = [To be answered by the people who run the app.]
concern-praise = Our app { $name } has received an unusual number of high ratings. { $headline } At the moment of the alarm, such a swing came { $chance }. [Say whether you have asked people for ratings, and how.] We ask you to check these reviews under your policy on ratings and reviews. Honest praise should stay. We can give times and counts, without names.
concern = Our app { $name } has received an unusual number of reviews. { $headline } At the moment of the alarm, such a swing came { $chance }. We ask you to check these reviews under your policy on ratings and reviews. We do not ask for the removal of opinions. We can give times and counts, without names. [Say whether the app worked in these hours.]

## Replay
replay-moment = Moment
replay-silent = At { $time } the alarm had said nothing yet.
replay-opened = At { $time }: the alarm has been sounding since { $when }; { $count ->
    [one] one review
   *[other] { NUMBER($count) } reviews
 }{ $changed } up to the last full hour.
replay-escalated = At { $time }: the incident grew, says the alarm at { $when }; { $count ->
    [one] one review
   *[other] { NUMBER($count) } reviews
 }{ $changed } up to the last full hour.
replay-reclassified = At { $time }: the reading changed at { $when }; { $count ->
    [one] one review
   *[other] { NUMBER($count) } reviews
 }{ $changed } up to the last full hour.
replay-ended = At { $time }: over, says the alarm at { $when }; { $count ->
    [one] one review
   *[other] { NUMBER($count) } reviews
 }{ $changed } in all.
replay-changed = { " " }({ $told })
replay-later = not yet known
replay-note = Only full hours before the moment are counted in the bars. The reading is worked out anew from what had been published by then, with later edits and removals undone, and with what people had merged or split by then; today’s method is used.

## Compare
compare-apps = Apps, up to six
compare-align = Aligned on
align-onset = Onset of the latest incident
align-calendar = Latest 8 weeks
compare-no-incident = No incident
compare-nothing = Nothing has been collected or imported yet.
compare-axis-onset = low-star reviews in 6 hours · days from { $anchor }
compare-axis-calendar = low-star reviews in 24 hours · days back from { $anchor }
compare-tooltip = Day { $day }: { $count }
compare-alt = Low-star reviews of { $name } by days from { $anchor }. Most in one bar: { $most }.
column-app = App
column-onset = Onset
column-volume = Against expected
column-stars = Stars
column-cause = Cause
column-signs = Signs of coordination

## Acting
act-title = Decide on this incident
act-kind = What
act-kind-phase = Phase
act-kind-verdict = Was the alarm right?
act-kind-cause = Confirm or correct the cause
act-kind-coordination = Confirm or correct the signs of coordination
act-kind-mute = Mute alerts
act-kind-note = Note on the timeline
act-value = Value
act-phase = Phase:
act-phase-none = nobody has looked yet
act-phase-noticed = noticed
act-phase-looking = looking into it
act-phase-monitoring = monitoring
act-phase-over = over
act-mute-8h = muted for 8 hours
act-mute-24h = muted for 24 hours
act-mute-7d = muted for 7 days
act-mute-until_escalation = muted until it escalates
act-mute-off = not muted
act-corrected-cause = the team says: { $cause }
act-corrected-coordination = signs of coordination, the team says: { $signs }
act-reason = Why
act-reason-optional = Why (may stay empty)
act-save = Save
act-saved = Saved, and noted in the log below.
act-log = Who did what
act-log-none = Nobody has decided anything yet.
act-somebody = this machine
column-who = Who
column-why = Why
verdict-right = a real event
verdict-mistaken = a false alarm
verdict-open = not judged

## How often is it wrong
wrong-sentence = { $alarms ->
    [one] One alarm
   *[other] { NUMBER($alarms) } alarms
 } in { $years } app-years. { $judged ->
    [0] None has been judged by a person yet; a verdict is given on the incident’s page.
   *[other] The team has judged { NUMBER($judged) } and calls { NUMBER($mistaken) } of them false: { $rate } a year and app (95% interval { $low } to { $high }), where { $budget } are allowed.
 }
column-years = Years of history
column-alarms = Alarms
column-right = Real events
column-mistaken = False alarms
column-open = Not judged
column-verdict = The team’s verdict

## Collection
outcome-ok = complete
outcome-partial = partly failed
outcome-failed = failed
outcome-suspect_empty = empty, which is suspect
outcome-truncated = cut short
outcome-not_read = not read
unread-to-do = To read it, where “floodgauge collect” runs: { $what }.
unread-yet = Configured, never read so far: run “floodgauge collect”.
column-source = Source
column-outcome = Last run
column-reach = Saw completely
column-counts = Items
column-next = Next poll
collection-reach = { $from } to { $to }
collection-counts = { $seen } read, { $new } new, { $changed } changed, { $bad } unreadable
collection-late = overdue since { $time }
collection-span = { $from } to { $to }
collection-nothing = Nothing has been collected or imported yet: `floodgauge collect`
collection-cuts-none = Nothing in the counts of the files shows that they are cut.
collection-cuts-unknown = It is taken as complete; nothing tells what the files left out.
collection-imported = Imported, not polled: { $from } to { $to }. { $cuts }
collection-chart = Coverage of the last 30 days
collection-chart-until = Coverage of the 30 days up to { $until }
collection-chart-signs = bar: seen completely · cross: a run failed · nothing: not observed · { $zone }
collection-chart-alt = Coverage of { $sources ->
    [one] one source
   *[other] { $sources } sources
 } in the last 30 days; { $failures ->
    [0] no run failed
    [one] one run failed
   *[other] { $failures } runs failed
 }.
collection-note = What was not observed is drawn as missing everywhere, never as silence.

## Data
data-export = Take the data with you
data-what = What
data-ending = File
data-items = Items
data-incidents = Incidents
data-series = Hourly series
data-runs = Runs of the collectors
data-about-items = Every review and post with its sentiment. No names: they are never stored. Personal data in texts is masked.
data-about-incidents = One row an incident, with its evidence and phrases as JSON.
data-about-series = One row an hour, source, kind and star class; an hour without items has no row.
data-about-runs = What each run of each source saw, and what it could not see.
data-ratings = Averages that the stores show
data-releases = Releases
data-timeline = Headlines and statements
data-versions = Versions of items
data-about-ratings = One row per look at a store’s page: its average and its ratings by star, by country.
data-about-releases = One row per version of the app in each store, with its release notes.
data-about-timeline = News and statements that were collected or entered, with their source.
data-about-versions = Every version of every review: what it said, from when to when.
data-author-keys = With author keys
data-author-keys-help = Tells which items of this one file have the same author. The keys are made anew for each file, so that two files cannot be joined.
data-prepare = Prepare the file
data-preparing = Preparing …
data-download = Download { $name }
data-made = { $rows ->
    [one] One row
   *[other] { NUMBER($rows) } rows
 }, { $size } KB, SHA-256 begins with { $mark }. The same store gives the same file.
data-snapshot = Items of an earlier snapshot (id)
data-snapshot-help = The id of an earlier export gives the same rows again, whatever came later. Leave it empty for what is known now.
data-snapshot-made = Snapshot id: it names these rows for good.
data-snapshot-changed = { $missing ->
    [0] No row is missing, but this snapshot no longer says what it said: texts were taken out by retention, or the id comes from another store.
    [one] One of the { $rows } rows of this snapshot was forgotten or purged and does not come back.
   *[other] { $missing } of the { $rows } rows of this snapshot were forgotten or purged and do not come back.
  } The digest differs. The id of what is left:
data-snapshot-unknown = This is not the id of a snapshot of this app in this store.
data-command = The same on the command line:
data-viewers = Exports are for the team that runs this dashboard. Ask them for a file.
data-dictionary = What each column means
column-column = Column
column-type = Type
column-missing = May be missing
column-meaning = Meaning
type-str = text
type-int = whole number
type-float = number
type-bool = true or false
type-datetime = time, UTC
type-dict = JSON text
yes = yes
no = no

## Joining and splitting incidents
act-said = So far:
act-kind-merge = Merge with another incident
act-kind-unmerge = Undo a merge
act-kind-split = Split off what came later
act-kind-unsplit = Undo a split
act-value-merge = Other incident
act-value-unmerge = Merged incident, by its alarm
act-value-split = From this moment on
act-value-unsplit = Split at
act-about-merge = Both become one incident under the earlier alarm. It holds at every later analysis and can be undone.
act-about-unmerge = They become separate incidents again.
act-about-split = What came from this moment on becomes an incident of its own. It holds at every later analysis and can be undone. Alarms that were sent stay as they are.
act-about-unsplit = Both parts become one incident again.
act-joined = joined by a person from { $count } incidents
act-split-from = split off by a person
known-joined = A person joined { $count } incidents into this one; the counts are their sums.
known-split = A person split this incident off an earlier one.
act-saved-later = Noted in the log below; the next analysis carries it out.

## Verdicts, calibration, labels
wrong-unjudged = { $count ->
    [one] One alarm is not judged; were it false too, it would be { $most } a year and app.
   *[other] { NUMBER($count) } alarms are not judged; were all of them false too, it would be { $most } a year and app.
 }
wrong-read-later = The years hold history that was imported: it was read afterwards, and nobody watched then.
wrong-all = All apps
wrong-note = False alarms a year with their 95% interval (exact Poisson, after Garwood), from the alarms that the team calls false. Only people can say which alarm was one: give a verdict on the incident’s page.
column-rate = False a year
calibration-title = Do the stated probabilities come true?
calibration-few = Not enough verdicts yet ({ NUMBER($count) } of { NUMBER($enough) }). Each cause that somebody confirms or corrects on an incident’s page is one.
calibration-note = Causes that people confirmed or corrected, by the probability that Floodgauge had stated. It is well calibrated where the stated mean lies within the interval (95%, after Wilson).
calibration-signs = Signs of coordination: people agreed with { NUMBER($agreed) } of the { NUMBER($count) } that they judged.
column-stated = Stated probability
column-judged = Judged
column-mean-stated = Stated, mean
column-came-true = Was right
column-interval = 95% interval
labels-download = Download what people decided
data-labels = Labels
data-about-labels = Every decision of the team: verdicts, corrections, phases, merges and splits, with what Floodgauge had said at that moment. Who decided is a role and a keyed mark, never a name.

## Digest and channels of alerts
alert-late = This comes late: it should have been told on { $since }.
alert-test-title = Floodgauge: a test message
alert-test-body = This channel takes messages. Nothing has happened: somebody asked for this test with `floodgauge check --send`.
alert-title-digest = { $count } incidents: what came in meanwhile
analysis-failed = { $name }: the last analysis, { $at }, failed: { $reason }. What is shown is from the analysis of { $before }; the next one that works brings it up to date.
analysis-never-worked = { $name }: the last analysis, { $at }, failed: { $reason }. None has worked yet, so nothing is known of it.
analysis-failed-more = { $count ->
    [one] The last analysis of one more app failed; `floodgauge status` lists it.
   *[other] The last analysis of { $count } more apps failed; `floodgauge status` lists them.
 }
channel-failing = { $waiting ->
    [one] One alert waits: channel { $channel } has not taken it since { $since }. It is tried again at each analysis.
   *[other] { $waiting } alerts wait: channel { $channel } has not taken them since { $since }. They are tried again at each analysis.
 }

## From a chart to its items
pick-title = Read what is behind a bar
pick-bar = Bar
pick-span = { $from } to { $to }
pick-open = Read these items
pick-asked = Only { $from } to { $to }
pick-all = All times

## Replay and training
replay-mode = What
replay-mode-incident = A past incident
replay-mode-training = Training on a simulated case
replay-verdict = The reading at { $time }
replay-no-verdict = No alarm by then, so nothing was read into it.
replay-make = Make the reading of this moment
replay-large = This app has a long history: reading all of it up to this moment takes minutes.
replay-working = Working out what was known …
training-case = Case
training-case-number = Case { $number }
training-preparing = Making up the case …
training-alarm = At { $time }: the alarm has been sounding since { $alarm }; { $count ->
    [one] one review
   *[other] { NUMBER($count) } reviews
 } so far.
training-step = { $hours ->
    [one] One hour on
    [24] One day on
   *[other] { $hours } hours on
 }
training-again = From the start
training-newest = Newest reviews and posts
training-none = Nothing in the last week.
training-verdict = Your verdict
training-what = What is going on?
training-nothing = nothing unusual
training-give = This is my verdict
training-truth = What it was
training-truth-nothing = Nothing was going on at that moment.
training-truth-event = It was { $kind }, cause: { $cause }. It began { $onset } and was { $coordinated ->
    [yes] coordinated
   *[other] not coordinated
 }.
training-kind-flood = a call to flood the app with reviews
training-kind-bad_release = a version that fails
training-kind-outage = an outage
training-kind-policy_reaction = a reaction to a decision of the agency
training-kind-promotion = a request for ratings
training-kind-press_launch = a launch
training-kind-counter_swing = praise in answer to a flood
training-after = You judged { $length } after it began.
training-machine = What Floodgauge read at the same moment
column-question = Question
column-verdict-given = Your verdict
column-held = Right

## Log-in
login-needed-title = Please log in
login-needed = This dashboard is for the team that runs it.
login-in = Log in
login-out = Log out
login-as = In the log of decisions you are { $mark }.
login-stranger-title = Not on the list
login-stranger = You are logged in, but not as somebody whom this deployment lets in. Ask the people who run it to add your address.
login-refused-title = Nobody is let in
login-refused = It is not certain who may see this dashboard, so it shows nothing. Whoever runs it puts this right on the server:
login-missing-title = The log-in cannot work yet
login-missing = A log-in is configured, but the package that it needs is not installed. On the server:

## The page for the public
public-title = What Floodgauge collects here
public-made = As of { $day } (UTC).
public-lead = Floodgauge counts public reviews of these apps, and public posts that name them, to tell a sudden swing in what people say from ordinary noise. This page says what it holds, for how long, and how often its alarms were wrong.
public-sources = What is collected, and from where
public-nothing = Nothing has been collected yet.
public-reviews = reviews, stars, versions, the developer’s replies
public-posts = posts that name the app or the agency
public-headlines = headlines and their addresses
public-imported = imported
public-file = a file that the agency imported
public-file-reviews = reviews and stars; versions and the developer’s replies where the file has them
public-until-removed = until the agency removes it
public-days = { $count ->
    [one] one day
   *[other] { NUMBER($count) } days
 }
public-no-limit = no limit set
public-searched = Searched on these networks for { $app }: { $queries }.
public-kept = What is kept, and for how long
public-kept-reviews = The text of a review: { $count ->
    [one] one day
   *[other] { NUMBER($count) } days
 } after it was first read.
public-kept-posts = The text of a post: { $count ->
    [one] one day
   *[other] { NUMBER($count) } days
 } after it was first read.
public-kept-imported = What was imported of an app that is not collected: until the agency removes it.
public-kept-removed = What its author or the platform took down: its text and its author’s code go { $count ->
    [one] one day
   *[other] { NUMBER($count) } days
 } after that was seen.
public-kept-counts = Kept without limit: stars, times and the author’s code of what was not taken down, counts by hour; incidents with their evidence, in counts and in short phrases that several people used.
public-people = People
public-people-names = No names, pictures or profile addresses are stored. An author is a code that only this installation can make and nobody can turn back.
public-people-masked = E-mail addresses, telephone numbers, account names, and card and identity numbers are masked in texts before they are stored, as far as they are recognised.
public-people-forgotten = Whoever wants a review or post of theirs taken out can ask the agency; what is forgotten on request does not come back.
public-people-no-list = There is no list, search or watching of accounts, and no political view, origin or belief is inferred.
public-people-small = Counts of items below { $k } are not shown on this page, unless there are none.
public-wrong = How often alarms were wrong
public-wrong-note = An alarm says that something unusual is going on, not who does it or why. Only people can say which alarm was false; a rate is told once they have judged some.
column-newest = Newest
column-read = Last read
column-kept = Text kept

## What they say
excerpts-title = What they say
also = There may be a second cause: { $cause }.

## At a glance
glance-what = { $kind ->
    [negative] { $count } low-star { $n ->
        [one] review
       *[other] reviews
    }
    [positive] { $count } high-star { $n ->
        [one] review
       *[other] reviews
    }
    [mixed-negative] { $count } low-star { $n ->
        [one] review
       *[other] reviews
    }
    [mixed-positive] { $count } high-star { $n ->
        [one] review
       *[other] reviews
    }
    [ratings] { $count } low { $n ->
        [one] rating
       *[other] ratings
    }
    [talk-negative] { $count } { $n ->
        [one] post
       *[other] posts
    }, mostly critical,
    [talk-positive] { $count } { $n ->
        [one] post
       *[other] posts
    }, mostly favourable,
    [talk-mixed] { $count } { $n ->
        [one] post
       *[other] posts
    }
    [fewer-negative] low-star reviews have stayed away
    [fewer-positive] high-star reviews have stayed away
    [fewer-mixed] reviews have stayed away
   *[other] { $count } { $n ->
        [one] review
       *[other] reviews
    }
}
glance-say = { $share ->
    [most] Most { $gives } ({ $count } of { $all })
    [many] Many { $gives } ({ $count } of { $all })
   *[some] Said most often: { $count } of { $all } { $gives }
}{ $others ->
    [none] .
   *[other] ; { $others }.
}
glance-other = { $count } { $gives }
glance-subject = most { $gives }
glance-peak = The busiest hour had { $count } (from { $at })
glance-pace = { $count } came in the hour up to { $until }; { $peak }. { $trend ->
    [growing] More came in the last two hours than in the two before.
    [shrinking] Fewer came in the last two hours than in the two before.
   *[steady] The last two hours brought about as many as the two before.
}
glance-stores = Average that the stores show: { $stores }.
glance-store = { $store } { $now } ({ $before } before it began)
glance-store-now = { $store } { $now }
first-look-title = At a glance
how-we-know = How we know: words, signals, method, alarm log
excerpt-shows-post = Posts like this { $gives }.
excerpt-shows = Reviews like this { $gives }.
glance-down = Of { $all } reviews that were read, { $said }. Floodgauge reads reviews; it does not check the app itself.
glance-down-none = No review was read as saying that the app does not work. Floodgauge reads reviews; it does not check the app itself.
excerpt-differs = This one differs.

## The brief's first page
brief-what = What happened
brief-say = What people write
brief-like = What it looks like
brief-signs = Are there signs of coordination?
brief-stores = What the stores show
brief-works = Does the app work?
brief-pace = Growing or shrinking?
brief-annex = Annex: how we know
report-drafts-html = Drafts to edit
statement-talk = We see that many people are talking about { $name }. [Say who is looking into it, and what is known.] [Say what you can about the matter itself.] People are entitled to their opinion, and we are reading what they say.
statement-fewer = Fewer people than usual have reviewed { $name } lately. [Say whether the request for ratings, the app or its page in the store has changed.] We will say here what we find.
next-talk-read = Read the newest of these posts, and the statements and releases on the timeline.
next-talk-answer = Agree on who answers, and on which network. Prepare the holding statement: the drafts to edit are a file of their own beside the brief.
next-talk-stores = Look at the app’s page in each store within the hour: what is said outside often arrives there next.
evidence-incident-link-posts = Read these posts
