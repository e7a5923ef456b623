# SPDX-License-Identifier: GPL-3.0-or-later
# recompute.py STUDY JSONDIR - the numbers of compare, course and reliability once more, from the session files and
# reliability.tsv alone, by other code: each must be equal to 1e-9. Quantiles of t and chi-square by bisection.
import csv, glob, json, math, re, sys
import h5py

STUDY, OUT = sys.argv[1:3]
faults = checked = 0


def same(what, got, want):
    global faults, checked
    checked += 1
    if got is None and (want is None or math.isnan(want)):
        return
    if got is None or want is None or not abs(got - want) <= 1e-9 * max(1, abs(want)):
        faults += 1
        print(f"{what}: {got!r}, recomputed {want!r}")


# ---- distributions -------------------------------------------------------------------------------------

def beta_share(a, b, x):  # regularised incomplete beta, continued fraction (Lentz)
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_share(b, a, 1 - x)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    f = d
    for m in range(1, 500):
        for k in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                  -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1 / (1 + k * d)
            c = 1 + k / c
            f *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return front * f


def gamma_share(a, x):  # regularised lower incomplete gamma, series
    term = total = 1 / a
    n = a
    while abs(term) > 1e-17 * abs(total):
        n += 1
        term *= x / n
        total += term
    return total * math.exp(-x + a * math.log(x) - math.lgamma(a))


def solve(f, low, high):
    for _ in range(200):
        mid = (low + high) / 2
        low, high = (mid, high) if f(mid) < 0 else (low, mid)
    return (low + high) / 2


def t_reach(df, level=0.95):
    if math.isinf(df):
        return solve(lambda z: math.erf(z / math.sqrt(2)) - level, 0, 40)
    return solve(lambda t: 1 - beta_share(df / 2, 0.5, df / (df + t * t)) - level, 0, 1e4)


def chi2(p, df):
    return solve(lambda x: gamma_share(df / 2, x / 2) - p, 1e-9, 20 * df + 100)


# ---- the files -----------------------------------------------------------------------------------------

def text(v):
    return (v.decode() if isinstance(v, bytes) else str(v)).strip("\0 ")


class Visit:
    def __init__(self, path):
        f = h5py.File(path)
        r = f["results"]
        self.session = int(re.search(r"_ses-(\d+)", path).group(1))
        self.post = "_acq-post_" in path
        self.day = text(f.attrs["visit_day"])
        self.participant = re.search(r"sub-([^_/]+)_", path).group(1)
        self.values, self.presses, self.roles = {}, {}, {}
        for c, role in zip(f["points"]["site_code"][()], f["points"]["role"][()]):
            self.roles[text(c)] = int(role)
        rows = zip(r["site_code"][()], r["status"][()], r["kind"][()], r["ppt_kpa"][()], r["ceiling_kpa"][()])
        for c, status, kind, kpa, ceiling in rows:
            if kind in FAMILIARISATION_OR_HOLD or status not in (1, 3):
                continue
            self.presses.setdefault(text(c), []).append((float(ceiling if status == 3 else kpa), status == 3))
        for c, p in self.presses.items():
            self.values[c] = (sum(k for k, _ in p) / len(p), any(b for _, b in p))


FAMILIARISATION_OR_HOLD = (2, 4)
visits = {}
for path in sorted(glob.glob(f"{STUDY}/sub-*/ses-*/*_algometry.h5")):
    v = Visit(path)
    visits.setdefault(v.participant, []).append(v)
for v in visits.values():
    v.sort(key=lambda v: (v.day, v.post))


def number(word):
    return math.nan if word == "n/a" else math.inf if word == "inf" else float(word)


sems = list(csv.DictReader(open(f"{STUDY}/reliability.tsv"), delimiter="\t"))


def sem_for(kind, site):
    place = site[:-2] if site[-2:] in ("_L", "_R") else site
    best = None
    for s in sems:
        if s["kind"] == kind and s["site"] in (site, place) and (best is None or (s["site"] == site) >= (best["site"] == site)):
            best = s
    return best


def widened(s, presses):
    sem, k = float(s["sem"]), int(s["presses"])
    if presses >= k:
        return sem
    return math.sqrt(sem ** 2 + number(s["press_sd"]) ** 2 * (1 / presses - 1 / k))


# ---- a change ------------------------------------------------------------------------------------------

