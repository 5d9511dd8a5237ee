"""Makes the folder layouts/: tiny networks, changes of their files, and the vectors that result.

    pip install sentence-transformers transformers tokenizers torch safetensors numpy
    python make_layouts.py

Made with sentence-transformers 6.2.0, transformers 5.24.0 and torch 2.13.0 on a CPU. Weights are random
and seeded, and rounded to halves. A change is a list of files, with null for one that is taken away.
"""

import json
import pathlib
import shutil
import tempfile

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from sentence_transformers import SentenceTransformer
from transformers import (
    BertConfig, BertModel, DistilBertConfig, DistilBertModel, MPNetConfig, MPNetModel, RobertaConfig,
    RobertaModel)

HERE = pathlib.Path(__file__).parent
OUT = HERE / "layouts"
WIDTH = 16
KIND = "sentence_transformers.models."

PIECES = (
    "[PAD] [UNK] [CLS] [SEP] [MASK] a b c the router answers question query : caf cafe café Cafe Café The Router "
    "##a ##b ##s ##é ##er ! , . \u4e2d \u6587 \u4e2d\u6587 ##\u6587 1 2 ##1 ##2 x ##x passage [TASK] é e ##e search").split()
MPNET = ["<s>", "<pad>", "</s>", "<unk>", "[UNK]"] + PIECES[5:] + ["<mask>"]

TEXTS = [
    "", "a", "The router answers the question, a b c.", "Café cafe cafe\u0301", "\u4e2d\u6587 a\u4e2d", "x" * 60,
    "the a b c " * 12, "[MASK] [TASK] a <mask>", "Routers ab, abxx!",
]


def randomise(model, seed):
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, value in sorted(model.named_parameters()):
            noise = torch.randn(value.shape, generator=generator)
            is_scale = value.dim() == 1 and name.endswith("weight")
            value.copy_(((1 + 0.2 * noise) if is_scale else 0.3 * noise).half().float())
    return model.eval()


def halves(model):
    return {name: value.half().contiguous() for name, value in model.named_parameters()}


COMMON = {"hidden_size": WIDTH, "num_attention_heads": 4, "num_hidden_layers": 2,
          "intermediate_size": 24, "max_position_embeddings": 40, "hidden_act": "gelu"}


def bert():
    config = {"model_type": "bert", "architectures": ["BertModel"], "vocab_size": len(PIECES),
              "layer_norm_eps": 1e-12, "type_vocab_size": 2, "pad_token_id": 0, **COMMON}
    return config, BertModel(BertConfig(**config), add_pooling_layer=False), PIECES


def distilbert():
    config = {"model_type": "distilbert", "architectures": ["DistilBertModel"],
              "vocab_size": len(PIECES), "dim": WIDTH, "n_heads": 2, "n_layers": 2, "hidden_dim": 24,
              "max_position_embeddings": 40, "activation": "gelu", "pad_token_id": 0,
              "sinusoidal_pos_embds": False, "tie_weights_": True}
    return config, DistilBertModel(DistilBertConfig(**config)), PIECES


def mpnet():
    config = {"model_type": "mpnet", "architectures": ["MPNetForMaskedLM"], "vocab_size": len(MPNET),
              "layer_norm_eps": 1e-5, "relative_attention_num_buckets": 32, "pad_token_id": 1,
              "bos_token_id": 0, "eos_token_id": 2, **COMMON, "max_position_embeddings": 42}
    return config, MPNetModel(MPNetConfig(**config), add_pooling_layer=False), MPNET


def modules(*kinds, pooling="1_Pooling", network=""):
    paths = [network, pooling] + [f"{i + 2}_{kind}" for i, kind in enumerate(kinds)]
    return [{"idx": i, "name": str(i), "path": path, "type": KIND + kind}
            for i, (path, kind) in enumerate(zip(paths, ["Transformer", "Pooling", *kinds]))]


def flags(*active, **more):
    names = ["cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens", "weightedmean_tokens",
             "lasttoken"]
    return {"word_embedding_dimension": WIDTH,
            **{f"pooling_mode_{name}": name in active for name in names}, **more}


def base(config, words):
    is_mpnet = config["model_type"] == "mpnet"
    return {
        "config.json": config, "modules.json": modules("Normalize"),
        "sentence_bert_config.json": {"max_seq_length": 24, "do_lower_case": False},
        "1_Pooling/config.json": flags("mean_tokens"), "vocab.txt": "\n".join(words) + "\n",
        "tokenizer_config.json": {
            "tokenizer_class": "MPNetTokenizer" if is_mpnet else "BertTokenizer",
            "do_lower_case": True, "model_max_length": 512}}


def tokens(**settings):
    return {"tokenizer_config.json": {"tokenizer_class": "BertTokenizer", "do_lower_case": True,
                                      "model_max_length": 512, **settings}}


def prompts(name, include=None, pooling="mean_tokens", **more):
    files = {"config_sentence_transformers.json": {
        "prompts": {"query": "query: ", "passage": "passage: ", "long": "the router " * 20},
        "default_prompt_name": name, "similarity_fn_name": "cosine", **more}}
    if include is not None:
        files["1_Pooling/config.json"] = flags(pooling, include_prompt=include)
    return files


