"""Our work beside others', in one run: python Benchmarks/bench.py [WORK ...] [--data DIR] [--rounds N] [--models DIR]

Both sides prepare in processes of their own, then take turns; the medians of the rounds are compared. Peers
whose packages are missing are named and left out. `make bench` makes the environment and runs everything.
"""

import argparse
import contextlib
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
OURS = ROOT / ".build/release/RouterBenchMeasures"
COMMAND = ROOT / ".build/release/routerbench"
LESSONS, TEST = slice(0, 25_000), slice(25_000, 36_000)


class Data:
    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.rows, self.models, self.width = map(int, (self.directory / "shape.txt").read_text().split())

    def path(self, name):
        return str(self.directory / name)

    def grid(self, name):
        import numpy as np

        return np.fromfile(self.path(name), dtype="<f8").reshape(self.rows, self.models)

    quality = property(lambda self: self.grid("quality.bin"))
    cost = property(lambda self: self.grid("cost.bin"))

    @property
    def features(self):
        import numpy as np

        return np.load(self.path("features.npy"))


def hull_area(cost, quality, low, high):
    """The area under scipy's hull, its upper left chain alone, over a range of costs."""
    import numpy as np
    from scipy.spatial import ConvexHull

    points = np.column_stack([cost, quality])
    at = points[ConvexHull(points).vertices]
    at = at[np.lexsort((-at[:, 1], at[:, 0]))]
    best, chain = -np.inf, []
    for c, q in at:
        if q > best:
            while len(chain) >= 2 and (chain[-1][1] - chain[-2][1]) * (c - chain[-2][0]) <= (q - chain[-2][1]) * (chain[-1][0] - chain[-2][0]):
                chain.pop()
            chain.append((c, q))
            best = q
    xs, ys = map(np.array, zip(*chain))
    grid = np.unique(np.r_[low, high, xs[(xs > low) & (xs < high)]])
    return np.trapezoid(np.interp(grid, xs, ys), grid) / (high - low)


def chain_area(cost, quality, low, high):
    """The same of few points, without scipy."""
    import numpy as np

    chain = []
    for i in np.lexsort((-quality, cost)):
        c, q = cost[i], quality[i]
        if chain and q <= chain[-1][1]:
            continue
        while len(chain) >= 2 and (chain[-1][1] - chain[-2][1]) * (c - chain[-2][0]) <= (q - chain[-2][1]) * (chain[-1][0] - chain[-2][0]):
            chain.pop()
        chain.append((c, q))
    xs, ys = map(np.array, zip(*chain))
    grid = np.unique(np.r_[low, high, xs[(xs > low) & (xs < high)]])
    return np.trapezoid(np.interp(grid, xs, ys), grid) / (high - low)


def peer_read(reader, name):
    def prepare(data):
        import pandas as pd

        numbers = [f"model-{i}" for i in range(data.models)]

        def work():
            frame = getattr(pd, reader)(data.path(name), **({"lines": True} if "json" in reader else {}))
            costs = [c for c in frame.columns if c.endswith("|total_cost")]
            return float(frame[[c[: -len("|total_cost")] for c in costs]].to_numpy().sum() + len(frame))

        return work

    return prepare


def peer_hull(data):
    import numpy as np

    points = np.fromfile(data.path("points.bin"), dtype="<f8").reshape(-1, 2)
    return lambda: hull_area(points[:, 0], points[:, 1], 0.1, 0.9)


def estimates(data):
    import numpy as np

    quality = data.quality[TEST]
    wave = np.sin(np.arange(len(quality))[:, None] * 11 + np.arange(data.models))
    return 0.7 * quality.mean(0) + 0.3 * quality + 0.05 * wave


def peer_sweep(data):
    import numpy as np

    quality, cost, found = data.quality[TEST], data.cost[TEST], estimates(data)
    prices, rows = cost.mean(0), np.arange(len(cost))

    def work():
        last = 0
        for willing in np.r_[0, np.logspace(-6, 3, 399)]:
            choice = np.argmax(willing * found - prices, axis=1)
            last = (cost[rows, choice].mean(), quality[rows, choice].mean())
        return float(last[1])

    return work


def peer_knn(data):
    from sklearn.neighbors import NearestNeighbors

    features, quality = data.features, data.quality[LESSONS]
    found = NearestNeighbors(n_neighbors=40, metric="cosine", algorithm="brute").fit(features[LESSONS])

    def work():
        near = found.kneighbors(features[TEST], return_distance=False)
        return float(sum(quality[near[:, :k]].mean(1).sum() for k in (5, 10, 40)))

    return work


