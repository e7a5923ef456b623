# SPDX-License-Identifier: GPL-3.0-or-later
# Rscript agree.R STAT_EVAL FOLDER [SEED] - draws data, computes with R (base, psych, coin), has STAT_EVAL compute the
# same, compares to 1e-8 relative. Prints the seed, and every case that differs as a line STAT_EVAL can read.
suppressPackageStartupMessages({ library(psych); library(coin) })
args <- commandArgs(TRUE)
seed <- if (length(args) > 2) as.integer(args[3]) else as.integer((as.numeric(Sys.time()) * 1000) %% 2e9)
cat("seed", seed, "\n")
set.seed(seed)
cases <- list()
num <- function(x) paste(ifelse(is.na(x), "NA", sprintf("%.17g", x)), collapse = " ")
# want: numbers in the order of stat_eval.c; near: what counts as 0 beside numbers of this size
add <- function(name, options, ..., want, near = 1e-13) {
  line <- paste(c(paste(name, num(options)), vapply(list(...), num, "")), collapse = " | ")
  cases[[length(cases) + 1]] <<- list(line = line, name = name, want = as.numeric(want), near = near)
}
or_nan <- function(expr, n) tryCatch(suppressWarnings(as.numeric(expr)), error = function(e) rep(NaN, n))
pick <- function(x) x[sample.int(length(x), 1)]
level <- function() pick(c(.95, .9, .8, .99))
holes <- function(x, share = .1) { x[runif(length(x)) < share] <- NA; x }
ok <- function(...) complete.cases(cbind(...))

# Two columns: smooth, tied, with zeros, tiny, far from 0, constant, missing.
pairs_of <- function(kind) switch(kind,
  smooth = { n <- sample(6:45, 1); a <- rnorm(n, 200, 40); list(a, a + rnorm(n, 10, 20)) },
  tied = { n <- sample(6:50, 1); list(sample(1:6, n, TRUE), sample(2:7, n, TRUE)) },
  zeros = { n <- sample(8:50, 1); a <- sample(10:20, n, TRUE); list(a, a + sample(c(0, 0, 0, 1, -1, 2, 3), n, TRUE)) },
  tiny = { n <- sample(1:4, 1); list(rnorm(n, 5), rnorm(n, 5)) },
  far = { n <- sample(10:40, 1); a <- 1e6 + rnorm(n); list(a, a + rnorm(n, .3)) },
  many = { n <- sample(51:200, 1); list(sample(1:30, n, TRUE), sample(3:32, n, TRUE)) },
  constant = { n <- sample(3:12, 1); list(rep(5, n), rep(pick(c(5, 7)), n)) },
  missing = { n <- sample(10:40, 1); a <- rnorm(n, 300, 60); list(holes(a), holes(a + rnorm(n, 0, 30))) })
kinds <- c("smooth", "tied", "zeros", "tiny", "far", "many", "constant", "missing")

t_want <- function(a, b, l, paired) {
  r <- or_nan({ t <- t.test(a, b, paired = paired, conf.level = l); c(t$statistic, t$parameter, t$p.value, t$conf.int) }, 5)
  r
}
paired <- function(a, b, l) {
  k <- ok(a, b); x <- a[k]; y <- b[k]; n <- sum(k)
  w <- t_want(x, y, l, TRUE)
  if (n >= 2 && is.nan(w[1])) w[2] <- n - 1
  add("paired", l, a, b, want = c(n, n, sum(!k), mean(x - y), w))
}
welch <- function(a, b, l) {
  x <- a[!is.na(a)]; y <- b[!is.na(b)]
  w <- t_want(x, y, l, FALSE)
  if (var(x, y = NULL) %in% 0 && var(y) %in% 0) w[2] <- NaN
  add("welch", l, a, b, want = c(length(x), length(y), sum(is.na(a), is.na(b)), mean(x) - mean(y), w), near = 3e-15 * max(1, abs(x), abs(y))) # means are rounded before they are subtracted
}

