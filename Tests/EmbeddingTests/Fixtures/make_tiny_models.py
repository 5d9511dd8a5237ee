"""Makes the tiny sentence encoders beside this file, and what the original programs give for them.

    pip install transformers tokenizers torch safetensors numpy
    python make_tiny_models.py

Made with transformers 5.23.0, tokenizers 0.23.3 and torch 2.15.0 on a CPU. Weights are random and
seeded; they are rounded to halves, which keeps the files small and is exact in both programs.
"""

import collections
import json
import pathlib
import re
import shutil

import torch
from safetensors.torch import save_file
from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers, trainers
from tokenizers.implementations import BertWordPieceTokenizer
from transformers import (
    AutoModel, AutoTokenizer, BertConfig, BertModel, RobertaConfig, RobertaModel, RobertaTokenizer)

HERE = pathlib.Path(__file__).parent

TRAINING = """
A router reads a prompt and sends it to one of several models. The cheap model answers most of the
questions well; the dear model answers nearly all of them, and costs a hundred times as much. What
is the right answer? It's the one that the benchmark's graders wouldn't mark as wrong. We've asked
eleven models, they've answered, and you'll find that I'm not the only one who'd rather pay less.
Which of the following statements about the Earth's atmosphere is true? Please answer with the
letter of the correct answer: A, B, C or D. Print only a single choice without explanation.
def fibonacci(n):
    if n < 2:
        return n
    return fibonacci(n - 1) + fibonacci(n - 2)
assert fibonacci(10) == 55
Natalia sold 48 clips to her friends in April, and then she sold half as many clips in May. How many
clips did Natalia sell altogether in April and May? 48 / 2 = 24, and 48 + 24 = 72 clips in all.
The café's naïve clientèle ordered crème brûlée. Der Fluß fließt durch München. Привет, мир! Привет!
In 2024 the price of 1,000,000 tokens fell from $30.00 to $0.60; in 2023 it had been 100 dollars.
The man couldn't lift his son because he was so weak. Who was weak? The trophy doesn't fit into the
brown suitcase because it's too large. What is too large? A woman goes outside with a bucket and a
dog. The dog is running around trying to avoid a bath. She gets the dog wet, then it runs away again.
"""

TEXTS = [
    "", " ", "  ", "\t", "\n", " \n\t ", "a", " a", "a ", "  a  b   c    ", "a\tb", "a\n\nb\r\n c",
    "The router answers the question.", "the  question\n\n  of   the models ",
    "it's It'S they're THEY'RE we've I'd you'll I'm don't 's 'S ’s ''s 'll 're'", "rock 'n' roll '",
    "it’s the cafe\u0301, naïve — crème brûlée…", "東京は日本の首都です。한국어 中文", "e\u0301 e\u0301\u0301 \u0301",
    "🙂 👩‍👩‍👧‍👦 🇩🇪 ❤️ 1️⃣", "\u0000\u0001\u007f a\u0085b\u00a0c\u2028d\u3000e\u200bf\ufefff",
    "1 12 123,456.789 ½ Ⅷ ٣ १२३ 10²", "x²+y²=z² \\frac{a}{b} $5.00 100% #tag @user", "ﬁ ﬂ ß ẞ İ ı Ǆ ǅ",
    "def fibonacci(n):\n    if n < 2:\n        return n\n", "_a_b__c 'a_b' --flag=1", "…!?!?..,,;;::",
    "</s>", "a</s>b", "<s> a </s>", "x <mask> y", "x \t\n<mask>  y", "<mask><mask> <mask>", " <mask> ",
    "a\u00a0\u3000<mask>\u00a0b", "\u200b<mask>", "<pad>a<pad> b", "<unk> <UNK> <MASK> <mask <mask>>",
    "[CLS] a [SEP] [PAD] [MASK] [UNK]", "\u0378 \U0001fae9 \U0001c800 \ue000 \U0010ffff \ufffd \u0e33",
    "Привет, мир! Γειά σου Κόσμε שלום مرحبا ไทย", "a" * 200, " " * 100 + "a", "\n" * 50,
    "Which of the following is true? " * 30, "🙂" * 60, "abc <mask> " * 40, "7" * 150,
]


def write(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=True, indent=1) + "\n")


def lay_out(folder, width, longest):
    """The files that sentence-transformers puts around a network."""
    kind = "sentence_transformers.models."
    write(folder / "modules.json", [
        {"idx": 0, "name": "0", "path": "", "type": kind + "Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": kind + "Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": kind + "Normalize"}])
    write(folder / "sentence_bert_config.json", {"max_seq_length": longest, "do_lower_case": False})
    write(folder / "1_Pooling" / "config.json", {
        "word_embedding_dimension": width, "pooling_mode_cls_token": False,
        "pooling_mode_mean_tokens": True, "pooling_mode_max_tokens": False,
        "pooling_mode_mean_sqrt_len_tokens": False})


