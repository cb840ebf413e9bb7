### What the analysis found, in English: for pages, reports, alerts, exports and JSON. Neutral words only.

## Numbers and times
format-time = EEE d MMM y, HH:mm
format-clock = d MMM HH:mm
format-lately = EEE HH:mm
format-day = d MMM y
format-calendar-day = d MMM
format-moment = d MMMM y HH:mm
once-in = once in { $count }
rarer-than = less than once in a million
times-of-ten = { $count } in 10
usual-chance = usual
fewer-than = fewer than { $k }
share-below = under { $percent }

## Findings of the signals
finding-audience = { $reviews } of { $of } reviews ({ $value_share }) come from a country, language or script that the app rarely had before; in quiet times it is { $usual_share }.{ $newest ->
    [none] { "" }
   *[other] { " " }Most of all: { $newest }.
 }
finding-burst_words = { $reviews } of { $of } reviews ({ $value_share }) hold a word that is used clearly more often than before; in quiet times it is { $usual_share }.{ $words ->
    [none] { "" }
   *[other] { " " }Most of all { $words }.
 }
finding-call_to_action = { $when ->
    [none] No post that names the app asks people to rate, review, report or flood it.{ $downloads ->
        [0] { "" }
       *[other] { " " }Posts that ask to download it: { $downloads }.
     }
   *[other] { $posts ->
        [one] One post that names the app asks
       *[other] { $posts } posts that name the app ask
     } people to rate, review, report or flood it ({ $languages }). The first came { $first }, { $lead } { $when ->
        [before] before
       *[other] after
     } the onset; { $posts_early } of them, by { $people_early ->
        [one] one author
       *[other] { $people_early } authors
     }, came before half of the reviews. { $quiet_known ->
        [no] No quiet weeks of posts are collected to compare with.
       *[yes] In quiet weeks there were { $usual_number } a week.
     }
 }
finding-call_wording = { $phrases ->
    [0] None of the calls’ own phrases ({ $of_phrases }) returns in the reviews in noticeable numbers.
    [one] One phrase that is the calls' own returns in { $reviews } of { $of } reviews ({ $value_share }): { $words }. Hardly any review held it before.
   *[other] { $phrases } phrases that are the calls' own return in { $reviews } of { $of } reviews ({ $value_share }), most of all { $words }. Hardly any review held them before.
 }
finding-co_action = { $people ->
    [0] No account that is collected posted about the app.
    [one] No two accounts posted nearly the same words about the app within ten minutes.
   *[other] { $few_people ->
        [yes] { $people } accounts
       *[no] At most { $people } accounts
     } posted nearly the same words about the app within ten minutes.
 }{ $people_again ->
    [0] { "" }
   *[other] { " " }{ $people_again } accounts shared three or more of the same links, hashtags or texts within ten minutes of each other.
 }
finding-edits = { $reviews ->
    [0] None of these reviews is known to be
    [one] One of these reviews is
   *[other] { $reviews } of these reviews are
 } a changed opinion that had { $moved ->
    [raised] fewer
   *[lowered] more
 } stars before; at the earlier rate it would be { $usual_number }.
finding-emoji = { $reviews } of { $of } reviews ({ $value_share }) hold an emoji; in quiet times it is { $usual_share }.
finding-failure_words = What is new in these reviews speaks of faults { $degree ->
    [more] more than
    [less] less than
   *[same] about as much as
 } usual for reviews of the same stars (weight { $value }, earlier { $usual }).
finding-fault_level = The low-star reviews speak { $degree ->
    [more] more
   *[less] less
 } of faults than those of other apps in their language ({ $value } standard deviations{ $own_past ->
    [yes] ; this app’s earlier ones { $usual }
   *[no] { "" }
 }).
finding-new_reasons = { $top ->
    [none] None of the reviews ({ $value_share }) gives a reason that can be read.
   *[other] { $reviews } of { $of } reviews ({ $value_share }) { $says }; of { $earlier } earlier ones with the same stars { $usual_share } did.{ $on ->
        [none] { "" }
       *[other] { " " }{ $on_reviews } are on version { $on }, { $on_before } of the earlier ones were.
     }
 }
finding-new_version = { $value_share } of the reviews that name a version name one first seen at most 14 days before the onset{ $usual_known ->
    [yes] ; in quiet times it is { $usual_share }
   *[no] { "" }
 }. Most name { $version } ({ $reviews } reviews).