def peer_faiss(data):
    import faiss

    features, quality = data.features, data.quality[LESSONS]
    index = faiss.IndexFlatIP(data.width)
    index.add(features[LESSONS])
    queries = features[TEST].copy()

    def work():
        near = index.search(queries, 40)[1]
        return float(sum(quality[near[:, :k]].mean(1).sum() for k in (5, 10, 40)))

    return work


def peer_learner(make):
    def prepare(data):
        import numpy as np

        features, quality = data.features, data.quality
        train, test = slice(0, 8000), slice(8000, 12_000)

        def work():
            found = np.stack([make().fit(features[train], quality[train, m]).predict(features[test]) for m in range(data.models)], 1)
            return float(((found - quality[test]) ** 2).mean())

        return work

    return prepare


def perceptron(*layers):
    from sklearn.neural_network import MLPRegressor

    return MLPRegressor(hidden_layer_sizes=layers, random_state=0)


def machine():
    from sklearn.svm import LinearSVR

    return LinearSVR(epsilon=0, C=1, random_state=0)


def peer_objective(data):
    import numpy as np

    def work():
        total = 0.0
        for model in range(data.models):
            features, quality = data.features[:8000], data.quality[:8000, model]
            fitted = machine().fit(features, quality)
            total += ((fitted.coef_**2).sum() + (fitted.intercept_**2).sum()) / 2 + np.abs(fitted.predict(features) - quality).sum()
        return float(total)

    return work


def peer_cascade(data):
    import numpy as np

    quality, cost = data.quality[TEST], data.cost[TEST]
    order = np.argsort(cost.mean(0))
    budgets = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 50, 100]

    def work():
        random = np.random.default_rng(0)
        total = 0
        for error in (0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8):
            wrong = random.random(quality.shape) < error
            score = np.where(wrong, 1 - quality, quality)
            for budget in budgets:
                spent, got = np.zeros(len(cost)), np.zeros(len(cost))
                asking = np.ones(len(cost), bool)
                for place, model in enumerate(order):
                    spent[asking] += cost[asking, model]
                    got[asking] = quality[asking, model]
                    asking &= ~(score[:, model] >= 1) & (spent <= budget)
                    if not asking.any():
                        break
                total += got.mean()
        return float(total)

    return work


def peer_bootstrap(data):
    import numpy as np

    quality, cost, found = data.quality[:10_800], data.cost[:10_800], estimates(data)[:10_800]
    prices, rows = cost.mean(0), np.arange(len(cost))
    choices = [np.argmax(w * found - prices, 1) for w in np.r_[0, np.logspace(-4, 1, 24)]]
    costs = np.stack([cost[rows, c] for c in choices], 1)
    qualities = np.stack([quality[rows, c] for c in choices], 1)
    low, high = prices.min(), prices.max()

    def work():
        random = np.random.default_rng(0)
        total = 0
        for _ in range(1000):
            drawn = random.integers(0, len(rows), len(rows))
            for router in range(6):
                total += chain_area(costs[drawn].mean(0), qualities[drawn].mean(0), low, high)
        return float(total)

    return work


def peer_decide_knn(data):
    from sklearn.neighbors import NearestNeighbors

    features, quality = data.features, data.quality[LESSONS]
    found = NearestNeighbors(n_neighbors=40, metric="cosine", algorithm="brute").fit(features[LESSONS])
    queries = [features[i : i + 1] for i in range(30_000, 30_100)]
    return lambda: float(sum(quality[found.kneighbors(q, return_distance=False)[0], 0].mean() for q in queries))


def peer_decide_mlp(data):
    features, quality = data.features, data.quality
    from sklearn.neural_network import MLPRegressor

    nets = [MLPRegressor(max_iter=3, random_state=0).fit(features[:2000], quality[:2000, m]) for m in range(data.models)]
    queries = [features[i : i + 1] for i in range(30_000, 30_100)]
    return lambda: float(sum([net.predict(q)[0] for net in nets][0] for q in queries))


def texts_of(data, name):
    return json.loads(pathlib.Path(data.path(name)).read_text())


def directory_of(data, model):
    return pathlib.Path(data.path(f"model-{model}.txt")).read_text().strip()


