# Times CooRTweet on a CSV of shares: file, window in seconds, min_participation.
library(CooRTweet)
given <- commandArgs(trailingOnly = TRUE)
shares <- data.table::fread(given[1], colClasses = list(character = c("object_id", "account_id", "content_id")))
started <- proc.time()[["elapsed"]]
groups <- detect_groups(shares, time_window = as.numeric(given[2]), min_participation = as.numeric(given[3]))
graph <- generate_coordinated_network(groups, edge_weight = 0.5)
cat(proc.time()[["elapsed"]] - started, igraph::gsize(graph), "\n")