finding-new_words = { $value_share } of the words were never used in the app’s earlier reviews; in as many quiet reviews it is { $usual_share }.
finding-clockwork = { $what ->
    [gaps] { $value_share } of neighbouring gaps between arrivals are as good as equal; by chance it would be { $usual_share }. People who know nothing of each other do not arrive so evenly; a program that sends them does, and so can a store that shows reviews in batches.
    [second] { $value_share } of the reviews were written on the same second of a minute; by chance it would be { $usual_share }.
    [night] { $value_share } of the reviews came in the hours when the app’s usual reviewers are asleep ({ $usual_share } before), night after night.
   *[none] The reviews arrive as people do who know nothing of each other: { $value_share } of neighbouring gaps are as good as equal, { $usual_share } by chance.
 }
those-counted = { $counted ->
    [reviews] reviews
   *[accounts] accounts
 }
finding-declared_calls = { $people ->
    [0] None of { $of } { those-counted } ({ $value_share }) says that somebody called for the review.
    [one] One of { $of } { those-counted } ({ $value_share }) names a call, the group that it came from, or what the rating is for.
   *[other] { $people } of { $of } { those-counted } ({ $value_share }) name a call, the group that they came from, or what the rating is for ({ $usual_share } before). Everyone has the right to ask others to speak up.
 }
finding-not_users = { $people ->
    [0] None of { $of } { those-counted } ({ $value_share }) says that it never used the app or lives elsewhere.
    [one] One of { $of } { those-counted } ({ $value_share }) says that it never used the app or lives elsewhere.
   *[other] { $people } of { $of } { those-counted } ({ $value_share }) say that they never used the app or live elsewhere ({ $usual_share } before).
 }
finding-same_hands = { $people } of { $of } accounts that the source tells apart ({ $value_share }) also rated another watched app within days, or wrote in an earlier wave ({ $usual_share } of the earlier reviewers). A fault that comes again brings the same people back.
finding-one_text = { $texts ->
    [0] No text of eight words or more is shared by many of the { $of } { those-counted } that say something ({ $value_share }).
    [one] { $people } of { $of } { those-counted } ({ $value_share }) share one text, in the same words but for a few. People do not find such words by chance; campaigns, also legitimate ones, hand out texts.{ $own_words ->
        [0] { "" }
        [one] { " " }The other one uses words of its own.
       *[other] { " " }The other { $own_words } use words of their own.
     }
   *[other] { $people } of { $of } { those-counted } ({ $value_share }) share { $texts } texts, in the same words but for a few. People do not find such words by chance; campaigns, also legitimate ones, hand out texts.{ $own_words ->
        [0] { "" }
        [one] { " " }The other one uses words of its own.
       *[other] { " " }The other { $own_words } use words of their own.
     }
 }
finding-one_star = { $reviews } of { $of } reviews with one to three stars ({ $value_share }) give one star{ $usual_known ->
    [yes] ; before, it was { $usual_share }
   *[no] { "" }
 }.
finding-other_stars = The { $stars ->
    [low] low-star
   *[high] high-star
 } reviews came at { $value_stars } times their usual pace.
finding-rating_text = { $reviews } of { $of } reviews ({ $value_share }) sound like the opposite of their stars; in quiet times it is { $usual_share }.
finding-ratings_share = { $reviews } reviews came in, where the stores showed { $of } ratings before: { $value_share }.
finding-shared_phrases = { $phrases ->
    [0] No phrase that was rare before is shared by { $few_people ->
        [yes] several people
       *[no] at least { $people } people
     }.
    [one] One phrase of two to four words, rare before and shared by { $few_people ->
        [yes] several people
       *[no] at least { $people } people
     }, occurs in { $reviews } of { $of } reviews ({ $value_share }). Whoever writes about the same thing uses the same words, too.
   *[other] { $phrases } phrases of two to four words, rare before and shared by { $few_people ->
        [yes] several people
       *[no] at least { $people } people
     }, occur in { $reviews } of { $of } reviews ({ $value_share }). Whoever writes about the same thing uses the same words, too.
 }