walsh <- function(d) { w <- outer(d, d, "+") / 2; sort(w[upper.tri(w, TRUE)]) }
ordered_ci <- function(all, k, reached) if (k < 1) c(NaN, NaN, NaN) else c(all[k], all[length(all) + 1 - k], reached)
signed <- function(a, b, l, pratt) {
  k <- ok(a, b); d <- (a - b)[k]; n <- length(d)
  ranked <- if (pratt) d else d[d != 0]
  r <- rank(abs(ranked)); r <- r[ranked != 0]; e <- ranked[ranked != 0]
  v <- sum(r[e > 0])
  if (length(e) == 0) { v <- NaN; p <- c(NaN, NaN, NaN) }
  else if (length(ranked) > 50 && !pratt) p <- sapply(c("two.sided", "less", "greater"), function(s)
    suppressWarnings(wilcox.test(e, exact = FALSE, alternative = s)$p.value))
  else if (length(ranked) > 50) {
    off <- v - sum(r) / 2; sd <- sqrt(sum(r^2)) / 2
    p <- c(2 * pnorm(-abs(off - sign(off) / 2) / sd), pnorm((off + .5) / sd), 1 - pnorm((off - .5) / sd))
  } else if (anyDuplicated(abs(ranked)) || any(d == 0)) p <- sapply(c("two.sided", "less", "greater"), function(s)
    pvalue(wilcoxsign_test(x ~ y, data.frame(x = ranked, y = 0), distribution = "exact",
      zero.method = if (pratt) "Pratt" else "Wilcoxon", alternative = s)))
  else p <- sapply(c("two.sided", "less", "greater"), function(s) wilcox.test(e, exact = TRUE, alternative = s)$p.value)
  tail <- (1 - l) / 2
  if (n <= 50) { q <- qsignrank(tail, n); ci <- ordered_ci(walsh(d), q, 1 - 2 * psignrank(q - 1, n)) }
  else {
    m <- n * (n + 1) / 4; s <- sqrt(n * (n + 1) * (2 * n + 1) / 24); q <- ceiling(m - .5 - qnorm(1 - tail) * s)
    ci <- ordered_ci(walsh(d), q, 1 - 2 * pnorm((q - .5 - m) / s))
  }
  add("signed", c(l, pratt), a, b, want = c(0, n, 0, sum(d == 0), sum(!k), v, p, median(walsh(d)), ci, (2 * v - sum(r)) / sum(r)))
}
ranksum <- function(a, b, l) {
  x <- a[!is.na(a)]; y <- b[!is.na(b)]; m <- length(x); n <- length(y); all <- sort(outer(x, y, "-"))
  sides <- c("two.sided", "less", "greater")
  test <- data.frame(v = c(x, y), g = factor(rep(1:2, c(m, n))))
  if (m + n > 50) p <- sapply(sides, function(s) suppressWarnings(wilcox.test(x, y, exact = FALSE, alternative = s)$p.value))
  else if (length(unique(test$v)) == 1) p <- c(1, 1, 1)
  else if (anyDuplicated(test$v)) p <- sapply(sides, function(s) pvalue(wilcox_test(v ~ g, test, distribution = "exact", alternative = s)))
  else p <- sapply(sides, function(s) wilcox.test(x, y, exact = TRUE, alternative = s)$p.value)
  w <- sum(rank(c(x, y))[1:m]) - m * (m + 1) / 2
  tail <- (1 - l) / 2
  if (m + n <= 50) { q <- qwilcox(tail, m, n); ci <- ordered_ci(all, q, 1 - 2 * pwilcox(q - 1, m, n)) }
  else {
    e <- m * n / 2; s <- sqrt(m * n * (m + n + 1) / 12); q <- ceiling(e - .5 - qnorm(1 - tail) * s)
    ci <- ordered_ci(all, q, 1 - 2 * pnorm((q - .5 - e) / s))
  }
  add("ranksum", l, a, b, want = c(0, m, n, 0, sum(is.na(a), is.na(b)), w, p, median(all), ci, 2 * w / (m * n) - 1))
}

