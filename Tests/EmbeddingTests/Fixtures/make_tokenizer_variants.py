"""Makes tokenizer-variants.json: variants of tokenizer.json and what the original gives for them.

    pip install tokenizers
    python make_tokenizer_variants.py

Made with tokenizers 0.23.3. A variant is a few parts of a tokenizer.json; the rest is the base of its
kind, which for byte pairs is the file of tiny-roberta.
"""

import json
import pathlib

from tokenizers import Tokenizer

HERE = pathlib.Path(__file__).parent

WORDS = (
    "[PAD] [UNK] [CLS] [SEP] [MASK] <s> </s> <unk> <pad> <mask> a b c d e i l n o r s t u x A B C É é I "
    "##a ##b ##c ##d ##e ##i ##l ##n ##o ##r ##s ##t ##u ##x ##A ##B ##C ##é ##É ##I ##ab ##er ##s ab AB Ab "
    "caf cafe café Café CAFÉ naive naïve the The router Router routers ##er answers question it its don "
    "' ’ ! ? . , ; : - — _ … ( ) [ ] < > / = + # $ € 0 1 2 3 4 12 123 ##1 ##2 ##3 ##4 ½ Ⅷ ² ٣ "
    "\u4e2d \u6587 \u4e2d\u6587 ##\u6587 \uf98a \u51c9 ß ss ſ fi ﬁ ﬀ İ i\u0307 \u212a k K ##k \u0301 e\u0301 a\u0301 "
    "Ω \u2126 σ ς Σ ά α \u1112 ##\u1161 ##\u11ab 한 \u200b \u00a0 \u3000 ▁ ▁the don't $1 hello Hello , world [CLS]a @@a @@b @@er "
    "the answer  new\u00a0york").split(" ")

TEXTS = [
    "", " ", "a", "A b C", "  a  b   c  ", "the router answers", "The ROUTER routers", "a\tb\nc\r\nd",
    "cafe\u0301 café CAFÉ Café cafe", "naïve naive NAÏVE", "don't it's don’t", "a,b;c!? ...!", "a-b_c—d…e",
    "12 123 1234 a1b2", "½ Ⅷ ² ٣ 1٣2", "\u4e2d\u6587 a\u4e2db \u4e2d\u6587", "\uf98a \u51c9", "ß ẞ SS ſs", "ﬁ ﬀ fi ﬁa",
    "İ I i ı", "\u212a k K", "Ω \u2126 Σίσυφος ΑΣ", "한 \u1112\u1161\u11ab", "a\u200bb a\u00a0b a\u3000b a\ufeffb",
    "a\u0000b a\u0007b a\u0085b\ufffdc", "e\u0301 \u0301 a\u0301\u0301", "🙂 a🙂b 👩‍👩", "[CLS] a [SEP] [MASK]b",
    "<s>a</s> <mask> b <unk> <UNK>", "[cls] [mask]", "$1 €1 1€ #a @a a+b=c <a>", "hello world, Hello World!",
    "▁the the▁ ▁", "x" * 101, "a" * 30, "the " * 20, " \u00a0the\u2028router ", "AbAB abAb", "\u0378a \U0001c800b",
    "aaa  bbb    ccc", "new\u00a0york", "…—’", "don't-stop 3.14 1,234", "q the q",
]

BERT = {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True,
        "strip_accents": None, "lowercase": True}
ENDS = {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
        "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]},
        "two": {"id": "two", "ids": [2, 4], "tokens": ["[CLS]", "[MASK]"]}}
A = {"Sequence": {"id": "A", "type_id": 0}}


def special(name):
    return {"SpecialToken": {"id": name, "type_id": 0}}


def template(*single):
    return {"type": "TemplateProcessing", "single": list(single), "pair": [
        A, {"Sequence": {"id": "B", "type_id": 1}}], "special_tokens": ENDS}


def added(id, content, **flags):
    """A token that stands for itself, under its own number where the vocabulary has it."""
    id = WORDS.index(content) if content in WORDS else id
    return {"id": id, "content": content, "single_word": False, "lstrip": False, "rstrip": False,
            "normalized": False, "special": True, **flags}


def sequence(*steps):
    return {"type": "Sequence", "normalizers": list(steps)}


def both(*steps):
    return {"type": "Sequence", "pretokenizers": list(steps)}


def split(pattern, behavior, invert=False):
    return {"type": "Split", "pattern": pattern, "behavior": behavior, "invert": invert}


SPACES = {"type": "WhitespaceSplit"}
BASE_WORDS = {
    "version": "1.0", "truncation": None, "padding": None,
    "added_tokens": [added(i, WORDS[i]) for i in range(5)], "normalizer": BERT,
    "pre_tokenizer": {"type": "BertPreTokenizer"},
    "post_processor": template(special("[CLS]"), A, special("[SEP]")), "decoder": None,
    "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
              "max_input_chars_per_word": 100}}
LEVEL = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}