finding-star_mix = Mean stars are { $value_stars } against { $usual_stars } in the longer past. One star: { $one_star } of the reviews ({ $one_star_before } before); five stars: { $five_stars } ({ $five_stars_before } before).
finding-synchrony = { $groups } of { $of } stores and countries swing at the same time.{ $release ->
    [yes] { " " }A release of that week may explain it.
   *[no] { "" }
 }
finding-textless = { $reviews } of { $of } reviews ({ $value_share }) have stars but no words; in quiet times it is { $usual_share }.
finding-theme = “{ $label }” ({ $reviews } reviews: { $phrases })
finding-themes = The reviews fall into these themes: { $themes }.
finding-trigger = Published near the onset: { $candidates }.
finding-update_level = The low-star reviews speak { $degree ->
    [more] more
   *[less] less
 } of new versions than those of other apps in their language ({ $value } standard deviations{ $own_past ->
    [yes] ; this app’s earlier ones { $usual }
   *[no] { "" }
 }).
finding-update_words = Words that go with the first week of a version are used { $degree ->
    [more] more than
   *[same] about as much as
 } in quiet times of the same stars (weight { $value }, usually { $usual }).
finding-version_concentration = { $share } of the reviews that name a version name { $version }: { $value_gain } percentage points against the weeks before. In quiet times the largest such change is { $usual_gain }.
trigger-call = the first post that asks to act on the app
trigger-release = version { $what }
trigger-release-by-reviews = version { $what } (dated by its reviews)
trigger-statement = statement “{ $what }”
trigger-news = news “{ $what }”
trigger-other = “{ $what }”
trigger-at = { $what }, at the onset
trigger-before = { $what }, { $length } before
trigger-after = { $what }, { $length } after
untested-few-now = Not testable: { $have } matching reviews, { $need } are needed.
untested-few-past = Not testable: the app’s own past has { $have } comparable reviews, { $need } are needed.
untested-few-both = Not testable: only { $now } reviews now and { $past } before can be compared.
untested-few-low = Not testable: { $have } low-star reviews, { $need } are needed.
untested-few-complaints = Not testable: { $have } reviews with one to three stars, { $need } are needed.
untested-few-versions = Not testable: { $now } reviews of the incident and { $past } earlier ones name a version.
untested-few-spans = Not testable: quiet spans as long as the incident that can be compared: { $have }.
untested-few-words = Not testable: too few words of these reviews have a weight.
untested-no-posts = Not testable: no posts of these days are collected.
untested-few-posts = Not testable: { $have } posts of these days name the app, { $need } are needed.
untested-few-calls = Not testable: { $have } people asked for something in their posts, { $need } are needed.
untested-few-accounts = Not testable: { $have } accounts wrote something, { $need } are needed.
untested-coarse-times = Not testable: too few reviews, or the source tells only days or hours.
untested-few-named = Not testable: the source names { $have } accounts, { $need } are needed.
untested-one-app = Not testable: no other app is watched, and there was no earlier wave.
untested-no-traits = Not testable: the reviews tell neither country nor language, and too few have letters.
untested-no-edit-times = Not testable: of no review an earlier opinion is known.
untested-no-themes = Not testable: too few reviews share enough words to form themes.
untested-no-totals = Not testable: no total of ratings from before the incident is known.
untested-no-context = Not testable: no releases, news, statements or posts are collected.
untested-no-sentiment = Not testable: the texts have no sentiment scores.
untested-no-vocabulary = Not testable: no vocabulary was learned for the reviews’ languages.
untested-no-trigger = Nothing that is collected was published just before the onset.
untested-one-store = Not testable: the reviews come from one store and country only.
untested-young = Not testable: with under six weeks of history no version can be dated.
untested-unnamed = Not testable: fewer than { $need } reviews of the incident name a version.
finding-withheld = Not in shared briefs: what this signal tells cannot be checked for small numbers.