def peer_embed(name, model):
    def prepare(data):
        import torch
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(os.cpu_count())
        encoder = SentenceTransformer(directory_of(data, model), device="cpu")
        texts = texts_of(data, name)
        return lambda: float(encoder.encode(texts, batch_size=32)[0, 0])

    return prepare


def peer_onnx(name, model):
    """The same model in ONNX Runtime, in batches of 32 of like length, as sentence-transformers makes them."""

    def prepare(data):
        import numpy as np
        import onnxruntime
        import torch
        from transformers import AutoModel, AutoTokenizer

        directory = directory_of(data, model)
        tokenizer = AutoTokenizer.from_pretrained(directory)
        limit = json.loads((pathlib.Path(directory) / "sentence_bert_config.json").read_text())["max_seq_length"]
        exported = data.path(f"{model}.onnx")
        if not os.path.exists(exported):
            encoder = AutoModel.from_pretrained(directory, attn_implementation="eager").eval()

            class State(torch.nn.Module):
                def __init__(self):
                    super().__init__()
                    self.encoder = encoder

                def forward(self, input_ids, attention_mask):
                    return self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state

            sample = tokenizer(["a text", "another, longer text"], padding=True, return_tensors="pt")
            names = ["input_ids", "attention_mask"]
            with torch.no_grad():
                torch.onnx.export(
                    State().eval(), tuple(sample[n] for n in names), exported + ".part", input_names=names, output_names=["state"],
                    dynamic_axes={n: {0: "batch", 1: "tokens"} for n in names + ["state"]}, opset_version=17, dynamo=False,
                )
            os.rename(exported + ".part", exported)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = os.cpu_count()
        session = onnxruntime.InferenceSession(exported, options, providers=["CPUExecutionProvider"])
        texts = texts_of(data, name)

        def work():
            order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
            vectors = [None] * len(texts)
            for at in range(0, len(order), 32):
                some = order[at : at + 32]
                batch = tokenizer([texts[i] for i in some], padding=True, truncation=True, max_length=limit, return_tensors="np")
                mask = batch["attention_mask"]
                state = session.run(["state"], {"input_ids": batch["input_ids"], "attention_mask": mask})[0]
                mean = (state * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
                for i, vector in zip(some, mean / np.linalg.norm(mean, axis=1, keepdims=True)):
                    vectors[i] = vector
            return float(vectors[0][0])

        return work

    return prepare


def peer_experiment(perceptrons, limit=2000):
    """The paper's grid in domain on the tasks of fewer prompts than the limit, done as its code does it: data frames, a prediction
    for each of 32 values of willingness to pay, costs looked up row by row, and cascades played prompt by prompt."""

    def prepare(data):
        import numpy as np
        import pandas as pd
        from sklearn.neighbors import NearestNeighbors

        frame = pd.read_csv(data.path("outcomes.csv"))
        models = [c.removesuffix("|total_cost") for c in frame.columns if c.endswith("|total_cost")]
        frame = frame[["sample_id", "eval_name"] + models + [m + "|total_cost" for m in models]]
        task = frame.eval_name.str.split("-").str[0]
        parts = [frame.index[task == name] for name, count in task.value_counts().items() if count < limit]
        features = data.features
        willing = np.r_[0, np.logspace(-4, 3, 31)]
        budgets = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 50, 100]

        def routed(test, prices, score):
            points = []
            for value in willing:
                scores = score()
                if value > 0:
                    for model in models:
                        scores[model] = scores[model] * value - prices[model]
                rows = test.copy()
                rows["choice"] = pd.DataFrame(scores).idxmax(axis=1).values
                cost = rows.apply(lambda row: row[row["choice"] + "|total_cost"], axis=1)
                places = rows.columns.get_indexer(rows["choice"])
                points.append((cost.sum(), rows.to_numpy()[np.arange(len(rows)), places].astype(float).mean()))
            return points

        def nearest(train, taught, tested, k):
            found = NearestNeighbors(n_neighbors=k, metric="cosine", n_jobs=-1).fit(taught)

            def score():
                near = pd.DataFrame(found.kneighbors(tested)[1])
                rows = train.iloc[near.values.flatten()].assign(group=np.repeat(near.index, k))
                return rows.groupby("group")[models].mean()

            return score

        def learned(train, taught, tested, make):
            fitted = {m: make().fit(taught, train[m].values) for m in models}
            return lambda: {m: fitted[m].predict(tested) for m in models}

        def cascade(test, order, budget, error):
            total = spent = 0.0
            for _, row in test.iterrows():
                left, cost = budget, 0.0
                for model in order:
                    if row[model + "|total_cost"] >= left and cost > 0:
                        break
                    wrong = np.random.rand() < error
                    cost += row[model + "|total_cost"]
                    left -= row[model + "|total_cost"]
                    last = row[model]
                    if (last >= 1) != wrong:
                        break
                total += last
                spent += cost
            return spent, total / len(test)

        def work():
            count = 0
            for rows in parts:
                order = np.random.default_rng(0).permutation(rows)
                taught, tested = order[: len(order) * 7 // 10], order[len(order) * 7 // 10 :]
                train, test = frame.loc[taught], frame.loc[tested]
                prices = {m: train[m + "|total_cost"].mean() for m in models}
                sides = (train, features[taught], features[tested])
                for k in (5, 10, 40):
                    count += len(routed(test, prices, nearest(*sides, k)))
                makes = [machine] + [lambda: perceptron(100), lambda: perceptron(100, 100)] * perceptrons
                for make in makes:
                    count += len(routed(test, prices, learned(*sides, make)))
                dearer = sorted(models, key=prices.get)
                for budget in budgets:
                    for error in (0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8):
                        cascade(test, dearer, budget, error)
                        count += 1
            return float(count)

        return work

    return prepare


PEERS = {
    "pandas.read_pickle": peer_read("read_pickle", "outcomes.pkl"),
    "pandas.read_pickle, Arrow": peer_read("read_pickle", "outcomes-arrow.pkl"),
    "pandas.read_csv": peer_read("read_csv", "outcomes.csv"),
    "pandas.read_json": peer_read("read_json", "outcomes.jsonl"),
    "scipy ConvexHull": peer_hull,
    "numpy argmax x 400": peer_sweep,
    "sklearn NearestNeighbors": peer_knn,
    "faiss IndexFlatIP": peer_faiss,
    "sklearn MLPRegressor(100)": peer_learner(lambda: perceptron(100)),
    "sklearn MLPRegressor(100, 100)": peer_learner(lambda: perceptron(100, 100)),
    "sklearn LinearSVR": peer_learner(machine),
    "sklearn LinearSVR, objective": peer_objective,
    "numpy cascades": peer_cascade,
    "numpy bootstrap": peer_bootstrap,
    "sklearn kneighbors, one prompt": peer_decide_knn,
    "sklearn predict, one prompt": peer_decide_mlp,
    "as the paper's code": peer_experiment(True),
    "as the paper's code, no MLP": peer_experiment(False),
    "as the paper's code, all tasks": peer_experiment(True, 10**9),
    "as the paper's code, all tasks, no MLP": peer_experiment(False, 10**9),
}
TEXTS = {"one": "one short prompt", "batch": "32 x 128 tokens", "mixed": "256 mixed prompts"}
ENCODERS = {"minilm": "all-MiniLM-L6-v2", "mpnet": "all-mpnet-base-v2"}
for _model in ENCODERS:
    for _texts in TEXTS:
        PEERS[f"sentence-transformers, {_texts}, {_model}"] = peer_embed(f"embed-{_texts}.txt", _model)
        PEERS[f"onnxruntime, {_texts}, {_model}"] = peer_onnx(f"embed-{_texts}.txt", _model)

FILES = {"load-pickle": "outcomes.pkl", "load-arrow": "outcomes-arrow.pkl", "load-csv": "outcomes.csv", "load-jsonl": "outcomes.jsonl"}

# What, our work, the peer, and the ratio to reach.
ROWS = [
    ("load wide pickle, all columns", "load-pickle", "pandas.read_pickle", 2),
    ("load wide pickle, numbers", "load-pickle-numbers", "pandas.read_pickle", 5),
    ("the same with Arrow's text, all columns", "load-arrow", "pandas.read_pickle, Arrow", 2),
    ("the same with Arrow's text, numbers", "load-arrow-numbers", "pandas.read_pickle, Arrow", 5),
    ("load CSV", "load-csv", "pandas.read_csv", 5),
    ("load JSON Lines", "load-jsonl", "pandas.read_json", 5),
    ("hull and AIQ of 1,000,000 points", "hull", "scipy ConvexHull", 5),
    ("sweep of 11,000 x 11, ours exact", "sweep", "numpy argmax x 400", 10),
    ("KNN 25,000 x 11,000 x 384, k 5, 10, 40", "knn", "sklearn NearestNeighbors", 3),
    ("KNN 25,000 x 11,000 x 384, k 5, 10, 40", "knn", "faiss IndexFlatIP", 1),
    ("88 cascades of 11,000 prompts, ours exact", "cascade", "numpy cascades", 20),
    ("1,000 resamples of 6 routers' AIQ", "bootstrap", "numpy bootstrap", 10),
    ("linear SVR, 11 models, 8,000 rows", "svr", "sklearn LinearSVR", 1.8),
    ("100 decisions, KNN on 25,000", "decide-knn", "sklearn kneighbors, one prompt", 10),
    ("100 decisions, MLP of 11 models", "decide-mlp", "sklearn predict, one prompt", 10),
    *(
        (f"{ENCODERS[model]}, {TEXTS[texts]}{note}", f"embed-{texts}-{model}{suffix}", f"{peer}, {texts}, {model}", goal)
        for model in ENCODERS
        for texts in TEXTS
        for suffix, note in (("", ""), ("-bfloat16", ", ours in bfloat16"))
        for peer, goal in (("sentence-transformers", 1.5), ("onnxruntime", 1))
    ),
    ("MLP 100, 11 models, 8,000 rows", "mlp-100", "sklearn MLPRegressor(100)", 8),
    ("MLP 100,100, 11 models, 8,000 rows", "mlp-100-100", "sklearn MLPRegressor(100, 100)", 8),
    ("the paper's grid on the 4 smaller tasks, no MLP", "experiment-part-fast", "as the paper's code, no MLP", 60),
    ("the paper's grid on the 4 smaller tasks", "experiment-part", "as the paper's code", 25),
    ("the paper's grid on all tasks, no MLP", "experiment-fast", "as the paper's code, all tasks, no MLP", 60),
    ("the paper's grid on all tasks", "experiment", "as the paper's code, all tasks", 25),
]
# They take many minutes.
NAMED = {"experiment-fast", "experiment"}
LONG = {"mlp-100", "mlp-100-100", "svr", "bootstrap", "experiment-part-fast", "experiment-part"} | NAMED | {
    *(f"embed-{texts}-mpnet{suffix}" for texts in ("batch", "mixed") for suffix in ("", "-bfloat16")),
}
# Their check is the seconds of a part that is told apart.
APART = {"bootstrap", "experiment-part-fast", "experiment-part"} | NAMED


class Worker:
    """One side: a process that prepares, then works once for each line it is sent."""

    def __init__(self, *command):
        environment = dict(os.environ, PYTHONWARNINGS="ignore", TOKENIZERS_PARALLELISM="true")
        # A pipe that nobody reads would stop a side that warns much.
        self.remarks = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.remarks, text=True, env=environment)
        self.error = None
        if self.process.stdout.readline().strip() != "ready":
            self.process.wait()
            self.error = (self.said().strip().splitlines() or ["it said nothing"])[-1]

    def said(self):
        self.remarks.seek(0)
        return self.remarks.read()

    def once(self):
        # The other side's idle threads may spin for a while after its turn, on cores that this one needs.
        time.sleep(0.3)
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit("a worker failed: " + self.said()[-2000:])
        return json.loads(line)

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def serve_peer(name, directory):
    import resource

    with contextlib.redirect_stdout(sys.stderr):
        work = PEERS[name](Data(directory))
    print("ready", flush=True)
    for _ in sys.stdin:
        began = time.perf_counter()
        check = work()
        seconds = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({"seconds": seconds, "check": check, "peak": peak}), flush=True)


