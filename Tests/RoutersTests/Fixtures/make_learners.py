"""Writes perceptron.json and svr.json: what scikit-learn's MLPRegressor and LinearSVR do.

    pip install scikit-learn==1.9.1 numpy && python make_learners.py

The perceptrons start from given weights and see the rows in given orders, so that every step of the
arithmetic can be compared; scikit-learn computes here in 64 bits. The support vector machines are
solved far beyond the default tolerance, so that the optimum itself can be compared, and at the default
one under several seeds, where the weights depend on the order of visits.
"""

import json
import pathlib
import warnings

import numpy as np
from sklearn.metrics import r2_score
from sklearn.neural_network import MLPRegressor
from sklearn.svm import LinearSVR

warnings.filterwarnings("ignore")
here = pathlib.Path(__file__).parent
random = np.random.default_rng(20240312)


def grid(*shape, scale=1.0):
    """Random numbers of three decimals, as 32 bits hold them."""
    return (random.normal(size=shape) * scale).round(3).astype(np.float32).astype(np.float64)


def graded(x, noise=0.5):
    """Qualities in quarters that depend on the features."""
    score = x @ random.normal(size=x.shape[1]) / np.sqrt(x.shape[1]) + noise * random.normal(size=len(x))
    return np.clip(np.round(4 * (0.5 + 0.4 * score)) / 4, 0, 1)


def perceptron(rows, inputs, hidden, batch, epochs):
    x, y = grid(rows, inputs), None
    y = graded(x)
    widths = [inputs, *hidden, 1]
    start = [
        (grid(a, b, scale=np.sqrt(2 / (a + b))), grid(b, scale=np.sqrt(2 / (a + b))))
        for a, b in zip(widths, widths[1:])
    ]
    model = MLPRegressor(hidden_layer_sizes=hidden, batch_size=batch, shuffle=False)
    draws = iter([(w.copy(), b.copy()) for w, b in start])
    model._init_coef = lambda *_: next(draws)
    orders, losses = [random.permutation(rows) for _ in range(epochs)], []
    for order in orders:
        model.partial_fit(x[order], y[order])
        losses.append(model.loss_)
    queries = grid(17, inputs)
    return {
        "hidden": list(hidden), "batch": batch, "features": x.tolist(), "targets": y.tolist(),
        "start": [np.vstack([w, b]).ravel().tolist() for w, b in start],
        "orders": [order.tolist() for order in orders], "losses": losses,
        "end": [np.vstack([w, b]).ravel().tolist() for w, b in zip(model.coefs_, model.intercepts_)],
        "queries": queries.tolist(), "predictions": model.predict(queries).tolist(),
        "r2": r2_score(y, model.predict(x)),
    }


def patience(values, tolerance, epochs):
    """After how many epochs scikit-learn stops, given the training losses."""
    model = MLPRegressor(tol=tolerance, n_iter_no_change=epochs)
    model.best_loss_, model.loss_curve_, model._no_improvement_count = np.inf, [], 0
    for count, value in enumerate(values, start=1):
        model.loss_curve_.append(value)
        model._update_no_improvement_count(False, None, None, None)
        if model._no_improvement_count > epochs:
            return count
    return None


def patiences():
    cases = []
    for tolerance, epochs in [(1e-4, 10), (0.01, 3), (0.0, 0), (0.02, 5)]:
        for kind in range(4):
            steps = np.arange(60)
            values = [
                1 / (1 + steps), 0.5 * 0.9**steps + 0.002 * random.normal(size=60),
                1 - 0.0005 * steps, 0.3 + 0.05 * random.normal(size=60),
            ][kind]
            values = values.round(6).tolist()
            cases.append({
                "values": values, "tolerance": tolerance, "epochs": epochs,
                "stop": patience(values, tolerance, epochs),
            })
    return cases


def support_vectors(rows, inputs, cost, epsilon, noise):
    x = grid(rows, inputs, scale=1 / np.sqrt(inputs))
    y, queries = graded(x, noise), grid(17, inputs, scale=1 / np.sqrt(inputs))
    model = LinearSVR(C=cost, epsilon=epsilon, tol=1e-10, max_iter=1_000_000, random_state=0)
    model.fit(x, y)
    assert model.n_iter_ < model.max_iter, "A smaller tolerance is beyond its arithmetic."
    weights = np.append(model.coef_, model.intercept_)
    loss = np.maximum(np.abs(y - model.predict(x)) - epsilon, 0).sum()
    early = []
    for seed in (0, 7, 2**32 - 1):
        stopped = LinearSVR(C=cost, epsilon=epsilon, random_state=seed).fit(x, y)
        early.append({
            "seed": seed, "passes": int(stopped.n_iter_),
            "weights": np.append(stopped.coef_, stopped.intercept_).tolist(),
        })
    return {
        "cost": cost, "epsilon": epsilon, "features": x.tolist(), "targets": y.tolist(),
        "early": early, "weights": weights.tolist(), "objective": 0.5 * weights @ weights + cost * loss,
        "queries": queries.tolist(), "predictions": model.predict(queries).tolist(),
    }


def write(name, value):
    def short(numbers):
        if isinstance(numbers, dict):
            return {key: short(each) for key, each in numbers.items()}
        if isinstance(numbers, list):
            return [short(each) for each in numbers]
        return float(f"{numbers:.10g}") if isinstance(numbers, float) else numbers

    text = json.dumps(short(value), separators=(",", ":"))
    (here / name).write_text(text + "\n")
    print(name, len(text))


write("perceptron.json", {
    "networks": [
        perceptron(70, 12, (9,), 32, 3), perceptron(50, 5, (16,), 200, 3),
        perceptron(90, 11, (10, 7), 25, 3), perceptron(33, 6, (8, 5, 4), 10, 3),
    ],
    "patience": patiences(),
})
write("svr.json", [
    support_vectors(120, 6, 1.0, 0.0, 0.5), support_vectors(90, 12, 1.0, 0.1, 0.3),
    support_vectors(40, 30, 10.0, 0.0, 0.5), support_vectors(200, 3, 0.1, 0.05, 1.0),
])