## Names of the signals
signal-audience = New audience
signal-burst_words = Burst words
signal-call_to_action = Calls to action
signal-call_wording = Wording of the calls
signal-co_action = Acting together
signal-edits = Changed opinions
signal-emoji = Emoji
signal-failure_words = Words of failure
signal-new_reasons = Reasons that are new
signal-new_words = New words
signal-rating_text = Text against stars
signal-ratings_share = Size against all ratings
signal-shared_phrases = Shared rare phrases
signal-star_mix = Mix of stars
signal-synchrony = Stores at once
signal-textless = Reviews without text
signal-themes = Themes
signal-trigger = What came just before
signal-update_words = Words of updates
signal-version_concentration = One version
signal-fault_level = Faults against other apps
signal-update_level = New versions against other apps
signal-new_version = A version just out
signal-clockwork = Like clockwork
signal-declared_calls = Calls that reviews name
signal-not_users = Reviews that say they never used it
signal-same_hands = Accounts met elsewhere or earlier
signal-one_text = One text, many hands
signal-one_star = One star among complaints
signal-other_stars = The other stars

## Incidents
direction-negative = low stars
direction-positive = high stars
direction-mixed = low and high stars
direction-fewer = fewer reviews
direction-talk-negative = critical posts
direction-talk-positive = favourable posts
direction-talk-mixed = posts
what-negative = { $name } received { $told } low-star { $count ->
    [one] review
   *[other] reviews
 } { $span } where { $expected } were to be expected
what-positive = { $name } received { $told } high-star { $count ->
    [one] review
   *[other] reviews
 } { $span } where { $expected } were to be expected
what-mixed = { $name } received { $told } { $count ->
    [one] review
   *[other] reviews
 } { $span } where { $expected } were to be expected
what-mixed-negative = { $name } received { $told } low-star { $count ->
    [one] review
   *[other] reviews
 } (and high stars rose too) { $span } where { $expected } were to be expected
what-mixed-positive = { $name } received { $told } high-star { $count ->
    [one] review
   *[other] reviews
 } (and low stars rose too) { $span } where { $expected } were to be expected
what-ratings = { $name } received { $told } low { $count ->
    [one] rating
   *[other] ratings
 }, with a text or without, { $span } where { $expected } were to be expected
what-talk-negative = People talked about { $name }, mostly critically, in { $told } { $count ->
    [one] post
   *[other] posts
 }{ $people } { $span } where { $expected } were to be expected
what-talk-positive = People talked about { $name }, mostly favourably, in { $told } { $count ->
    [one] post
   *[other] posts
 }{ $people } { $span } where { $expected } were to be expected
what-talk-mixed = People talked about { $name } in { $told } { $count ->
    [one] post
   *[other] posts
 }{ $people } { $span } where { $expected } were to be expected
what-people = { " " }by { $told } { $count ->
    [one] person
   *[other] people
 }
what-also-talk = ; outside the stores people talked about it in { $told } { $count ->
    [one] post
   *[other] posts
 } ({ $expected } were to be expected)
what-fewer-negative = { $name } received { $count ->
    [0] no low-star reviews
    [one] only { $told } low-star review
   *[other] only { $told } low-star reviews
 }{ $place } { $span } where { $expected } were to be expected
what-fewer-positive = { $name } received { $count ->
    [0] no high-star reviews
    [one] only { $told } high-star review
   *[other] only { $told } high-star reviews
 }{ $place } { $span } where { $expected } were to be expected
what-fewer-mixed = { $name } received { $count ->
    [0] no reviews
    [one] only { $told } review
   *[other] only { $told } reviews
 }{ $place } { $span } where { $expected } were to be expected
what-pause = { $name } received { $told } { $count ->
    [one] review
   *[other] reviews
 } { $span }, the first for { $silent }
what-place = { " " }in { $store }
span-open = since { $onset }
span-closed = from { $onset } until { $end }
about = about { $count }
hardly-any = hardly any
chance-days = by chance about once in { $length }
chance-rarely = by chance less than once in 1,000 years
cause-release = a version of the app
cause-service = an outage or fault
cause-external = something outside the app
cause-promotion = a request for ratings or a promotion
cause-repair = complaints taken back
cause-launch = the app's launch
cause-undetermined = undetermined
coordination-not_testable = not testable
coordination-none_seen = none seen
coordination-some = some
coordination-strong = strong
change-release = the same complaints on older versions
change-service = reviews that name one version, or an occasion outside the app
change-external = a fault or a release that explains the complaints
change-promotion = an improvement in a release that explains the praise
change-repair = a request for ratings in these days
change-launch = reviews from before this date
change-undetermined = a release note, a status report or news of these hours
alarm-say-opened = { $direction ->
    [none] The alarm sounds
    [negative] The alarm sounds, for low stars
    [positive] The alarm sounds, for high stars
    [fewer] The alarm sounds, for reviews that stay away
   *[mixed] The alarm sounds, for low and high stars
 } ({ $chance }).