def prepare(directory, models):
    import numpy as np
    import pandas as pd

    directory.mkdir(parents=True, exist_ok=True)
    if not (directory / "shape.txt").exists():
        subprocess.run([str(OURS), "prepare", str(directory)], check=True)
    if not (directory / "outcomes-arrow.pkl").exists():
        frame = pd.read_csv(directory / "outcomes.csv")
        # As the published files have it, and as pandas 3 writes it.
        texts = {name: object for name in frame.columns if not pd.api.types.is_numeric_dtype(frame[name])}
        published = frame.astype(texts).copy()
        published.columns = published.columns.astype(object)
        published.to_pickle(directory / "outcomes.pkl", protocol=4)
        frame.to_pickle(directory / "outcomes-arrow.pkl")
    random = np.random.default_rng(0)
    cost = random.random(1_000_000)
    np.column_stack([cost, np.sqrt(cost) * random.random(len(cost)) ** 0.2]).tofile(directory / "points.bin")
    for name, folder in ENCODERS.items():
        (directory / f"model-{name}.txt").write_text(str(pathlib.Path(models) / folder))
    words = "which large language model should answer the question about rivers and numbers of small towns".split()
    text = lambda count: " ".join(random.choice(words, count))
    (directory / "embed-one.txt").write_text(json.dumps([text(9)]))
    (directory / "embed-batch.txt").write_text(json.dumps([text(126) for _ in range(32)]))
    (directory / "embed-mixed.txt").write_text(json.dumps([text(int(n)) for n in np.minimum(240, random.lognormal(3.6, 0.8, 256)).astype(int) + 1]))


