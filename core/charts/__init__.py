"""Charts: a lesson's history becomes one Vega-Lite chart. The only package that imports altair."""
