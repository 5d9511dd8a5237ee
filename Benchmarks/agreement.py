"""Our learners beside scikit-learn's, on the same prompts, splits and features.

Usage: python Benchmarks/agreement.py DATA [--task NAME] [--encoder NAME] [--seeds N] [--splits N] [--only KIND]

DATA is any file of outcomes that `routerbench` reads. Needs numpy and scikit-learn, and the built command
(`make build`). Both sides learn from the same rows of the same features (`routerbench features`), and the
estimates of both go through the same sweep here. The command ends with 1 when a bound does not hold.
"""

import argparse
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from sklearn.metrics import r2_score
from sklearn.neighbors import NearestNeighbors
from sklearn.neural_network import MLPRegressor
from sklearn.svm import LinearSVR

ROOT = pathlib.Path(__file__).resolve().parent.parent
COMMAND = ROOT / ".build/release/routerbench"


def run(*arguments, text=None):
    done = subprocess.run(
        [str(COMMAND), *map(str, arguments)], input=text, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout


def aiq(quality, cost, estimates, prices, willing=np.r_[0, np.logspace(-6, 3, 400)]):
    """The test hull's AIQ over the models' range of costs, mixtures with nothing on the left."""
    rows = np.arange(len(quality))
    points = [(0.0, 0.0)]
    for value in willing:
        choice = np.argmax(value * estimates - prices, axis=1)
        points.append((cost[rows, choice].mean(), quality[rows, choice].mean()))
    hull = []
    for c, q in sorted(points, key=lambda p: (p[0], -p[1])):
        if hull and q <= hull[-1][1]:
            continue
        while len(hull) >= 2:
            (a, b), (d, e) = hull[-2], hull[-1]
            if (e - b) * (c - a) > (q - b) * (d - a):
                break
            hull.pop()
        hull.append((c, q))
    xs, ys = map(np.array, zip(*hull))
    low, high = cost.mean(0).min(), cost.mean(0).max()
    grid = np.unique(np.r_[low, high, xs[(xs > low) & (xs < high)]])
    return np.trapezoid(np.interp(grid, xs, ys), grid) / (high - low)


def ours(router, folder, columns, rows, train, test, encoder, models):
    """Our estimates of quality for the test rows."""
    data, saved = folder / "train.csv", folder / "r.rbrouter"
    with open(data, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows[i] for i in train)
    run("fit", data, "--router", router, "--encoder", encoder, "--out", saved, "-q")
    prompt = columns.index("prompt")
    asked = "".join(json.dumps({"id": str(i), "prompt": rows[i][prompt]}) + "\n" for i in test)
    answers = [json.loads(line) for line in run("route", saved, "-q", text=asked).splitlines()]
    return np.array([[a["estimates"][m]["quality"] for m in models] for a in answers])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data")
    parser.add_argument("--task", default="Winogrande")
    parser.add_argument("--encoder", default="all-MiniLM-L6-v2")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--splits", type=int, default=1)
    parser.add_argument("--only", choices=["knn", "svr", "mlp"], help="one kind of router")
    given = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        run("convert", given.data, folder / "all.csv", "--tasks", given.task)
        with open(folder / "all.csv", newline="") as file:
            columns, *rows = csv.reader(file)
        models = [c[: -len("|total_cost")] for c in columns if c.endswith("|total_cost")]
        pick = lambda ends: [columns.index(m + ends) for m in models]
        rows = [r for r in rows if all(r[c] for c in pick("") + pick("|total_cost"))]
        quality = np.array([[float(r[c]) for c in pick("")] for r in rows])
        cost = np.array([[float(r[c]) for c in pick("|total_cost")] for r in rows])
        with open(folder / "complete.csv", "w", newline="") as file:
            csv.writer(file).writerows([columns, *rows])
        run("features", folder / "complete.csv", folder / "f.npy", "--encoder", given.encoder, "-q")
        features = np.load(folder / "f.npy")
        print("| split | router | R2, ours | R2, scikit-learn | AIQ, ours | AIQ, scikit-learn | agreement |")
        print("|--:|---|--:|--:|--:|--:|---|")
        for split in range(given.splits):
            order = np.random.default_rng(split).permutation(len(rows))
            train, test = np.sort(order[: int(0.7 * len(rows))]), np.sort(order[int(0.7 * len(rows)) :])
            prices = cost[train].mean(0)

            def scores(estimates):
                r2 = np.mean([r2_score(quality[test, m], estimates[:, m]) for m in range(len(models))])
                return r2, aiq(quality[test], cost[test], estimates, prices)

            def show(router, mine, theirs, sentence):
                spread = lambda v: f"{np.mean(v):.4f}" + (f" ± {np.std(v, ddof=1):.4f}" if len(v) > 1 else "")
                r2, areas = zip(*theirs)
                print(f"| {split} | {router} | {mine[0]:.4f} | {spread(r2)} | {mine[1]:.4f} | {spread(areas)} | {sentence} |")
                sys.stdout.flush()

            def learned(router):
                return ours(router, folder, columns, rows, train, test, given.encoder, models)

            def wanted(kind):
                return given.only in (None, kind)

            for k in (5, 10, 40) if wanted("knn") else ():
                found = NearestNeighbors(n_neighbors=k, metric="cosine", algorithm="brute").fit(features[train])
                theirs = quality[train][found.kneighbors(features[test], return_distance=False)].mean(1)
                mine = learned(f"knn:{k}")
                same = np.isclose(mine, theirs, rtol=0, atol=1e-12).all(1)
                choices = [
                    (np.argmax(w * mine - prices, 1) == np.argmax(w * theirs - prices, 1)).mean()
                    for w in (1e-4, 1e-3, 1e-2, 1e-1, 1)
                ]
                failed |= not same.all() or min(choices) < 1
                show(f"knn:{k}", scores(mine), [scores(theirs)], f"{same.mean():.2%} of prompts equal, {min(choices):.2%} of choices")
            # Converged on both sides, and as both stop by default after the same visits.
            for router, tolerance, passes in (
                ("svr:tolerance=1e-8,passes=100000", 1e-8, 100_000), ("svr", 1e-4, 1000)
            ) if wanted("svr") else ():
                theirs = np.stack(
                    [
                        LinearSVR(epsilon=0, C=1, random_state=0, max_iter=passes, tol=tolerance).fit(features[train], quality[train, m]).predict(features[test])
                        for m in range(len(models))
                    ], 1)
                mine = learned(router)
                a, b = scores(mine), scores(theirs)
                apart = max(abs(a[0] - b[0]), abs(a[1] - b[1]))
                failed |= apart > 1e-3
                show(router, a, [b], f"{apart:.1e} apart, predictions {np.abs(mine - theirs).max():.1e}")
            for layers in ((100,), (100, 100)) if wanted("mlp") else ():
                router = "mlp:" + ",".join(map(str, layers))
                theirs = [
                    scores(np.stack(
                        [
                            MLPRegressor(hidden_layer_sizes=layers, random_state=seed).fit(features[train], quality[train, m]).predict(features[test])
                            for m in range(len(models))
                        ], 1))
                    for seed in range(given.seeds)
                ]
                mine = scores(learned(router))
                apart = [
                    abs(mine[i] - np.mean([t[i] for t in theirs])) / np.std([t[i] for t in theirs], ddof=1)
                    for i in (0, 1)
                ]
                # One more draw of n that have a mean and a spread lies within 3 in 99 of 100 cases.
                failed |= max(apart) > 3
                show(router, mine, theirs, f"{apart[0]:.1f} and {apart[1]:.1f} standard deviations of the seeds")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