ncp <- function(t, df, p) {
  if (t < 0) return(-ncp(-t, df, 1 - p))
  upper <- function(d) suppressWarnings(pt(t, df, d, lower.tail = FALSE))
  if (upper(-37.6) > 1 - p || upper(37.6) < 1 - p) return(NaN) # where R's pt is good no longer
  suppressWarnings(uniroot(function(d) pt(t, df, d, lower.tail = FALSE) - (1 - p), c(-37.6, 37.6),
    tol = 1e-13, maxiter = 10000)$root)
}
effect <- function(a, b, l) {
  k <- ok(a, b); x <- a[k]; y <- b[k]; d <- x - y; n <- length(d); df <- n - 1
  if (n < 2 || sd(d) == 0) return(invisible())
  r <- or_nan(cor(x, y), 1); r[is.na(r)] <- NaN; if (n == 2) r <- sign(r) # where cor() rounds
  dz <- mean(d) / sd(d); t <- dz * sqrt(n); tail <- (1 - l) / 2; s <- (sd(x) + sd(y)) / 2
  ci <- c(ncp(t, df, 1 - tail), ncp(t, df, tail)) / sqrt(n)
  j <- if (df >= 2) exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2) else NaN
  add("effect", l, a, b, want = c(n, sum(!k), r, dz, ci, mean(d) / s, ci * sd(d) / s, mean(d) / sqrt((var(x) + var(y)) / 2),
    dz * sqrt(2 * (1 - r)), j * dz, j * mean(d) / s), near = 1e-9)
}

