"""The plane as code, for the programs of the pages under Planes."""

from core.export.program import LOSS_CURVE

PICTURE = f"""low, high = x.min(axis=0) - 0.5, x.max(axis=0) + 0.5
axes = [np.linspace(low[i], high[i], 80) for i in (0, 1)]
x1, x2 = np.meshgrid(*axes)
answers = predict(np.column_stack([x1.ravel(), x2.ravel()]), params[-1])
shown = left.contourf(x1, x2, answers.reshape(x1.shape), levels=20, cmap="coolwarm")
figure.colorbar(shown, ax=left)
left.scatter(*x.T, c=y, s=14, cmap="coolwarm", edgecolors="black", linewidths=0.5)
left.set(xlabel="x1", ylabel="x2")
{LOSS_CURVE}"""
"""Draws the answers all over the plane, and the samples."""