alarm-say-talk = { $direction ->
    [negative] The alarm sounds, for critical posts outside the stores
    [positive] The alarm sounds, for favourable posts outside the stores
   *[mixed] The alarm sounds, for posts outside the stores
 } ({ $chance }).
alarm-say-escalated = Grew to { $factor } times of what had been reported.
alarm-say-stores-too = { $direction ->
    [negative] Low stars in the stores are unusually many now, too.
    [positive] High stars in the stores are unusually many now, too.
   *[mixed] Reviews in the stores are unusually many now, too.
 }
alarm-say-social-too = { $direction ->
    [negative] Critical posts outside the stores are unusually many now, too.
    [positive] Favourable posts outside the stores are unusually many now, too.
   *[mixed] Posts outside the stores are unusually many now, too.
 }
alarm-say-again = It had been told to be over, and has begun again.
alarm-say-ended = Back in the usual range, and so for long enough to say so.
alarm-say-changed = The reading changed.
alarm-say-call = Others were asked to act on the app.
alarm-say-unfollowed = No unusual reviews followed within 48 hours.
alarm-say-reclassified = The reading changed to { $cause }, signs of coordination { $signs }; it was { $cause_before }, signs of coordination { $signs_before }.

## A call that is out
call-title-call = { $name }: a call is out
call-title-unfollowed = { $name }: no unusual reviews followed the call
call-out = { $people ->
    [one] One account asks
   *[other] { $people } accounts ask
} others { $asks ->
    [down] to rate { $name } low or to flood it
    [up] to rate { $name } high
    [leave] to leave { $name }
   *[act] to rate, review or report { $name }
}: { $posts } posts since { $since }, { $hour } in the busiest hour{ $passed ->
    [1] { "" }
   *[other] , one of them repeated in { $passed } posts within an hour
} ({ $networks }).
call-stores-quiet = The stores are quiet so far. This is a warning, no incident: nobody may follow.
call-stores-busy = An incident was already going on in the stores.
call-do = What to do before reviews come: read the posts, agree on who answers and where, have one sentence ready, and tell the people who run the app. To ask others to speak up is anybody’s right.
call-unfollowed = No unusual reviews came with the call about { $name } of { $since }, or within 48 hours of it.

## The summary of an incident
finding-file_cut = { $cut ->
    [newest] The imported file of { $source } has exactly { $size } reviews and begins on { $at }: it looks like the newest { $size } of more, so that this begins where the file begins
    [began] In the imported file of { $source } all stars come faster from { $at } on and never fall back: that looks like the day on which somebody began to collect, and not like something that happened to the app
    [per_star] The imported file of { $source } has exactly { $size } reviews of each star: it tells nothing of how many came of which
    [one_star] All reviews of the imported file of { $source } have the same stars: it tells nothing of how many of others came
    [per_month] The imported file of { $source } has exactly { $size } reviews in most months: it tells nothing of how many came when
    [per_day] The imported file of { $source } has exactly { $size } reviews on most days: it tells nothing of how many came when
   *[no_days] The imported file of { $source } names months but no days for most reviews: it tells nothing of days and hours
}.
signal-file_cut = How the imported file is cut
summary-file-cut = This may be the file and not the app. { $cut }
summary-what = { $what }{ $stars }{ $state }{ $tail }{ $phrases }{ $bounds }.
summary-fewer = What does not come says nothing about its cause: a request for ratings that is no longer shown, a store page that is gone, a fault in the store, people who stay away on purpose.
summary-app = The app
summary-at-least = at least { $count }
summary-counted-until = { $span } (counted until { $until })
summary-changed = , { $told }
changed-reviews = { $number ->
    [one] { $of ->
        [items] one of them a changed opinion
       *[reviews] one of them a changed opinion
     }
   *[other] { $of ->
        [items] { $changed } of them changed opinions
       *[reviews] { $changed } of them changed opinions
     }
 }{ $before ->
    [none] { "" }
    [higher] { " " }({ $count } { $had ->
        [one] had
       *[other] had
     } more stars before)
   *[lower] { " " }({ $count } { $had ->
        [one] had
       *[other] had
     } fewer stars before)
 }
