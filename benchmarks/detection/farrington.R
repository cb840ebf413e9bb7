# Farrington Flexible (Noufaily et al. 2013) of the package surveillance, one series a call.
#
#   Rscript farrington.R counts.csv out.csv frequency b w left_out least
#
# counts.csv: one column `count`, consecutive days or weeks. out.csv: index (from 1), p, the
# probability of a count at least as large under the model fitted to the reference. The reference
# is b blocks of 2 w + 1 points around multiples of `frequency` points back, without the latest
# `left_out`. Points under `least` items are not judged (no rule here alarms on them).
suppressPackageStartupMessages(library(surveillance))
given <- commandArgs(trailingOnly = TRUE)
counts <- read.csv(given[1])$count
n <- as.integer(given[3:7])
names(n) <- c("frequency", "b", "w", "left_out", "least")
series <- sts(observed = matrix(counts), start = c(1, 1), frequency = n[["frequency"]])
first <- n[["b"]] * n[["frequency"]] + n[["w"]] + 1
judged <- which(counts >= n[["least"]] & seq_along(counts) >= first)
p <- vapply(judged, function(point) {
  control <- list(
    range = point, b = n[["b"]], w = n[["w"]], noPeriods = 1, reweight = TRUE,
    weightsThreshold = 2.58, trend = TRUE, pThresholdTrend = 0.05, populationOffset = FALSE,
    pastWeeksNotIncluded = n[["left_out"]], thresholdMethod = "nbPlugin", alpha = 0.01,
    glmWarnings = FALSE, limit54 = c(0, 4)
  )
  found <- tryCatch(farringtonFlexible(series, control)@control$pvalue[1], error = function(e) 1)
  if (is.na(found)) 1 else found
}, numeric(1))
write.csv(data.frame(index = judged, p = p), given[2], row.names = FALSE)
