"""The added weights of the language model: trained with torch, used with numpy.

Low-rank adaptation (Hu et al. 2021, arXiv:2106.09685) of every matrix of the packaged model, and a
small head on the means of the claim's and the text's tokens.
"""

import math
import random
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from probatum.checks.entailment import minilm
from probatum.library.dense_minilm import packaged_weights
from scripts.entailment.pairs import Pair
from scripts.entailment.varied import Rounds

SEED = 1
RANK = 24
BATCH = 24
RATE = 6e-4
ROUNDS = 4
# Of training weights further that there are: fewer rounds, slower, the lowest layers left alone.
FURTHER_RATE, FURTHER_ROUNDS, FURTHER_FROM = 3e-4, 2, 2
# Share of words that are hidden in training, so that no pair is known by one of them, and the
# word list's mark for a hidden one.
HIDDEN, MASK = 0.06, 103
_BIASES = (
    "attention.self.query", "attention.self.key", "attention.self.value",
    "attention.output.dense", "intermediate.dense", "output.dense",
)  # fmt: skip


class Added(nn.Module):
    """A matrix that stays as it is, with a thin one that learns."""

    def __init__(self, matrix: Any, bias: Any) -> None:
        super().__init__()
        self.register_buffer("matrix", torch.tensor(np.array(matrix, np.float32)))
        self.register_buffer("bias", torch.tensor(np.array(bias, np.float32)))
        wide, out = matrix.shape
        self.A = nn.Parameter(torch.randn(wide, RANK) / math.sqrt(wide))
        self.B = nn.Parameter(torch.zeros(RANK, out))

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        return given @ self.matrix + self.bias + (given @ self.A) @ self.B


class Layer(nn.Module):
    """One layer of the encoder."""

    def __init__(self, held: dict[str, Any], matrices: list[Any], layer: int) -> None:
        super().__init__()
        name = f"inner.encoder.layer.{layer}."
        for part, matrix, bias in zip(minilm.PARTS, matrices, _BIASES, strict=True):
            setattr(self, part, Added(matrix, held[f"{name}{bias}.bias"]))
        self.norms = [
            [torch.tensor(held[f"{name}{n}.LayerNorm.{w}"]) for w in ("weight", "bias")]
            for n in ("attention.output", "output")
        ]
        self.drop = nn.Dropout(0.1)

    def forward(self, state: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        texts, tokens, width = state.shape
        heads = [
            getattr(self, part)(state).view(texts, tokens, 12, 32).transpose(1, 2) for part in "qkv"
        ]
        # Written out: on a processor this is many times as quick as torch's own for so short texts.
        query, key, value = heads
        near = query @ key.transpose(2, 3) / math.sqrt(32) + mask
        seen = torch.softmax(near.float(), -1).to(value.dtype) @ value
        seen = self.drop(self.o(seen.transpose(1, 2).reshape(texts, tokens, width)))
        state = functional.layer_norm((seen + state).float(), (width,), *self.norms[0], eps=1e-12)
        wide = self.drop(self.d(functional.gelu(self.u(state))))
        return functional.layer_norm((wide + state).float(), (width,), *self.norms[1], eps=1e-12)


class Net(nn.Module):
    """The model with what learns."""

    def __init__(self) -> None:
        super().__init__()
        held, matrices = packaged_weights()
        get = "inner.embeddings.{}.weight_{}".format
        self.words, places = (
            torch.tensor(np.float32(held[get(n, "q")] * held[get(n, "scale")]))
            for n in ("word_embeddings", "position_embeddings")
        )
        kind = held["inner.embeddings.token_type_embeddings.weight"][0]
        self.places = places + torch.tensor(kind)
        self.norm = [
            torch.tensor(held[f"inner.embeddings.LayerNorm.{w}"]) for w in ("weight", "bias")
        ]
        self.layers = nn.ModuleList(Layer(held, matrices[6 * n : 6 * n + 6], n) for n in range(6))
        self.h1, self.h2, self.drop = nn.Linear(384 * 4, 128), nn.Linear(128, 3), nn.Dropout(0.1)

    def forward(self, ids: torch.Tensor, masks: torch.Tensor) -> torch.Tensor:
        state = self.words[ids] + self.places[: ids.shape[1]]
        state = functional.layer_norm(state, (384,), *self.norm, eps=1e-12)
        for layer in self.layers:
            state = layer(state, (masks[0][:, None, None, :] - 1) * 1e4)
        one, two = (
            (state * m[..., None]).sum(1) / m.sum(1, keepdim=True).clamp(min=1) for m in masks[1:]
        )
        joined = torch.cat([one, two, (one - two).abs(), one * two], 1)
        return self.h2(functional.gelu(self.h1(self.drop(joined))))


def batch(pairs: list[Pair]) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids, and three masks: all, those of the claim, those of the text."""
    read = [minilm.tokens(pair.claim, pair.text) for pair in pairs]
    longest = max(len(ids) for ids, _ in read)
    ids = torch.zeros(len(read), longest, dtype=torch.long)
    masks = torch.zeros(3, len(read), longest)
    for at, (own, first) in enumerate(read):
        ids[at, : len(own)] = torch.tensor(own)
        masks[0, at, : len(own)] = 1
        masks[1, at, 1 : 1 + first] = 1
        masks[2, at, 2 + first : len(own) - 1] = 1
    return ids, masks


def train(rounds: Rounds, shipped: dict[str, Any] | None = None) -> Net:
    """The model after some rounds, from the start or from the weights that ship."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    net = Net()
    rate, count = RATE, ROUNDS
    if shipped is not None:
        rate, count = FURTHER_RATE, FURTHER_ROUNDS
        net.load_state_dict({n: torch.tensor(v) for n, v in shipped.items()}, strict=False)
        net.layers[:FURTHER_FROM].requires_grad_(False)
    drawn = [batched(rounds.drawn(SEED * 100 + n), chance) for n in range(count)]
    learning = [each for each in net.parameters() if each.requires_grad]
    optimiser = torch.optim.AdamW(learning, lr=rate, weight_decay=0.01)
    steps = sum(map(len, drawn))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / 60) * max(0.02, 1 - step / steps)
    )
    for some in (pairs for batches in drawn for pairs in batches):
        ids, masks = batch(some)
        hidden = (torch.rand(ids.shape) < HIDDEN) & (masks[1:].sum(0) > 0)
        with torch.autocast("cpu", torch.bfloat16):
            scores = net(ids.masked_fill(hidden, MASK), masks)
        wanted = torch.tensor([pair.label for pair in some])
        loss = functional.cross_entropy(scores.float(), wanted, label_smoothing=0.05)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        schedule.step()
    return net.eval()


def batched(pairs: list[Pair], chance: random.Random) -> list[list[Pair]]:
    """Batches of pairs of like length, which waste less on filling, in order of chance."""
    found = []
    for start in range(0, len(pairs), BATCH * 12):
        like = sorted(pairs[start : start + BATCH * 12], key=lambda p: len(p.claim) + len(p.text))
        found += [like[at : at + BATCH] for at in range(0, len(like), BATCH)]
    chance.shuffle(found)
    return found


def scores(net: Net, pairs: list[Pair]) -> Any:
    """The log-odds of each pair, as rows."""
    with torch.no_grad():
        rows = [net(*batch(pairs[at : at + 32])).numpy() for at in range(0, len(pairs), 32)]
    return np.concatenate(rows)


def learned(net: Net) -> dict[str, Any]:
    """What ships, in half precision."""
    return {
        name: values.numpy().astype(np.float16)
        for name, values in net.state_dict().items()
        if name.endswith((".A", ".B")) or name.startswith("h")
    }
