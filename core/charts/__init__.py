"""Charts: a lesson's history becomes one Vega-Lite chart. The only package that imports altair.

What the module of a chart offers is said in `core.charts.chart_module.ChartModule`.
"""