summary-stars = , all reviews of that span at { $during } stars on average against { $before } before
summary-stars-same = , all reviews of that span at { $during } stars on average against { $before } before: more reviews with the usual mix of stars
summary-going-on = , and it is still going on
summary-went-on = , and it was going on when the reviews were last seen
summary-as-of = , and it was still going on at { $moment }, as of which this was read
summary-quiet = ; no new { $counts ->
    [negative] low-star reviews
    [positive] high-star reviews
   *[mixed] reviews
 } have come since { $since }, and it counts as over after three quiet days at most
summary-unseen = ; nobody looked since { $since }, so it may have gone on
summary-tail = ; behind it somewhat more than usual came until { $until } ({ $count }, where { $expected } were to be expected)
summary-waves = , in { $count } waves
summary-phrases = ; words that stand out are { $phrases }
summary-bounds = ; counts are lower bounds, because not everything could be read
summary-reading = { $looks }, and { $signs }; { $against }.
summary-looks-release = The reviews look like a reaction to a version of the app
summary-looks-service = The reviews look like a reaction to an outage or fault
summary-looks-external = The reviews look like a reaction to something outside the app
summary-looks-promotion = The reviews look like an answer to a request for ratings or a promotion
summary-looks-talk-release = The posts look like a reaction to a version of the app
summary-looks-talk-service = The posts look like a reaction to an outage or fault
summary-looks-talk-external = The posts look like a reaction to something outside the app
summary-looks-talk-promotion = The posts look like an answer to a request for ratings or a promotion
summary-looks-repair = The reviews look like complaints taken back, as after a repair or an answer
summary-looks-launch = The app’s history begins here, so this looks like the surge of a launch
summary-looks-undetermined = What caused it is undetermined
summary-closest = { $looks } (closest: { $cause }, { $percent }, which is not enough)
summary-probability = { $looks } (probability { $percent })
summary-because = { $looks } (probability { $percent }; for it speaks: { $because })
summary-signs-not_testable = signs of coordination cannot be tested with what is collected
summary-signs-none_seen = no signs of coordination are seen
summary-signs-none_seen-reviews = no signs of coordination are seen in the reviews themselves, and posts cannot be looked at
summary-signs-some = there are some signs of coordinated-looking activity
summary-signs-strong = there are strong signs of coordinated-looking activity, though not of who or why
summary-against = against this reading speaks: { $against }
summary-against-none = nothing measured speaks against it
summary-against-none-cause = nothing measured speaks against the cause
summary-unsettled = nothing that could be tested settles it
summary-unsettled-by = what stands out ({ $against }) does not settle it
summary-doubt-serious = that many of the reviews are serious cannot be ruled out
summary-doubt-no-weeks = no quiet weeks of posts are there to compare the calls to action with
summary-doubt-not-led = no call to action led the reviews
summary-untested = { $said }, and { $untested } of { $all } signals could not be tested
summary-change-alone = What would change this reading: { $change }.
summary-change-own = What would change this reading: { $change }, and people who explain that they came on their own.
summary-change-posts = What would change this reading: { $change }, and social posts of these days.
seen-call_to_action = { $posts ->
    [one] one post that names the app asks
   *[other] { $posts } posts that name the app ask
 } people to rate, review, report or flood it ({ $languages }), the first on { $first_moment }, { $lead } { $when ->
    [before] before
   *[after] after
 } the onset
seen-call_wording = the calls’ own wording returns in { $value_share } of the reviews
seen-co_action = { $people ->
    [0] no two accounts posted
    [one] no two accounts posted
   *[other] at most { $people } accounts posted
 } nearly the same words about the app within ten minutes
seen-clockwork = { $what ->
    [second] the reviews come on the same second of a minute
    [night] the reviews come while the app’s usual reviewers are asleep
   *[gaps] the reviews come at even distances
 }
seen-declared_calls = { $people } of { $of } { those-counted } name a call, or what the rating is for
seen-not_users = { $people } of { $of } { those-counted } say that they never used the app or live elsewhere
seen-same_hands = { $people } of { $of } accounts that the source tells apart rated other watched apps in the same days, or wrote in an earlier wave
seen-one_text = { $people } of { $of } { those-counted } share { $texts ->
    [one] one text
   *[other] { $texts } texts
 }