table_of <- function(kind) {
  n <- if (kind == "tiny") 3 else sample(4:25, 1); k <- if (kind == "far") 2 else sample(2:5, 1)
  x <- matrix(rnorm(n * k, 0, 20), n, k) + rnorm(n, 250, pick(c(5, 60))) + rep(rnorm(k, 0, pick(c(0, 15))), each = n)
  if (kind == "tied") x <- round(x, -1)
  if (kind == "far") x <- x + 1e5
  if (kind == "missing") x <- matrix(holes(x, .08), n, k)
  x
}
flat <- function(x) as.numeric(t(x))
icc <- function(x, l) {
  y <- x[complete.cases(x), , drop = FALSE]
  if (nrow(y) < 3) return(invisible())
  r <- suppressWarnings(ICC(y, lmer = FALSE, alpha = 1 - l))$results
  want <- sapply(1:6, function(i) c(r$ICC[i], r$F[i], r$df1[i], r$df2[i], r$p[i], r$"lower bound"[i], r$"upper bound"[i]))
  add("icc", c(l, ncol(x)), flat(x), want = c(nrow(y), nrow(x) - nrow(y), want), near = 1e-10)
  n <- nrow(y); k <- ncol(y); long <- data.frame(v = as.numeric(y), p = factor(row(y)), c = factor(col(y)))
  ms <- anova(lm(v ~ p + c, long))$"Mean Sq"; msw <- anova(lm(v ~ p, long))$"Mean Sq"[2]
  chi <- function(v, df) sqrt(df * v / qchisq(c((1 + l) / 2, (1 - l) / 2), df))
  g <- c(ms[2], (n - 1) * ms[3]) / n; df <- sum(g)^2 / sum(g^2 / c(k - 1, (n - 1) * (k - 1)))
  add("sem", c(l, k), flat(x), want = c(n, nrow(x) - n, sqrt(ms[3]), (n - 1) * (k - 1), chi(ms[3], (n - 1) * (k - 1)),
    n, nrow(x) - n, sqrt(msw), df, chi(msw, df)))
}
sessions <- function(a, b, l) {
  k <- ok(a, b); d <- (a - b)[k]; n <- length(d)
  if (n < 3 || sd(d) == 0) return(invisible())
  sem <- sd(d) / sqrt(2); visits <- sample(1:3, 1); change <- rnorm(1, 0, 30)
  add("sessions", c(l, change, visits), a, b, want = c(n, sum(!k), sem, n - 1, sqrt((n - 1) / qchisq(c((1 + l) / 2, (1 - l) / 2), n - 1)) * sem,
    qnorm((1 + l) / 2) * sqrt(2) * sem, change + c(-1, 1) * qt((1 + l) / 2, n - 1) * sem * sqrt(1 + 1 / visits)))
}
cv <- function(x) {
  use <- rowSums(!is.na(x)) >= 2; y <- x[use, , drop = FALSE]
  if (nrow(y) == 0) return(invisible())
  sds <- apply(y, 1, sd, na.rm = TRUE); means <- rowMeans(y, na.rm = TRUE)
  long <- na.omit(data.frame(v = as.numeric(y), p = factor(row(y))))
  if (all(long$v > 0)) { long$v <- log(long$v); s2 <- sum((long$v - ave(long$v, long$p))^2) / (nrow(long) - nrow(y)) } else s2 <- NaN
  add("cv", ncol(x), flat(x), want = c(nrow(y), sum(is.na(x)), sqrt(mean((sds / means)^2)), sqrt(expm1(s2))))
}
agreement <- function(a, b, l, m) {
  k <- ok(a, b); d <- (a - b)[k]; n <- length(d); s <- sd(d); q <- qt((1 + l) / 2, n - 1)
  ci <- function(x, se) c(x - q * se, x + q * se)
  low <- mean(d) - m * s; high <- mean(d) + m * s; se <- s * sqrt(1 / n + m^2 / (2 * (n - 1)))
  c(n, sum(!k), mean(d), s, low, high, ci(mean(d), s / sqrt(n)), ci(low, se), ci(high, se),
    ci(low, s * sqrt(3 / n)), ci(high, s * sqrt(3 / n)))
}
# lm takes values for constant that differ by less than 1e-7 of their size: centred, they do not.
slope <- function(d, m) { m <- m - mean(m, na.rm = TRUE); or_nan(summary(lm(d ~ m))$coefficients[2, c(1, 4)], 2) }
bland <- function(a, b, l) {
  k <- ok(a, b); if (sum(k) < 4 || sd((a - b)[k]) == 0) return(invisible())
  m <- pick(c(1.96, 2))
  add("bland", c(l, m), a, b, want = c(0, agreement(a, b, l, m), slope(a - b, (a + b) / 2)))
  if (any(a <= 0, b <= 0, na.rm = TRUE)) return(invisible())
  w <- agreement(log(a), log(b), l, m); w[c(3, 5:16)] <- exp(w[c(3, 5:16)])
  add("ratio", c(l, m), a, b, want = c(0, w, slope(log(a) - log(b), (log(a) + log(b)) / 2)))
}
replicates <- function(x, y, l) {
  mx <- rowMeans(x, na.rm = TRUE); my <- rowMeans(y, na.rm = TRUE); k <- ok(mx, my); d <- (mx - my)[k]; n <- sum(k); m <- 1.96
  if (n < 4) return(invisible())
  part <- function(z) { z <- z[k, , drop = FALSE]; counts <- rowSums(!is.na(z)); df <- sum(counts - 1)
    s2 <- if (df > 0) sum((z - rowMeans(z, na.rm = TRUE))^2, na.rm = TRUE) / df else 0
    c((1 - mean(1 / counts)) * s2, df, if (df > 0) sqrt(s2) else NaN) }
  p <- part(x); q <- part(y); v <- var(d) + p[1] + q[1]
  spread <- 2 * var(d)^2 / (n - 1) + (if (p[2] > 0) 2 * p[1]^2 / p[2] else 0) + (if (q[2] > 0) 2 * q[1]^2 / q[2] else 0)
  se <- sqrt(var(d) / n + m^2 * spread / (4 * v)); t <- qt((1 + l) / 2, n - 1); low <- mean(d) - m * sqrt(v); high <- mean(d) + m * sqrt(v)
  add("replicates", c(l, m, ncol(x), ncol(y)), flat(x), flat(y), want = c(0, n, sum(!k), mean(d), sqrt(v), low, high,
    mean(d) + c(-1, 1) * t * sd(d) / sqrt(n), low + c(-1, 1) * t * se, high + c(-1, 1) * t * se, rep(NaN, 4),
    slope(d, ((mx + my) / 2)[k]), p[3], q[3]))
}
orders <- function(n) if (n == 1) matrix(1) else { o <- orders(n - 1); do.call(rbind, lapply(1:n, function(i) cbind(i, o + (o >= i)))) }
growth <- function(x) {
  use <- rowSums(!is.na(x)) >= 2; y <- x[use, , drop = FALSE]; n <- nrow(y)
  if (n < 3) return(invisible())
  m <- rank(rowMeans(y, na.rm = TRUE)); s <- rank(apply(y, 1, sd, na.rm = TRUE))
  rho <- if (sd(m) > 0 && sd(s) > 0) cor(m, s) else NaN
  if (is.nan(rho)) p <- NaN
  else if (n > 8) p <- suppressWarnings(cor.test(m, s, method = "spearman", exact = FALSE)$p.value)
  else { sums <- apply(orders(n), 1, function(o) sum(m * s[o])); p <- min(1, 2 * min(mean(sums >= sum(m * s)), mean(sums <= sum(m * s)))) }
  add("growth", ncol(x), flat(x), want = c(0, n, sum(!use), rho, p))
}
line <- function(a, b, l) {
  k <- ok(a, b); x <- a[k]; y <- b[k]; n <- length(x)
  if (n < 3 || sd(x) == 0 || sd(y) == 0) return(invisible())
  # lm loses digits far from 0, where the centred line keeps them
  far <- abs(mean(x)) > 1e3 * sd(x); mx <- if (far) mean(x) else 0; my <- if (far) mean(y) else 0
  f <- lm(I(y - my) ~ I(x - mx)); s <- suppressWarnings(summary(f)); c2 <- s$coefficients
  add("line", l, a, b, want = c(n, sum(!k), c2[2, 1], my + c2[1, 1] - mx * c2[2, 1], c2[2, 2],
    if (!far) c2[1, 2] else s$sigma * sqrt(1 / n + mx^2 / sum((x - mean(x))^2)), s$sigma, s$r.squared,
    s$fstatistic[1], c2[2, 4], confint(f, 2, l), cor(x, y)), near = 1e-10)
}
one_way <- function() {
  g <- sample(2:6, 1); size <- if (runif(1) < .5) rep(sample(2:8, 1), g) else sample(1:9, g, TRUE)
  x <- holes(rnorm(sum(size), rep(rnorm(g, 100, 5), size), 10), pick(c(0, .1))); f <- factor(rep(1:g, size))
  k <- !is.na(x); if (nlevels(droplevels(f[k])) < 2 || sum(k) <= nlevels(droplevels(f[k]))) return(invisible())
  a <- summary(aov(x[k] ~ droplevels(f[k])))[[1]]
  add("oneway", numeric(), x, size, want = c(sum(k), sum(!k), a$Df[1] + 1, a$"Sum Sq", a$Df, a$"F value"[1], a$"Pr(>F)"[1]), near = 1e-11)
}