def check_change(what, got, a, b, s, sem_a, sem_b):
    (first, first_bound), (second, second_bound) = a, b
    log = s is not None and s["scale"] == "log10"
    same(what + " change", got["change_kpa"], None if first_bound and second_bound else second - first)
    same(what + " percent", got["change_percent"], None if first_bound and second_bound else 100 * (second / first - 1))
    sign = "?" if first_bound and second_bound else ">=" if second_bound else "<=" if first_bound else "="
    assert got["change_sign"] == sign, (what, got["change_sign"], sign)
    if s is None:
        assert got["verdict"] is None, what
        return None
    reach = t_reach(number(s["df"])) * math.hypot(sem_a, sem_b)
    d = math.log10(second / first) if log else second - first
    exact = sign == "="
    same(what + " low", got["ci_low_percent" if log else "ci_low_kpa"],
         None if not exact else 100 * (10 ** (d - reach) - 1) if log else d - reach)
    same(what + " high", got["ci_high_percent" if log else "ci_high_kpa"],
         None if not exact else 100 * (10 ** (d + reach) - 1) if log else d + reach)
    same(what + " rise", got["rise_kpa"], first * (10 ** reach - 1) if log else reach)
    same(what + " fall", got["fall_kpa"], first * (10 ** -reach - 1) if log else -reach)
    verdict = "cannot-tell"
    if d > reach and sign in ("=", ">="):
        verdict = "rose"
    elif d < -reach and sign in ("=", "<="):
        verdict = "fell"
    elif exact:
        verdict = "within-error"
    assert got["verdict"] == verdict, (what, got["verdict"], verdict)
    return verdict


def tally(what, got, verdicts):
    judged = [v for v in verdicts if v]
    for key, word in (("rose", "rose"), ("fell", "fell"), ("within_error", "within-error"), ("cannot_tell", "cannot-tell")):
        same(what + " " + key, got[key], judged.count(word))
    same(what + " points", got["points"], len(judged))
    same(what + " chance", got["expected_by_chance"], 0.05 * (len(judged) - judged.count("cannot-tell")))


def compare(path):
    d = json.load(open(path))
    a, b = ([v for v in visits[d["first"]["participant"]] if v.session == d[k]["session"] and v.post == (d[k]["acq"] == "post")][0]
            for k in ("first", "second"))
    kind = "within-visit" if a.day == b.day else "between-visits"
    verdicts, moves, few = [], {1: [], 3: []}, [99, 99]
    for p in d["points"]:
        site = p["site"]
        if site not in a.values or site not in b.values:
            assert p["change_sign"] is None, p
            continue
        s, n = sem_for(kind, site), (len(a.presses[site]), len(b.presses[site]))
        sem = (None, None) if s is None else (widened(s, n[0]), widened(s, n[1]))
        verdicts.append(check_change(f"{path} {site}", p, a.values[site], b.values[site], s, *sem))
        role = a.roles[site]
        if role in moves:
            moves[role].append((a.values[site], b.values[site]))
            few = [min(few[i], n[i]) for i in (0, 1)]
    tally(path, d["beyond_error"], verdicts)
    s = sem_for(kind, "net")
    log = (s or sems[-1])["scale"] == "log10"
    if s and not any(x[1] or y[1] for m in moves.values() for x, y in m):
        mean = {r: sum(math.log10(y[0] / x[0]) if log else y[0] - x[0] for x, y in m) / len(m) for r, m in moves.items()}
        net, reach = mean[1] - mean[3], t_reach(number(s["df"])) * math.hypot(widened(s, few[0]), widened(s, few[1]))
        shown = (lambda v: 100 * (10 ** v - 1)) if log else (lambda v: v)
        same(path + " net", d["net"]["change_percent" if log else "change_kpa"], shown(net))
        same(path + " net low", d["net"]["ci_low_percent" if log else "ci_low_kpa"], shown(net - reach))
        same(path + " net high", d["net"]["ci_high_percent" if log else "ci_high_kpa"], shown(net + reach))


# ---- a course ------------------------------------------------------------------------------------------

def ordinal(day):
    import datetime
    return datetime.date.fromisoformat(day).toordinal()


def line(x, y, log):
    n, mx, my = len(x), sum(x) / len(x), sum(y) / len(y)
    sxx = sum((v - mx) ** 2 for v in x)
    b = sum((v - mx) * (w - my) for v, w in zip(x, y)) / sxx
    s2 = sum((w - my - b * (v - mx)) ** 2 for v, w in zip(x, y)) / (n - 2)
    half = t_reach(n - 2) * math.sqrt(s2 / sxx)
    return [100 * (10 ** (7 * v) - 1) if log else 7 * v for v in (b, b - half, b + half)]


