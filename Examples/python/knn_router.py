"""A router for RouterBench in Python: nearest neighbours over TF-IDF, with scikit-learn.

    pip install scikit-learn
    routerbench evaluate DATA --command "python Examples/python/knn_router.py --neighbors 40"

The protocol is in Sources/RouterBench/RouterBench.docc/BringYourOwnRouter.md: one JSON object a line, in and out.
Answers go to standard output and must be flushed; remarks go to standard error.
"""

import argparse
import json
import sys

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.neighbors import KNeighborsRegressor


def say(message):
    print(json.dumps(message), flush=True)


def read_rows(count):
    return [json.loads(sys.stdin.readline()) for _ in range(count)]


class Router:
    """Predicts each model's quality as its mean over the most similar training prompts."""

    def __init__(self, neighbors):
        self.neighbors = neighbors

    def fit(self, prompts, quality):
        # Start anew: nothing of an earlier fit may be left, for it may hold what is asked next.
        self.vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
        features = self.vectorizer.fit_transform(prompts)
        self.regressor = KNeighborsRegressor(min(self.neighbors, len(prompts)), metric="cosine")
        self.regressor.fit(features, quality)

    def predict(self, prompts):
        return self.regressor.predict(self.vectorizer.transform(prompts)).tolist()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--neighbors", type=int, default=40)
    router = Router(parser.parse_args().neighbors)

    # Not "for line in sys.stdin", which reads ahead of readline in some versions.
    for line in iter(sys.stdin.readline, ""):
        message = json.loads(line)
        if message["type"] == "hello":
            say({"type": "ready", "protocol": 1})
        elif message["type"] == "fit":
            lessons = read_rows(message["rows"])
            router.fit([x["prompt"] for x in lessons], [x["quality"] for x in lessons])
            say({"type": "fitted"})
        elif message["type"] == "route":
            prompts = read_rows(message["rows"])
            for prompt, quality in zip(prompts, router.predict([x["prompt"] for x in prompts])):
                print(json.dumps({"id": prompt["id"], "quality": quality}))
            say({"type": "routed"})


if __name__ == "__main__":
    main()