for (kind in rep(kinds, 8)) {
  p <- pairs_of(kind); a <- p[[1]]; b <- p[[2]]; l <- level()
  paired(a, b, l)
  if (sum(!is.na(a)) > 1 && sum(!is.na(b)) > 1) welch(a, b[seq_len(max(2, length(b) - 2))], l)
  signed(a, b, l, FALSE); signed(a, b, l, TRUE)
  ranksum(a, b, l); ranksum(head(a, 30), head(b, 18), l); ranksum(head(a, 12), head(b, 30), l)
  effect(a, b, l); sessions(a, b, l); bland(a, b, l); line(a, b, l); line(b, a, l)
  k <- !is.na(a); x <- a[k]; q <- pick(c(0, 1, runif(1)))
  add("quantile", q, a, want = c(length(x), quantile(x, q), median(x)))
  ci <- or_nan(t.test(x, conf.level = l)$conf.int, 2)
  add("moments", l, a, want = c(length(x), sum(!k), mean(x), or_nan(c(sd(x), sd(x) / sqrt(length(x))), 2), ci))
  w <- ok(a, b); u <- a[w]; v <- b[w]
  add("percent", numeric(), a, b, want = c(sum(w), sum(!w), 100 * (mean(v) / mean(u) - 1), mean(100 * (v / u - 1)),
    100 * (exp(mean(suppressWarnings(log(v / u)))) - 1)), near = 1e-9)
  t <- cumsum(rexp(length(a)) + .01); w <- ok(t, a); n <- sum(w); tt <- t[w]; aa <- a[w]
  area <- if (n > 1) sum(diff(tt) * (head(aa, -1) + tail(aa, -1)) / 2) else NaN
  add("area", numeric(), t, a, want = c(n, sum(!w), area, if (n > 1) area / (tt[n] - tt[1]) else NaN))
}
for (kind in rep(c("smooth", "tied", "far", "tiny", "missing"), 8)) {
  x <- table_of(kind); l <- level()
  icc(x, l); cv(x)
  if (kind != "tied") growth(x)
  y <- x[, sample(ncol(x), sample(1:2, 1)), drop = FALSE] + rnorm(nrow(x), 3, 9)
  if (kind != "tiny") replicates(x, matrix(y, nrow(x)), l)
}
for (n in c(3, 4, 5, 6, 7, 8, 9, 12)) growth(matrix(2^sample(1:4, 2 * n, TRUE), n, 2)) # ties
for (i in 1:20) {
  one_way()
  p <- holes(c(runif(sample(0:12, 1))^3, .01, .01), pick(c(0, .2)))
  add("holm", numeric(), p, want = c(sum(!is.na(p)), p.adjust(p, "holm")))
  df <- c(runif(1, .6, 60), runif(1, 1, 40)); q <- runif(1, .001, .999)
  add("quantiles", c(q, df), want = c(qnorm(q), qt(q, df[1]), qnorm(q), qchisq(q, df[1]), qf(q, df[1], df[2])))
  o <- c(runif(1, 5, 40), runif(1, 10, 60), pick(c(.05, .01)), pick(c(.8, .9)))
  n <- or_nan(power.t.test(delta = o[1], sd = o[2], sig.level = o[3], power = o[4], type = "paired", tol = 1e-10)$n, 1)
  if (!is.nan(n)) add("size", o, want = ceiling(n - 1e-6))
}

file <- file.path(args[2], "cases")
writeLines(vapply(cases, `[[`, "", "line"), file)
got <- system2(args[1], file, stdout = TRUE)
if (length(got) != length(cases)) stop("stat_eval answered ", length(got), " of ", length(cases), " cases")
bad <- 0; worst <- 0; compared <- 0
for (i in seq_along(cases)) {
  k <- cases[[i]]; g <- scan(text = got[i], quiet = TRUE, na.strings = "none"); w <- k$want
  same <- length(g) == length(w) && identical(is.na(g), is.na(w))
  far <- if (same) abs(g - w) > 1e-8 * abs(w) + k$near else TRUE
  far[is.na(far)] <- FALSE
  compared <- compared + length(w)
  if (same && !any(far)) next
  bad <- bad + 1
  if (bad <= 10) cat("case", k$line, "\n  program", got[i], "\n  R      ", num(w), "\n  differ at", which(far | xor(is.na(g), is.na(w))), "\n")
}
cat(length(cases), "cases,", compared, "numbers,", bad, "cases differ; seed", seed, "\n")
quit(status = as.integer(bad > 0))