def normalizers():
    yield "null normalizer", {"normalizer": None}
    for clean in (True, False):
        for ideographs in (True, False):
            yield f"bert clean {clean} ideographs {ideographs}", {
                "normalizer": {**BERT, "clean_text": clean, "handle_chinese_chars": ideographs}}
    for strip in (None, True, False):
        for lower in (True, False):
            yield f"bert strip {strip} lower {lower}", {
                "normalizer": {**BERT, "strip_accents": strip, "lowercase": lower}}
    for kind in ("Lowercase", "NFC", "NFD", "NFKC", "NFKD", "StripAccents"):
        yield kind, {"normalizer": {"type": kind}}
        yield kind + " split at spaces", {"normalizer": {"type": kind}, "pre_tokenizer": SPACES}
    yield "sequence of three", {"normalizer": sequence(
        {"type": "NFD"}, {"type": "Lowercase"}, {"type": "StripAccents"})}
    yield "empty sequence", {"normalizer": sequence()}
    yield "nested sequence", {"normalizer": sequence(sequence({"type": "NFKC"}), {"type": "Lowercase"})}
    for left in (True, False):
        for right in (True, False):
            yield f"strip {left} {right}", {
                "normalizer": {"type": "Strip", "strip_left": left, "strip_right": right},
                "pre_tokenizer": split({"String": " "}, "Isolated")}
    yield "replace text", {"normalizer": {
        "type": "Replace", "pattern": {"String": "the"}, "content": "a"}}
    yield "replace spaces by an expression", {"normalizer": {
        "type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " ab "}}
    yield "replace white space", {"normalizer": {
        "type": "Replace", "pattern": {"Regex": r"\s+"}, "content": "▁"}, "pre_tokenizer": None}
    yield "prepend", {"normalizer": {"type": "Prepend", "prepend": "a"}}
    yield "prepend then bert", {"normalizer": sequence({"type": "Prepend", "prepend": "É"}, BERT)}


def splitters():
    yield "null pre-tokenizer", {"pre_tokenizer": None}
    yield "nothing at all", {"pre_tokenizer": None, "normalizer": None, "post_processor": None}
    yield "empty pre-tokenizers", {"pre_tokenizer": both()}
    yield "whitespace", {"pre_tokenizer": {"type": "Whitespace"}}
    yield "whitespace, cased", {"pre_tokenizer": {"type": "Whitespace"}, "normalizer": None}
    yield "white space split, cased", {"pre_tokenizer": SPACES, "normalizer": None}
    for way in ("Isolated", "Removed", "MergedWithPrevious", "MergedWithNext", "Contiguous"):
        yield f"punctuation {way}", {
            "pre_tokenizer": both(SPACES, {"type": "Punctuation", "behavior": way})}
        yield f"split {way}", {
            "pre_tokenizer": both(SPACES, split({"String": "b"}, way)), "normalizer": None}
        yield f"inverted split {way}", {
            "pre_tokenizer": both(SPACES, split({"String": "a"}, way, True)), "normalizer": None}
        yield f"split by expression {way}", {"pre_tokenizer": split({"Regex": r"\s+"}, way)}
        yield f"split at digits {way}", {
            "pre_tokenizer": both(SPACES, split({"Regex": r"\d"}, way))}
    yield "letters by an expression", {
        "pre_tokenizer": split({"Regex": r"\p{L}+"}, "Removed", True), "normalizer": None}
    yield "words by an expression", {
        "pre_tokenizer": split({"Regex": r"\w+"}, "Removed", True), "normalizer": None}
    yield "punctuation by an expression", {
        "pre_tokenizer": both(SPACES, split({"Regex": r"\p{P}"}, "Isolated"))}
    for each in (True, False):
        yield f"digits {each}", {"pre_tokenizer": both(
            SPACES, {"type": "Digits", "individual_digits": each})}
    yield "delimiter", {"pre_tokenizer": {"type": "CharDelimiterSplit", "delimiter": "-"}}
    yield "bert then digits", {"pre_tokenizer": both(
        {"type": "BertPreTokenizer"}, {"type": "Digits", "individual_digits": True})}


def others():
    yield "no post-processor", {"post_processor": None}
    yield "bert processing", {"post_processor": {
        "type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]}}
    yield "roberta processing", {"post_processor": {
        "type": "RobertaProcessing", "sep": ["</s>", 6], "cls": ["<s>", 5], "trim_offsets": True,
        "add_prefix_space": False}}
    yield "template without ends", {"post_processor": template(A)}
    yield "template with a first one only", {"post_processor": template(special("[CLS]"), A)}
    yield "template with a last one only", {"post_processor": template(A, special("[SEP]"))}
    yield "template with several", {"post_processor": template(
        special("[CLS]"), special("two"), A, special("[SEP]"), special("[SEP]"))}
    yield "post-processors in a row", {"post_processor": {"type": "Sequence", "processors": [
        {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": False, "use_regex": True},
        template(special("[CLS]"), A, special("[SEP]"))]}}
    yield "other prefix", {"model": {"continuing_subword_prefix": "@@"}}
    yield "no prefix", {"model": {"continuing_subword_prefix": ""}}
    yield "short words", {"model": {"max_input_chars_per_word": 4}}
    yield "other unknown token", {"model": {"unk_token": "<unk>"}}
    yield "word level", {"model": {
        "type": "WordLevel", "unk_token": "[UNK]", "continuing_subword_prefix": None,
        "max_input_chars_per_word": None}}
    yield "truncated by the file", {"truncation": {
        "direction": "Right", "max_length": 5, "strategy": "LongestFirst", "stride": 0}}
    yield "padded by the file", {"padding": {
        "strategy": {"Fixed": 8}, "direction": "Left", "pad_to_multiple_of": None, "pad_id": 0,
        "pad_type_id": 0, "pad_token": "[PAD]"}}
    tokens = BASE_WORDS["added_tokens"]
    yield "added word", {"added_tokens": tokens + [
        added(0, "world", single_word=True), added(len(WORDS), "outer", single_word=True)]}
    yield "added with spaces", {
        "pre_tokenizer": split({"String": " "}, "Isolated"), "added_tokens": tokens + [
            added(9, "<mask>", lstrip=True, rstrip=True), added(0, "router", lstrip=True)]}
    yield "added to cleaned text", {"added_tokens": tokens + [
        added(len(WORDS), "CAFÉ", normalized=True, special=False),
        added(0, "don't", normalized=True, special=False)]}
    yield "added, one the start of another", {"added_tokens": tokens + [
        added(0, "hello"), added(len(WORDS), "hello world"), added(0, "1")]}
    yield "no added tokens", {"added_tokens": []}


def byte_pairs():
    yield "byte pairs as they are", {}
    yield "byte pairs with a space", {"pre_tokenizer": {**LEVEL, "add_prefix_space": True}}
    yield "byte pairs of whole texts", {"pre_tokenizer": {**LEVEL, "use_regex": False}}
    yield "byte pairs of whole texts with a space", {
        "pre_tokenizer": {**LEVEL, "use_regex": False, "add_prefix_space": True}}
    yield "byte pairs without ends", {"post_processor": {
        "type": "ByteLevel", "add_prefix_space": True, "trim_offsets": False, "use_regex": True}}
    yield "byte pairs with a null post-processor", {"post_processor": None}
    yield "byte pairs by template", {"post_processor": {
        "type": "TemplateProcessing", "single": [special("<s>"), A, special("</s>")], "pair": [
            A, {"Sequence": {"id": "B", "type_id": 0}}], "special_tokens": {
            "<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]},
            "</s>": {"id": "</s>", "ids": [2], "tokens": ["</s>"]}}}}
    for kind in ("NFC", "NFKC", "NFD", "Lowercase"):
        yield f"byte pairs of {kind}", {"normalizer": {"type": kind}}
    yield "byte pairs of digits", {"pre_tokenizer": both(
        {"type": "Digits", "individual_digits": True}, LEVEL)}
    yield "byte pairs of split words", {"pre_tokenizer": both(
        split({"Regex": r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"},
              "Isolated"), {**LEVEL, "use_regex": False})}
    yield "byte pairs of lines", {"pre_tokenizer": both(
        split({"String": "\n"}, "MergedWithNext"), LEVEL)}
    yield "byte pairs, each word with a space", {"pre_tokenizer": both(
        SPACES, {**LEVEL, "add_prefix_space": True})}
    yield "byte pairs, whole words first", {"model": {"ignore_merges": True}}
    yield "byte pairs, merges as texts", {"model": {"merges": "texts"}}
    yield "byte pairs, fused unknown", {"model": {"fuse_unk": True, "unk_token": "<unk>"}}


def build(base, parts):
    """The whole file; parts of the model are laid over the base's."""
    file = {**base, **{k: v for k, v in parts.items() if k != "model"}}
    model = {**base["model"], **parts.get("model", {})}
    if model.get("merges") == "texts":
        model["merges"] = [" ".join(pair) for pair in base["model"]["merges"]]
    return {**file, "model": {k: v for k, v in model.items() if v is not None}}


def main():
    words = {}
    for word in WORDS:
        words.setdefault(word, len(words))
    WORDS[:] = list(words)
    base_words = {**BASE_WORDS, "model": {**BASE_WORDS["model"], "vocab": words}}
    pairs = json.loads((HERE / "tiny-roberta" / "tokenizer.json").read_text())
    variants = []
    for kind, base, makers in (
            ("words", base_words, (normalizers, splitters, others)), ("pairs", pairs, (byte_pairs,))):
        for maker in makers:
            for name, parts in maker():
                tokenizer = Tokenizer.from_str(json.dumps(build(base, parts)))
                tokenizer.no_truncation()
                tokenizer.no_padding()
                variants.append({
                    "name": name, "base": kind, "parts": parts,
                    "ids": [tokenizer.encode(text).ids for text in TEXTS]})
    head = {"texts": TEXTS, "words": base_words}
    lines = [json.dumps(variant, separators=(",", ":")) for variant in variants]
    (HERE / "tokenizer-variants.json").write_text(
        json.dumps(head)[:-1] + ',\n"variants": [\n' + ",\n".join(lines) + "\n]}\n")
    print(len(variants), "variants,", len(TEXTS), "texts")


if __name__ == "__main__":
    main()
