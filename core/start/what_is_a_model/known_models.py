"""Well-known models and how many parameters they have, each with its source."""

from typing import NamedTuple

from core.messages import N_


class KnownModel(NamedTuple):
    """A well-known model and how many parameters its authors count."""

    name: str
    year: int
    n_params: int
    size: str
    """The count in words."""
    source: str
    """The title of the paper."""
    url: str


KNOWN_MODELS = (
    KnownModel(
        "LeNet-5",
        1998,
        60_000,
        N_("60 thousand"),
        "Gradient-Based Learning Applied to Document Recognition",
        "https://doi.org/10.1109/5.726791",
    ),
    KnownModel(
        "ResNet-50",
        2015,
        25_557_032,
        N_("25.6 million"),
        "Deep Residual Learning for Image Recognition",
        "https://docs.pytorch.org/vision/stable/models/generated/torchvision.models.resnet50.html",
    ),
    KnownModel(
        "AlexNet",
        2012,
        60_000_000,
        N_("60 million"),
        "ImageNet Classification with Deep Convolutional Neural Networks",
        "https://papers.nips.cc/paper/4824-imagenet-classification-with-deep-convolutional-neural-networks",
    ),
    KnownModel(
        "BERT (base)",
        2018,
        110_000_000,
        N_("110 million"),
        "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
        "https://arxiv.org/abs/1810.04805",
    ),
    KnownModel(
        "Transformer (big)",
        2017,
        213_000_000,
        N_("213 million"),
        "Attention Is All You Need",
        "https://arxiv.org/abs/1706.03762",
    ),
    KnownModel(
        "GPT-2",
        2019,
        1_500_000_000,
        N_("1.5 billion"),
        "Language Models are Unsupervised Multitask Learners",
        "https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf",
    ),
    KnownModel(
        "Llama 2 7B",
        2023,
        7_000_000_000,
        N_("7 billion"),
        "Llama 2: Open Foundation and Fine-Tuned Chat Models",
        "https://arxiv.org/abs/2307.09288",
    ),
    KnownModel(
        "Llama 2 70B",
        2023,
        70_000_000_000,
        N_("70 billion"),
        "Llama 2: Open Foundation and Fine-Tuned Chat Models",
        "https://arxiv.org/abs/2307.09288",
    ),
    KnownModel(
        "Qwen2.5 72B",
        2024,
        72_000_000_000,
        N_("72 billion"),
        "Qwen2.5 Technical Report",
        "https://arxiv.org/abs/2412.15115",
    ),
    KnownModel(
        "GPT-3",
        2020,
        175_000_000_000,
        N_("175 billion"),
        "Language Models are Few-Shot Learners",
        "https://arxiv.org/abs/2005.14165",
    ),
    KnownModel(
        "DeepSeek-V3",
        2024,
        671_000_000_000,
        N_("671 billion"),
        "DeepSeek-V3 Technical Report",
        "https://arxiv.org/abs/2412.19437",
    ),
)
"""From small to large, as the papers round them; ResNet-50's is counted in torchvision's code."""