def randomise(model, seed):
    """Weights large enough that every part of the network can be seen in the vectors."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, value in sorted(model.named_parameters()):
            noise = torch.randn(value.shape, generator=generator)
            is_scale = "LayerNorm.weight" in name
            value.copy_(((1 + 0.2 * noise) if is_scale else 0.25 * noise).half().float())
    return model.eval()


def finish(folder, model, config, longest, prefixed=None):
    save_file(
        {name: value.half().contiguous() for name, value in model.named_parameters()},
        folder / "model.safetensors")
    write(folder / "config.json", config)
    lay_out(folder, config["hidden_size"], longest)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModel.from_pretrained(folder, add_pooling_layer=False, dtype=torch.float32).eval()
    ids, vectors = [], []
    for text in TEXTS:
        read = tokenizer(text, truncation=True, max_length=longest, return_tensors="pt")
        with torch.no_grad():
            last = model(**read).last_hidden_state[0]
        mean = last.mean(0)
        ids.append(read["input_ids"][0].tolist())
        vectors.append([round(x, 7) for x in (mean / mean.norm()).tolist()])
    wanted = {"max_seq_length": longest, "texts": TEXTS, "token_ids": ids, "vectors": vectors}
    if prefixed is not None:
        wanted["token_ids_with_prefix_space"] = [
            prefixed(text, truncation=True, max_length=longest)["input_ids"] for text in TEXTS]
    path = HERE / (folder.name + ".expected.json")
    path.write_text(
        "{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in wanted.items()) + "\n}\n")


def roberta():
    """The class of all-distilroberta-v1: byte-level BPE and RobertaModel."""
    folder = HERE / "tiny-roberta"
    shutil.rmtree(folder, ignore_errors=True)
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trained.train_from_iterator(TRAINING.splitlines(keepends=True), trainers.BpeTrainer(
        vocab_size=599, min_frequency=1, special_tokens=special, show_progress=False,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet())))
    model = json.loads(trained.to_str())["model"]
    vocab, merges = model["vocab"], [tuple(pair) for pair in model["merges"]]
    vocab["<mask>"] = len(vocab)
    mask = AddedToken("<mask>", lstrip=True, special=True, normalized=False)
    RobertaTokenizer(vocab=vocab, merges=merges, mask_token=mask).save_pretrained(folder)
    file = folder / "tokenizer.json"
    file.write_text(json.dumps(json.loads(file.read_text())) + "\n")
    (folder / "vocab.json").write_text(json.dumps(vocab) + "\n")
    (folder / "merges.txt").write_text(
        "#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in merges))
    config = {
        "architectures": ["RobertaModel"], "attention_probs_dropout_prob": 0.1, "bos_token_id": 0,
        "classifier_dropout": None, "eos_token_id": 2, "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1, "hidden_size": 32, "initializer_range": 0.02,
        "intermediate_size": 64, "layer_norm_eps": 1e-05, "max_position_embeddings": 66,
        "model_type": "roberta", "num_attention_heads": 4, "num_hidden_layers": 2,
        "pad_token_id": 1, "position_embedding_type": "absolute", "type_vocab_size": 1,
        "use_cache": True, "vocab_size": len(vocab)}
    model = RobertaModel(RobertaConfig(**config), add_pooling_layer=False)
    prefixed = RobertaTokenizer(
        vocab=vocab, merges=merges, mask_token=mask, add_prefix_space=True)
    finish(folder, randomise(model, 1), config, 64, prefixed)


def bert():
    """The configuration of all-MiniLM-L12-v2: BertModel, 12 layers and heads, cut at 128."""
    folder = HERE / "tiny-bert-l12"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    # The library's own training of word pieces breaks ties by chance.
    parts = collections.Counter(re.findall(r"\w+|[^\w\s]", TRAINING.lower()))
    letters = sorted({letter for part in parts for letter in part})
    endings = collections.Counter()
    for part, count in parts.items():
        endings.update({"##" + part[-length:]: count for length in (2, 3) if length < len(part)})
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + letters
    pieces += ["##" + letter for letter in letters if letter.isalnum()]
    for counts, wanted in ((endings, 60), (parts, 300)):
        for piece, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:wanted]:
            if piece not in pieces and len(pieces) < 300:
                pieces.append(piece)
    words = BertWordPieceTokenizer({piece: number for number, piece in enumerate(pieces)})
    saved = json.loads(words._tokenizer.to_str())
    saved["truncation"] = {
        "max_length": 128, "strategy": "LongestFirst", "stride": 0, "direction": "Right"}
    saved["padding"] = {
        "strategy": "BatchLongest", "direction": "Right", "pad_to_multiple_of": None, "pad_id": 0,
        "pad_type_id": 0, "pad_token": "[PAD]"}
    (folder / "tokenizer.json").write_text(json.dumps(saved) + "\n")
    write(folder / "tokenizer_config.json", {
        "do_lower_case": True, "unk_token": "[UNK]", "sep_token": "[SEP]", "pad_token": "[PAD]",
        "cls_token": "[CLS]", "mask_token": "[MASK]", "tokenize_chinese_chars": True,
        "strip_accents": None, "model_max_length": 128, "tokenizer_class": "BertTokenizer"})
    config = {
        "architectures": ["BertModel"], "attention_probs_dropout_prob": 0.1,
        "gradient_checkpointing": False, "hidden_act": "gelu", "hidden_dropout_prob": 0.1,
        "hidden_size": 24, "initializer_range": 0.02, "intermediate_size": 48,
        "layer_norm_eps": 1e-12, "max_position_embeddings": 160, "model_type": "bert",
        "num_attention_heads": 12, "num_hidden_layers": 12, "pad_token_id": 0,
        "position_embedding_type": "absolute", "type_vocab_size": 2, "use_cache": True,
        "vocab_size": len(pieces)}
    model = BertModel(BertConfig(**config), add_pooling_layer=False)
    finish(folder, randomise(model, 2), config, 128)


if __name__ == "__main__":
    roberta()
    bert()