spoken-edits = complaints that were taken back
spoken-audience = a new audience
spoken-failure_words = the words that rose
spoken-fault_level = how the complaints speak of faults
spoken-new_reasons = the reasons that the reviews give
spoken-new_version = a version that is just out
spoken-new_words = words never used before
spoken-star_mix = the rise of the stars
spoken-trigger = posts just before that asked to act on the app
spoken-update_level = talk of a new version
spoken-update_words = talk of a new version
spoken-version_concentration = one version that stands out

## Why a run ended or failed, or a source is not read
ended-list = the list was read to its end
ended-search = the search was read to its end
ended-known = read back to what was known
ended-newest = read up to the newest post
ended-unchanged = unchanged since the last poll
ended-asked = asked a moment ago
ended-totals = the app’s totals were read
failed-late = { $place } gave no answer in time
failed-unreachable = { $place } cannot be reached
failed-slow = { $place } asks to slow down
failed-refused = { $place } refuses access: check the secret or the permission
failed-gone = nothing is to be found at { $place }: check the app’s id
failed-status = { $place } answered with an error (status { $status })
failed-country = the app is not in this App Store ({ $country }): check its id
failed-shape = { $place } answers in another shape than before
failed-budget = the month’s budget of ${ $budget } is used up{ $unread ->
    [0] { "" }
   *[other] ; about { NUMBER($unread) } posts were counted and not read
 }. It starts anew with the month, or raise monthly_budget_usd
failed-credits = no credits are left; nothing more is asked until some are bought
failed-login = { $place } refuses the handle or its app password
failed-shared = another process is reading within the same budget
failed-not-asked-budget = not asked, because the budget is used up
failed-not-asked = not asked, because the source asked to slow down
failed-empty = the list is empty and was not before
failed-empty-since = { $place } lists no reviews since { $since }, although there were some before; what came meanwhile is not known
failed-empty-counted = no reviews are listed although the store counts { NUMBER($count) } ratings
failed-nothing = no reviews came, and nothing tells why
ended-pages = stopped after { $count ->
    [one] one page
   *[other] { NUMBER($count) } pages
 }, as many as one run may read; the next goes on there
ended-cap = the newest { NUMBER($count) } are shown and no more
ended-left = { $count ->
    [one] one post is
   *[other] { NUMBER($count) } posts are
 } left for the next run
ended-posts = { $count ->
    [one] one post
   *[other] { NUMBER($count) } posts
 } read
ended-kept = { NUMBER($kept) } of { $count ->
    [one] 1 headline
   *[other] { NUMBER($count) } headlines
 } kept{ $undated ->
    [0] { "" }
   *[other] ; { NUMBER($undated) } without a date left out
 }
ended-cap-of = the newest { NUMBER($count) } of about { NUMBER($of) } are shown and no more
ended-no-token = a full page came without a way to the next one
ended-all-new = the feed shows its newest { NUMBER($count) } entries, and all of them were new{ $undated ->
    [0] { "" }
   *[other] ; { NUMBER($undated) } without a date left out
 }
ended-days = the source shows seven days, and it was last read { $days ->
    [one] one day
   *[other] { NUMBER($days) } days
 } ago
ended-ordinary = not read, because the name finds too much: about { NUMBER($of) } posts a week, ${ $cost } a month, and { $about } of a sample of { $count } speak of an app; set `context` to words that stand beside it
ended-minute = { NUMBER($count) } posts of one minute are more than one run may read
failed-empty-feeds = both feeds are empty: there are no reviews, or the feed fails
failed-rows = { NUMBER($bad) } of { NUMBER($of) } rows are unreadable
failed-circle = { $place } gives the same pages again, or empty ones, so the list cannot be read on
failed-broken-off = the feed of { $place } breaks off in the middle
failed-large = the answer of { $place } is larger than { NUMBER($count) } bytes
failed-consent = { $place } answers with its consent page
failed-no-token = the page of { $place } holds no token for reading reviews
failed-token = { $place } does not show hashtags without a valid token
failed-session = { $place } does not accept the session that it gave
failed-account = the file of the Play service account is not a JSON object
failed-query = { $place } does not accept the query
failed-error = { $place } answers with an error and nothing else{ $title ->
    [none] { "" }
   *[other] : { $title }
 }