def spread(values):
    return f"{statistics.median(values):.4g} s ({min(values):.4g} to {max(values):.4g})"


def scaling(data, directory):
    """Seconds and memory of our works at four numbers of prompts and of models, and the exponents that fit them."""
    import math

    def measured(work, rows, models):
        worker = Worker(str(OURS), work, str(directory), str(rows), str(models))
        if worker.error:
            sys.exit(f"{work}: {worker.error}")
        rounds = [worker.once() for _ in range(3)]
        worker.end()
        return statistics.median(r["seconds"] for r in rounds), rounds[-1]["peak"]

    def exponent(sizes, values):
        xs, ys = [math.log(s) for s in sizes], [math.log(v) for v in values]
        x, y = statistics.mean(xs), statistics.mean(ys)
        return sum((a - x) * (b - y) for a, b in zip(xs, ys)) / sum((a - x) ** 2 for a in xs)

    rows = [data.rows // 8, data.rows // 4, data.rows // 2, data.rows]
    models = [3, 5, 8, 11]
    print("\n| work | prompts | seconds | exponent | peak MB | models | seconds | exponent |\n|---|---|---|--:|---|---|---|--:|")
    for work in ("sweep", "cascade", "svr", "experiment", "knn"):
        byRows = [measured(work, n, data.models) for n in rows]
        byModels = [measured(work, rows[1], m) for m in models]
        listed = lambda values, digits: ", ".join(f"{v:.{digits}g}" for v in values)
        seconds, modelSeconds = [s for s, _ in byRows], [s for s, _ in byModels]
        print(
            f"| {work} | {', '.join(map(str, rows))} | {listed(seconds, 3)} | **{exponent(rows, seconds):.2f}** "
            f"| {', '.join(f'{p / 1e6:.0f}' for _, p in byRows)} | {', '.join(map(str, models))} | {listed(modelSeconds, 3)} "
            f"| **{exponent(models, modelSeconds):.2f}** |",
            flush=True,
        )


def tenfold(directory):
    """The command on ten times the published rows: seconds, and the most memory that it held."""
    import resource

    big = directory / "tenfold"
    if not (big / "shape.txt").exists():
        subprocess.run([str(OURS), "prepare", str(big), "364970"], check=True)
    report = big / "report"
    command = [str(COMMAND), "evaluate", str(big / "outcomes.csv"), "--features", str(big / "features.npy"), "--out", str(report)]
    began = time.perf_counter()
    subprocess.run(command + ["--routers", "knn:10,svr", "--quiet"], check=True, stdout=subprocess.DEVNULL)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    size = sum(os.path.getsize(big / name) for name in ("outcomes.csv", "features.npy")) / 1e9
    print(f"\nTen times the rows, knn:10 and svr: {time.perf_counter() - began:.0f} s, peak {peak:.2f} GB of memory; the files have {size:.2f} GB.")


def main():
    if "--peer" in sys.argv:
        at = sys.argv.index("--peer")
        return serve_peer(sys.argv[at + 1], sys.argv[at + 2])
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("works", nargs="*", help="only these: " + ", ".join(dict.fromkeys(r[1] for r in ROWS)) + ", start, scaling, collect; tenfold and the experiments on all tasks when named")
    parser.add_argument("--data", default=str(ROOT / ".build/bench"), type=pathlib.Path)
    parser.add_argument("--rounds", default=5, type=int)
    parser.add_argument("--models", default=pathlib.Path.home() / ".cache/routerbench/models", help="the folder of both encoders")
    given = parser.parse_args()
    prepare(given.data, given.models)
    data = Data(given.data)

    def mine(name):
        worker = Worker(str(OURS), name, str(given.data))
        if worker.error:
            sys.exit(f"{name}: {worker.error}")
        return worker

    limits = {}
    for name, amount in (("sgemm", 2 * 2048 * 25_000 * data.width / 1e9), ("stream", 2 * 0.5 * 1.073741824)):
        worker = mine(name)
        worker.once()
        limits[name] = amount / statistics.median([worker.once()["seconds"] for _ in range(given.rounds)])
        worker.end()
    print(f"{os.cpu_count()} cores; sgemm {limits['sgemm']:.0f} GFLOP/s, stream copy {limits['stream']:.0f} GB/s\n")
    print("| work | peer | times faster | to reach | ours | peer's | checks | notes |\n|---|---|--:|--:|---|---|---|---|")
    for what, work, peer, goal in ROWS:
        if work not in given.works and (given.works or work in NAMED):
            continue
        ours, theirs = mine(work), Worker(sys.executable, __file__, "--peer", peer, str(given.data))
        if theirs.error:
            print(f"| {what} | {peer} | | {goal} | | | | left out: {theirs.error} |", flush=True)
            ours.end()
            continue
        rounds = max(1, given.rounds // 3) if work in LONG else given.rounds
        if work not in LONG:
            ours.once(), theirs.once()
        pairs = [(ours.once(), theirs.once()) for _ in range(rounds)]
        # Intervals: the whole less the same without them. Experiments: less the folds of deployable curves.
        own = [a["seconds"] - (a["check"] if work in APART else 0) for a, _ in pairs]
        other = [b["seconds"] for _, b in pairs]
        ratio = statistics.median(other) / statistics.median(own)
        note = ""
        if work == "knn":
            rate = 2 * 25_000 * 11_000 * data.width / 1e9 / statistics.median(own)
            note = f"{rate:.0f} GFLOP/s, {rate / limits['sgemm']:.0%} of sgemm"
        if work == "decide-knn":
            rate = 100 * 25_000 * data.width * 4 / 1e9 / statistics.median(own)
            note = f"{rate:.0f} GB/s of vectors, {rate / limits['stream']:.0%} of the copy"
        if work.startswith("mlp"):
            counter = mine(work + "-operations")
            rate = counter.once()["check"] / statistics.median(own)
            counter.end()
            note = f"{rate:.0f} GFLOP/s of products, {rate / limits['sgemm']:.0%} of sgemm"
        if work == "svr":
            told = [mine("svr-objective"), Worker(sys.executable, __file__, "--peer", "sklearn LinearSVR, objective", str(given.data))]
            note = "objective {:.8g}, peer's {:.8g}".format(*(side.once()["check"] for side in told))
            for side in told:
                side.end()
        if work.startswith("experiment"):
            whole = statistics.median([a["seconds"] for a, _ in pairs])
            note = f"with the folds {whole:.4g} s, {statistics.median(other) / whole:.1f} times"
        if work.startswith("load"):
            size = os.path.getsize(given.data / FILES[work.removesuffix("-numbers")])
            note = f"{size / 1e6:.0f} MB; peak {pairs[-1][0]['peak'] / size:.2f} of the file, peer's {pairs[-1][1]['peak'] / size:.2f}"
        print(f"| {what} | {peer} | **{ratio:.1f}** | {goal} | {spread(own)} | {spread(other)} | {pairs[0][0]['check']:.6g}, {pairs[0][1]['check']:.6g} | {note} |", flush=True)
        ours.end(), theirs.end()
    if not given.works or "start" in given.works:
        def start(*command):
            began = time.perf_counter()
            subprocess.run(command, capture_output=True, check=True)
            return time.perf_counter() - began
        pairs = [(start(str(COMMAND), "--help"), start(sys.executable, "-c", "import pandas")) for _ in range(given.rounds)]
        own, other = zip(*pairs)
        print(f"| start to --help | python -c 'import pandas' | **{statistics.median(other) / statistics.median(own):.1f}** | 20 | {spread(own)} | {spread(other)} | | |")
    if not given.works or "scaling" in given.works:
        scaling(data, given.data)
    if "tenfold" in given.works:
        tenfold(given.data)
    if not given.works or "collect" in given.works:
        print("\nAnswers collected from a provider that answers at once; to reach: 2,000 a second, memory flat.\n", flush=True)
        subprocess.run([str(ROOT / ".build/release/CollectionBenchmark"), str(COMMAND)], check=True)


if __name__ == "__main__":
    main()