def dense(activation, width, **more):
    return {"modules.json": modules("Dense", "Normalize"), "2_Dense/config.json": {
        "in_features": WIDTH, "out_features": width, "bias": True,
        **({"activation_function": activation} if activation else {}), **more}}


def weights(width, residual=False, inputs=WIDTH):
    generator = torch.Generator().manual_seed(width)
    made = {"linear.weight": torch.randn(width, inputs, generator=generator).half(),
            "linear.bias": torch.randn(width, generator=generator).half()}
    if residual:
        made["residual.weight"] = torch.randn(width, inputs, generator=generator).half()
    return made


def changes():
    """The name, the network, and what is changed of the plain folder."""
    yield "plain", "bert", {}
    for way in ("cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens",
                "weightedmean_tokens", "lasttoken"):
        yield f"flag {way}", "bert", {"1_Pooling/config.json": flags(way)}
    yield "no flag", "bert", {"1_Pooling/config.json": flags()}
    yield "only a size", "bert", {"1_Pooling/config.json": {"word_embedding_dimension": WIDTH}}
    yield "cls without the others", "bert", {"1_Pooling/config.json": {
        "word_embedding_dimension": WIDTH, "pooling_mode_cls_token": True}}
    yield "mean and last token", "bert", {"1_Pooling/config.json": flags("mean_tokens", "lasttoken")}
    yield "all flags", "bert", {"1_Pooling/config.json": flags(
        "cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens", "weightedmean_tokens",
        "lasttoken")}
    for way in ("cls", "max", "mean", "mean_sqrt_len_tokens", "weightedmean", "lasttoken"):
        yield f"compact {way}", "bert", {
            "1_Pooling/config.json": {"embedding_dimension": WIDTH, "pooling_mode": way}}
    yield "compact list", "bert", {"1_Pooling/config.json": {
        "embedding_dimension": WIDTH, "pooling_mode": ["lasttoken", "cls"], "include_prompt": True}}
    yield "no normalize", "bert", {"modules.json": modules()}
    yield "normalized twice", "bert", {"modules.json": modules("Normalize", "Normalize")}
    yield "new module names", "bert", {"modules.json": [
        {"idx": 0, "name": "0", "path": "",
         "type": "sentence_transformers.base.modules.transformer.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling",
         "type": "sentence_transformers.sentence_transformer.modules.pooling.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize",
         "type": "sentence_transformers.base.modules.normalize.Normalize"}]}
    yield "no modules.json", "bert", {"modules.json": None, "1_Pooling/config.json": None}

    yield "limit of 10", "bert", {"sentence_bert_config.json": {"max_seq_length": 10}}
    yield "limit in the tokenizer", "bert", {
        "sentence_bert_config.json": {"transformer_task": "feature-extraction"},
        **tokens(model_max_length=12)}
    yield "no limit but the network's", "bert", {
        "sentence_bert_config.json": {}, **tokens(model_max_length=int(1e30))}
    yield "null limit", "bert", {
        "sentence_bert_config.json": {"max_seq_length": None, "do_lower_case": False}, **tokens()}
    yield "limit beyond the tokenizer's", "bert", {
        "sentence_bert_config.json": {"max_seq_length": 20}, **tokens(model_max_length=8)}
    yield "no sentence_bert_config.json", "bert", {
        "sentence_bert_config.json": None, **tokens(model_max_length=9)}
    yield "older name of the settings", "bert", {
        "sentence_bert_config.json": None, "sentence_roberta_config.json": {"max_seq_length": 7}}
    yield "limit among the tokenizer's wishes", "bert", {"sentence_bert_config.json": {
        "max_seq_length": 20, "processor_kwargs": {"model_max_length": 6}}}

    yield "default prompt", "bert", prompts("query")
    yield "prompt without its tokens", "bert", prompts("query", False)
    yield "prompt with its tokens", "bert", prompts("query", True)
    for way in ("cls_token", "max_tokens", "mean_sqrt_len_tokens", "weightedmean_tokens", "lasttoken"):
        yield f"prompt without its tokens, {way}", "bert", prompts("passage", False, way)
    yield "prompt longer than the limit", "bert", prompts("long")
    yield "prompts without a default", "bert", prompts(None, False)
    yield "default prompt of none", "bert", {"config_sentence_transformers.json": {
        "prompts": {"query": "query: "}, "default_prompt_name": "document"}}
    yield "fewer dimensions", "bert", prompts("query", truncate_dim=5)

    yield "cased", "bert", tokens(do_lower_case=False)
    yield "cased, without accents", "bert", tokens(do_lower_case=False, strip_accents=True)
    yield "lowercased, with accents", "bert", tokens(strip_accents=False)
    yield "null accents", "bert", tokens(do_lower_case=False, strip_accents=None)
    yield "ideographs together", "bert", tokens(tokenize_chinese_chars=False)
    yield "no basic tokenizer", "bert", tokens(do_basic_tokenize=False, never_split=["Café"])
    yield "no tokenizer_config.json", "bert", {"tokenizer_config.json": None}
    yield "tokens as objects", "bert", tokens(
        cls_token={"content": "[MASK]", "lstrip": False, "rstrip": False, "normalized": False,
                   "single_word": False, "__type": "AddedToken"}, sep_token="[PAD]")
    yield "special_tokens_map.json", "bert", {
        "special_tokens_map.json": {"cls_token": "[TASK]", "sep_token": {
            "content": "[SEP]", "lstrip": False, "normalized": False, "rstrip": False,
            "single_word": False}}, **tokens(cls_token="[CLS]")}
    yield "more special tokens", "bert", tokens(additional_special_tokens=["[TASK]"])
    yield "added_tokens_decoder", "bert", tokens(added_tokens_decoder={
        str(PIECES.index("[TASK]")): {
            "content": "[TASK]", "lstrip": False, "normalized": False, "rstrip": False,
            "single_word": False, "special": True}})
    yield "lowercased before", "bert", {
        "sentence_bert_config.json": {"max_seq_length": 24, "do_lower_case": True},
        **tokens(do_lower_case=False)}
    yield "cut at the left", "bert", tokens(truncation_side="left")

    for act in ("gelu_new", "gelu_pytorch_tanh", "relu", "silu"):
        yield f"activation {act}", "bert", {"config.json": {"hidden_act": act}}
    yield "another epsilon", "bert", {"config.json": {"layer_norm_eps": 0.1}}
    yield "Dense, tanh", "bert", dense("torch.nn.modules.activation.Tanh", 6)
    yield "Dense without a named activation", "bert", dense(None, 6)
    yield "Dense, identity", "bert", dense("torch.nn.modules.linear.Identity", 6)
    yield "Dense, relu, no bias", "bert", dense("torch.nn.modules.activation.ReLU", 6, bias=False)
    yield "Dense, gelu, wider", "bert", dense("torch.nn.modules.activation.GELU", 20)
    yield "Dense with what goes in", "bert", dense(
        "torch.nn.modules.activation.Sigmoid", WIDTH, use_residual=True)
    yield "Dense with a residual product", "bert", dense(
        "torch.nn.modules.activation.SiLU", 6, use_residual=True)
    yield "Dense and prompt", "bert", {
        **dense("torch.nn.modules.activation.Tanh", 6), **prompts("query", False)}

    for network in ("distilbert", "mpnet"):
        yield f"{network}", network, {}
        yield f"{network}, cased", network, {"tokenizer_config.json": {"do_lower_case": False}}
        yield f"{network}, cls", network, {"1_Pooling/config.json": {"pooling_mode": "cls",
                                                                       "embedding_dimension": WIDTH}}
        yield f"{network}, limit in the tokenizer", network, {
            "sentence_bert_config.json": {}, "tokenizer_config.json": {"model_max_length": 15}}
    yield "distilbert, relu", "distilbert", {"config.json": {"activation": "relu"}}


