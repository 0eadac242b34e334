"""Charts: a lesson's history becomes one Vega-Lite chart. The only package that imports altair."""

from altair.utils.schemapi import disable_debug_mode

disable_debug_mode()  # the tests compare every page's charts with Vega-Lite's schema, once
