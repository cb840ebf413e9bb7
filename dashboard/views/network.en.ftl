page-network = Network
network-kind = They share
network-kind-url = the same links
network-kind-hashtag = the same hashtags
network-kind-near-text = nearly the same text
network-window = within
network-window-60 = 1 minute
network-window-600 = 10 minutes
network-window-3600 = 1 hour
network-numbers = { $accounts ->
    [one] 1 account
   *[other] { $accounts } accounts
} shared the same things within this time of each other, in { $edges ->
    [one] 1 pair
   *[other] { $edges } pairs
}.
network-beyond = { $accounts ->
    [one] 1 of them
   *[other] { $accounts } of them
} did so more often than chance explains.
network-none-beyond = Chance is enough to explain it.
network-legend = Together
network-beyond-label = more often than chance explains
network-other-label = no more often than by chance
network-account = { $partners ->
    [one] one account: 1 partner
   *[other] one account: { $partners } partners
}
network-pair = { $times ->
    [one] two accounts: once together
   *[other] two accounts: { $times } times together
}
network-drawn = Only the { $drawn } accounts of the heaviest pairs are drawn.
network-crowds = { $objects ->
    [one] One thing was shared by too many at once to say who was together; it is not drawn.
   *[other] { $objects } things were shared by too many at once to say who was together; they are not drawn.
}
network-groups = Groups that shared more than most
network-groups-beyond = Groups that chance does not explain
network-column-accounts = Accounts
network-column-edges = Pairs
network-column-objects = Things shared
network-column-shared = Shared most
network-column-first = First
network-column-last = Last
network-empty = In the last 30 days of data no two accounts shared the same things within this time of each other. Try a longer time, or something else that they share.
network-meaning = Sharing the same thing at the same time has ordinary reasons, too: one news story, a share button, a group of friends. Look at what was shared. Accounts have no names here.