def write(folder, name, value):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value))


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    networks = {}
    for seed, make in enumerate((bert, distilbert, mpnet)):
        config, model, words = make()
        name = config["model_type"]
        networks[name] = (config, base(config, words))
        save_file(halves(randomise(model, seed)), OUT / f"{name}.safetensors")
    cases = []
    for name, network, files in changes():
        config, plain = networks[network]
        made = {}
        if "2_Dense/config.json" in files:
            settings = files["2_Dense/config.json"]
            made = weights(settings["out_features"], settings.get("use_residual", False)
                           and settings["out_features"] != WIDTH)
            if settings.get("bias") is False:
                del made["linear.bias"]
        with tempfile.TemporaryDirectory() as place:
            folder = pathlib.Path(place)
            whole = {**plain, **files}
            if "config.json" in files:
                files["config.json"] = whole["config.json"] = {**config, **files["config.json"]}
            for path, value in whole.items():
                if value is not None:
                    write(folder, path, value)
            shutil.copy(OUT / f"{network}.safetensors", folder / "model.safetensors")
            if made:
                save_file(made, folder / "2_Dense" / "model.safetensors")
            encoder = SentenceTransformer(
                str(folder), device="cpu", model_kwargs={"dtype": torch.float32})
            vectors = [encoder.encode([text]).tolist()[0] for text in TEXTS]
        tensors = {key: value.float().tolist() for key, value in made.items()}
        cases.append({"name": name, "network": network, "files": files,
                      **({"dense": tensors} if tensors else {}),
                      "vectors": [[round(x, 6) for x in vector] for vector in vectors]})
    head = {"texts": TEXTS, "plain": {name: plain for name, (_, plain) in networks.items()}}
    (OUT / "cases.json").write_text(
        json.dumps(head)[:-1] + ',\n"cases": [\n' + ",\n".join(map(json.dumps, cases)) + "\n]}\n")
    print(len(cases), "cases")


if __name__ == "__main__":
    main()
