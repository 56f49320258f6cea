"""A mini-GPT: train it, sample from it, fine-tune it, look at its attention. README.md beside this file explains each step.

Copy layernorm, layernorm_backward, block_forward, block_backward and what they need from your lab tf-block into this file.

Shapes: B batch, T positions of the input, V tokens, D width of the stream, L blocks, H heads. Everything is float64. None of
the functions may change its inputs. `params` is one flat dict:

    wte (V, D)    token embedding; its transpose is also the map to the logits
    wpe (longest, D)    position embedding; T may be smaller than `longest`
    lnf_g (D,), lnf_b (D,)    the last layer norm
    and for each block i = 0 ... L - 1 the twelve tensors of tf-block under "h<i>.": h0.ln1_g, h0.ln1_b, h0.Wq, h0.Wk, h0.Wv,
    h0.Wo, h0.ln2_g, h0.ln2_b, h0.W1, h0.b1, h0.W2, h0.b2, h1.ln1_g, ...
"""

import numpy as np


def tokenize(text, vocab):
    """text: str. vocab: str of distinct characters. Returns (len(text),) of int: the place of each character in vocab.

    Raises ValueError for a character that is not in vocab.
    """
    raise NotImplementedError("tokenize")


def detokenize(tokens, vocab):
    """The inverse of tokenize: tokens (n,) of int, returns a str of n characters."""
    raise NotImplementedError("detokenize")


def shift_targets(tokens, prompt_len):
    """Inputs and targets of a language model.

    tokens: (B, n) of int. The first prompt_len positions are the prompt, which the model is not asked to predict.
    Returns (x, y), both (B, n - 1) of int: x all tokens but the last; y[:, t] the token that follows x[:, t], and -1 where
    that token still belongs to the prompt.
    """
    raise NotImplementedError("shift_targets")


def init_params(rng, n_vocab, longest, width, n_layers, sd=0.05):
    """A new model: matrices from a normal distribution with standard deviation sd, gains one, biases zero.

    The matrices are wte, wpe, Wq, Wk, Wv, Wo, W1, W2; the hidden width of the MLP is 4 * width. Returns params.
    """
    raise NotImplementedError("init_params")


def gpt_logits(params, x, n_heads=2):
    """x (B, T) of int -> logits (B, T, V).

    stream = wte[x] + wpe[position]; then all blocks; then layer norm with lnf_g and lnf_b; then times wte transposed.
    """
    raise NotImplementedError("gpt_logits")


def gpt_loss(params, x, y, n_heads=2):
    """The mean of -log(probability of the right token) over all targets that are not -1, one float. At least one is not."""
    raise NotImplementedError("gpt_loss")


def gpt_grads(params, x, y, n_heads=2):
    """Loss and gradients. Returns (loss, grads): grads a dict with the keys and shapes of params."""
    raise NotImplementedError("gpt_grads")


def train_step(params, state, x, y, lr, n_heads=2, clip=1.0, weight_decay=0.0, freeze=()):
    """One step of AdamW with clipping, beta1 = 0.9, beta2 = 0.99, eps = 1e-8.

    state: None at the first step; afterwards what the last call returned. freeze: names of tensors that stay as they are;
    their gradients are left out of everything below.
    1. If the length of all gradients together, sqrt of the sum of all squares, exceeds clip, scale all of them to that length.
    2. m = 0.9 m + 0.1 g and v = 0.99 v + 0.01 g², from zero at the start.
    3. At the n-th step (n = 1, 2, ...): p = p - lr * (m / (1 - 0.9^n)) / (sqrt(v / (1 - 0.99^n)) + 1e-8).
    4. Tensors with two axes also lose lr * weight_decay * p (with p before the step); the others do not.
    Returns (params, state, loss): new params, new state, and the loss before the step.
    """
    raise NotImplementedError("train_step")


def sample(params, prompt, n, temp, rng, n_heads=2):
    """Continues a prompt by n tokens, one after another.

    prompt: (P,) of int, P at least 1. Each new token is drawn with rng from softmax(logits of the last position / temp), given
    all tokens before it, of which only the last `longest` are used. temp = 0: always the token with the largest logit.
    Returns (P + n,) of int: the prompt and what follows.
    """
    raise NotImplementedError("sample")


def fine_tune(params, batches, freeze, lr, n_heads=2):
    """Trains on new data: one train_step for each (x, y) of `batches`, with this lr and the other settings left as they are.

    freeze: names of tensors that must come back exactly as they are. Returns new params.
    """
    raise NotImplementedError("fine_tune")


def attention_map(params, x, n_heads=2):
    """x (T,) of int, one sequence. Returns (L, H, T, T): the attention weights of every block and head, row = query."""
    raise NotImplementedError("attention_map")


def ascii_heatmap(A):
    """A picture of weights between 0 and 1, made of characters.

    A: (T, S). Returns a str of T lines of S characters, joined by newlines: a value v becomes the character number
    int(10 * v) of " .:-=+*#%@", and 1 becomes "@".
    """
    raise NotImplementedError("ascii_heatmap")