failed-not-public = { $place } is not a public https address
failed-proxy = the proxy that the environment names cannot be used: { $error }
failed-silent = the source stopped without saying why
failed-unexpected = an unexpected error: { $error }
off-left-out = left out in the configuration
off-no-id = no { $name } id is configured
off-route = { $name } is not “{ $route }”
off-no-feeds = the app has no feeds
off-no-queries = the app has no social queries
off-no-hashtag = no query names the app or the agency by a word that makes a hashtag
off-no-name = news are kept if they name the app or its agency: give it a name
off-no-approval = X is off: [x] does not say who approved its use, and when
off-no-budget = X is off: [x] sets no monthly_budget_usd
off-no-account = no handle and app password of { $place } are configured
off-set = set { $names }
off-library = install what it needs: { $command }
off-busy = another process is collecting it
off-not-due = not due until { $time }
lacks-reviews = reads { NUMBER($count) } of about { NUMBER($of) }
lacks-languages = other languages exist: add { $codes }
lacks-storefronts = other storefronts exist: add { $codes }
lacks-name = the store calls it { $new } since { $since }, { $old } before: both names are asked for; add { $new } to the file
lacks-nothing = { $about ->
    [one] 1 of the newest { $count } posts speaks
   *[other] { $about } of the newest { $count } posts speak
 } of an app
lacks-context = only { $about ->
    [one] 1 of the newest { $count } posts speaks
   *[other] { $about } of the newest { $count } posts speak
 } of an app: the name is also an ordinary word, so set `context` to words that stand beside it
lacks-hits = no post for a week{ $count ->
    [0] { "" }
    [one] , in which the app got 1 review
   *[other] , in which the app got { NUMBER($count) } reviews
 }: do people call it { $names }?
failed-channel = { $count ->
    [one] 1 alert
   *[other] { $count } alerts
 } not taken since { $since }; tried again at each analysis that has this channel
failed-store = the store: { $error }
failed-store-locked = the store: another process has been writing for too long; try again in a minute ({ $error })
failed-store-readonly = the store: it is read-only; check the file’s permissions ({ $error })
failed-store-full = the store: no space left; nothing of this batch was written; free some and run again ({ $error })
failed-store-foreign = the store: the file is not a Floodgauge store; name another with --store ({ $error })
failed-store-damaged = the store: the file is damaged; restore it from a copy ({ $error })
failed-store-unopened = the store: the file cannot be opened; check the path and its permissions ({ $error })
failed-store-silent = the store: the database server does not answer; is it running? ({ $error })
failed-store-lock = the store: cannot make a lock in { $place }: { $error }
failed-store-busy = another process has been busy with this store ({ $task }) for { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
 }; see whether it hangs, and run this again
failed-store-newer = the store was written by a newer Floodgauge (schema { $schema }); upgrade this one
failed-store-older = the store is of an older Floodgauge and cannot be written from here; let somebody who may write it open it once
failed-store-secret = this store was written with another secret; set FLOODGAUGE_SECRET or FLOODGAUGE_SECRET_FILE to the one it was made with
failed-store-missing = there is no store at { $place }

## What reviews give as their reason, and what carries a swing
gives-update = name an update or a version
gives-crash = say that it does not open or closes
gives-login = say that they cannot log in or get no code
gives-server = say that it is slow, down or full of errors
gives-feature = say that something in it is broken or missing
gives-device = name a phone or its system
gives-price = speak of money
gives-privacy = speak of privacy
gives-politics = speak of politics or the state
gives-world = name an event outside the app
gives-service_people = speak of staff or an agency’s work
gives-content = speak of content, rules or design
gives-asked = sound as if they had been asked to rate
gives-call = call on others to act
gives-joke = are jokes
gives-copy = are copies
gives-rival = compare it with another app
gives-praise = praise it without a reason
gives-blame = blame it without a reason
carried-author_key = { $reviews } of { $of } are by one author
carried-country = { $reviews } of { $of } are from { $name } ({ $before } before)
carried-source = { $reviews } of { $of } are in { $name } ({ $before } before)
carried-lang = { $reviews } of { $of } are in { $name } ({ $before } before)
carried-version = { $reviews } of { $of } are on version { $name } ({ $before } before)
summary-carried = { $carried }.
