"""The activations that are shown, as a program of its own: nothing is trained in it."""

from collections.abc import Sequence

from core.curves.activations.functions import ACTIVATIONS, LEAK, normal_share, sigmoid
from core.export.program import drawn
from core.export.source import source

HEAD = '''"""Activations

What bends a neuron's line, and its slope, as Neuron Ladder computes them. It needs numpy;
matplotlib draws it, where it is installed.
"""

{imports}

z = np.linspace(-6, 6, 601)'''

PICTURE = """for name, (function, derivative) in activations.items():
    left.plot(z, function(z), label=name)
    right.plot(z, derivative(z), label=name)
left.set(xlabel="z", ylabel="f(z)")
right.set(xlabel="z", ylabel="f′(z)")
left.legend()"""


def program(names: Sequence[str]) -> str:
    """Write some activations and their derivatives as a program that prints and draws them.

    Parameters
    ----------
    names : sequence of str
        Of `core.curves.activations.functions.ACTIVATIONS`, at least one.
    """
    chosen = [ACTIVATIONS[name] for name in names]
    pieces = [piece for one in chosen for piece in (one.function, one.derivative)]
    needed = [normal_share] if "gelu" in names else []
    if "softplus" in names and "sigmoid" not in names:
        needed.append(sigmoid)
    imports = ["import math\n"] if "gelu" in names else []
    constants = [f"LEAK = {LEAK}"] if "leaky_relu" in names else []
    listed = "".join(
        f'    "{one.name}": ({one.function.__name__}, {one.derivative.__name__}),\n'
        for one in chosen
    )
    head = "\n".join([HEAD.format(imports="\n".join([*imports, "import numpy as np"])), *constants])
    shown = f"""activations = {{
{listed}}}
for name, (_, derivative) in activations.items():
    print(f"{{name}}: steepest slope {{derivative(z).max()}}")

{drawn(PICTURE)}
"""
    sources = [source(piece, brief=True) for piece in (*needed, *pieces)]
    return "\n\n\n".join([head, *sources, shown])