def course(path, b):
    d = json.load(open(path))
    all_visits = visits[d["participant"]]
    log = sems[-1]["scale"] == "log10"
    verdicts = []
    for p in d["points"]:
        site = p["site"]
        counting = [v for v in all_visits if not v.post and site in v.values]
        base = counting[:b]
        logs = [math.log10(v.values[site][0]) if log else v.values[site][0] for v in base]
        base_kpa = sum(logs) / len(logs)
        base_kpa = 10 ** base_kpa if log else base_kpa
        base_bound = any(v.values[site][1] for v in base)
        same(f"{path} {site} baseline", p["baseline_kpa"], base_kpa)
        for v, cell in zip(all_visits, p["sessions"]):
            if site not in v.values:
                assert cell["ppt_kpa"] is None, cell
                continue
            same(f"{path} {site} value", cell["ppt_kpa"], v.values[site][0])
            assert cell["bound"] == v.values[site][1]
            if all_visits.index(v) <= all_visits.index(base[-1]):
                assert cell["change_sign"] is None, cell
                continue
            errors = [sem_for("within-visit" if v.day == w.day else "between-visits", site) for w in base]
            s = sem_a = sem_b = None
            if all(errors):  # the widest, over sqrt b
                wide = [(t_reach(number(e["df"])) * math.hypot(widened(e, len(w.presses[site])), widened(e, len(v.presses[site]))), e, w)
                        for e, w in zip(errors, base)]
                _, s, w = max(wide, key=lambda x: x[0])
                sem_a, sem_b = widened(s, len(w.presses[site])) / math.sqrt(len(base)), widened(s, len(v.presses[site]))
            verdict = check_change(f"{path} {site} {v.day}", cell, (base_kpa, base_bound), v.values[site], s, sem_a, sem_b)
            if v is [w for w in all_visits if not w.post][-1]:
                verdicts.append(verdict)
        values = [v.values[site] for v in counting]
        x = [ordinal(v.day) - ordinal(counting[0].day) for v in counting]
        if any(bound for _, bound in values):
            assert p["trend"]["slope_kpa_week"] is None and p["trend"]["average_kpa"] is None, p["trend"]
            continue
        if len(values) >= 4:
            want = line(x, [math.log10(k) if log else k for k, _ in values], log)
            for key, w in zip(("slope", "slope_ci_low", "slope_ci_high"), want):
                same(f"{path} {site} {key}", p["trend"][f"{key}_{'percent' if log else 'kpa'}_week"], w)
        area = sum((x[i + 1] - x[i]) * (values[i][0] + values[i + 1][0]) / 2 for i in range(len(x) - 1))
        same(f"{path} {site} average", p["trend"]["average_kpa"], area / x[-1])
    tally(path, d["beyond_error"], verdicts)


# ---- reliability ---------------------------------------------------------------------------------------

def icc_2_1(pairs):
    n, grand = len(pairs), sum(map(sum, pairs)) / (2 * len(pairs))
    columns = [sum(c) / n for c in zip(*pairs)]
    msr = 2 * sum((sum(p) / 2 - grand) ** 2 for p in pairs) / (n - 1)
    msc = n * sum((c - grand) ** 2 for c in columns)
    mse = sum((p[j] - sum(p) / 2 - columns[j] + grand) ** 2 for p in pairs for j in (0, 1)) / (n - 1)
    return (msr - mse) / (msr + mse + 2 * (msc - mse) / n), (msr - mse) / (msr + mse)


def reliability(path):
    d = json.load(open(path))
    scale = math.log10 if d["scale"]["used"] == "log10" else float
    stable = list(csv.DictReader(open(f"{STUDY}/stable.tsv"), delimiter="\t"))
    pairs = [(r["participant"], [[v for v in visits[r["participant"]] if v.session == int(r[k].split("-")[0])][0] for k in "ab"])
             for r in stable]
    for row in d["rows"]:
        site = row["site"]
        if row["both_sides"] or site == "net":
            continue
        if row["basis"] == "presses":
            groups = [[scale(k) for k, _ in v.presses[site]] for vs in visits.values() for v in vs
                      if len(v.presses.get(site, [])) >= 2 and not v.values[site][1]]
        else:
            groups = [[scale(v.values[site][0]) for v in p] for _, p in pairs
                      if all(site in v.values and not v.values[site][1] and len(v.presses[site]) >= 3 for v in p)]
        df = sum(len(g) - 1 for g in groups)
        ss = sum((v - sum(g) / len(g)) ** 2 for g in groups for v in g)
        sem = math.sqrt(ss / df / (3 if row["basis"] == "presses" else 1))
        what = f"{path} {row['basis']} {site}"
        same(what + " df", row["df"], df)
        same(what + " sem", row["sem"], sem)
        same(what + " low", row["sem_low"], sem * math.sqrt(df / chi2(0.975, df)))
        same(what + " high", row["sem_high"], sem * math.sqrt(df / chi2(0.025, df)))
        same(what + " mdc90", row["mdc90"], t_reach(df, 0.90) * math.sqrt(2) * sem)
        same(what + " mdc95", row["mdc95"], t_reach(df) * math.sqrt(2) * sem)
        if row["basis"] == "sessions":
            agreement, consistency = icc_2_1(groups)
            same(what + " ICC(2,1)", row["icc"]["ICC(2,1)"]["value"], agreement)
            same(what + " ICC(3,1)", row["icc"]["ICC(3,1)"]["value"], consistency)


for path in sorted(glob.glob(OUT + "/compare*.json")):
    compare(path)
for b in (1, 2):
    course(f"{OUT}/course{b}.json", b)
reliability(OUT + "/reliability.json")
print(f"{checked} numbers, {faults} differ")
sys.exit(1 if faults or checked < 500 else 0)
